//! The rows of `user_sessions`: the visits of a thread, written where they differ from what is there.

use std::collections::BTreeMap;

use domain::event::{Device, Place};
use domain::session::{Ended, Others, Record, Visit};
use domain::time::Timestamp;
use engine::ports::catalog::Error;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;
use uuid::Uuid;

use super::summary::Summaries;
use super::threads::Key;
use crate::columns::Columns;
use crate::customers::end_reason;
use crate::error::sql;

/// Namespace of the rows' ids.
const NAMESPACE: Uuid = Uuid::from_u128(0x6f0f_a11e_7e4d_5c0a_9a3b_f007_fa11_0051);

/// Makes the rows of a thread say its visits.
pub(super) async fn tell(
    connection: &mut AnyConnection,
    key: &Key,
    record: &Record,
    others: &Others,
    is_profile_new: bool,
    summaries: &mut Summaries,
) -> Result<(), Error> {
    if key.user_id.is_empty() {
        return Ok(());
    }
    let mut stored = stored(connection, key).await?;
    let known = stored.len();
    let visits = record.thread.visits(others);
    let mut is_recounted = is_profile_new || known != visits.len();
    for visit in &visits {
        let before = stored.remove(&visit.started_at);
        is_recounted |= before.is_none();
        if before != Some(*visit) || is_profile_new {
            put(connection, key, record, visit).await?;
        }
    }
    for started_at in stored.keys() {
        is_recounted = true;
        remove(connection, key, *started_at).await?;
    }
    let Some((first_at, last_at)) = record.thread.span() else { return Ok(()) };
    let summary = summaries.of(connection, key.project_id, &key.user_id).await?;
    summary.seen(first_at);
    summary.seen(last_at);
    summary.total_sessions += count(visits.len()) - count(known);
    summary.is_recounted |= is_recounted;
    Ok(())
}

fn count(rows: usize) -> i64 {
    i64::try_from(rows).unwrap_or(i64::MAX)
}

async fn stored(
    connection: &mut AnyConnection,
    key: &Key,
) -> Result<BTreeMap<Timestamp, Visit>, Error> {
    let rows = sqlx::query(
        "SELECT started_at, last_activity_at, ended_at, ended_reason FROM user_sessions
         WHERE project_id = $1 AND user_id = $2 AND session_id = $3",
    )
    .bind(key.project_id.to_string())
    .bind(key.user_id.clone())
    .bind(key.session_id.clone())
    .fetch_all(connection)
    .await
    .map_err(sql)?;
    let visits = rows.iter().map(|row| visit(row).map(|visit| (visit.started_at, visit)));
    visits.collect()
}

fn visit(row: &AnyRow) -> Result<Visit, Error> {
    let ended = match (row.maybe_time("ended_at")?, end_reason(row)?) {
        (Some(at), Some(reason)) => Some(Ended { at, reason }),
        _ => None,
    };
    Ok(Visit {
        started_at: row.time("started_at")?,
        last_activity_at: row.time("last_activity_at")?,
        ended,
    })
}

async fn put(
    connection: &mut AnyConnection,
    key: &Key,
    record: &Record,
    visit: &Visit,
) -> Result<(), Error> {
    let Key { project_id, session_id, user_id } = key;
    let name = format!("{project_id}\n{user_id}\n{session_id}\n{}", visit.started_at.micros());
    let (device, place, entry_page) = match &record.profile {
        Some(profile) => {
            (profile.device.clone(), profile.place.clone(), profile.entry_page.clone())
        }
        None => (Device::default(), Place::default(), None),
    };
    sqlx::query(
        "INSERT INTO user_sessions
           (id, project_id, user_id, session_id, started_at, last_activity_at, ended_at,
            ended_reason, device_type, browser, browser_version, os, os_version, city, country,
            ip_address, entry_page)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
         ON CONFLICT (project_id, user_id, session_id, started_at)
         DO UPDATE SET last_activity_at = excluded.last_activity_at, ended_at = excluded.ended_at,
           ended_reason = excluded.ended_reason, device_type = excluded.device_type,
           browser = excluded.browser, browser_version = excluded.browser_version,
           os = excluded.os, os_version = excluded.os_version, city = excluded.city,
           country = excluded.country, ip_address = excluded.ip_address,
           entry_page = excluded.entry_page",
    )
    .bind(Uuid::new_v5(&NAMESPACE, name.as_bytes()).to_string())
    .bind(project_id.to_string())
    .bind(user_id.clone())
    .bind(session_id.clone())
    .bind(visit.started_at.micros())
    .bind(visit.last_activity_at.micros())
    .bind(visit.ended.map(|ended| ended.at.micros()))
    .bind(visit.ended.map(|ended| ended.reason.as_str()))
    .bind(device.kind)
    .bind(device.browser)
    .bind(device.browser_version)
    .bind(device.os)
    .bind(device.os_version)
    .bind(place.city)
    .bind(place.country)
    .bind(place.masked_ip)
    .bind(entry_page)
    .execute(connection)
    .await
    .map_err(sql)?;
    Ok(())
}

async fn remove(
    connection: &mut AnyConnection,
    key: &Key,
    started_at: Timestamp,
) -> Result<(), Error> {
    sqlx::query(
        "DELETE FROM user_sessions
         WHERE project_id = $1 AND user_id = $2 AND session_id = $3 AND started_at = $4",
    )
    .bind(key.project_id.to_string())
    .bind(key.user_id.clone())
    .bind(key.session_id.clone())
    .bind(started_at.micros())
    .execute(connection)
    .await
    .map_err(sql)?;
    Ok(())
}
