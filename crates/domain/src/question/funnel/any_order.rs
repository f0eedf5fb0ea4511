//! Attempts in any order: as many different steps as possible, each by an event of its own.

use super::MAX_STEPS;
use super::attempt::{FunnelAttempt, FunnelEvent, StepSet, is_within};

/// The attempt with most steps, the earliest of several. Each event that matches a step is an entry.
pub(super) fn best(events: &[FunnelEvent], steps: usize, window: i64) -> FunnelAttempt {
    let matching: Vec<usize> =
        (0..events.len()).filter(|index| !events[*index].steps.is_empty()).collect();
    let mut within = StepCover::new(steps);
    let mut next = 0;
    let (mut entry, mut most) = (None, 0);
    for (start, index) in matching.iter().enumerate() {
        let entered = events[*index].at;
        while let Some(event) = matching.get(next).map(|index| &events[*index]) {
            if !is_within(event, entered, window) {
                break;
            }
            within.add(event.steps);
            next += 1;
        }
        let covered = within.covered();
        if covered > most {
            (entry, most) = (Some(start), covered);
        }
        if most == steps {
            break;
        }
        within.remove(events[*index].steps);
    }
    let Some(entry) = entry else { return FunnelAttempt::of(std::iter::empty()) };
    let entered = events[matching[entry]].at;
    let mut so_far = StepCover::new(steps);
    let mut covered = 0;
    let taken = matching[entry..]
        .iter()
        .copied()
        .take_while(|index| is_within(&events[*index], entered, window))
        .filter(|index| {
            so_far.add(events[*index].steps);
            let before = std::mem::replace(&mut covered, so_far.covered());
            covered > before
        });
    FunnelAttempt::of(taken)
}

/// How many steps some events cover, when each event counts for one step: the size of a maximum matching. By Kőnig's
/// theorem it is the least, over all sets of steps, of the steps outside the set and the events that match one in it.
struct StepCover {
    /// For each set of steps, the events that match one of them.
    events: Vec<usize>,
    steps: usize,
}

impl StepCover {
    fn new(steps: usize) -> Self {
        Self { events: vec![0; 1 << steps.min(MAX_STEPS)], steps }
    }

    fn add(&mut self, steps: StepSet) {
        self.matching(steps).for_each(|count| *count += 1);
    }

    fn remove(&mut self, steps: StepSet) {
        self.matching(steps).for_each(|count| *count -= 1);
    }

    fn matching(&mut self, steps: StepSet) -> impl Iterator<Item = &mut usize> {
        let has_one = move |set: usize| set & usize::from(steps.0) != 0;
        self.events.iter_mut().enumerate().filter(move |(set, _)| has_one(*set)).map(|(_, it)| it)
    }

    fn covered(&self) -> usize {
        let bound = |(set, events): (usize, &usize)| {
            let inside = usize::try_from(set.count_ones()).unwrap_or(MAX_STEPS);
            self.steps - inside + events
        };
        self.events.iter().enumerate().map(bound).min().unwrap_or_default()
    }
}
