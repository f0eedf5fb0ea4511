//! A project's recordings, those begun last first.

use std::fmt::Write as _;

use domain::id::ProjectId;
use engine::ports::catalog::{Error, Recording, RecordingQuery};
use sqlx::{AnyConnection, AssertSqlSafe};

use super::rows::{self, RECORDING};
use crate::error::sql;
use crate::row_ext::NUL;

/// The recordings that the query names, a page of them.
pub(super) async fn recordings(
    connection: &mut AnyConnection,
    project: ProjectId,
    query: &RecordingQuery,
    limit: u32,
) -> Result<Vec<Recording>, Error> {
    let (at, id) = match query.after {
        Some((at, id)) => (at.micros(), id.to_string()),
        None => (i64::MAX, String::new()),
    };
    let mut text = format!(
        "SELECT {RECORDING} FROM session_recordings
         WHERE project_id = $1 AND (started_at < $2 OR (started_at = $2 AND id < $3))"
    );
    let mut values = Vec::new();
    let wanted = [
        ("session_id", query.session_ids.as_slice()),
        ("visitor_id", query.visitor_id.as_slice()),
        ("user_id", query.user_id.as_slice()),
    ];
    for (column, wanted) in wanted.into_iter().filter(|(_, wanted)| !wanted.is_empty()) {
        let wanted: Vec<&String> = wanted.iter().filter(|value| !value.contains(NUL)).collect();
        let places = values.len() + 5..values.len() + 5 + wanted.len();
        let places: Vec<String> = places.map(|place| format!("${place}")).collect();
        if places.is_empty() {
            return Ok(Vec::new());
        }
        let _ = write!(text, " AND {column} IN ({})", places.join(", "));
        values.extend(wanted);
    }
    text.push_str(" ORDER BY started_at DESC, id DESC LIMIT $4");
    let mut statement = sqlx::query(AssertSqlSafe(text))
        .bind(project.to_string())
        .bind(at)
        .bind(id)
        .bind(i64::from(limit));
    for value in values {
        statement = statement.bind(value.clone());
    }
    let found = statement.fetch_all(connection).await.map_err(sql)?;
    found.iter().map(rows::recording).collect()
}
