//! The rows of `user_sessions`: writes a timeline's sessions where they differ from the stored rows.

use std::collections::BTreeMap;

use domain::event::{Device, Place};
use domain::id::ProjectId;
use domain::session::{ConcurrentSessions, Session, SessionEnd, SessionState};
use domain::time::Timestamp;
use engine::ports::catalog::Error;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;
use uuid::Uuid;

use super::summary_cache::SummaryCache;
use super::timeline_row::TimelineKey;
use crate::bulk::{self, Value};
use crate::customers::end_reason;
use crate::row_ext::RowExt;

/// Namespace of the rows' ids.
const NAMESPACE: Uuid = Uuid::from_u128(0x6f0f_a11e_7e4d_5c0a_9a3b_f007_fa11_0051);

/// A timeline whose session rows are to be written.
pub(super) struct TimelineUpdate {
    pub(super) key: TimelineKey,
    pub(super) record: SessionState,
    pub(super) others: ConcurrentSessions,
    pub(super) is_profile_new: bool,
}

/// A project, and the instant before which none of its sessions is stored.
pub(super) type ProjectFloor = (ProjectId, Option<Timestamp>);

/// Brings the session rows of these timelines up to date; each timeline may occur once. Sessions that ended
/// before the floor are left as they are: they are being removed, or were.
pub(super) async fn write(
    connection: &mut AnyConnection,
    (project, floor): ProjectFloor,
    updates: &[TimelineUpdate],
    summaries: &mut SummaryCache,
) -> Result<(), Error> {
    let named: Vec<&TimelineUpdate> =
        updates.iter().filter(|named| !named.key.user_id.is_empty()).collect();
    // Customers without activity have no summary.
    let active = named.iter().filter(|named| named.record.timeline.activity_range().is_some());
    let customers = active.map(|named| (project, named.key.user_id.as_str()));
    summaries.read(connection, customers.collect()).await?;
    let mut stored = load(connection, project, &named).await?;
    let (mut rows, mut removed) = (Vec::new(), Vec::new());
    for TimelineUpdate { key, record, others, is_profile_new } in named {
        let mut stored = stored.remove(key).unwrap_or_default();
        let mut visits = record.timeline.sessions(others);
        if let Some(floor) = floor {
            visits.retain(|visit| visit.last_activity_at >= floor);
            stored.retain(|started_at, before| {
                before.last_activity_at >= floor
                    || visits.iter().any(|visit| visit.started_at == *started_at)
            });
        }
        let known = stored.len() + usize::from(was_removed(floor, &visits, &stored));
        let mut is_recounted = *is_profile_new || known != visits.len();
        for visit in &visits {
            let before = stored.remove(&visit.started_at);
            is_recounted |= before.is_none();
            if before != Some(*visit) || *is_profile_new {
                rows.push(row(key, record, visit));
            }
        }
        is_recounted |= !stored.is_empty();
        removed.extend(stored.into_keys().map(|started_at| row_key(key, started_at)));
        let Some((first_at, last_at)) = record.timeline.activity_range() else { continue };
        let summary = summaries.of(connection, project, &key.user_id).await?;
        summary.extend(first_at);
        summary.extend(last_at);
        summary.total_sessions += count(visits.len()) - count(known);
        summary.needs_recount |= is_recounted;
    }
    put(connection, rows).await?;
    remove(connection, project, &removed).await
}

/// Whether the session that goes on across the floor has been removed, and so was counted before: what began
/// before the floor is never new.
fn was_removed(
    floor: Option<Timestamp>,
    visits: &[Session],
    stored: &BTreeMap<Timestamp, Session>,
) -> bool {
    let began_before = |started_at: &Timestamp| Some(*started_at) < floor;
    visits.iter().any(|visit| began_before(&visit.started_at)) && !stored.keys().any(began_before)
}

fn count(rows: usize) -> i64 {
    i64::try_from(rows).unwrap_or(i64::MAX)
}

/// Loads the stored sessions of these timelines, by start.
async fn load(
    connection: &mut AnyConnection,
    project: ProjectId,
    updates: &[&TimelineUpdate],
) -> Result<BTreeMap<TimelineKey, BTreeMap<Timestamp, Session>>, Error> {
    let key = |named: &&TimelineUpdate| {
        [Value::from(&*named.key.user_id), Value::from(&*named.key.session_id)]
    };
    let keys: Vec<_> = updates.iter().map(key).collect();
    let rows = bulk::select(
        connection,
        "SELECT user_id, session_id, started_at, last_activity_at, ended_at, ended_reason
         FROM user_sessions WHERE project_id = $1 AND (user_id, session_id) IN (KEYS)",
        project,
        &keys,
    )
    .await?;
    let mut stored: BTreeMap<TimelineKey, BTreeMap<Timestamp, Session>> = BTreeMap::new();
    for row in &rows {
        let (session_id, user_id) = (row.text("session_id")?, row.text("user_id")?);
        let key = TimelineKey { project_id: project, session_id, user_id };
        let visit = visit(row)?;
        stored.entry(key).or_default().insert(visit.started_at, visit);
    }
    Ok(stored)
}

fn visit(row: &AnyRow) -> Result<Session, Error> {
    let ended = match (row.maybe_time("ended_at")?, end_reason(row)?) {
        (Some(at), Some(reason)) => Some(SessionEnd { at, reason }),
        _ => None,
    };
    Ok(Session {
        started_at: row.time("started_at")?,
        last_activity_at: row.time("last_activity_at")?,
        ended,
    })
}

fn row(key: &TimelineKey, record: &SessionState, visit: &Session) -> [Value; 17] {
    let TimelineKey { project_id, session_id, user_id } = key;
    let name = format!("{project_id}\n{user_id}\n{session_id}\n{}", visit.started_at.micros());
    let (device, place, entry_page) = match &record.profile {
        Some(profile) => {
            (profile.device.clone(), profile.place.clone(), profile.entry_page.clone())
        }
        None => (Device::default(), Place::default(), None),
    };
    [
        Uuid::new_v5(&NAMESPACE, name.as_bytes()).to_string().into(),
        (*project_id).into(),
        user_id.as_str().into(),
        session_id.as_str().into(),
        visit.started_at.into(),
        visit.last_activity_at.into(),
        visit.ended.map(|ended| ended.at).into(),
        visit.ended.map(|ended| ended.reason.as_str().to_owned()).into(),
        device.kind.into(),
        device.browser.into(),
        device.browser_version.into(),
        device.os.into(),
        device.os_version.into(),
        place.city.into(),
        place.country.into(),
        place.masked_ip.into(),
        entry_page.into(),
    ]
}

async fn put(connection: &mut AnyConnection, rows: Vec<[Value; 17]>) -> Result<(), Error> {
    bulk::insert(
        connection,
        "INSERT INTO user_sessions
           (id, project_id, user_id, session_id, started_at, last_activity_at, ended_at,
            ended_reason, device_type, browser, browser_version, os, os_version, city, country,
            ip_address, entry_page)",
        "ON CONFLICT (project_id, user_id, session_id, started_at)
         DO UPDATE SET last_activity_at = excluded.last_activity_at, ended_at = excluded.ended_at,
           ended_reason = excluded.ended_reason, device_type = excluded.device_type,
           browser = excluded.browser, browser_version = excluded.browser_version,
           os = excluded.os, os_version = excluded.os_version, city = excluded.city,
           country = excluded.country, ip_address = excluded.ip_address,
           entry_page = excluded.entry_page",
        rows,
    )
    .await?;
    Ok(())
}

fn row_key(key: &TimelineKey, started_at: Timestamp) -> [Value; 3] {
    [key.user_id.as_str().into(), key.session_id.as_str().into(), started_at.into()]
}

async fn remove(
    connection: &mut AnyConnection,
    project: ProjectId,
    removed: &[[Value; 3]],
) -> Result<(), Error> {
    let statement = "DELETE FROM user_sessions
         WHERE project_id = $1 AND (user_id, session_id, started_at) IN (KEYS)";
    bulk::execute(connection, statement, project, removed).await?;
    Ok(())
}
