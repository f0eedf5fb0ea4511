//! From facts to calls.
//!
//! - A call begins at each `call_start`; starts of the same instant are one call, since a page that
//!   repeats a request without an id repeats its time.
//! - A `call_end`, `call_error` or heartbeat belongs to the latest call begun before it; one from before
//!   every start (a clock that was set back) belongs to the first.
//! - A call's end is the first of its `call_end` and `call_error`. Without either it is the inferred
//!   end, or the start of the next call in its (widget, session), whichever is earlier: a page has one
//!   call at a time. So a real end that arrives later supersedes the inferred one.
//! - An inferred end stands at the call's last heartbeat where there is one, also when the heartbeat
//!   arrived after it was inferred.

use std::collections::BTreeMap;

use super::fact::{CallFact, FactKind};
use crate::id::EventId;
use crate::time::Timestamp;

/// One call of a (widget, session).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// When it began.
    pub started_at: Timestamp,
    /// The `call_start` that says so.
    pub start: EventId,
    /// Its end; none while it has none.
    pub end: Option<CallEnd>,
    /// The last sign of life between start and end.
    pub last_heartbeat_at: Option<Timestamp>,
    /// Whether an end may have to be inferred: it has none, its (widget, session) has no real end
    /// after it either, and none has been inferred.
    pub awaits_end: bool,
}

/// How a call ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CallEnd {
    /// When; may lie before the start, where a clock was wrong.
    pub at: Timestamp,
    /// By what.
    pub kind: EndKind,
    /// The event that says so.
    pub event: EventId,
}

/// What ended a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EndKind {
    /// A real `call_end`.
    End,
    /// A `call_error`.
    Error,
    /// An inferred `call_end`.
    Inferred,
    /// The next `call_start` in its (widget, session).
    NextCall,
}

impl EndKind {
    /// The word used in tables and JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::End => "call_end",
            Self::Error => "call_error",
            Self::Inferred => "inferred",
            Self::NextCall => "next_call",
        }
    }

    /// The kind of that name.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::End, Self::Error, Self::Inferred, Self::NextCall]
            .into_iter()
            .find(|kind| kind.as_str() == text)
    }

    /// Whether the page itself said so.
    pub const fn is_real(self) -> bool {
        matches!(self, Self::End | Self::Error)
    }
}

impl Call {
    /// How long it lasted, in microseconds: never negative, 0 while it has no end.
    pub fn duration_micros(&self) -> i64 {
        self.end.map_or(0, |end| end.at.micros_since(self.started_at).max(0))
    }
}

/// The calls of one (widget, session), by start. `facts` may come in any order and repeat.
pub fn calls(facts: &[CallFact]) -> Vec<Call> {
    let mut calls = begun(facts);
    if calls.is_empty() {
        return calls;
    }
    let mut real: Vec<Option<CallEnd>> = vec![None; calls.len()];
    let mut inferred: Vec<Option<CallEnd>> = vec![None; calls.len()];
    for fact in facts {
        let begun_before =
            calls.partition_point(|call| call.started_at < fact.at).saturating_sub(1);
        match fact.kind {
            FactKind::Start => {}
            FactKind::End => keep_earliest(&mut real[begun_before], fact, EndKind::End),
            FactKind::Error => keep_earliest(&mut real[begun_before], fact, EndKind::Error),
            FactKind::Heartbeat => {
                let call = &mut calls[begun_before];
                if fact.at >= call.started_at {
                    call.last_heartbeat_at = call.last_heartbeat_at.max(Some(fact.at));
                }
            }
            FactKind::InferredEnd { started_at, .. } => {
                if let Ok(index) = calls.binary_search_by_key(&started_at, |call| call.started_at) {
                    keep_earliest(&mut inferred[index], fact, EndKind::Inferred);
                }
            }
        }
    }
    assign_ends(&mut calls, &real, &inferred);
    calls
}

/// The calls with nothing but their starts.
fn begun(facts: &[CallFact]) -> Vec<Call> {
    let mut starts: BTreeMap<Timestamp, EventId> = BTreeMap::new();
    for fact in facts.iter().filter(|fact| fact.kind == FactKind::Start) {
        let id = starts.entry(fact.at).or_insert(fact.id);
        *id = fact.id.min(*id);
    }
    let begun = starts.into_iter().map(|(started_at, start)| Call {
        started_at,
        start,
        end: None,
        last_heartbeat_at: None,
        awaits_end: false,
    });
    begun.collect()
}

fn keep_earliest(end: &mut Option<CallEnd>, fact: &CallFact, kind: EndKind) {
    if end.is_none_or(|end| (fact.at, fact.id) < (end.at, end.event)) {
        *end = Some(CallEnd { at: fact.at, kind, event: fact.id });
    }
}

/// Gives every call its end, from the last to the first.
fn assign_ends(calls: &mut [Call], real: &[Option<CallEnd>], inferred: &[Option<CallEnd>]) {
    let mut next: Option<CallEnd> = None;
    let mut has_real_end_from_here = false;
    for ((call, real), inferred) in calls.iter_mut().zip(real).zip(inferred).rev() {
        has_real_end_from_here |= real.is_some();
        call.awaits_end = !has_real_end_from_here && inferred.is_none();
        let heartbeat = call.last_heartbeat_at;
        let inferred = inferred.map(|end| CallEnd { at: heartbeat.unwrap_or(end.at), ..end });
        call.end = real.or_else(|| earlier(inferred, next));
        next = Some(CallEnd { at: call.started_at, kind: EndKind::NextCall, event: call.start });
    }
}

fn earlier(one: Option<CallEnd>, other: Option<CallEnd>) -> Option<CallEnd> {
    match (one, other) {
        (Some(one), Some(other)) => Some(if one.at <= other.at { one } else { other }),
        (one, other) => one.or(other),
    }
}
