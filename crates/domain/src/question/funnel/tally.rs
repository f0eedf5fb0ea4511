//! Counting the units of a funnel, one after the other.

use super::answer::{FrictionOnTheWay, FunnelGroup, GroupValue, StepFigures};
use super::attempt::{FunnelAttempt, FunnelEvent, is_within};
use super::{Funnel, MAX_GROUPS, MAX_STEPS, SHOWN_GROUPS};
use crate::friction::Kind;
use crate::question::quantile;

/// The group of entries whose value is not known.
pub const UNKNOWN_GROUP: u8 = 0;
/// The group of entries whose value is none of the frequent ones.
pub const OTHER_GROUP: u8 = 1;
/// The group of the first frequent value; the others follow.
const FIRST_GROUP: u8 = 2;
/// Conversions from one step to the next whose durations are remembered, which takes 64 MiB.
const MAX_CONVERSIONS: usize = 16 << 20;

/// There are too many durations for the memory of one question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("more than {MAX_CONVERSIONS} conversions")]
pub struct TooManyConversions;

/// Units counted so far.
#[derive(Debug)]
pub struct FunnelTally<'a> {
    funnel: &'a Funnel,
    groups: Vec<GroupTally>,
    conversions: usize,
}

/// Units of one value of the breakdown.
#[derive(Debug, Clone, Default)]
struct GroupTally {
    steps: [StepTally; MAX_STEPS],
}

/// Units that reached a step.
#[derive(Debug, Clone, Default)]
struct StepTally {
    units: u64,
    /// Milliseconds from the step before.
    durations: Vec<u32>,
    /// Of each kind of friction, by its index in [`Kind::ALL`]: units that dropped, and that continued.
    friction: [(u64, u64); Kind::ALL.len()],
}

impl<'a> FunnelTally<'a> {
    /// No units.
    pub const fn new(funnel: &'a Funnel) -> Self {
        Self { funnel, groups: Vec::new(), conversions: 0 }
    }

    /// The group of the frequent value of this index.
    pub fn group_of(index: usize) -> u8 {
        u8::try_from(index)
            .ok()
            .filter(|index| usize::from(*index) < MAX_GROUPS)
            .map_or(OTHER_GROUP, |index| FIRST_GROUP + index)
    }

    /// Counts a unit by all its events, in order. Returns its attempt, if it entered.
    ///
    /// # Errors
    ///
    /// When there are more conversions than can be remembered.
    pub fn add(
        &mut self,
        events: &[FunnelEvent],
    ) -> Result<Option<FunnelAttempt>, TooManyConversions> {
        let Funnel { steps, window_seconds, order, .. } = self.funnel;
        let best = FunnelAttempt::best(events, steps.len(), *order, *window_seconds);
        let Some(attempt) = best else { return Ok(None) };
        let reached = attempt.reached();
        self.conversions += reached.len() - 1;
        if self.conversions > MAX_CONVERSIONS {
            return Err(TooManyConversions);
        }
        let group = usize::from(events[reached[0]].group);
        if self.groups.len() <= group {
            self.groups.resize_with(group + 1, GroupTally::default);
        }
        let window = i64::from(*window_seconds) * 1_000_000;
        for (index, at) in reached.iter().enumerate() {
            let step = &mut self.groups[group].steps[index];
            step.units += 1;
            if let Some(before) = index.checked_sub(1) {
                let micros = events[*at].at.micros_since(events[reached[before]].at);
                step.durations.push(u32::try_from(micros / 1_000).unwrap_or(u32::MAX));
            }
            let next = reached.get(index + 1).copied();
            if index + 1 == steps.len() {
                continue;
            }
            let on_the_way = &events[at + 1..next.unwrap_or(events.len())];
            let met = friction(on_the_way, &events[*at], &events[reached[0]], window);
            for (counts, is_met) in step.friction.iter_mut().zip(met) {
                let (dropped, continued) = counts;
                *(if next.is_some() { continued } else { dropped }) += u64::from(is_met);
            }
        }
        Ok(Some(attempt))
    }

    /// The figures of all units, and by value where the funnel has a breakdown; `values` are the frequent ones.
    pub fn finish(mut self, values: &[String]) -> (Vec<StepFigures>, Vec<FunnelGroup>) {
        let steps = self.funnel.steps.len();
        let mut groups = Vec::new();
        if self.funnel.breakdown.is_some() {
            let mut others = GroupTally::default();
            let unknown = self.take(usize::from(UNKNOWN_GROUP));
            others.add(self.take(usize::from(OTHER_GROUP)));
            let known = values
                .iter()
                .enumerate()
                .map(|(index, value)| (value, self.take(usize::from(Self::group_of(index)))));
            let mut known: Vec<(&String, GroupTally)> = known.collect();
            known.retain(|(_, tally)| tally.entries() > 0);
            known.sort_by(|(one, first), (other, second)| {
                second.entries().cmp(&first.entries()).then_with(|| one.cmp(other))
            });
            let rare = known.split_off(known.len().min(SHOWN_GROUPS));
            for (_, tally) in rare {
                others.add(tally);
            }
            let named = known.into_iter().map(|(value, it)| (GroupValue::Known(value.clone()), it));
            let rest = [(GroupValue::Other, others), (GroupValue::Unknown, unknown)];
            groups.extend(named.chain(rest).filter(|(_, tally)| tally.entries() > 0));
        }
        let mut total = GroupTally::default();
        let figures = |(value, mut tally): (GroupValue, GroupTally)| {
            let group = FunnelGroup { value, steps: tally.figures(steps) };
            total.add(tally);
            group
        };
        let groups: Vec<FunnelGroup> = groups.into_iter().map(figures).collect();
        for tally in self.groups {
            total.add(tally);
        }
        (total.figures(steps), groups)
    }

    fn take(&mut self, group: usize) -> GroupTally {
        self.groups.get_mut(group).map(std::mem::take).unwrap_or_default()
    }
}

/// Which kinds of friction there are among the events after a step, in the session in which it was reached and
/// within the window of the entry.
fn friction(
    events: &[FunnelEvent],
    reached: &FunnelEvent,
    entry: &FunnelEvent,
    window: i64,
) -> [bool; Kind::ALL.len()] {
    let in_session =
        |event: &&FunnelEvent| reached.session.is_none() || event.session == reached.session;
    let mut met = [false; Kind::ALL.len()];
    let in_time = events.iter().take_while(|event| is_within(event, entry.at, window));
    for kind in in_time.filter(in_session).filter_map(|event| event.friction) {
        if let Some(index) = Kind::ALL.iter().position(|it| *it == kind) {
            met[index] = true;
        }
    }
    met
}

impl GroupTally {
    const fn entries(&self) -> u64 {
        self.steps[0].units
    }

    fn add(&mut self, other: Self) {
        for (step, mut more) in self.steps.iter_mut().zip(other.steps) {
            step.units += more.units;
            step.durations.append(&mut more.durations);
            for (counts, more) in step.friction.iter_mut().zip(more.friction) {
                counts.0 += more.0;
                counts.1 += more.1;
            }
        }
    }

    fn figures(&mut self, steps: usize) -> Vec<StepFigures> {
        let first = self.entries();
        let mut found: Vec<StepFigures> = Vec::with_capacity(steps);
        for index in 0..steps {
            let next = self.steps.get(index + 1).filter(|_| index + 1 < steps);
            let next = next.map(|step| step.units);
            let step = &mut self.steps[index];
            step.durations.sort_unstable();
            let kinds = Kind::ALL.into_iter().zip(step.friction);
            let friction = kinds.map(|(kind, (dropped_units, continued_units))| FrictionOnTheWay {
                kind,
                dropped_units,
                continued_units,
            });
            found.push(StepFigures {
                units: step.units,
                share_of_first: share(step.units, first),
                share_of_previous: found.last().and_then(|it| share(step.units, it.units)),
                dropped: next.map_or(0, |next| step.units - next),
                median_seconds: quantile::seconds(&step.durations, 0.5),
                p90_seconds: quantile::seconds(&step.durations, 0.9),
                friction: friction.filter(|it| it.dropped_units + it.continued_units > 0).collect(),
            });
        }
        found
    }
}

fn share(part: u64, whole: u64) -> Option<f64> {
    #[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
    let share = part as f64 / whole as f64;
    (whole > 0).then_some(share)
}
