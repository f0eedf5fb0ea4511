//! Session spans: a (widget, session)'s time from its first start to its last end, as the contract's query has
//! it, and why it differs from the talk time of its calls.

use std::collections::HashSet;

use super::call::{Call, EndKind};
use super::fact::{CallFact, FactKind};
use crate::id::EventId;
use crate::time::Timestamp;

/// The span of a (widget, session) that has a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionSpan {
    /// When the first call began.
    pub started_at: Timestamp,
    /// The last `call_end`, real or inferred; none without one. May lie before the start, where a clock was
    /// wrong.
    pub ended_at: Option<Timestamp>,
    /// Why the span is not the calls' talk time, to the microsecond; empty when it is.
    pub differences: Vec<SpanDifference>,
}

/// Why a session's span and its calls' talk time differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SpanDifference {
    /// Several calls: the span counts the time between them, too.
    SeveralCalls,
    /// A call ended with an error, which is no `call_end`.
    CallError,
    /// A `call_end` after the one that ended its call.
    RepeatedEnd,
    /// An end that was inferred before a heartbeat arrived: the call ends at the heartbeat.
    LateHeartbeat,
    /// The end lies before the start: the talk time is 0, the span negative.
    EndBeforeStart,
    /// Stored by a version that did not look for the reason.
    Unknown,
}

impl SpanDifference {
    /// Every reason.
    pub const ALL: [Self; 6] = [
        Self::SeveralCalls,
        Self::CallError,
        Self::RepeatedEnd,
        Self::LateHeartbeat,
        Self::EndBeforeStart,
        Self::Unknown,
    ];

    /// The word used in tables and JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SeveralCalls => "several_calls",
            Self::CallError => "call_error",
            Self::RepeatedEnd => "repeated_end",
            Self::LateHeartbeat => "late_heartbeat",
            Self::EndBeforeStart => "end_before_start",
            Self::Unknown => "unknown",
        }
    }

    /// The reason of that name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.as_str() == text)
    }
}

impl SessionSpan {
    /// The span of calls that these facts make; none without calls.
    pub(super) fn of(calls: &[Call], facts: &[CallFact]) -> Option<Self> {
        let started_at = calls.first()?.started_at;
        let mut span = Self {
            started_at,
            ended_at: counted_ends(facts).map(|fact| fact.at).max(),
            differences: Vec::new(),
        };
        let talk_micros: i64 = calls.iter().map(Call::duration_micros).sum();
        if span.micros().unwrap_or(0) != talk_micros {
            span.differences = span.reasons(calls, facts);
        }
        Some(span)
    }

    /// How long it is, in microseconds; none without an end.
    pub fn micros(&self) -> Option<i64> {
        Some(self.ended_at?.micros_since(self.started_at))
    }

    fn reasons(&self, calls: &[Call], facts: &[CallFact]) -> Vec<SpanDifference> {
        let ended_by = |kind| calls.iter().filter(move |call| call.ended_by() == Some(kind));
        let used = ended_by(EndKind::End).count() + ended_by(EndKind::Inferred).count();
        let ends: HashSet<EventId> = counted_ends(facts).map(|fact| fact.id).collect();
        let is_moved = |call: &Call| {
            call.end.is_some_and(|end| facts.iter().any(|it| it.id == end.event && it.at != end.at))
        };
        let applies = |reason| match reason {
            SpanDifference::SeveralCalls => calls.len() > 1,
            SpanDifference::CallError => ended_by(EndKind::Error).next().is_some(),
            SpanDifference::RepeatedEnd => ends.len() > used,
            SpanDifference::LateHeartbeat => ended_by(EndKind::Inferred).any(is_moved),
            SpanDifference::EndBeforeStart => self.micros().is_some_and(i64::is_negative),
            SpanDifference::Unknown => false,
        };
        SpanDifference::ALL.into_iter().filter(|reason| applies(*reason)).collect()
    }
}

/// The `call_end`s that the contract's query finds: not an inferred one that a real end superseded.
fn counted_ends(facts: &[CallFact]) -> impl Iterator<Item = &CallFact> {
    let is_real = |fact: &&CallFact| matches!(fact.kind, FactKind::End | FactKind::Error);
    let last_real = facts.iter().filter(is_real).map(|fact| fact.at).max();
    facts.iter().filter(move |fact| match fact.kind {
        FactKind::End => true,
        FactKind::InferredEnd { started_at, .. } => last_real.is_none_or(|at| at < started_at),
        FactKind::Start | FactKind::Error | FactKind::Heartbeat => false,
    })
}
