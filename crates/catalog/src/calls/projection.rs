//! Facts in, calls out, and adjustments where a month is closed: all in the caller's transaction.

use std::collections::BTreeMap;

use domain::billing::{self, Call, CallFact, Month, Tariff, session_key};
use domain::id::ProjectId;
use domain::time::Timestamp;
use engine::ports::catalog::{Error, ProjectFact, StoredCall};
use engine::ports::journal::Position;
use sqlx::AnyConnection;
use uuid::Uuid;

use super::rows::{call_fact, kind_columns, stored_call};
use crate::billing::{Noted, adjust};
use crate::error::sql;
use crate::positions::advance;
use crate::scope::Writing;

/// This projection's row among the positions.
pub(crate) const PROJECTION: &str = "calls";

/// The tariffs of closed months, as far as they were looked up.
type ClosedMonths = BTreeMap<(ProjectId, Month), Option<Tariff>>;

/// Applies facts; `false`, and nothing done, when the position is there already.
pub(super) async fn apply(
    transaction: &mut Writing,
    facts: &[ProjectFact],
    position: Position,
) -> Result<bool, Error> {
    if !advance(transaction, PROJECTION, position).await? {
        return Ok(false);
    }
    // When the latest new fact of a (widget, session) was received.
    let mut touched: BTreeMap<(ProjectId, Uuid), Timestamp> = BTreeMap::new();
    for ProjectFact { project_id, received_at, fact } in facts {
        let key = session_key(fact.widget_id, &fact.session_id);
        if keep(transaction, *project_id, key, fact).await? {
            let latest = touched.entry((*project_id, key)).or_insert(*received_at);
            *latest = (*latest).max(*received_at);
        }
    }
    let mut closed = ClosedMonths::new();
    for ((project, key), noted_at) in touched {
        refold(transaction, project, key, Noted { position, at: noted_at }, &mut closed).await?;
    }
    Ok(true)
}

/// Keeps a fact; `false` when it was kept before.
async fn keep(
    connection: &mut AnyConnection,
    project: ProjectId,
    key: Uuid,
    fact: &CallFact,
) -> Result<bool, Error> {
    let (kind, end_source, inferred_start) = kind_columns(fact.kind);
    let kept = sqlx::query(
        "INSERT INTO call_facts (project_id, event_id, session_key, widget_id, session_id, kind,
                                 end_source, inferred_start, occurred_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         ON CONFLICT (project_id, event_id) DO NOTHING",
    )
    .bind(project.to_string())
    .bind(fact.id.to_string())
    .bind(key.to_string())
    .bind(fact.widget_id.to_string())
    .bind(fact.session_id.clone())
    .bind(kind)
    .bind(end_source)
    .bind(inferred_start)
    .bind(fact.at.micros())
    .execute(connection)
    .await
    .map_err(sql)?;
    Ok(kept.rows_affected() == 1)
}

/// Makes the calls of a (widget, session) what its facts say.
async fn refold(
    connection: &mut Writing,
    project: ProjectId,
    key: Uuid,
    noted: Noted,
    closed: &mut ClosedMonths,
) -> Result<(), Error> {
    let facts = facts_of(connection, project, key).await?;
    let calls = billing::calls(&facts);
    let (Some(first), Some(fact)) = (calls.first(), facts.first()) else { return Ok(()) };
    let session_started_at = first.started_at;
    let before = calls_of(connection, project, key).await?;
    for call in calls {
        let old = before.iter().find(|old| old.call.started_at == call.started_at);
        let new = StoredCall {
            widget_id: fact.widget_id,
            session_id: fact.session_id.clone(),
            session_key: key,
            session_started_at,
            call,
        };
        if old == Some(&new) {
            continue;
        }
        store(connection, project, &new).await?;
        let month = Month::of(new.call.started_at);
        if let Some(tariff) = closed_with(connection, project, month, closed).await? {
            let old = old.map(|old| &old.call);
            adjust(connection, project, noted, &tariff, old, &new).await?;
        }
    }
    Ok(())
}

async fn facts_of(
    connection: &mut AnyConnection,
    project: ProjectId,
    key: Uuid,
) -> Result<Vec<CallFact>, Error> {
    let rows = sqlx::query(
        "SELECT event_id, widget_id, session_id, kind, end_source, inferred_start, occurred_at
         FROM call_facts WHERE project_id = $1 AND session_key = $2",
    )
    .bind(project.to_string())
    .bind(key.to_string())
    .fetch_all(connection)
    .await
    .map_err(sql)?;
    rows.iter().map(call_fact).collect()
}

async fn calls_of(
    connection: &mut AnyConnection,
    project: ProjectId,
    key: Uuid,
) -> Result<Vec<StoredCall>, Error> {
    let rows = sqlx::query(
        "SELECT session_key, started_at, widget_id, session_id, session_started_at, start_event_id,
                ended_at, end_kind, end_event_id, last_heartbeat_at, awaits_end
         FROM calls WHERE project_id = $1 AND session_key = $2",
    )
    .bind(project.to_string())
    .bind(key.to_string())
    .fetch_all(connection)
    .await
    .map_err(sql)?;
    rows.iter().map(stored_call).collect()
}

async fn store(
    connection: &mut AnyConnection,
    project: ProjectId,
    stored: &StoredCall,
) -> Result<(), Error> {
    let Call { started_at, start, end, last_heartbeat_at, awaits_end } = &stored.call;
    sqlx::query(
        "INSERT INTO calls (project_id, session_key, started_at, widget_id, session_id,
                            session_started_at, start_event_id, ended_at, end_kind, end_event_id,
                            last_heartbeat_at, awaits_end)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
         ON CONFLICT (project_id, session_key, started_at)
         DO UPDATE SET session_started_at = excluded.session_started_at,
                       start_event_id = excluded.start_event_id,
                       ended_at = excluded.ended_at,
                       end_kind = excluded.end_kind,
                       end_event_id = excluded.end_event_id,
                       last_heartbeat_at = excluded.last_heartbeat_at,
                       awaits_end = excluded.awaits_end",
    )
    .bind(project.to_string())
    .bind(stored.session_key.to_string())
    .bind(started_at.micros())
    .bind(stored.widget_id.to_string())
    .bind(stored.session_id.clone())
    .bind(stored.session_started_at.micros())
    .bind(start.to_string())
    .bind(end.map(|end| end.at.micros()))
    .bind(end.map_or("", |end| end.kind.as_str()))
    .bind(end.map_or_else(String::new, |end| end.event.to_string()))
    .bind(last_heartbeat_at.map(Timestamp::micros))
    .bind(i64::from(*awaits_end))
    .execute(connection)
    .await
    .map_err(sql)?;
    Ok(())
}

/// The tariff a month was closed with; none while it is open.
async fn closed_with(
    connection: &mut AnyConnection,
    project: ProjectId,
    month: Month,
    closed: &mut ClosedMonths,
) -> Result<Option<Tariff>, Error> {
    if let Some(known) = closed.get(&(project, month)) {
        return Ok(known.clone());
    }
    let tariff = crate::billing::closed_with(connection, project, month).await?;
    closed.insert((project, month), tariff.clone());
    Ok(tariff)
}
