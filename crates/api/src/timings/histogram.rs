//! A histogram of durations in fixed memory, 3 KiB.
//!
//! Buckets are one microsecond wide below 16 µs, and above it there are sixteen for each doubling, up to
//! 134 s; longer durations count as that. A percentile is the middle of its bucket, at most one part in
//! 32 away from the exact one.

use std::time::Duration;

/// Buckets for each doubling.
const STEPS: u64 = 16;
const STEP_BITS: u32 = STEPS.ilog2();
/// The longest duration that has a bucket of its own, in microseconds.
const LONGEST: u64 = (1 << 27) - 1;
const BUCKETS: usize = bucket(LONGEST) + 1;

/// Counts of durations.
#[derive(Debug, Clone)]
pub(super) struct Histogram(Box<[u64; BUCKETS]>);

impl Default for Histogram {
    fn default() -> Self {
        Self(Box::new([0; BUCKETS]))
    }
}

impl Histogram {
    pub(super) fn record(&mut self, took: Duration) {
        self.0[bucket(u64::try_from(took.as_micros()).unwrap_or(LONGEST))] += 1;
    }

    pub(super) fn add(&mut self, other: &Self) {
        for (count, more) in self.0.iter_mut().zip(&*other.0) {
            *count += more;
        }
    }

    pub(super) fn count(&self) -> u64 {
        self.0.iter().sum()
    }

    /// The duration that `percent` of all do not exceed, in milliseconds; none when there are none.
    pub(super) fn percentile(&self, percent: u64) -> Option<f64> {
        let rank = (self.count() * percent).div_ceil(100).max(1);
        let mut passed = 0;
        let found = self.0.iter().position(|count| {
            passed += count;
            passed >= rank
        })?;
        Some(middle_millis(found))
    }
}

/// The bucket of a duration in microseconds.
#[expect(clippy::cast_possible_truncation, reason = "there are a few hundred buckets")]
const fn bucket(micros: u64) -> usize {
    let micros = if micros < LONGEST { micros } else { LONGEST };
    if micros < STEPS {
        return micros as usize;
    }
    let doubling = (micros.ilog2() - STEP_BITS) as u64;
    (doubling * STEPS + (micros >> doubling)) as usize
}

/// The middle of a bucket.
fn middle_millis(bucket: usize) -> f64 {
    let doubling = (bucket as u64 / STEPS).saturating_sub(1);
    let lower = (bucket as u64 - doubling * STEPS) << doubling;
    let upper = lower + (1 << doubling);
    #[expect(clippy::cast_precision_loss, reason = "at most 134 seconds in microseconds")]
    let micros = (lower + upper) as f64 / 2.0;
    micros / 1_000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn histogram(micros: impl IntoIterator<Item = u64>) -> Histogram {
        let mut histogram = Histogram::default();
        micros.into_iter().for_each(|it| histogram.record(Duration::from_micros(it)));
        histogram
    }

    /// The smallest duration that at least `percent` of all do not exceed.
    fn exact_millis(mut micros: Vec<u64>, percent: usize) -> f64 {
        micros.sort_unstable();
        #[expect(clippy::cast_precision_loss, reason = "small numbers")]
        let micros = micros[(micros.len() * percent).div_ceil(100) - 1] as f64;
        micros / 1_000.0
    }

    #[test]
    fn buckets_follow_each_other_and_hold_their_middle() {
        assert_eq!(
            [0, 15, 16, 31, 32, 33, 34, 63, 64].map(bucket),
            [0, 15, 16, 31, 32, 32, 33, 47, 48]
        );
        assert_eq!((bucket(LONGEST), bucket(u64::MAX)), (BUCKETS - 1, BUCKETS - 1));
        assert_eq!(BUCKETS, 384);
        for index in 0..BUCKETS {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "at most 134 seconds in microseconds"
            )]
            let micros = (middle_millis(index) * 1_000.0) as u64;
            assert_eq!(bucket(micros), index);
        }
    }

    /// 100 requests of 1 ms to 100 ms: the 50th takes 50 ms, the 95th 95 ms, the 99th 99 ms.
    #[test]
    fn percentiles_of_one_to_a_hundred_milliseconds() {
        let histogram = histogram((1..=100).map(|millis| millis * 1_000));
        assert_eq!(histogram.count(), 100);
        for (percent, exact) in [(50, 50.0), (95, 95.0), (99, 99.0), (100, 100.0)] {
            let found = histogram.percentile(percent).expect("some");
            assert!((found - exact).abs() <= exact / 32.0, "p{percent}: {found} for {exact}");
        }
    }

    #[test]
    fn percentiles_of_a_long_tail_are_within_a_32nd_of_the_exact_ones() {
        // Durations from 20 µs to 90 s, most of them short: i³ of a linear congruence.
        let mut state = 1_u64;
        let durations: Vec<u64> = (0..50_000)
            .map(|_| {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                20 + ((state >> 33) % 448).pow(3)
            })
            .collect();
        let histogram = histogram(durations.iter().copied());
        for percent in [1, 25, 50, 75, 90, 95, 99, 100] {
            let exact =
                exact_millis(durations.clone(), usize::try_from(percent).expect("a percentage"));
            let found = histogram.percentile(percent).expect("some");
            assert!((found - exact).abs() <= exact / 32.0, "p{percent}: {found} for {exact}");
        }
    }

    #[test]
    fn one_duration_is_every_percentile_and_none_has_none() {
        let one = histogram([7]);
        assert_eq!([1, 50, 99].map(|percent| one.percentile(percent)), [Some(0.0075); 3]);
        assert_eq!(histogram([]).percentile(50), None);
    }

    #[test]
    fn histograms_add_up() {
        let mut sum = histogram([1_000; 98]);
        sum.add(&histogram([1_000_000; 2]));
        assert_eq!(sum.count(), 100);
        let [p98, p99] = [98, 99].map(|percent| sum.percentile(percent).expect("some"));
        assert!(p98 < 1.1 && p99 > 900.0, "{p98} {p99}");
    }
}
