//! Which sessions were recorded.

use domain::id::{ProjectId, RecordingId};
use domain::time::Timestamp;
use engine::ports::catalog::Error;
use sqlx::{AnyConnection, AssertSqlSafe};

use crate::error::sql;
use crate::row_ext::{NUL, RowExt};

/// The recording begun last of each of the sessions.
pub(super) async fn latest_recordings(
    connection: &mut AnyConnection,
    project: ProjectId,
    sessions: &[String],
) -> Result<Vec<(String, RecordingId)>, Error> {
    let sessions: Vec<&String> = sessions.iter().filter(|id| !id.contains(NUL)).collect();
    let places: Vec<String> = (2..sessions.len() + 2).map(|place| format!("${place}")).collect();
    if places.is_empty() {
        return Ok(Vec::new());
    }
    let text = format!(
        "SELECT session_id, id FROM (
             SELECT session_id, id, ROW_NUMBER() OVER (
                 PARTITION BY session_id ORDER BY started_at DESC, id DESC) AS place
             FROM session_recordings WHERE project_id = $1 AND session_id IN ({})) AS ranked
         WHERE place = 1",
        places.join(", ")
    );
    let mut statement = sqlx::query(AssertSqlSafe(text)).bind(project.to_string());
    for session in sessions {
        statement = statement.bind(session.clone());
    }
    let rows = statement.fetch_all(connection).await.map_err(sql)?;
    rows.iter().map(|row| Ok((row.text("session_id")?, RecordingId(row.id("id")?)))).collect()
}

/// The sessions with a recording that overlaps the period, the latest first.
pub(super) async fn recorded(
    connection: &mut AnyConnection,
    project: ProjectId,
    (from, to): (Timestamp, Timestamp),
    limit: u32,
) -> Result<Vec<String>, Error> {
    let rows = sqlx::query(
        "SELECT session_id FROM session_recordings
         WHERE project_id = $1 AND ended_at >= $2 AND started_at < $3
         GROUP BY session_id ORDER BY MAX(started_at) DESC, session_id LIMIT $4",
    )
    .bind(project.to_string())
    .bind(from.micros())
    .bind(to.micros())
    .bind(i64::from(limit))
    .fetch_all(connection)
    .await
    .map_err(sql)?;
    rows.iter().map(|row| row.text("session_id")).collect()
}
