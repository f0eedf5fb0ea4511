//! From facts to calls.
//!
//! - Facts are read in the order in which they happened. Facts of the same instant, as clocks of whole
//!   seconds give them, come by `seq` where the page counts, else as they arrived.
//! - A call begins at each `call_start`. One of the same instant as the start before it, with no end
//!   between them and no other `seq`, is the same call: a page that repeats a request without an id repeats
//!   its time.
//! - A `call_end`, `call_error` or heartbeat belongs to the latest call begun before it; one from before
//!   every start (a clock that was set back) belongs to the first.
//! - A call's end is the first of its `call_end` and `call_error`. Without either it is the inferred
//!   end, or the start of the next call in its (widget, session), whichever is earlier: a page has one
//!   call at a time. So a real end that arrives later supersedes the inferred one.
//! - An inferred end stands at the call's last heartbeat where there is one, also when the heartbeat
//!   arrived after it was inferred.

use std::collections::HashSet;

use super::fact::{CallFact, FactKind};
use super::span::SessionSpan;
use super::tariff::Basis;
use crate::id::EventId;
use crate::time::Timestamp;

/// One call of a (widget, session).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// When it began.
    pub started_at: Timestamp,
    /// Which it is of those begun at that instant in their order, from 0.
    pub ordinal: u32,
    /// The `call_start` that says so, the last of repeated ones.
    pub start: EventId,
    /// Its end; none while it has none.
    pub end: Option<CallEnd>,
    /// The last sign of life between start and end.
    pub last_heartbeat_at: Option<Timestamp>,
    /// The (widget, session)'s span, at its first call only.
    pub span: Option<SessionSpan>,
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

    /// By which kind of event it ended.
    pub fn ended_by(&self) -> Option<EndKind> {
        self.end.map(|end| end.kind)
    }

    /// How much time a bill of this basis counts for the call, in microseconds: a session's span counts at
    /// its first call.
    pub fn billed_micros(&self, basis: Basis) -> i64 {
        match basis {
            Basis::TalkTime => self.duration_micros(),
            Basis::SessionSpan => self.span.as_ref().and_then(SessionSpan::micros).unwrap_or(0),
        }
    }
}

/// The calls of one (widget, session), by start. `facts` may come in any order and repeat.
pub fn calls(facts: &[CallFact]) -> Vec<Call> {
    let mut tracked: Vec<TrackedCall> = Vec::new();
    let mut before_every_start = None;
    for fact in in_order(facts) {
        match (fact.kind, tracked.last_mut()) {
            (FactKind::Start, Some(last)) if last.repeats(fact) => last.begin(fact),
            (FactKind::Start, last) => {
                let is_same_instant = |last: &&mut TrackedCall| last.call.started_at == fact.at;
                let before = last.filter(is_same_instant).map(|last| last.call.ordinal);
                tracked.push(TrackedCall::new(fact, before.map_or(0, |ordinal| ordinal + 1)));
            }
            (FactKind::End | FactKind::Error, last) => {
                let end = last.map_or(&mut before_every_start, |last| &mut last.real);
                *end = end.or_else(|| CallEnd::from_fact(fact));
            }
            (FactKind::Heartbeat, Some(last)) => last.call.last_heartbeat_at = Some(fact.at),
            (FactKind::Heartbeat, None) | (FactKind::InferredEnd { .. }, _) => {}
        }
    }
    if let Some(first) = tracked.first_mut() {
        first.real = before_every_start.or(first.real);
    }
    for fact in facts {
        if let FactKind::InferredEnd { started_at, .. } = fact.kind {
            infer(&mut tracked, started_at, fact);
        }
    }
    let mut calls = assign_ends(tracked);
    let span = SessionSpan::of(&calls, facts);
    if let Some(first) = calls.first_mut() {
        first.span = span;
    }
    calls
}

/// A call while its facts are read.
struct TrackedCall {
    call: Call,
    /// The `seq` of its start.
    start_seq: Option<u32>,
    /// The first end that the page reported.
    real: Option<CallEnd>,
    inferred: Option<CallEnd>,
}

impl TrackedCall {
    fn new(start: &CallFact, ordinal: u32) -> Self {
        let call = Call {
            started_at: start.at,
            ordinal,
            start: start.id,
            end: None,
            last_heartbeat_at: None,
            span: None,
            awaits_end: false,
        };
        Self { call, start_seq: start.seq, real: None, inferred: None }
    }

    /// Whether a start is this call's, sent again: of the same instant, with nothing that says otherwise.
    fn repeats(&self, start: &CallFact) -> bool {
        let is_numbered_otherwise =
            self.start_seq.zip(start.seq).is_some_and(|(one, other)| one != other);
        self.call.started_at == start.at && self.real.is_none() && !is_numbered_otherwise
    }

    /// Takes over a repeated start.
    fn begin(&mut self, start: &CallFact) {
        self.call.start = start.id;
        self.start_seq = start.seq.or(self.start_seq);
    }
}

impl CallEnd {
    fn from_fact(fact: &CallFact) -> Option<Self> {
        let kind = match fact.kind {
            FactKind::End => EndKind::End,
            FactKind::Error => EndKind::Error,
            FactKind::InferredEnd { .. } => EndKind::Inferred,
            FactKind::Start | FactKind::Heartbeat => return None,
        };
        Some(Self { at: fact.at, kind, event: fact.id })
    }
}

/// The facts that pages report, each once, as they happened: by instant, and within one by `seq` where all
/// have it, else as they arrived.
fn in_order(facts: &[CallFact]) -> Vec<&CallFact> {
    let is_from_page = |fact: &&CallFact| !matches!(fact.kind, FactKind::InferredEnd { .. });
    let mut ordered: Vec<&CallFact> = facts.iter().filter(is_from_page).collect();
    ordered.sort_unstable_by_key(|fact| (fact.at, fact.arrival, fact.kind, fact.id));
    let mut seen = HashSet::with_capacity(ordered.len());
    ordered.retain(|fact| seen.insert(fact.id));
    for instant in ordered.chunk_by_mut(|one, other| one.at == other.at) {
        if instant.iter().all(|fact| fact.seq.is_some()) {
            instant.sort_by_key(|fact| fact.seq);
        }
    }
    ordered
}

/// Notes an inferred end at the last call begun at that instant, which is the one that awaited it.
fn infer(tracked: &mut [TrackedCall], started_at: Timestamp, fact: &CallFact) {
    let after = tracked.partition_point(|tracked| tracked.call.started_at <= started_at);
    let Some(last) = tracked[..after].last_mut() else { return };
    if last.call.started_at != started_at {
        return;
    }
    if last.inferred.is_none_or(|end| (fact.at, fact.id) < (end.at, end.event)) {
        last.inferred = CallEnd::from_fact(fact);
    }
}

/// Gives every call its end, from the last to the first.
fn assign_ends(tracked: Vec<TrackedCall>) -> Vec<Call> {
    let mut calls = Vec::with_capacity(tracked.len());
    let mut next: Option<CallEnd> = None;
    let mut has_real_end_from_here = false;
    for TrackedCall { mut call, real, inferred, .. } in tracked.into_iter().rev() {
        has_real_end_from_here |= real.is_some();
        let is_last_of_its_instant = next.is_none_or(|next| next.at != call.started_at);
        call.awaits_end = !has_real_end_from_here && inferred.is_none() && is_last_of_its_instant;
        let heartbeat = call.last_heartbeat_at;
        let inferred = inferred.map(|end| CallEnd { at: heartbeat.unwrap_or(end.at), ..end });
        call.end = real.or_else(|| earlier(inferred, next));
        next = Some(CallEnd { at: call.started_at, kind: EndKind::NextCall, event: call.start });
        calls.push(call);
    }
    calls.reverse();
    calls
}

fn earlier(one: Option<CallEnd>, other: Option<CallEnd>) -> Option<CallEnd> {
    match (one, other) {
        (Some(one), Some(other)) => Some(if one.at <= other.at { one } else { other }),
        (one, other) => one.or(other),
    }
}
