//! The threads of others that share a session id or a browser with a thread.

use std::collections::{BTreeMap, BTreeSet};

use domain::id::ProjectId;
use domain::session::{Others, Record};
use engine::ports::catalog::Error;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use super::threads::{Key, record};
use crate::columns::Columns;
use crate::error::sql;
use crate::many::{self, Value};

/// Others looked at for one thread. A page that gives all its visitors one session id has more; then
/// who switched to whom is not told exactly.
const MAX_OTHERS: usize = 100;
/// Session ids asked for by one statement.
const SESSIONS: usize = 64;
/// Threads of so many sessions, at most: nearly every session has one or two.
const OF_SESSIONS: &str = "
    SELECT session_id, user_id, state FROM session_threads
    WHERE project_id = $1 AND session_id IN (KEYS) LIMIT 1000";
const MAX_ROWS: usize = 1_000;

/// A thread whose others are asked for, and the browser they may share.
pub(super) type Asked<'a> = (&'a Key, Option<&'a str>);
/// The others of a thread.
pub(super) type Near = Vec<(Key, Record)>;

/// What others say.
pub(super) fn said_by(near: &Near) -> Others {
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

/// The others of each of these threads, in their order.
pub(super) async fn of(
    connection: &mut AnyConnection,
    project: ProjectId,
    asked: &[Asked<'_>],
) -> Result<Vec<Near>, Error> {
    let customers = customers_of(connection, project, asked).await?;
    let sessions = of_sessions(connection, project, asked).await?;
    let mut found = Vec::with_capacity(asked.len());
    for (key, visitor_id) in asked {
        let mut near = match sessions.get(key.session_id.as_str()) {
            Some(threads) => of_session(threads, key),
            None => of_crowded_session(connection, key).await?,
        };
        // A session of nobody says nothing about a browser's customers.
        let visitor_id = visitor_id.filter(|_| !key.user_id.is_empty());
        let is_shared = |visitor_id: &&str| {
            customers.get(*visitor_id).is_some_and(|users| users.differ_from(&key.user_id))
        };
        if let Some(visitor_id) = visitor_id.filter(is_shared) {
            near.append(&mut of_browser(connection, key, visitor_id).await?);
        }
        found.push(near);
    }
    Ok(found)
}

/// The first and the last of a browser's customers, in the order of their ids.
struct Users(String, String);

impl Users {
    fn differ_from(&self, user_id: &str) -> bool {
        self.0 != user_id || self.1 != user_id
    }
}

/// The customers of these browsers: nearly every browser has one, and no others to be looked for.
async fn customers_of(
    connection: &mut AnyConnection,
    project: ProjectId,
    asked: &[Asked<'_>],
) -> Result<BTreeMap<String, Users>, Error> {
    let visitors: BTreeSet<&str> = asked.iter().filter_map(|(_, visitor_id)| *visitor_id).collect();
    let keys: Vec<_> = visitors.into_iter().map(|visitor_id| [Value::from(visitor_id)]).collect();
    let rows = many::select(
        connection,
        "SELECT visitor_id, MIN(user_id) AS first_user, MAX(user_id) AS last_user
         FROM session_threads WHERE project_id = $1 AND visitor_id IN (KEYS) AND user_id <> ''
         GROUP BY visitor_id",
        project,
        &keys,
    )
    .await?;
    let users = |row: &AnyRow| {
        Ok((row.text("visitor_id")?, Users(row.text("first_user")?, row.text("last_user")?)))
    };
    rows.iter().map(users).collect()
}

/// All threads of these sessions, by session; but nothing of those that are read together with one that
/// has too many.
async fn of_sessions<'a>(
    connection: &mut AnyConnection,
    project: ProjectId,
    asked: &[Asked<'a>],
) -> Result<BTreeMap<&'a str, Near>, Error> {
    let sessions: BTreeSet<&str> = asked.iter().map(|(key, _)| key.session_id.as_str()).collect();
    let sessions: Vec<&str> = sessions.into_iter().collect();
    let mut found = BTreeMap::new();
    for sessions in sessions.chunks(SESSIONS) {
        let keys: Vec<_> = sessions.iter().map(|session_id| [Value::from(*session_id)]).collect();
        let rows = many::select(connection, OF_SESSIONS, project, &keys).await?;
        if rows.len() >= MAX_ROWS {
            continue;
        }
        found.extend(sessions.iter().map(|session_id| (*session_id, Near::new())));
        for row in &rows {
            let (key, record) = other(project, row)?;
            if let Some(threads) = found.get_mut(key.session_id.as_str()) {
                threads.push((key, record));
            }
        }
    }
    Ok(found)
}

fn of_session(threads: &Near, key: &Key) -> Near {
    let others = threads.iter().filter(|(other, _)| other.user_id != key.user_id);
    others.take(MAX_OTHERS).cloned().collect()
}

async fn of_crowded_session(connection: &mut AnyConnection, key: &Key) -> Result<Near, Error> {
    let rows = sqlx::query(
        "SELECT session_id, user_id, state FROM session_threads
         WHERE project_id = $1 AND session_id = $2 AND user_id <> $3 LIMIT $4",
    )
    .bind(key.project_id.to_string())
    .bind(key.session_id.clone())
    .bind(key.user_id.clone())
    .bind(i64::try_from(MAX_OTHERS).unwrap_or(i64::MAX))
    .fetch_all(connection)
    .await
    .map_err(sql)?;
    rows.iter().map(|row| other(key.project_id, row)).collect()
}

/// The latest threads of other customers and sessions on the same browser.
async fn of_browser(
    connection: &mut AnyConnection,
    key: &Key,
    visitor_id: &str,
) -> Result<Near, Error> {
    let rows = sqlx::query(
        "SELECT session_id, user_id, state FROM session_threads
         WHERE project_id = $1 AND visitor_id = $2 AND session_id <> $3
           AND user_id <> $4 AND user_id <> '' ORDER BY last_at DESC LIMIT $5",
    )
    .bind(key.project_id.to_string())
    .bind(visitor_id.to_owned())
    .bind(key.session_id.clone())
    .bind(key.user_id.clone())
    .bind(i64::try_from(MAX_OTHERS).unwrap_or(i64::MAX))
    .fetch_all(connection)
    .await
    .map_err(sql)?;
    rows.iter().map(|row| other(key.project_id, row)).collect()
}

fn other(project_id: ProjectId, row: &AnyRow) -> Result<(Key, Record), Error> {
    let key =
        Key { project_id, session_id: row.text("session_id")?, user_id: row.text("user_id")? };
    Ok((key, record(row)?))
}
