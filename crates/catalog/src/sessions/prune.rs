//! Forgetting sessions that are older than they may be.

use domain::id::ProjectId;
use domain::time::Timestamp;
use engine::ports::catalog::Error;
use sqlx::AnyConnection;

use super::threads::{self, Key};
use crate::columns::Columns;
use crate::error::sql;

/// Removes sessions without activity since `before`, and what they were told from.
pub(super) async fn before(
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

/// What is still in use keeps only what is young enough; else it would be told again.
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
        let key = Key {
            project_id: ProjectId(row.id("project_id")?),
            session_id: row.text("session_id")?,
            user_id: row.text("user_id")?,
        };
        let mut record = threads::record(&row)?;
        record.thread.forget_before(before);
        shortened.push((key, record));
    }
    threads::store(connection, shortened.iter().map(|(key, record)| (key, record))).await
}
