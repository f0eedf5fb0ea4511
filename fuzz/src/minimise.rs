//! A smaller input that fails, too.

use std::time::{Duration, Instant};

/// How long an input is made smaller.
const TIME: Duration = Duration::from_secs(5);

/// Leaves pieces out, large ones first, as long as `fails` holds.
pub(crate) fn minimise(input: &[u8], mut fails: impl FnMut(&[u8]) -> bool) -> Vec<u8> {
    let started = Instant::now();
    let mut least = input.to_vec();
    let mut piece = least.len() / 2;
    while piece > 0 {
        let mut at = 0;
        while at < least.len() {
            if started.elapsed() > TIME {
                return least;
            }
            let end = (at + piece).min(least.len());
            let shorter = [&least[..at], &least[end..]].concat();
            if fails(&shorter) {
                least = shorter;
            } else {
                at += piece;
            }
        }
        piece /= 2;
    }
    least
}
