//! Randomness that is the same every time: `SplitMix64`.

use domain::time::Timestamp;
use uuid::Uuid;

use crate::numbers::float;

/// A stream of numbers that its seed decides.
#[derive(Debug, Clone)]
pub(crate) struct Random(u64);

impl Random {
    pub(crate) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Evenly from 0 to `limit`, which is left out.
    pub(crate) fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit.max(1)
    }

    /// The same, for times and coordinates.
    pub(crate) fn signed(&mut self, limit: i64) -> i64 {
        let limit = u64::try_from(limit).unwrap_or_default();
        i64::try_from(self.below(limit)).unwrap_or_default()
    }

    /// Whether something happens that happens `per_mille` times in a thousand.
    pub(crate) fn with_probability(&mut self, per_mille: u64) -> bool {
        self.below(1_000) < per_mille
    }

    /// Evenly from 0 to 1, which is left out.
    pub(crate) fn share(&mut self) -> f64 {
        float(self.next() >> 32) / float(1 << 32)
    }

    /// A rank below `count`; rank `n` is about `1 / (n + 1)` times as likely as the first.
    pub(crate) fn zipf(&mut self, count: u64) -> u64 {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "an approximation by the inverse of the logarithm; never negative"
        )]
        let rank = ((float(count) + 1.0).powf(self.share()) - 1.0) as u64;
        rank.min(count.saturating_sub(1))
    }

    /// Time until the next of `per_second` independent arrivals a second, in seconds.
    pub(crate) fn until_next(&mut self, per_second: f64) -> f64 {
        -(1.0 - self.share()).ln() / per_second
    }

    /// A `UUIDv7` of that millisecond.
    pub(crate) fn uuid(&mut self, at: Timestamp) -> Uuid {
        let millis = u64::try_from(at.millis()).unwrap_or_default();
        let mut bytes = [0; 10];
        bytes[..8].copy_from_slice(&self.next().to_le_bytes());
        bytes[8..].copy_from_slice(&self.next().to_le_bytes()[..2]);
        uuid::Builder::from_unix_timestamp_millis(millis, &bytes).into_uuid()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_numbers_and_another_does_not() {
        let draw = |seed| {
            std::array::from_fn::<u64, 4, _>({
                let mut random = Random::new(seed);
                move |_| random.next()
            })
        };
        assert_eq!(draw(1), draw(1));
        assert_ne!(draw(1), draw(2));
    }

    #[test]
    fn low_ranks_come_more_often() {
        let mut random = Random::new(1);
        let mut counts = [0_u32; 20];
        for _ in 0..20_000 {
            counts[usize::try_from(random.zipf(20)).expect("small")] += 1;
        }
        assert!(counts[0] > counts[3] && counts[3] > counts[19] && counts[19] > 0, "{counts:?}");
    }
}
