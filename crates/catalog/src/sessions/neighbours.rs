//! Neighbours of a timeline: timelines of other customers on the same session id or browser.

use std::collections::{BTreeMap, BTreeSet};

use domain::id::ProjectId;
use domain::session::{ConcurrentSessions, SessionState};
use engine::ports::catalog::Error;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use super::timeline_row::{TimelineKey, state_of_row};
use crate::bulk::{self, Value};
use crate::error::sql;
use crate::row_ext::RowExt;

/// Neighbours loaded per timeline. A page that gives all visitors one session id has more; then
/// user switches are approximate.
const MAX_NEIGHBOURS: usize = 100;
/// Session ids asked for by one statement.
const SESSIONS: usize = 64;
/// Timelines per statement, at most: nearly every session has one or two.
const OF_SESSIONS: &str = "
    SELECT session_id, user_id, state FROM session_threads
    WHERE project_id = $1 AND session_id IN (KEYS) LIMIT 1000";
const MAX_ROWS: usize = 1_000;

/// A timeline to find neighbours for, and its browser.
pub(super) type NeighbourQuery<'a> = (&'a TimelineKey, Option<&'a str>);
/// Neighbours of a timeline.
pub(super) type NeighbourTimelines = Vec<(TimelineKey, SessionState)>;

/// Folds neighbours into the starts and ends that affect a timeline.
pub(super) fn concurrent_sessions(neighbours: &NeighbourTimelines) -> ConcurrentSessions {
    let mut others = ConcurrentSessions::default();
    for (key, record) in neighbours {
        if key.user_id.is_empty() {
            others.add_anonymous(&record.timeline);
        } else {
            others.add(&record.timeline);
        }
    }
    others
}

/// Loads the neighbours of each timeline, in input order.
pub(super) async fn load_neighbours(
    connection: &mut AnyConnection,
    project: ProjectId,
    queries: &[NeighbourQuery<'_>],
) -> Result<Vec<NeighbourTimelines>, Error> {
    let customers = customers_of(connection, project, queries).await?;
    let sessions = load_by_session(connection, project, queries).await?;
    let mut found = Vec::with_capacity(queries.len());
    for (key, visitor_id) in queries {
        let mut neighbours = match sessions.get(key.session_id.as_str()) {
            Some(timelines) => neighbours_in_session(timelines, key),
            None => load_crowded_session(connection, key).await?,
        };
        // A session of nobody says nothing about a browser's customers.
        let visitor_id = visitor_id.filter(|_| !key.user_id.is_empty());
        let is_shared = |visitor_id: &&str| {
            customers.get(*visitor_id).is_some_and(|users| users.differ_from(&key.user_id))
        };
        if let Some(visitor_id) = visitor_id.filter(is_shared) {
            neighbours.append(&mut load_by_browser(connection, key, visitor_id).await?);
        }
        found.push(neighbours);
    }
    Ok(found)
}

/// The first and the last of a browser's customers, in the order of their ids.
struct UserRange(String, String);

impl UserRange {
    fn differ_from(&self, user_id: &str) -> bool {
        self.0 != user_id || self.1 != user_id
    }
}

/// Loads the customers of these browsers; nearly every browser has one and needs no further query.
async fn customers_of(
    connection: &mut AnyConnection,
    project: ProjectId,
    queries: &[NeighbourQuery<'_>],
) -> Result<BTreeMap<String, UserRange>, Error> {
    let visitors: BTreeSet<&str> =
        queries.iter().filter_map(|(_, visitor_id)| *visitor_id).collect();
    let keys: Vec<_> = visitors.into_iter().map(|visitor_id| [Value::from(visitor_id)]).collect();
    let rows = bulk::select(
        connection,
        "SELECT visitor_id, MIN(user_id) AS first_user, MAX(user_id) AS last_user
         FROM session_threads WHERE project_id = $1 AND visitor_id IN (KEYS) AND user_id <> ''
         GROUP BY visitor_id",
        project,
        &keys,
    )
    .await?;
    let users = |row: &AnyRow| {
        Ok((row.text("visitor_id")?, UserRange(row.text("first_user")?, row.text("last_user")?)))
    };
    rows.iter().map(users).collect()
}

/// Loads all timelines of these sessions, by session. A statement that returns too many rows yields none
/// of its sessions: the caller queries those one by one.
async fn load_by_session<'a>(
    connection: &mut AnyConnection,
    project: ProjectId,
    queries: &[NeighbourQuery<'a>],
) -> Result<BTreeMap<&'a str, NeighbourTimelines>, Error> {
    let sessions: BTreeSet<&str> = queries.iter().map(|(key, _)| key.session_id.as_str()).collect();
    let sessions: Vec<&str> = sessions.into_iter().collect();
    let mut found = BTreeMap::new();
    for sessions in sessions.chunks(SESSIONS) {
        let keys: Vec<_> = sessions.iter().map(|session_id| [Value::from(*session_id)]).collect();
        let rows = bulk::select(connection, OF_SESSIONS, project, &keys).await?;
        if rows.len() >= MAX_ROWS {
            continue;
        }
        found.extend(sessions.iter().map(|session_id| (*session_id, NeighbourTimelines::new())));
        for row in &rows {
            let (key, record) = neighbour(project, row)?;
            if let Some(timelines) = found.get_mut(key.session_id.as_str()) {
                timelines.push((key, record));
            }
        }
    }
    Ok(found)
}

fn neighbours_in_session(timelines: &NeighbourTimelines, key: &TimelineKey) -> NeighbourTimelines {
    let others = timelines.iter().filter(|(other, _)| other.user_id != key.user_id);
    others.take(MAX_NEIGHBOURS).cloned().collect()
}

async fn load_crowded_session(
    connection: &mut AnyConnection,
    key: &TimelineKey,
) -> Result<NeighbourTimelines, Error> {
    let rows = sqlx::query(
        "SELECT session_id, user_id, state FROM session_threads
         WHERE project_id = $1 AND session_id = $2 AND user_id <> $3 LIMIT $4",
    )
    .bind(key.project_id.to_string())
    .bind(key.session_id.clone())
    .bind(key.user_id.clone())
    .bind(i64::try_from(MAX_NEIGHBOURS).unwrap_or(i64::MAX))
    .fetch_all(connection)
    .await
    .map_err(sql)?;
    rows.iter().map(|row| neighbour(key.project_id, row)).collect()
}

/// Loads the latest timelines of other customers and sessions on the same browser.
async fn load_by_browser(
    connection: &mut AnyConnection,
    key: &TimelineKey,
    visitor_id: &str,
) -> Result<NeighbourTimelines, Error> {
    let rows = sqlx::query(
        "SELECT session_id, user_id, state FROM session_threads
         WHERE project_id = $1 AND visitor_id = $2 AND session_id <> $3
           AND user_id <> $4 AND user_id <> '' ORDER BY last_at DESC LIMIT $5",
    )
    .bind(key.project_id.to_string())
    .bind(visitor_id.to_owned())
    .bind(key.session_id.clone())
    .bind(key.user_id.clone())
    .bind(i64::try_from(MAX_NEIGHBOURS).unwrap_or(i64::MAX))
    .fetch_all(connection)
    .await
    .map_err(sql)?;
    rows.iter().map(|row| neighbour(key.project_id, row)).collect()
}

fn neighbour(project_id: ProjectId, row: &AnyRow) -> Result<(TimelineKey, SessionState), Error> {
    let key = TimelineKey {
        project_id,
        session_id: row.text("session_id")?,
        user_id: row.text("user_id")?,
    };
    Ok((key, state_of_row(row)?))
}
