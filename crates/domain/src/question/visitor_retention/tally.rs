//! Counting visitors, one after the other.

use super::{Cohort, CohortCalendar, MAX_UNITS, RetentionAnswer, RetentionAverage};
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
pub struct RetentionTally<'a> {
    calendar: &'a CohortCalendar,
    /// Of each unit, how many visitors were new in it and who of them returned after so many units.
    cohorts: Vec<(u64, Vec<u64>)>,
}

impl<'a> RetentionTally<'a> {
    /// No visitors.
    pub fn new(calendar: &'a CohortCalendar) -> Self {
        let units = calendar.begun(Timestamp::from_micros(i64::MAX)).len();
        let cohorts = (0..units).map(|unit| (0, vec![0; units - unit])).collect();
        Self { calendar, cohorts }
    }

    /// Counts a visitor by the units of the first action and of the returning one.
    pub fn add(&mut self, first: &UnitSet, returning: &UnitSet) {
        let Some(cohort) = first.first() else { return };
        let Some((visitors, returned)) = self.cohorts.get_mut(cohort) else { return };
        *visitors += 1;
        let offsets = returning.numbers().filter_map(|number| number.checked_sub(cohort));
        for offset in offsets {
            if let Some(count) = returned.get_mut(offset) {
                *count += 1;
            }
        }
    }

    /// The cohorts of the units that have begun.
    pub fn finish(mut self, now: Timestamp, unattributed_conversions: u64) -> RetentionAnswer {
        let units = self.calendar.begun(now);
        let is_last_partial = units.last().is_some_and(|(_, to)| *to > now);
        let complete = units.len() - usize::from(is_last_partial);
        let cohorts: Vec<Cohort> = units
            .iter()
            .zip(self.cohorts.drain(..))
            .enumerate()
            .map(|(index, ((from, to), (visitors, mut returned)))| {
                returned.truncate(units.len() - index);
                Cohort { from: *from, to: *to, visitors, returned }
            })
            .collect();
        let average = (0..complete).filter_map(|offset| {
            // Of these the unit of the offset is over.
            let over = || cohorts[..complete - offset].iter();
            let visitors = over().map(|cohort| cohort.visitors).sum();
            let returned = over().map(|cohort| cohort.returned[offset]).sum();
            average(offset, returned, visitors)
        });
        let average = average.collect();
        RetentionAnswer { cohorts, is_last_partial, average, unattributed_conversions }
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
    Some(RetentionAverage { offset, share, low, high, visitors })
}
