//! Reads a call fact from a widget event.

use serde::Deserialize;
use uuid::Uuid;

use crate::event::{Category, EventRef};
use crate::id::{EventId, WidgetId};
use crate::time::Timestamp;
use crate::widget::{CALL_END, CALL_ERROR, CALL_HEARTBEAT, CALL_START};

/// A fact about the calls of one (widget, session).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallFact {
    /// The event it stands in.
    pub id: EventId,
    /// The widget.
    pub widget_id: WidgetId,
    /// The visit.
    pub session_id: String,
    /// What happened.
    pub kind: FactKind,
    /// When it happened.
    pub at: Timestamp,
    /// Its place within the session, where the page counts.
    pub seq: Option<u32>,
    /// Its place among all events.
    pub arrival: Arrival,
}

/// Where an event stands among those that arrived: the order of facts of the same instant, as clocks of
/// whole seconds give them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Arrival {
    /// When it was received.
    pub received_at: Timestamp,
    /// Its position in the journal it was received by.
    pub position: u64,
}

/// The kind of a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FactKind {
    /// A call began.
    Start,
    /// A call ended, as its page said.
    End,
    /// A call failed, as its page said.
    Error,
    /// A call was going on.
    Heartbeat,
    /// Footfall's own word that the call begun at this time has ended.
    InferredEnd {
        /// When the call began.
        started_at: Timestamp,
        /// By what evidence.
        source: EndSource,
    },
}

/// The evidence of an inferred end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EndSource {
    /// Nothing was heard of it for 30 minutes.
    Timeout,
    /// Its last heartbeat.
    Heartbeat,
}

impl EndSource {
    /// The word used in tables and JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Timeout => "timeout",
            Self::Heartbeat => "heartbeat",
        }
    }

    /// The source of that name.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Timeout, Self::Heartbeat].into_iter().find(|source| source.as_str() == text)
    }
}

/// The properties of a widget event, as far as calls need them.
#[derive(Deserialize)]
struct Properties {
    widget_id: Uuid,
    /// Ours alone: ingest writes what a client sends below `metadata`.
    inferred: Option<Inferred>,
}

#[derive(Deserialize)]
struct Inferred {
    started_at_micros: i64,
    end_source: EndSource,
}

impl CallFact {
    /// The fact in an event at this position of its journal; none when the event is not about calls.
    pub fn read(event: &EventRef<'_>, position: u64) -> Option<Self> {
        if event.category != Category::Widget {
            return None;
        }
        let kind = match event.name {
            CALL_START => FactKind::Start,
            CALL_END => FactKind::End,
            CALL_ERROR => FactKind::Error,
            CALL_HEARTBEAT => FactKind::Heartbeat,
            _ => return None,
        };
        let properties: Properties = serde_json::from_str(event.properties?).ok()?;
        let kind = match properties.inferred {
            Some(inferred) if kind == FactKind::End => FactKind::InferredEnd {
                started_at: Timestamp::from_micros(inferred.started_at_micros),
                source: inferred.end_source,
            },
            _ => kind,
        };
        Some(Self {
            id: event.id,
            widget_id: WidgetId(properties.widget_id),
            session_id: event.session_id?.to_owned(),
            kind,
            at: event.occurred_at,
            seq: event.seq,
            arrival: Arrival { received_at: event.received_at, position },
        })
    }
}
