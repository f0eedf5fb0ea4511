//! What is known of one customer under one session id, and of those who share the session id or browser.

use std::collections::BTreeMap;

use domain::id::ProjectId;
use domain::session::{Others, Record, Sighting};
use domain::time::Timestamp;
use engine::ports::catalog::Error;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use super::summary::Summaries;
use super::visits;
use crate::columns::Columns;
use crate::error::{malformed, sql};

/// Others looked at for one thread. A page that gives all its visitors one session id has more; then
/// who switched to whom is not told exactly.
const MAX_OTHERS: i64 = 100;

/// Names a thread.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[expect(clippy::struct_field_names, reason = "they are what the columns are called")]
pub(super) struct Key {
    pub(super) project_id: ProjectId,
    pub(super) session_id: String,
    /// Empty for nobody in particular.
    pub(super) user_id: String,
}

/// Takes sightings in and tells the visits of every thread they concern.
pub(super) async fn take(
    connection: &mut AnyConnection,
    sightings: &[Sighting],
    summaries: &mut Summaries,
) -> Result<(), Error> {
    let mut by_thread: BTreeMap<Key, Vec<&Sighting>> = BTreeMap::new();
    for sighting in sightings {
        let key = Key {
            project_id: sighting.project_id,
            session_id: sighting.session_id.clone(),
            user_id: sighting.user_id.clone(),
        };
        by_thread.entry(key).or_default().push(sighting);
    }
    for (key, sightings) in by_thread {
        let before = load(connection, &key).await?;
        let mut after = before.clone();
        for sighting in sightings {
            after.take(sighting);
        }
        if after != before {
            store(connection, &key, &after).await?;
            tell(connection, &key, &before, &after, summaries).await?;
        }
    }
    Ok(())
}

/// Tells the visits of a thread that changed, and of those its change concerns.
async fn tell(
    connection: &mut AnyConnection,
    key: &Key,
    before: &Record,
    after: &Record,
    summaries: &mut Summaries,
) -> Result<(), Error> {
    let mut near = others(connection, key, after.visitor_id()).await?;
    let is_profile_new = before.profile != after.profile;
    visits::tell(connection, key, after, &said_by(&near), is_profile_new, summaries).await?;
    let is_same_to_others = before.visitor_id() == after.visitor_id()
        && before.thread.ends() == after.thread.ends()
        && before.thread.openings().eq(after.thread.openings());
    if is_same_to_others {
        return Ok(());
    }
    if before.visitor_id().is_some() && before.visitor_id() != after.visitor_id() {
        near.extend(others(connection, key, before.visitor_id()).await?);
    }
    for (other, record) in near {
        let its_others = others(connection, &other, record.visitor_id()).await?;
        visits::tell(connection, &other, &record, &said_by(&its_others), false, summaries).await?;
    }
    Ok(())
}

fn said_by(near: &[(Key, Record)]) -> Others {
    let mut others = Others::default();
    for (key, record) in near {
        if key.user_id.is_empty() {
            others.add_nobody(&record.thread);
        } else {
            others.add(&record.thread);
        }
    }
    others
}

/// The threads of others with the same session id or the same browser.
async fn others(
    connection: &mut AnyConnection,
    key: &Key,
    visitor_id: Option<&str>,
) -> Result<Vec<(Key, Record)>, Error> {
    let mut rows = sqlx::query(
        "SELECT session_id, user_id, state FROM session_threads
         WHERE project_id = $1 AND session_id = $2 AND user_id <> $3 LIMIT $4",
    )
    .bind(key.project_id.to_string())
    .bind(key.session_id.clone())
    .bind(key.user_id.clone())
    .bind(MAX_OTHERS)
    .fetch_all(&mut *connection)
    .await
    .map_err(sql)?;
    // A session of nobody says nothing about a browser's customers.
    if let Some(visitor_id) = visitor_id.filter(|_| !key.user_id.is_empty()) {
        let same_browser = sqlx::query(
            "SELECT session_id, user_id, state FROM session_threads
             WHERE project_id = $1 AND visitor_id = $2 AND session_id <> $3
               AND user_id <> $4 AND user_id <> '' ORDER BY last_at DESC LIMIT $5",
        )
        .bind(key.project_id.to_string())
        .bind(visitor_id.to_owned())
        .bind(key.session_id.clone())
        .bind(key.user_id.clone())
        .bind(MAX_OTHERS)
        .fetch_all(&mut *connection)
        .await
        .map_err(sql)?;
        rows.extend(same_browser);
    }
    rows.iter().map(|row| other(key.project_id, row)).collect()
}

fn other(project_id: ProjectId, row: &AnyRow) -> Result<(Key, Record), Error> {
    let key =
        Key { project_id, session_id: row.text("session_id")?, user_id: row.text("user_id")? };
    Ok((key, record(row)?))
}

fn record(row: &AnyRow) -> Result<Record, Error> {
    serde_json::from_str(&row.text("state")?).map_err(|_| malformed("state"))
}

/// What is known of a thread; nothing when it is new.
async fn load(connection: &mut AnyConnection, key: &Key) -> Result<Record, Error> {
    let row = sqlx::query(
        "SELECT state FROM session_threads
         WHERE project_id = $1 AND session_id = $2 AND user_id = $3",
    )
    .bind(key.project_id.to_string())
    .bind(key.session_id.clone())
    .bind(key.user_id.clone())
    .fetch_optional(connection)
    .await
    .map_err(sql)?;
    row.as_ref().map_or_else(|| Ok(Record::default()), record)
}

/// Stores what is known of a thread.
pub(super) async fn store(
    connection: &mut AnyConnection,
    key: &Key,
    record: &Record,
) -> Result<(), Error> {
    let said = record.thread.ends().last().map_or(Timestamp::EPOCH, |(at, _)| *at);
    let (first_at, last_at) = record.thread.span().unwrap_or((said, said));
    let state = serde_json::to_string(record).map_err(|error| Error::Internal(Box::new(error)))?;
    sqlx::query(
        "INSERT INTO session_threads
           (project_id, session_id, user_id, visitor_id, first_at, last_at, state)
         VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (project_id, session_id, user_id)
         DO UPDATE SET visitor_id = excluded.visitor_id, first_at = excluded.first_at,
                       last_at = excluded.last_at, state = excluded.state",
    )
    .bind(key.project_id.to_string())
    .bind(key.session_id.clone())
    .bind(key.user_id.clone())
    .bind(record.visitor_id().map(str::to_owned))
    .bind(first_at.micros())
    .bind(last_at.micros())
    .bind(state)
    .execute(connection)
    .await
    .map_err(sql)?;
    Ok(())
}
