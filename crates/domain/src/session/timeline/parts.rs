//! A thread taken apart, to be stored, and put together again.

use std::collections::BTreeSet;

use super::{MAX_BOUNDARIES, SessionTimeline};
use crate::session::{EndReason, IDLE_SECONDS};
use crate::time::Timestamp;

/// Everything that a [`SessionTimeline`] keeps.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TimelineParts {
    /// First and last instant of each interval of activity, in ascending order; none overlap.
    pub intervals: Vec<(Timestamp, Timestamp)>,
    /// When it began, or began again.
    pub starts: BTreeSet<Timestamp>,
    /// When it ended, and why; [`EndReason::Idle`] is not among the reasons.
    pub ends: BTreeSet<(Timestamp, EndReason)>,
    /// The latest instant since which nothing is known to have happened.
    pub idle_since: Option<Timestamp>,
}

/// What no thread is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidTimeline {
    /// An interval ends before it begins.
    #[error("an interval ends before it begins")]
    Reversed,
    /// An interval begins before the one before it has ended.
    #[error("the intervals are not in ascending order, or overlap")]
    Unordered,
    /// Idleness is among the ends.
    #[error("an end gives idleness as its reason")]
    IdleEnd,
}

impl SessionTimeline {
    /// What it keeps.
    pub fn parts(&self) -> TimelineParts {
        let Self { intervals, starts, ends, idle_since } = self.clone();
        TimelineParts { intervals, starts, ends, idle_since }
    }

    /// The thread of these parts. Intervals that are no further apart than the idle time are joined, and
    /// of starts and of ends the earliest are kept: a thread that was taken apart under other limits
    /// comes under those of today.
    pub fn from_parts(parts: TimelineParts) -> Result<Self, InvalidTimeline> {
        let TimelineParts { intervals, starts, ends, idle_since } = parts;
        if intervals.iter().any(|(first, last)| first > last) {
            return Err(InvalidTimeline::Reversed);
        }
        if intervals.windows(2).any(|pair| pair[0].1 >= pair[1].0) {
            return Err(InvalidTimeline::Unordered);
        }
        if ends.iter().any(|(_, reason)| *reason == EndReason::Idle) {
            return Err(InvalidTimeline::IdleEnd);
        }
        Ok(Self {
            intervals: joined(intervals),
            starts: starts.into_iter().take(MAX_BOUNDARIES).collect(),
            ends: ends.into_iter().take(MAX_BOUNDARIES).collect(),
            idle_since,
        })
    }
}

/// Ordered intervals, with those joined that the idle time does not keep apart.
fn joined(intervals: Vec<(Timestamp, Timestamp)>) -> Vec<(Timestamp, Timestamp)> {
    let mut joined: Vec<(Timestamp, Timestamp)> = Vec::with_capacity(intervals.len());
    for (first, last) in intervals {
        match joined.last_mut() {
            Some(before) if before.1.plus_seconds(IDLE_SECONDS) >= first => before.1 = last,
            _ => joined.push((first, last)),
        }
    }
    joined
}
