//! Chance that repeats: every draw is different, and the same in every run.

use std::sync::atomic::{AtomicU64, Ordering};

use domain::random::RandomSource;

/// Gives bytes that a counter determines.
#[derive(Debug, Default)]
pub struct CountingRandom(AtomicU64);

impl RandomSource for CountingRandom {
    fn bytes(&self) -> [u8; 64] {
        let draw = self.0.fetch_add(1, Ordering::SeqCst) + 1;
        // An odd multiplier spreads the counter over all bits.
        std::array::from_fn(|index| {
            let mixed = (draw * 64 + index as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
            mixed.to_be_bytes()[0]
        })
    }
}
