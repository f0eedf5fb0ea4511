//! The latest sessions of customers.

use std::collections::HashMap;
use std::iter::repeat_n;

use domain::id::ProjectId;
use domain::session::EndReason;
use domain::time::Timestamp;
use engine::ports::catalog::{Error, SessionCursor, SessionRow};
use sqlx::AssertSqlSafe;
use sqlx::any::AnyRow;

use crate::Catalog;
use crate::error::{malformed, sql};
use crate::row_ext::{NUL, RowExt};

/// The columns of a session.
pub(crate) const SESSION: &str = "session_id, started_at, last_activity_at, ended_at, ended_reason, \
    device_type, browser, browser_version, os, os_version, city, country, ip_address, entry_page";
/// Customers of one statement.
const MAX_CUSTOMERS: usize = 100;

/// See [`CustomerStore::sessions`](engine::ports::catalog::CustomerStore::sessions).
pub(super) async fn latest(
    catalog: &Catalog,
    project: ProjectId,
    user_ids: &[&str],
    since: Timestamp,
    limit: u32,
) -> Result<HashMap<String, Vec<SessionRow>>, Error> {
    let user_ids: Vec<_> = user_ids.iter().filter(|id| !id.contains(NUL)).collect();
    let mut found: HashMap<String, Vec<SessionRow>> = HashMap::new();
    if user_ids.is_empty() {
        return Ok(found);
    }
    let mut reads = catalog.reads_of(project).await?;
    for chunk in user_ids.chunks(MAX_CUSTOMERS) {
        // Statements of two sizes only, so that each is prepared once on a connection.
        let size = if chunk.len() == 1 { 1 } else { MAX_CUSTOMERS };
        let last = chunk.last().into_iter().copied();
        let padding = last.flat_map(|id| repeat_n(id, size - chunk.len()));
        let mut query = sqlx::query(AssertSqlSafe(statement(size)))
            .bind(project.to_string())
            .bind(since.micros())
            .bind(i64::from(limit));
        for id in chunk.iter().copied().chain(padding) {
            query = query.bind((*id).to_owned());
        }
        for row in query.fetch_all(&mut *reads).await.map_err(sql)? {
            found.entry(row.text("user_id")?).or_default().push(session(&row)?);
        }
    }
    Ok(found)
}

fn statement(customers: usize) -> String {
    let user_ids: Vec<_> = (4..4 + customers).map(|bind| format!("${bind}")).collect();
    format!(
        "SELECT * FROM (
             SELECT user_id, {SESSION}, ROW_NUMBER() OVER (
                        PARTITION BY user_id ORDER BY started_at DESC, session_id) AS place
             FROM user_sessions
             WHERE project_id = $1 AND last_activity_at >= $2 AND user_id IN ({})) AS placed
         WHERE place <= $3 ORDER BY user_id, place",
        user_ids.join(", ")
    )
}

/// See [`CustomerStore::sessions_of`](engine::ports::catalog::CustomerStore::sessions_of).
pub(super) async fn page(
    catalog: &Catalog,
    project: ProjectId,
    user_id: &str,
    after: Option<SessionCursor>,
    limit: u32,
) -> Result<Vec<SessionRow>, Error> {
    let (started_at, session_id) =
        after.unwrap_or_else(|| (Timestamp::from_micros(i64::MAX), String::new()));
    if user_id.contains(NUL) || session_id.contains(NUL) {
        return Ok(Vec::new());
    }
    let mut reads = catalog.reads_of(project).await?;
    let rows = sqlx::query(AssertSqlSafe(format!(
        "SELECT {SESSION} FROM user_sessions
         WHERE project_id = $1 AND user_id = $2 AND started_at <= $3
           AND (started_at < $3 OR session_id > $4)
         ORDER BY started_at DESC, session_id LIMIT $5"
    )))
    .bind(project.to_string())
    .bind(user_id.to_owned())
    .bind(started_at.micros())
    .bind(session_id)
    .bind(i64::from(limit))
    .fetch_all(&mut *reads)
    .await
    .map_err(sql)?;
    rows.iter().map(session).collect()
}

/// A session of a row's columns [`SESSION`].
pub(crate) fn session(row: &AnyRow) -> Result<SessionRow, Error> {
    Ok(SessionRow {
        session_id: row.text("session_id")?,
        started_at: row.time("started_at")?,
        last_activity_at: row.time("last_activity_at")?,
        ended_at: row.maybe_time("ended_at")?,
        ended_reason: end_reason(row)?,
        device_type: row.maybe_text("device_type")?,
        browser: row.maybe_text("browser")?,
        browser_version: row.maybe_text("browser_version")?,
        os: row.maybe_text("os")?,
        os_version: row.maybe_text("os_version")?,
        city: row.maybe_text("city")?,
        country: row.maybe_text("country")?,
        ip_address: row.maybe_text("ip_address")?,
        entry_page: row.maybe_text("entry_page")?,
    })
}

/// Why a session ended; none while it is open.
pub(crate) fn end_reason(row: &AnyRow) -> Result<Option<EndReason>, Error> {
    let Some(text) = row.maybe_text("ended_reason")? else { return Ok(None) };
    EndReason::parse(&text).map(Some).ok_or_else(|| malformed("ended_reason"))
}
