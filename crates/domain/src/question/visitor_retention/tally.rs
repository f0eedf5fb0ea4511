//! Counting visitors, one after the other.

use super::{
    Cohort, CohortCalendar, GroupValue, MAX_UNITS, RetentionAnswer, RetentionAverage,
    RetentionGroup,
};
use crate::time::Timestamp;

const WORD_BITS: usize = 64;
const WORDS: usize = MAX_UNITS.div_ceil(WORD_BITS);
/// Of the standard normal distribution, for 95 %.
const Z: f64 = 1.959_964;

/// The units in which a visitor did something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct UnitSet {
    has_earlier: bool,
    bits: [u64; WORDS],
}

impl UnitSet {
    /// Adds the unit of this number; -1 stands for all before the first.
    pub fn insert(&mut self, number: i64) {
        match usize::try_from(number) {
            Ok(number) if number < MAX_UNITS => {
                self.bits[number / WORD_BITS] |= 1 << (number % WORD_BITS);
            }
            Ok(_) => {}
            Err(_) => self.has_earlier = true,
        }
    }

    fn numbers(&self) -> impl Iterator<Item = usize> {
        (0..MAX_UNITS)
            .filter(|number| self.bits[number / WORD_BITS] >> (number % WORD_BITS) & 1 == 1)
    }

    /// The unit of the very first time, if it is one of these.
    fn first(&self) -> Option<usize> {
        if self.has_earlier { None } else { self.numbers().next() }
    }
}

/// Visitors counted so far.
#[derive(Debug)]
pub struct RetentionTally {
    /// The units that have begun.
    units: Vec<(Timestamp, Timestamp)>,
    /// How many of them are over.
    complete: usize,
    all: CohortCounts,
    groups: Vec<(GroupValue, CohortCounts)>,
}

impl RetentionTally {
    /// No visitors, in the units that have begun.
    pub fn new(calendar: &CohortCalendar, now: Timestamp) -> Self {
        let units = calendar.begun(now);
        let is_last_partial = units.last().is_some_and(|(_, to)| *to > now);
        let complete = units.len() - usize::from(is_last_partial);
        let all = CohortCounts::none(units.len());
        Self { units, complete, all, groups: Vec::new() }
    }

    /// The same, with these groups, none of which has visitors.
    #[must_use]
    pub fn with_groups(self, values: &[GroupValue]) -> Self {
        let none = || CohortCounts::none(self.units.len());
        let groups = values.iter().map(|value| (value.clone(), none())).collect();
        Self { groups, ..self }
    }

    /// The unit of the cohort of a visitor who did the first action in these units; none of visitors of no cohort.
    pub fn cohort(&self, first: &UnitSet) -> Option<usize> {
        first.first().filter(|unit| *unit < self.units.len())
    }

    /// Counts a visitor by the units of the first action and of the returning one, and for a group.
    pub fn add(&mut self, first: &UnitSet, returning: &UnitSet, group: Option<usize>) {
        let Some(cohort) = self.cohort(first) else { return };
        self.all.add(cohort, returning);
        if let Some((_, group)) = group.and_then(|group| self.groups.get_mut(group)) {
            group.add(cohort, returning);
        }
    }

    /// The cohorts, and those groups that have visitors.
    pub fn finish(self, unattributed_conversions: u64) -> RetentionAnswer {
        let Self { units, complete, all, groups } = self;
        let group = |(value, counts): (GroupValue, CohortCounts)| RetentionGroup {
            value,
            visitors: counts.visitors(),
            average: counts.average(complete),
        };
        RetentionAnswer {
            average: all.average(complete),
            groups: groups.into_iter().map(group).filter(|group| group.visitors > 0).collect(),
            is_last_partial: complete < units.len(),
            cohorts: all.cohorts(&units),
            unattributed_conversions,
        }
    }
}

/// Of each unit, how many visitors were new in it and who of them returned after so many units.
#[derive(Debug)]
struct CohortCounts(Vec<(u64, Vec<u64>)>);

impl CohortCounts {
    fn none(units: usize) -> Self {
        Self((0..units).map(|unit| (0, vec![0; units - unit])).collect())
    }

    fn add(&mut self, cohort: usize, returning: &UnitSet) {
        let Some((visitors, returned)) = self.0.get_mut(cohort) else { return };
        *visitors += 1;
        let offsets = returning.numbers().filter_map(|number| number.checked_sub(cohort));
        for offset in offsets {
            if let Some(count) = returned.get_mut(offset) {
                *count += 1;
            }
        }
    }

    fn visitors(&self) -> u64 {
        self.0.iter().map(|(visitors, _)| visitors).sum()
    }

    /// By the units that are over.
    fn average(&self, complete: usize) -> Vec<RetentionAverage> {
        let average = |offset: usize| {
            // Of these the unit of the offset is over.
            let over = || self.0[..complete - offset].iter();
            let visitors = over().map(|(visitors, _)| visitors).sum();
            let returned = over().map(|(_, returned)| returned[offset]).sum();
            average(offset, returned, visitors)
        };
        (0..complete).filter_map(average).collect()
    }

    fn cohorts(self, units: &[(Timestamp, Timestamp)]) -> Vec<Cohort> {
        let cohort = |((from, to), (visitors, returned)): (&(Timestamp, Timestamp), _)| Cohort {
            from: *from,
            to: *to,
            visitors,
            returned,
        };
        units.iter().zip(self.0).map(cohort).collect()
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
fn average(offset: usize, returned: u64, visitors: u64) -> Option<RetentionAverage> {
    if visitors == 0 {
        return None;
    }
    let n = visitors as f64;
    let share = returned as f64 / n;
    let scale = 1.0 + Z * Z / n;
    let centre = (share + Z * Z / (2.0 * n)) / scale;
    let reach = Z * (share * (1.0 - share) / n + Z * Z / (4.0 * n * n)).sqrt() / scale;
    let (low, high) = ((centre - reach).clamp(0.0, share), (centre + reach).clamp(share, 1.0));
    Some(RetentionAverage { offset, share, low, high, visitors, returned })
}
