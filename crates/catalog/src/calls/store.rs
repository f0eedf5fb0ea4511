//! Reading and writing what a batch of facts touches, many rows at a time.

use std::collections::{BTreeMap, HashSet};

use domain::billing::{Call, CallFact, session_key};
use domain::id::{EventId, ProjectId};
use engine::ports::catalog::{Error, ProjectCallFact, StoredCall};
use sqlx::AnyConnection;
use uuid::Uuid;

use super::rows::{call_fact, difference_text, kind_columns, stored_call};
use crate::bulk::{self, Value};
use crate::positions::position_column;
use crate::row_ext::RowExt;

/// Keeps facts, and returns those that were not kept before. Of one event's facts the first is kept.
pub(super) async fn store_facts<'a>(
    connection: &mut AnyConnection,
    project: ProjectId,
    facts: &[&'a ProjectCallFact],
) -> Result<Vec<&'a ProjectCallFact>, Error> {
    let ids: Vec<[Value; 1]> = facts.iter().map(|new| [new.fact.id.to_string().into()]).collect();
    let statement = "SELECT event_id FROM call_facts WHERE project_id = $1 AND event_id IN (KEYS)";
    let mut stored = HashSet::new();
    for row in bulk::select(connection, statement, project, &ids).await? {
        stored.insert(EventId(row.id("event_id")?));
    }
    let new: Vec<&ProjectCallFact> =
        facts.iter().copied().filter(|new| stored.insert(new.fact.id)).collect();
    bulk::insert(
        connection,
        "INSERT INTO call_facts (project_id, event_id, session_key, widget_id, session_id, kind,
                                 end_source, inferred_start, occurred_at, seq, received_at, position)",
        "",
        new.iter().map(|new| fact_row(project, &new.fact)).collect::<Result<_, _>>()?,
    )
    .await?;
    Ok(new)
}

fn fact_row(project: ProjectId, fact: &CallFact) -> Result<[Value; 12], Error> {
    let (kind, end_source, inferred_start) = kind_columns(fact.kind);
    Ok([
        project.into(),
        fact.id.to_string().into(),
        session_key(fact.widget_id, &fact.session_id).to_string().into(),
        fact.widget_id.to_string().into(),
        fact.session_id.clone().into(),
        kind.into(),
        end_source.into(),
        inferred_start.into(),
        fact.at.into(),
        fact.seq.map(i64::from).into(),
        fact.arrival.received_at.into(),
        position_column(fact.arrival.position)?.into(),
    ])
}

/// All facts of these (widget, session)s.
pub(super) async fn facts_of(
    connection: &mut AnyConnection,
    project: ProjectId,
    keys: &[Uuid],
) -> Result<BTreeMap<Uuid, Vec<CallFact>>, Error> {
    let statement = "SELECT session_key, event_id, widget_id, session_id, kind, end_source,
                            inferred_start, occurred_at, seq, received_at, position
                     FROM call_facts WHERE project_id = $1 AND session_key IN (KEYS)";
    let mut facts: BTreeMap<Uuid, Vec<CallFact>> = BTreeMap::new();
    for row in bulk::select(connection, statement, project, &texts(keys)).await? {
        facts.entry(row.id("session_key")?).or_default().push(call_fact(&row)?);
    }
    Ok(facts)
}

/// The calls of these (widget, session)s as they are stored.
pub(super) async fn calls_of(
    connection: &mut AnyConnection,
    project: ProjectId,
    keys: &[Uuid],
) -> Result<BTreeMap<Uuid, Vec<StoredCall>>, Error> {
    let statement =
        "SELECT session_key, started_at, ordinal, widget_id, session_id, session_started_at,
                            start_event_id, ended_at, end_kind, end_event_id, last_heartbeat_at,
                            span_ended_at, span_differences, awaits_end
                     FROM calls WHERE project_id = $1 AND session_key IN (KEYS)";
    let mut calls: BTreeMap<Uuid, Vec<StoredCall>> = BTreeMap::new();
    for row in bulk::select(connection, statement, project, &texts(keys)).await? {
        let call = stored_call(&row)?;
        calls.entry(call.session_key).or_default().push(call);
    }
    Ok(calls)
}

fn texts(keys: &[Uuid]) -> Vec<[Value; 1]> {
    keys.iter().map(|key| [key.to_string().into()]).collect()
}

/// Stores calls, each as it is now.
pub(super) async fn store_calls(
    connection: &mut AnyConnection,
    project: ProjectId,
    calls: &[StoredCall],
) -> Result<(), Error> {
    bulk::insert(
        connection,
        "INSERT INTO calls (project_id, session_key, started_at, ordinal, widget_id, session_id,
                            session_started_at, start_event_id, ended_at, end_kind, end_event_id,
                            last_heartbeat_at, span_ended_at, span_differences, awaits_end)",
        "ON CONFLICT (project_id, session_key, started_at, ordinal)
         DO UPDATE SET session_started_at = excluded.session_started_at,
                       start_event_id = excluded.start_event_id,
                       ended_at = excluded.ended_at,
                       end_kind = excluded.end_kind,
                       end_event_id = excluded.end_event_id,
                       last_heartbeat_at = excluded.last_heartbeat_at,
                       span_ended_at = excluded.span_ended_at,
                       span_differences = excluded.span_differences,
                       awaits_end = excluded.awaits_end",
        calls.iter().map(|call| call_row(project, call)).collect(),
    )
    .await?;
    Ok(())
}

fn call_row(project: ProjectId, stored: &StoredCall) -> [Value; 15] {
    let Call { started_at, ordinal, start, end, last_heartbeat_at, span, awaits_end } =
        &stored.call;
    [
        project.into(),
        stored.session_key.to_string().into(),
        (*started_at).into(),
        i64::from(*ordinal).into(),
        stored.widget_id.to_string().into(),
        stored.session_id.clone().into(),
        stored.session_started_at.into(),
        start.to_string().into(),
        end.map(|end| end.at).into(),
        end.map_or("", |end| end.kind.as_str()).into(),
        end.map_or_else(String::new, |end| end.event.to_string()).into(),
        (*last_heartbeat_at).into(),
        span.as_ref().and_then(|span| span.ended_at).into(),
        span.as_ref().map(|span| difference_text(&span.differences)).into(),
        i64::from(*awaits_end).into(),
    ]
}
