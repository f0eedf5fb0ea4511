//! Recordings and pictures by what they are to be shown or forgotten for.

use domain::erasure::Identifiers;
use domain::id::{EventId, ProjectId, RecordingId, ScreenshotId};
use engine::ports::blobs::BlobGroup;
use engine::ports::catalog::Error;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe};

use crate::error::sql;
use crate::row_ext::{NUL, RowExt};
use crate::subjects::user_ids;

/// What a row names.
type RowReader = fn(&AnyRow) -> Result<BlobGroup, Error>;

/// A table, and what its rows are.
const TABLES: [(&str, RowReader); 2] =
    [("session_recordings", recording), ("friction_screenshots", screenshot)];

fn recording(row: &AnyRow) -> Result<BlobGroup, Error> {
    Ok(BlobGroup::Recording(ProjectId(row.id("project_id")?), RecordingId(row.id("id")?)))
}

fn screenshot(row: &AnyRow) -> Result<BlobGroup, Error> {
    Ok(BlobGroup::Screenshot(ProjectId(row.id("project_id")?), ScreenshotId(row.id("id")?)))
}

/// The pictures of these events.
pub(super) async fn of_events(
    connection: &mut AnyConnection,
    project: ProjectId,
    events: &[EventId],
) -> Result<Vec<(EventId, ScreenshotId)>, Error> {
    let places: Vec<String> = (2..events.len() + 2).map(|place| format!("${place}")).collect();
    let text = format!(
        "SELECT friction_event_id, id FROM friction_screenshots
         WHERE project_id = $1 AND friction_event_id IN ({})",
        places.join(", ")
    );
    let mut statement = sqlx::query(AssertSqlSafe(text)).bind(project.to_string());
    for event in events {
        statement = statement.bind(event.to_string());
    }
    let rows = statement.fetch_all(connection).await.map_err(sql)?;
    let pair =
        |row: &AnyRow| Ok((EventId(row.id("friction_event_id")?), ScreenshotId(row.id("id")?)));
    rows.iter().map(pair).collect()
}

/// Those of a person, each once.
pub(super) async fn of_person(
    connection: &mut AnyConnection,
    project: ProjectId,
    person: &Identifiers,
) -> Result<Vec<BlobGroup>, Error> {
    let mut found = Vec::new();
    for (table, read) in TABLES {
        let names = user_ids(person).map(|id| ("user_id", id));
        let names = names.chain(person.visitor_ids.iter().map(|id| ("visitor_id", id)));
        let names = names.chain(person.session_ids.iter().map(|id| ("session_id", id)));
        for (column, name) in names.filter(|(_, name)| !name.contains(NUL)) {
            let text = format!(
                "SELECT project_id, id FROM {table} WHERE project_id = $1 AND {column} = $2"
            );
            let rows = sqlx::query(AssertSqlSafe(text))
                .bind(project.to_string())
                .bind(name.clone())
                .fetch_all(&mut *connection)
                .await
                .map_err(sql)?;
            for row in &rows {
                let group = read(row)?;
                if !found.contains(&group) {
                    found.push(group);
                }
            }
        }
    }
    Ok(found)
}
