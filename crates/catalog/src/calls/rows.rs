//! Calls and facts as rows.

use domain::billing::{
    Arrival, Call, CallEnd, CallFact, EndKind, EndSource, FactKind, SessionSpan, SpanDifference,
};
use domain::id::{EventId, ProjectId, WidgetId};
use domain::time::Timestamp;
use domain::widget::{CALL_END, CALL_ERROR, CALL_HEARTBEAT, CALL_START};
use engine::ports::catalog::{Error, Orphan, StoredCall};
use sqlx::any::AnyRow;

use crate::error::malformed;
use crate::row_ext::RowExt;

/// The kind of an inferred end among the facts: `call_end` is a real one.
const INFERRED_END: &str = "inferred_end";

/// A fact's kind, end source and inferred start as columns hold them.
pub(super) fn kind_columns(kind: FactKind) -> (&'static str, &'static str, Option<i64>) {
    match kind {
        FactKind::Start => (CALL_START, "", None),
        FactKind::End => (CALL_END, "", None),
        FactKind::Error => (CALL_ERROR, "", None),
        FactKind::Heartbeat => (CALL_HEARTBEAT, "", None),
        FactKind::InferredEnd { started_at, source } => {
            (INFERRED_END, source.as_str(), Some(started_at.micros()))
        }
    }
}

fn kind(row: &AnyRow) -> Result<FactKind, Error> {
    Ok(match row.text("kind")?.as_str() {
        CALL_START => FactKind::Start,
        CALL_END => FactKind::End,
        CALL_ERROR => FactKind::Error,
        CALL_HEARTBEAT => FactKind::Heartbeat,
        INFERRED_END => FactKind::InferredEnd {
            started_at: row.time("inferred_start")?,
            source: EndSource::parse(&row.text("end_source")?)
                .ok_or_else(|| malformed("end_source"))?,
        },
        _ => return Err(malformed("kind")),
    })
}

/// A row of `call_facts`.
pub(super) fn call_fact(row: &AnyRow) -> Result<CallFact, Error> {
    Ok(CallFact {
        id: EventId(row.id("event_id")?),
        widget_id: WidgetId(row.id("widget_id")?),
        session_id: row.text("session_id")?,
        kind: kind(row)?,
        at: row.time("occurred_at")?,
        seq: row
            .maybe_number("seq")?
            .map(u32::try_from)
            .transpose()
            .map_err(|_| malformed("seq"))?,
        arrival: Arrival {
            received_at: row.time("received_at")?,
            position: row.number("position")?,
        },
    })
}

/// A row of `calls`.
pub(crate) fn stored_call(row: &AnyRow) -> Result<StoredCall, Error> {
    let end = row.maybe_time("ended_at")?.map(|at| end(row, at)).transpose()?;
    Ok(StoredCall {
        widget_id: WidgetId(row.id("widget_id")?),
        session_id: row.text("session_id")?,
        session_key: row.id("session_key")?,
        session_started_at: row.time("session_started_at")?,
        call: Call {
            started_at: row.time("started_at")?,
            ordinal: row.number("ordinal")?,
            start: EventId(row.id("start_event_id")?),
            end,
            last_heartbeat_at: row.maybe_time("last_heartbeat_at")?,
            span: span(row)?,
            awaits_end: row.flag("awaits_end")?,
        },
    })
}

/// Differences as the column holds them: words, separated by spaces.
pub(super) fn difference_text(differences: &[SpanDifference]) -> String {
    differences.iter().map(|reason| reason.as_str()).collect::<Vec<_>>().join(" ")
}

fn span(row: &AnyRow) -> Result<Option<SessionSpan>, Error> {
    let Some(differences) = row.maybe_text("span_differences")? else { return Ok(None) };
    let differences: Option<Vec<_>> =
        differences.split_whitespace().map(SpanDifference::parse).collect();
    Ok(Some(SessionSpan {
        started_at: row.time("started_at")?,
        ended_at: row.maybe_time("span_ended_at")?,
        differences: differences.ok_or_else(|| malformed("span_differences"))?,
    }))
}

fn end(row: &AnyRow, at: Timestamp) -> Result<CallEnd, Error> {
    Ok(CallEnd {
        at,
        kind: EndKind::parse(&row.text("end_kind")?).ok_or_else(|| malformed("end_kind"))?,
        event: EventId(row.id("end_event_id")?),
    })
}

/// A call that awaits its end.
pub(super) fn orphan(row: &AnyRow) -> Result<Orphan, Error> {
    Ok(Orphan {
        project_id: ProjectId(row.id("project_id")?),
        widget_id: WidgetId(row.id("widget_id")?),
        session_id: row.text("session_id")?,
        started_at: row.time("started_at")?,
        last_heartbeat_at: row.maybe_time("last_heartbeat_at")?,
    })
}
