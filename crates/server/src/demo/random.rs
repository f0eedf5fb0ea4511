//! Chance that can be repeated: `SplitMix64`, seeded by what is being made.

use uuid::Uuid;

/// A small generator; the same seed gives the same numbers.
#[derive(Debug, Clone)]
pub(super) struct Random(u64);

impl Random {
    /// A generator for this seed.
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next number.
    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `bound`, which is not 0.
    pub(super) fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound.max(1)
    }

    /// Whether something of this chance in a thousand happens.
    pub(super) fn with_probability(&mut self, per_mille: u64) -> bool {
        self.below(1_000) < per_mille
    }

    /// An id.
    pub(super) fn uuid(&mut self) -> Uuid {
        let bits = u128::from(self.next()) << 64 | u128::from(self.next());
        uuid::Builder::from_random_bytes(bits.to_be_bytes()).into_uuid()
    }

    /// One of `choices`, which are not empty.
    pub(super) fn one_of<'a, T>(&mut self, choices: &'a [T]) -> &'a T {
        let index = usize::try_from(self.below(choices.len() as u64)).unwrap_or(0);
        &choices[index]
    }

    /// One of `choices`, the first ones more often, as people choose.
    pub(super) fn pick_weighted<'a, T>(&mut self, choices: &'a [T]) -> &'a T {
        let count = choices.len() as u64;
        let (one, other) = (self.below(count), self.below(count));
        let index = usize::try_from(one.min(other)).unwrap_or(0);
        &choices[index]
    }

    /// The index of one of several, each as likely as its share says.
    pub(super) fn by_share(&mut self, shares: &[u64]) -> usize {
        let mut left = self.below(shares.iter().sum());
        let found = shares.iter().position(|share| {
            let is_here = left < *share;
            left = left.saturating_sub(*share);
            is_here
        });
        found.unwrap_or(0)
    }

    /// A duration around `typical`, now and then several times as long.
    pub(super) fn around(&mut self, typical: u64) -> u64 {
        let spread = typical / 2 + self.below(typical.max(1));
        if self.with_probability(60) { spread * (2 + self.below(4)) } else { spread }
    }
}
