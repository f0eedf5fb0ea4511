//! A person's moments, each source by a statement of its own, put in one order.

use std::fmt::Write as _;

use domain::crm::ContactId;
use domain::id::ProjectId;
use domain::person::{MomentKind, MomentPlace, MomentSource, PURCHASES};
use domain::time::Timestamp;
use engine::ports::catalog::{Error, Moment, PersonKeys};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe};

use super::notes;
use crate::error::sql;
use crate::row_ext::RowExt;
use crate::{calls, crm, customers, recordings};

/// Where a source begins: before this instant, or at it with an id before this one.
type Start = (Timestamp, String);

/// See [`PersonStore::moments`](engine::ports::catalog::PersonStore::moments).
pub(super) async fn moments(
    connection: &mut AnyConnection,
    project: ProjectId,
    keys: &PersonKeys,
    kinds: &[MomentKind],
    after: Option<&MomentPlace>,
    limit: u32,
) -> Result<Vec<Moment>, Error> {
    let mut found: Vec<Moment> = Vec::new();
    for source in MomentSource::ALL {
        let kinds: Vec<_> = kinds.iter().copied().filter(|kind| kind.source() == source).collect();
        if kinds.is_empty() {
            continue;
        }
        let start: Start = after.map_or_else(
            || (Timestamp::from_micros(i64::MAX), String::new()),
            |place| {
                let (at, id) = place.within(source);
                (at, id.to_owned())
            },
        );
        match source {
            MomentSource::Activities => {
                if let Some(contact) = keys.contact {
                    let page = (&start, limit);
                    found.extend(activities(connection, project, contact, &kinds, page).await?);
                }
            }
            MomentSource::Notes => {
                let notes = notes::of_person(connection, project, keys).await?;
                found.extend(notes.into_iter().map(Moment::Note));
            }
            MomentSource::Sessions | MomentSource::Recordings | MomentSource::Calls => {
                for user in &keys.user_ids {
                    let page = (&start, limit);
                    found.extend(of_user(connection, project, source, user, page).await?);
                }
            }
            // The lake answers these.
            MomentSource::Events => {}
        }
    }
    if let Some(after) = after {
        found.retain(|moment| moment.place() > *after);
    }
    found.sort_by_cached_key(Moment::place);
    found.truncate(limit as usize);
    Ok(found)
}

async fn activities(
    connection: &mut AnyConnection,
    project: ProjectId,
    contact: ContactId,
    kinds: &[MomentKind],
    ((at, id), limit): (&Start, u32),
) -> Result<Vec<Moment>, Error> {
    let statement = format!(
        "SELECT id, occurred_at, absorbed, fact FROM crm_activities
         WHERE project_id = $1 AND contact_id = $2 AND is_shown = 1
           AND (occurred_at < $3 OR (occurred_at = $3 AND id < $4)) AND ({})
         ORDER BY occurred_at DESC, id DESC LIMIT $5",
        names_of(kinds)
    );
    let rows = sqlx::query(AssertSqlSafe(statement))
        .bind(project.to_string())
        .bind(contact.to_string())
        .bind(at.micros())
        .bind(id.clone())
        .bind(i64::from(limit))
        .fetch_all(connection)
        .await
        .map_err(sql)?;
    rows.iter().map(|row| Ok(Moment::Activity(crm::activity(row)?))).collect()
}

/// The condition on names of activities that [`MomentKind::of_activity`] puts under these kinds.
fn names_of(kinds: &[MomentKind]) -> String {
    let purchases = format!("name IN ('{}')", PURCHASES.join("', '"));
    let changes = "name IN ('contact.edited', 'contact.merged')";
    let tasks = "name LIKE 'task.%'";
    let mut text = "1 = 0".to_owned();
    for kind in kinds {
        let condition = match kind {
            MomentKind::Purchase => purchases.clone(),
            MomentKind::Change => changes.to_owned(),
            MomentKind::Task => tasks.to_owned(),
            _ => format!("NOT ({purchases} OR {changes} OR {tasks})"),
        };
        let _ = write!(text, " OR {condition}");
    }
    text
}

/// Sessions, recordings or calls of one user.
async fn of_user(
    connection: &mut AnyConnection,
    project: ProjectId,
    source: MomentSource,
    user: &str,
    ((at, id), limit): (&Start, u32),
) -> Result<Vec<Moment>, Error> {
    let (columns, table, of_user, id_column) = match source {
        MomentSource::Sessions => {
            (format!("id, {}", customers::SESSION), "user_sessions", "user_id = $2", "id")
        }
        MomentSource::Recordings => {
            (recordings::RECORDING.to_owned(), "session_recordings", "user_id = $2", "id")
        }
        _ => ("*".to_owned(), "calls", CALLS_OF_USER, "start_event_id"),
    };
    let statement = format!(
        "SELECT {columns} FROM {table}
         WHERE project_id = $1 AND {of_user}
           AND (started_at < $3 OR (started_at = $3 AND {id_column} < $4))
         ORDER BY started_at DESC, {id_column} DESC LIMIT $5"
    );
    let rows = sqlx::query(AssertSqlSafe(statement))
        .bind(project.to_string())
        .bind(user.to_owned())
        .bind(at.micros())
        .bind(id.clone())
        .bind(i64::from(limit))
        .fetch_all(connection)
        .await
        .map_err(sql)?;
    let moment = |row: &AnyRow| {
        Ok(match source {
            MomentSource::Sessions => Moment::Session(row.text("id")?, customers::session(row)?),
            MomentSource::Recordings => Moment::Recording(recordings::recording(row)?),
            _ => Moment::Call(calls::stored_call(row)?),
        })
    };
    rows.iter().map(moment).collect()
}

/// Calls name no customer: they are of the person in whose session they were made.
pub(super) const CALLS_OF_USER: &str = "session_id IN
    (SELECT session_id FROM user_sessions WHERE project_id = $1 AND user_id = $2)";

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_condition_on_names_says_what_the_domain_says() {
        let folder = tempfile::tempdir().expect("a folder");
        let catalog = crate::Catalog::open(&folder.path().join("catalog.db")).await.expect("opens");
        let names = [
            "order.placed",
            "booking.completed",
            "review.posted",
            "booking.started",
            "task.completed",
            "tasks",
            "contact.edited",
            "contact.merged",
            "contact.other",
            "",
        ];
        for kind in
            MomentKind::ALL.into_iter().filter(|kind| kind.source() == MomentSource::Activities)
        {
            for name in names {
                let statement = format!(
                    "SELECT COUNT(*) AS found FROM (SELECT $1 AS name) AS it WHERE {}",
                    names_of(&[kind])
                );
                let row = sqlx::query(AssertSqlSafe(statement))
                    .bind(name)
                    .fetch_one(&catalog.reads)
                    .await
                    .expect("an answer");
                let is_found = row.number::<i64>("found").expect("a number") == 1;
                assert_eq!(is_found, MomentKind::of_activity(name) == kind, "{name} {kind:?}");
            }
        }
    }
}
