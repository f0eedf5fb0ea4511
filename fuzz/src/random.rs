//! The source of every choice: one seed, one run.

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

/// Random choices that a seed determines.
#[derive(Debug)]
pub struct Random(StdRng);

impl Random {
    /// The choices of this seed.
    pub fn from_seed(seed: u64) -> Self {
        Self(StdRng::seed_from_u64(seed))
    }

    /// A number below `end`; 0 for an `end` of 0.
    pub fn below(&mut self, end: usize) -> usize {
        if end == 0 { 0 } else { self.0.random_range(0..end) }
    }

    /// A number that is small more often than large, below `end`.
    pub fn small(&mut self, end: usize) -> usize {
        let end = 1 + self.below(end);
        self.below(end)
    }

    /// True once in `n` times.
    pub fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    /// One of these.
    pub fn pick<'a, T: ?Sized>(&mut self, from: &[&'a T]) -> &'a T {
        from[self.below(from.len())]
    }

    /// A number of any size.
    pub fn bits(&mut self) -> u64 {
        self.0.random()
    }

    /// A byte.
    pub fn byte(&mut self) -> u8 {
        self.0.random()
    }

    /// This many bytes.
    pub fn bytes(&mut self, count: usize) -> Vec<u8> {
        let mut bytes = vec![0; count];
        self.0.fill(&mut bytes[..]);
        bytes
    }
}
