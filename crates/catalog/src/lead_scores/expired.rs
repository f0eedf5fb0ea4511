//! Removes signals that are older than their project keeps events, and scores their customers
//! again.

use std::collections::{BTreeMap, BTreeSet};

use domain::id::ProjectId;
use domain::time::Timestamp;
use engine::ports::catalog::{Error, RemovalCursor, RemovedPage};

use super::{PROJECTION, projection};
use crate::bulk::{self, Value};
use crate::error::sql;
use crate::positions::lock_projection;
use crate::row_ext::RowExt;
use crate::transaction::WriteTransaction;

/// Removes a page of signals before `before`. No batch is applied meanwhile: this call sees earlier batches,
/// and later batches see the floor.
pub(crate) async fn remove_expired(
    transaction: &mut WriteTransaction,
    project: ProjectId,
    before: Timestamp,
    limit: u32,
) -> Result<RemovedPage, Error> {
    lock_projection(transaction, PROJECTION).await?;
    let removed = sqlx::query(
        "DELETE FROM lead_signals WHERE project_id = $1 AND (user_id, event_id) IN (
             SELECT user_id, event_id FROM lead_signals
             WHERE project_id = $1 AND occurred_at < $2 ORDER BY occurred_at LIMIT $3)
         RETURNING user_id",
    )
    .bind(project.to_string())
    .bind(before.micros())
    .bind(i64::from(limit))
    .fetch_all(&mut **transaction)
    .await
    .map_err(sql)?;
    let users: BTreeSet<String> =
        removed.iter().map(|row| row.text("user_id")).collect::<Result<_, _>>()?;
    let keys: Vec<_> = users.iter().map(|user_id| [Value::from(user_id.as_str())]).collect();
    let statement = "DELETE FROM lead_scores WHERE project_id = $1 AND user_id IN (KEYS)";
    bulk::execute(transaction, statement, project, &keys).await?;
    let users = users.iter().map(String::as_str).collect();
    projection::rescore(transaction, BTreeMap::from([(project, users)])).await?;
    let is_last = removed.len() < limit as usize;
    let next = (!is_last).then(|| RemovalCursor(String::new()));
    Ok(RemovedPage { rows: removed.len() as u64, next })
}
