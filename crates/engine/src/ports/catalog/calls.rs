//! Calls: a projection of the journal, and who infers the ends that are missing.
//!
//! The facts of a (widget, session) are kept, and its calls are what
//! [`domain::billing::calls`] makes of them: so they do not depend on the order of arrival.

use async_trait::async_trait;
use domain::billing::{Call, CallFact, InferredEnd, Measure, Tariff, Usage, session_key};
use domain::id::{ProjectId, WidgetId};
use domain::question::Period;
use domain::time::Timestamp;
use uuid::Uuid;

use super::Error;
use crate::ports::journal::Position;

/// A fact and whose it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProjectCallFact {
    /// The tenant.
    pub project_id: ProjectId,
    /// The fact.
    pub fact: CallFact,
}

/// A call as it is known now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredCall {
    /// The widget.
    pub widget_id: WidgetId,
    /// The visit.
    pub session_id: String,
    /// Names the (widget, session).
    pub session_key: Uuid,
    /// When the first call of the (widget, session) began.
    pub session_started_at: Timestamp,
    /// The call.
    pub call: Call,
}

/// Which calls: those begun within the period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CallFilter {
    /// When they began.
    pub period: Period,
    /// In which widget; none: in all.
    pub widget_id: Option<WidgetId>,
    /// Only calls of sessions whose span is not their talk time; totals pass over it.
    pub differing_only: bool,
}

/// A place in the order of calls: by the start of their session, by session, by their own start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct CallCursor {
    /// When the first call of the session began.
    pub session_started_at: Timestamp,
    /// The (widget, session).
    pub session_key: Uuid,
    /// When the call began.
    pub started_at: Timestamp,
    /// Which it is of those begun then.
    pub ordinal: u32,
}

/// What the calls of a filter come to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CallTotals {
    /// Calls begun.
    pub calls: i64,
    /// Of these, those with an end.
    pub with_end: i64,
    /// Of these, those with a `call_end` of their page.
    pub with_real_end: i64,
    /// Calls whose end was inferred.
    pub inferred_calls: i64,
    /// Calls that ended with an error.
    pub errors: i64,
    /// Each call's units, added up.
    pub units: i64,
    /// Each call's time from start to end, added up, in microseconds.
    pub talk_micros: i64,
    /// The spans of the sessions begun by these calls, added up, in microseconds.
    pub span_micros: i64,
    /// How many of these sessions' spans are not their talk time.
    pub differing_sessions: i64,
    /// When the first began; none without calls.
    pub first_started_at: Option<Timestamp>,
    /// When the last of those with an end ended, which is not before its start; none without them.
    pub last_ended_at: Option<Timestamp>,
}

impl CallTotals {
    /// The usage of calls whose units were counted by this tariff's measure.
    pub fn usage(&self, tariff: Option<&Tariff>) -> Usage {
        Usage {
            calls: self.calls,
            inferred_calls: self.inferred_calls,
            errors: self.errors,
            ..Usage::charged(self.units, tariff)
        }
    }
}

impl StoredCall {
    /// Its place.
    pub fn cursor(&self) -> CallCursor {
        CallCursor {
            session_started_at: self.session_started_at,
            session_key: self.session_key,
            started_at: self.call.started_at,
            ordinal: self.call.ordinal,
        }
    }
}

/// A call that awaits its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Orphan {
    /// The tenant.
    pub project_id: ProjectId,
    /// The widget.
    pub widget_id: WidgetId,
    /// The visit.
    pub session_id: String,
    /// When it began.
    pub started_at: Timestamp,
    /// Its last sign of life.
    pub last_heartbeat_at: Option<Timestamp>,
}

impl Orphan {
    /// Its place in the order of orphans: by start, then by (widget, session).
    pub fn cursor(&self) -> OrphanCursor {
        (self.started_at, session_key(self.widget_id, &self.session_id))
    }
}

/// A place in the order of orphans.
pub type OrphanCursor = (Timestamp, Uuid);

/// An orphan with the end to infer for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrphanClaim {
    /// The call.
    pub orphan: Orphan,
    /// Its end.
    pub end: InferredEnd,
}

/// Calls. See [`super`] for the contract.
#[async_trait]
pub trait CallStore: Send + Sync {
    /// The position after the last journal record applied; 0 at first.
    async fn position(&self) -> Result<Position, Error>;

    /// Keeps facts, brings the calls of their (widget, session)s up to date and moves the position, in
    /// one transaction. When `position` is not after the stored one nothing changes; a fact kept
    /// before stays as it is. Where a call begun in a closed month changes its usage, the difference
    /// by that month's tariff becomes an adjustment. The project need not exist.
    async fn apply(&self, facts: &[ProjectCallFact], position: Position) -> Result<(), Error>;

    /// A project's calls in the order of [`CallCursor`], those after `after` only.
    async fn calls(
        &self,
        project: ProjectId,
        filter: CallFilter,
        after: Option<CallCursor>,
        limit: u32,
    ) -> Result<Vec<StoredCall>, Error>;

    /// What the calls of each filter come to, in the order of the filters; units by the measure beside it.
    /// Later filters may see what was applied meanwhile.
    async fn totals(
        &self,
        project: ProjectId,
        filters: &[(CallFilter, Measure)],
    ) -> Result<Vec<CallTotals>, Error>;

    /// Every project's calls that await an end and began at or before `until`, in the order of
    /// [`OrphanCursor`]; those after `after` only.
    async fn orphans(
        &self,
        until: Timestamp,
        after: Option<OrphanCursor>,
        limit: u32,
    ) -> Result<Vec<Orphan>, Error>;

    /// Claims the right to write these ends for `claimant`, and returns those it now has. Of concurrent
    /// claims of one call exactly one succeeds. A claim made at or before `stale` whose end has still
    /// not been projected can be taken over: with the end it was first made with, so that whoever
    /// writes it writes the same event. A call that no longer awaits its end cannot be claimed.
    async fn claim(
        &self,
        claims: &[OrphanClaim],
        claimant: Uuid,
        now: Timestamp,
        stale: Timestamp,
    ) -> Result<Vec<OrphanClaim>, Error>;
}
