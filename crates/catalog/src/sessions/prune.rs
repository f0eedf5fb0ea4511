//! Removes sessions that are older than their project keeps them.

use domain::id::ProjectId;
use domain::session::MAX_AGE_SECONDS;
use domain::time::Timestamp;
use engine::ports::catalog::{Error, RemovalCursor, RemovedPage};
use serde::{Deserialize, Serialize};

use super::timeline_row::{TimelineKey, state_of_row};
use super::{PROJECTION, timelines};
use crate::error::{malformed, sql};
use crate::positions::lock_projection;
use crate::row_ext::RowExt;
use crate::transaction::WriteTransaction;

const SESSIONS: &str = "
    DELETE FROM user_sessions
    WHERE project_id = $1 AND (user_id, session_id, started_at) IN (
        SELECT user_id, session_id, started_at FROM user_sessions
        WHERE project_id = $1 AND last_activity_at < $2 ORDER BY last_activity_at LIMIT $3)";
const TIMELINES: &str = "
    DELETE FROM session_threads
    WHERE project_id = $1 AND (session_id, user_id) IN (
        SELECT session_id, user_id FROM session_threads
        WHERE project_id = $1 AND first_at < $2 AND last_at < $2 ORDER BY first_at LIMIT $3)";

/// The rows that are removed next.
#[derive(Debug, Default, Serialize, Deserialize)]
enum Stage {
    /// Sessions.
    #[default]
    Sessions,
    /// Timelines that have ended.
    Timelines,
    /// The old part of timelines that continue, after this one.
    Parts { session_id: String, user_id: String },
}

/// Removes a page of sessions without activity since `before`, then of timelines. These stay for as long as a
/// visit that goes on may be ended by what another visitor did: the end must be found again. No batch is applied
/// meanwhile: what was applied before is seen, and what is applied afterwards knows the floor.
pub(crate) async fn remove_expired(
    transaction: &mut WriteTransaction,
    project: ProjectId,
    before: Timestamp,
    after: Option<&RemovalCursor>,
    limit: u32,
) -> Result<RemovedPage, Error> {
    lock_projection(transaction, PROJECTION).await?;
    let stage = match after {
        None => Stage::default(),
        Some(RemovalCursor(text)) => {
            serde_json::from_str(text).map_err(|_| malformed("a cursor"))?
        }
    };
    let timelines_before = before.plus_seconds(-MAX_AGE_SECONDS);
    let (rows, next) = match stage {
        Stage::Sessions => {
            let rows = delete(transaction, SESSIONS, project, before, limit).await?;
            let is_last = rows < u64::from(limit);
            (rows, Some(if is_last { Stage::Timelines } else { Stage::Sessions }))
        }
        Stage::Timelines => {
            let removed = delete(transaction, TIMELINES, project, timelines_before, limit).await?;
            let (session_id, user_id) = (String::new(), String::new());
            let is_last = removed < u64::from(limit);
            (0, Some(if is_last { Stage::Parts { session_id, user_id } } else { Stage::Timelines }))
        }
        Stage::Parts { session_id, user_id } => {
            let after = (session_id, user_id);
            (0, shorten(transaction, project, timelines_before, after, limit).await?)
        }
    };
    let cursor = |stage| serde_json::to_string(&stage).map_err(|_| malformed("a cursor"));
    Ok(RemovedPage { rows, next: next.map(cursor).transpose()?.map(RemovalCursor) })
}

async fn delete(
    transaction: &mut WriteTransaction,
    statement: &'static str,
    project: ProjectId,
    before: Timestamp,
    limit: u32,
) -> Result<u64, Error> {
    let done = sqlx::query(statement)
        .bind(project.to_string())
        .bind(before.micros())
        .bind(i64::from(limit))
        .execute(&mut **transaction)
        .await
        .map_err(sql)?;
    Ok(done.rows_affected())
}

/// Drops old activity from the timelines after `after` that continue.
async fn shorten(
    transaction: &mut WriteTransaction,
    project: ProjectId,
    before: Timestamp,
    after: (String, String),
    limit: u32,
) -> Result<Option<Stage>, Error> {
    let rows = sqlx::query(
        "SELECT session_id, user_id, state FROM session_threads
         WHERE project_id = $1 AND first_at < $2 AND (session_id, user_id) > ($3, $4)
         ORDER BY session_id, user_id LIMIT $5",
    )
    .bind(project.to_string())
    .bind(before.micros())
    .bind(after.0)
    .bind(after.1)
    .bind(i64::from(limit))
    .fetch_all(&mut **transaction)
    .await
    .map_err(sql)?;
    let is_last = rows.len() < limit as usize;
    let mut shortened = Vec::with_capacity(rows.len());
    for row in rows {
        let (session_id, user_id) = (row.text("session_id")?, row.text("user_id")?);
        let mut record = state_of_row(&row)?;
        record.timeline.prune_before(before);
        shortened.push((TimelineKey { project_id: project, session_id, user_id }, record));
    }
    timelines::store(transaction, shortened.iter().map(|(key, record)| (key, record))).await?;
    let last = shortened.pop().filter(|_| !is_last).map(|(key, _)| key);
    Ok(last.map(|TimelineKey { session_id, user_id, .. }| Stage::Parts { session_id, user_id }))
}
