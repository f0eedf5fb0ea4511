//! The fold: from what is known of one customer under one session id to the visits it was.
//!
//! # Rules
//!
//! - Activity belongs together while its gaps are 30 minutes at most. Such a stretch begins a visit.
//! - A visit ends at the first of: an end that was told, another user's opening of the same session or
//!   browser, and 24 hours of age; but an end or opening more than 30 minutes after the last activity
//!   comes too late, for the visit had fallen idle by then.
//! - Otherwise it is idle since its last activity, as soon as that is known: by activity beyond the gap,
//!   or by an `idle` end that no later activity contradicts.
//! - After an end that was told, activity alone begins nothing (it is what a page still had to say): a
//!   start does. After 24 hours the stretch goes on as the next visit.
//!
//! # Order
//!
//! A thread keeps sets and joined intervals only, so that the same marks, in any order and each taken
//! any number of times, give the same thread, and so the same visits.

mod parts;

use std::collections::BTreeSet;

use super::{EndReason, IDLE_SECONDS, MAX_AGE_SECONDS};
use crate::time::Timestamp;

pub use parts::{BadThread, ThreadParts};

/// Starts, and ends, kept of one thread: the earliest. More come from no page that means well.
const MAX_MARKS: usize = 1_000;

/// What one event says about a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// It began, or began again.
    Start,
    /// Something happened in it.
    Activity,
    /// It ended. [`EndReason::Idle`] says that nothing happened since.
    End(EndReason),
}

/// All that is known of one customer under one session id.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Thread {
    /// First and last instant of each stretch of activity; ascending, further apart than the idle time.
    stretches: Vec<(Timestamp, Timestamp)>,
    starts: BTreeSet<Timestamp>,
    ends: BTreeSet<(Timestamp, EndReason)>,
    /// The latest instant since which nothing was said to have happened.
    idle_since: Option<Timestamp>,
}

/// What other threads of the same session id or browser say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Others {
    /// When other customers opened theirs.
    pub openings: BTreeSet<Timestamp>,
    /// Ends that name no customer: they concern whoever is there.
    pub ends: BTreeSet<(Timestamp, EndReason)>,
}

/// One visit: a row of `user_sessions`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Visit {
    /// When it began: unique within its thread.
    pub started_at: Timestamp,
    /// When something happened last.
    pub last_activity_at: Timestamp,
    /// Its end; none while it is open.
    pub ended: Option<Ended>,
}

/// When a visit ended, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ended {
    /// When.
    pub at: Timestamp,
    /// Why.
    pub reason: EndReason,
}

impl Thread {
    /// Takes in what one event says.
    pub fn take(&mut self, at: Timestamp, mark: Mark) {
        match mark {
            Mark::Activity => self.touch(at),
            Mark::Start => {
                self.touch(at);
                keep_earliest(&mut self.starts, at);
            }
            Mark::End(EndReason::Idle) => self.idle_since = self.idle_since.max(Some(at)),
            Mark::End(reason) => keep_earliest(&mut self.ends, (at, reason)),
        }
    }

    /// Joins an instant to the stretches it is near to.
    fn touch(&mut self, at: Timestamp) {
        let is_before =
            |stretch: &(Timestamp, Timestamp)| stretch.1.plus_seconds(IDLE_SECONDS) < at;
        let is_near = |stretch: &(Timestamp, Timestamp)| stretch.0 <= at.plus_seconds(IDLE_SECONDS);
        let from = self.stretches.partition_point(is_before);
        let near = self.stretches[from..].iter().take_while(|stretch| is_near(stretch)).count();
        let joined = self
            .stretches
            .drain(from..from + near)
            .fold((at, at), |joined, stretch| (joined.0.min(stretch.0), joined.1.max(stretch.1)));
        self.stretches.insert(from, joined);
    }

    /// When this customer came, again and again: what ends the visits of others.
    pub fn openings(&self) -> impl Iterator<Item = Timestamp> {
        self.stretches.iter().map(|stretch| stretch.0).chain(self.starts.iter().copied())
    }

    /// The ends that were told.
    pub fn ends(&self) -> &BTreeSet<(Timestamp, EndReason)> {
        &self.ends
    }

    /// First and last activity; none when there was none.
    pub fn span(&self) -> Option<(Timestamp, Timestamp)> {
        Some((self.stretches.first()?.0, self.stretches.last()?.1))
    }

    /// Forgets stretches that ended before `before`, and the marks of that time.
    pub fn forget_before(&mut self, before: Timestamp) {
        self.stretches.retain(|stretch| stretch.1 >= before);
        let kept_from = self.stretches.first().map_or(before, |stretch| stretch.0.min(before));
        self.starts.retain(|at| *at >= kept_from);
        self.ends.retain(|(at, _)| *at >= kept_from);
    }

    /// The visits, in order.
    pub fn visits(&self, others: &Others) -> Vec<Visit> {
        let mut visits = Vec::with_capacity(self.stretches.len());
        for (index, &(first, last)) in self.stretches.iter().enumerate() {
            let is_followed = index + 1 < self.stretches.len();
            let is_idle = is_followed || self.idle_since.is_some_and(|since| since >= last);
            let mut started_at = Some(first);
            while let Some(start) = started_at {
                let ended = self.end_of(start, last, is_idle, others);
                let last_activity_at = ended.map_or(last, |ended| last.min(ended.at));
                visits.push(Visit { started_at: start, last_activity_at, ended });
                started_at = ended.and_then(|ended| self.next_start(ended, start, last));
            }
        }
        visits
    }

    /// The end of the visit that began at `start` in a stretch until `last`.
    fn end_of(
        &self,
        start: Timestamp,
        last: Timestamp,
        is_idle: bool,
        others: &Others,
    ) -> Option<Ended> {
        let oldest = start.plus_seconds(MAX_AGE_SECONDS);
        let until = last.plus_seconds(IDLE_SECONDS).min(oldest);
        let first = |ends: &BTreeSet<(Timestamp, EndReason)>| {
            let found = ends.iter().find(|(at, _)| *at >= start && *at <= until);
            found.map(|(at, reason)| Ended { at: *at, reason: *reason })
        };
        let switch = others.openings.iter().find(|at| **at > start && **at <= until);
        let switch = switch.map(|at| Ended { at: *at, reason: EndReason::UserSwitch });
        let told = [first(&self.ends), first(&others.ends), switch].into_iter().flatten().min();
        let aged = || (last >= oldest).then_some(Ended { at: oldest, reason: EndReason::MaxAge });
        let idle = || is_idle.then_some(Ended { at: last, reason: EndReason::Idle });
        told.or_else(aged).or_else(idle)
    }

    /// Where the stretch goes on after a visit's end.
    fn next_start(&self, ended: Ended, start: Timestamp, last: Timestamp) -> Option<Timestamp> {
        let goes_on = ended.at == start.plus_seconds(MAX_AGE_SECONDS) && last > ended.at;
        if goes_on && ended.reason == EndReason::MaxAge {
            return Some(ended.at);
        }
        self.starts.iter().copied().find(|at| *at > ended.at && *at <= last)
    }
}

impl Others {
    /// Takes in what another customer's thread says.
    pub fn add(&mut self, thread: &Thread) {
        self.openings.extend(thread.openings());
    }

    /// Takes in what a thread of nobody in particular says.
    pub fn add_nobody(&mut self, thread: &Thread) {
        self.ends.extend(thread.ends());
    }
}

/// Adds to a set and keeps its smallest [`MAX_MARKS`], which does not depend on the order of adding.
fn keep_earliest<T: Ord>(set: &mut BTreeSet<T>, item: T) {
    set.insert(item);
    if set.len() > MAX_MARKS {
        set.pop_last();
    }
}

#[cfg(test)]
mod tests;
