//! The session timeline: folds the observations of one customer and session id into sessions.
//!
//! # Rules
//!
//! - Activity with gaps of at most 30 minutes forms one interval. An interval begins a session.
//! - A session ends at the first of: an explicit end, another user's start on the same session or
//!   browser, and 24 hours of age; but an end or start more than 30 minutes after the last activity
//!   is ignored: the session was idle by then.
//! - Otherwise it is idle since its last activity, as soon as that is known: by activity beyond the gap,
//!   or by an `idle` end that no later activity contradicts.
//! - After an explicit end, activity alone begins nothing (the page flushes its queue): a
//!   start does. After 24 hours the interval continues as the next session.
//!
//! # Order
//!
//! A timeline keeps sets and merged intervals only: the same observations, in any order and each applied
//! any number of times, give the same timeline and sessions.

mod parts;

use std::collections::BTreeSet;

use super::{EndReason, IDLE_SECONDS, MAX_AGE_SECONDS};
use crate::time::Timestamp;

pub use parts::{InvalidTimeline, TimelineParts};

/// Starts and ends kept per timeline, earliest first. Honest pages send far fewer.
const MAX_BOUNDARIES: usize = 1_000;

/// What one event says about a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ObservationKind {
    /// It began, or began again.
    Start,
    /// Something happened in it.
    Activity,
    /// It ended. [`EndReason::Idle`] says that nothing happened since.
    End(EndReason),
}

/// The activity, starts and ends of one customer under one session id.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SessionTimeline {
    /// First and last instant of each activity interval; ascending, further apart than the idle time.
    intervals: Vec<(Timestamp, Timestamp)>,
    starts: BTreeSet<Timestamp>,
    ends: BTreeSet<(Timestamp, EndReason)>,
    /// Latest `idle` end: no activity is known after it.
    idle_since: Option<Timestamp>,
}

/// Starts and ends of other timelines on the same session id or browser.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ConcurrentSessions {
    /// When other customers opened theirs.
    pub openings: BTreeSet<Timestamp>,
    /// Ends that name no customer; they end everybody's session.
    pub ends: BTreeSet<(Timestamp, EndReason)>,
}

/// One visit: a row of `user_sessions`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Session {
    /// When it began: unique within its thread.
    pub started_at: Timestamp,
    /// When something happened last.
    pub last_activity_at: Timestamp,
    /// Its end; none while it is open.
    pub ended: Option<SessionEnd>,
}

/// When a visit ended, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct SessionEnd {
    /// When.
    pub at: Timestamp,
    /// Why.
    pub reason: EndReason,
}

impl SessionTimeline {
    /// Takes in what one event says.
    pub fn observe(&mut self, at: Timestamp, kind: ObservationKind) {
        match kind {
            ObservationKind::Activity => self.extend(at),
            ObservationKind::Start => {
                self.extend(at);
                keep_earliest(&mut self.starts, at);
            }
            ObservationKind::End(EndReason::Idle) => {
                self.idle_since = self.idle_since.max(Some(at));
            }
            ObservationKind::End(reason) => keep_earliest(&mut self.ends, (at, reason)),
        }
    }

    /// Adds an instant and merges the intervals within the idle time of it.
    fn extend(&mut self, at: Timestamp) {
        let is_before =
            |interval: &(Timestamp, Timestamp)| interval.1.plus_seconds(IDLE_SECONDS) < at;
        let is_near = |present: &(Timestamp, Timestamp)| present.0 <= at.plus_seconds(IDLE_SECONDS);
        let from = self.intervals.partition_point(is_before);
        let overlapping =
            self.intervals[from..].iter().take_while(|present| is_near(present)).count();
        let joined = self
            .intervals
            .drain(from..from + overlapping)
            .fold((at, at), |joined, present| (joined.0.min(present.0), joined.1.max(present.1)));
        self.intervals.insert(from, joined);
    }

    /// Starts of this customer's activity; each ends the sessions of other customers.
    pub fn openings(&self) -> impl Iterator<Item = Timestamp> {
        self.intervals.iter().map(|interval| interval.0).chain(self.starts.iter().copied())
    }

    /// Explicit ends.
    pub fn ends(&self) -> &BTreeSet<(Timestamp, EndReason)> {
        &self.ends
    }

    /// First and last activity; none when there was none.
    pub fn activity_range(&self) -> Option<(Timestamp, Timestamp)> {
        Some((self.intervals.first()?.0, self.intervals.last()?.1))
    }

    /// Drops intervals that ended before `before`, and the starts and ends of that time.
    pub fn prune_before(&mut self, before: Timestamp) {
        self.intervals.retain(|interval| interval.1 >= before);
        let kept_from = self.intervals.first().map_or(before, |present| present.0.min(before));
        self.starts.retain(|at| *at >= kept_from);
        self.ends.retain(|(at, _)| *at >= kept_from);
    }

    /// The visits, in order.
    pub fn sessions(&self, others: &ConcurrentSessions) -> Vec<Session> {
        let mut visits = Vec::with_capacity(self.intervals.len());
        for (index, &(first, last)) in self.intervals.iter().enumerate() {
            let is_followed = index + 1 < self.intervals.len();
            let is_idle = is_followed || self.idle_since.is_some_and(|since| since >= last);
            let mut started_at = Some(first);
            while let Some(start) = started_at {
                let ended = self.end_of(start, last, is_idle, others);
                let last_activity_at = ended.map_or(last, |ended| last.min(ended.at));
                visits.push(Session { started_at: start, last_activity_at, ended });
                started_at = ended.and_then(|ended| self.next_start(ended, start, last));
            }
        }
        visits
    }

    /// The end of the session that began at `start` in an interval until `last`.
    fn end_of(
        &self,
        start: Timestamp,
        last: Timestamp,
        is_idle: bool,
        others: &ConcurrentSessions,
    ) -> Option<SessionEnd> {
        let oldest = start.plus_seconds(MAX_AGE_SECONDS);
        let until = last.plus_seconds(IDLE_SECONDS).min(oldest);
        let first = |ends: &BTreeSet<(Timestamp, EndReason)>| {
            let found = ends.iter().find(|(at, _)| *at >= start && *at <= until);
            found.map(|(at, reason)| SessionEnd { at: *at, reason: *reason })
        };
        let switch = others.openings.iter().find(|at| **at > start && **at <= until);
        let switch = switch.map(|at| SessionEnd { at: *at, reason: EndReason::UserSwitch });
        let end = [first(&self.ends), first(&others.ends), switch].into_iter().flatten().min();
        let aged =
            || (last >= oldest).then_some(SessionEnd { at: oldest, reason: EndReason::MaxAge });
        let idle = || is_idle.then_some(SessionEnd { at: last, reason: EndReason::Idle });
        end.or_else(aged).or_else(idle)
    }

    /// Where the interval continues after a session's end.
    fn next_start(
        &self,
        ended: SessionEnd,
        start: Timestamp,
        last: Timestamp,
    ) -> Option<Timestamp> {
        let goes_on = ended.at == start.plus_seconds(MAX_AGE_SECONDS) && last > ended.at;
        if goes_on && ended.reason == EndReason::MaxAge {
            return Some(ended.at);
        }
        self.starts.iter().copied().find(|at| *at > ended.at && *at <= last)
    }
}

impl ConcurrentSessions {
    /// Takes in what another customer's thread says.
    pub fn add(&mut self, timeline: &SessionTimeline) {
        self.openings.extend(timeline.openings());
    }

    /// Adds the ends of a timeline without a customer.
    pub fn add_anonymous(&mut self, timeline: &SessionTimeline) {
        self.ends.extend(timeline.ends());
    }
}

/// Adds to a set and keeps its smallest [`MAX_BOUNDARIES`], which does not depend on the order of adding.
fn keep_earliest<T: Ord>(set: &mut BTreeSet<T>, item: T) {
    set.insert(item);
    if set.len() > MAX_BOUNDARIES {
        set.pop_last();
    }
}

#[cfg(test)]
mod tests;
