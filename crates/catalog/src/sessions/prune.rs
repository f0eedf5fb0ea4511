//! Deletes sessions past their retention.

use domain::id::ProjectId;
use domain::time::Timestamp;
use engine::ports::catalog::Error;
use sqlx::AnyConnection;

use super::timeline_row::{TimelineKey, state_of_row};
use super::timelines;
use crate::error::sql;
use crate::row_ext::RowExt;

/// Deletes sessions without activity since `before`, and their timelines.
pub(super) async fn prune_before(
    connection: &mut AnyConnection,
    before: Timestamp,
) -> Result<u64, Error> {
    let removed = sqlx::query("DELETE FROM user_sessions WHERE last_activity_at < $1")
        .bind(before.micros())
        .execute(&mut *connection)
        .await
        .map_err(sql)?;
    sqlx::query("DELETE FROM session_threads WHERE last_at < $1")
        .bind(before.micros())
        .execute(&mut *connection)
        .await
        .map_err(sql)?;
    shorten(connection, before).await?;
    Ok(removed.rows_affected())
}

/// Drops old activity from timelines still in use; otherwise old sessions would be written again.
async fn shorten(connection: &mut AnyConnection, before: Timestamp) -> Result<(), Error> {
    let rows = sqlx::query(
        "SELECT project_id, session_id, user_id, state FROM session_threads WHERE first_at < $1",
    )
    .bind(before.micros())
    .fetch_all(&mut *connection)
    .await
    .map_err(sql)?;
    let mut shortened = Vec::with_capacity(rows.len());
    for row in rows {
        let key = TimelineKey {
            project_id: ProjectId(row.id("project_id")?),
            session_id: row.text("session_id")?,
            user_id: row.text("user_id")?,
        };
        let mut record = state_of_row(&row)?;
        record.timeline.prune_before(before);
        shortened.push((key, record));
    }
    timelines::store(connection, shortened.iter().map(|(key, record)| (key, record))).await
}
