//! The attempt of a unit that counts: a pure function of its events in order.

use super::any_order;
use super::{FunnelOrder, MAX_STEPS};
use crate::friction::Kind;
use crate::time::Timestamp;

/// The steps that an event matches: bit n stands for the step of index n.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct StepSet(pub u8);

impl StepSet {
    /// Whether the step of this index is in it.
    pub const fn has(self, step: usize) -> bool {
        self.0 & (1 << step) != 0
    }

    /// Whether it has no step.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }
}

/// An event of a unit, as far as a funnel looks at it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FunnelEvent {
    /// When it happened.
    pub at: Timestamp,
    /// The steps it matches.
    pub steps: StepSet,
    /// The kind of friction it is.
    pub friction: Option<Kind>,
    /// Names its session.
    pub session: Option<i64>,
    /// The group of its value of the breakdown.
    pub group: u8,
}

impl FunnelEvent {
    /// Whether it may stand between two steps of a strict funnel: all but friction that matches no step.
    const fn is_considered(&self) -> bool {
        !self.steps.is_empty() || self.friction.is_none()
    }
}

/// An attempt: the indexes of the events by which each step was reached, in order, the entry first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FunnelAttempt {
    reached: [usize; MAX_STEPS],
    length: usize,
}

impl FunnelAttempt {
    const NONE: Self = Self { reached: [0; MAX_STEPS], length: 0 };

    /// The attempt of these events that counts; none when they have no entry.
    ///
    /// Takes time in proportion to the number of events, times the steps; in any order, times 2 to the power of the
    /// steps.
    pub fn best(
        events: &[FunnelEvent],
        steps: usize,
        order: FunnelOrder,
        window_seconds: u32,
    ) -> Option<Self> {
        let window = i64::from(window_seconds) * 1_000_000;
        let found = match order {
            FunnelOrder::Ordered => ordered(events, steps, window),
            FunnelOrder::Strict => strict(events, steps, window),
            FunnelOrder::Any => any_order::best(events, steps, window),
        };
        (found.length > 0).then_some(found)
    }

    /// An attempt of these events.
    pub(super) fn of(indexes: impl Iterator<Item = usize>) -> Self {
        let mut attempt = Self::NONE;
        for index in indexes.take(MAX_STEPS) {
            attempt.reached[attempt.length] = index;
            attempt.length += 1;
        }
        attempt
    }

    /// Indexes of the events by which the steps were reached.
    pub fn reached(&self) -> &[usize] {
        &self.reached[..self.length]
    }
}

/// Whether an event is at most the window after the entry.
pub(super) const fn is_within(event: &FunnelEvent, entered: Timestamp, window: i64) -> bool {
    event.at.micros_since(entered) <= window
}

/// One pass finds how far any attempt gets, by the latest entry from which each step can be reached: whatever is
/// within the window of an earlier entry is within that of a later one. The first event at which the last of these
/// steps is reached then fixes the entry: the first that is at most the window before.
fn ordered(events: &[FunnelEvent], steps: usize, window: i64) -> FunnelAttempt {
    let mut latest_entry: [Option<Timestamp>; MAX_STEPS] = [None; MAX_STEPS];
    let mut first_reached: [Option<usize>; MAX_STEPS] = [None; MAX_STEPS];
    for (index, event) in events.iter().enumerate().filter(|(_, event)| !event.steps.is_empty()) {
        // From the last step back, so that the event follows earlier events only.
        for step in (0..steps).rev().filter(|step| event.steps.has(*step)) {
            let entered = match step.checked_sub(1) {
                None => Some(event.at),
                Some(before) => {
                    latest_entry[before].filter(|entered| is_within(event, *entered, window))
                }
            };
            if entered.is_some() {
                latest_entry[step] = latest_entry[step].max(entered);
                first_reached[step].get_or_insert(index);
            }
        }
        if first_reached[steps - 1].is_some() {
            break;
        }
    }
    let Some(end) = first_reached.iter().rev().find_map(|index| *index) else {
        return FunnelAttempt::NONE;
    };
    let is_entry =
        |event: &FunnelEvent| event.steps.has(0) && is_within(&events[end], event.at, window);
    let entry = events.iter().position(is_entry).unwrap_or(end);
    earliest(events, entry, steps, window)
}

/// From an entry on, the earliest event of each step.
fn earliest(events: &[FunnelEvent], entry: usize, steps: usize, window: i64) -> FunnelAttempt {
    let entered = events[entry].at;
    let mut step = 0;
    let taken = (entry..events.len())
        .take_while(|index| is_within(&events[*index], entered, window))
        .filter(|index| {
            let is_next = step < steps && events[*index].steps.has(step);
            step += usize::from(is_next);
            is_next
        });
    FunnelAttempt::of(taken)
}

/// The considered events in order; an attempt is as long as they match step after step.
fn strict(events: &[FunnelEvent], steps: usize, window: i64) -> FunnelAttempt {
    let considered: Vec<usize> =
        (0..events.len()).filter(|index| events[*index].is_considered()).collect();
    let mut best = FunnelAttempt::NONE;
    for (start, entry) in considered.iter().enumerate() {
        let entered = events[*entry].at;
        let follows = |(step, index): &(usize, &usize)| {
            let event = &events[**index];
            event.steps.has(*step) && is_within(event, entered, window)
        };
        let taken = considered[start..].iter().take(steps).enumerate().take_while(follows);
        let attempt = FunnelAttempt::of(taken.map(|(_, index)| *index));
        if attempt.length > best.length {
            best = attempt;
        }
        if best.length == steps {
            break;
        }
    }
    best
}
