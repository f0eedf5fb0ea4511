//! Correcting the clocks of visitors' devices.
//!
//! A batch's `received_at - sent_at` is the device's clock error plus the network's delay, and delay
//! only adds. So the smallest difference over a session's recent batches is the best estimate of the
//! error, and it is applied when it exceeds a minute.

use crate::time::Timestamp;

/// A smaller error is left alone: it may be delay.
const THRESHOLD_MICROS: i64 = 60 * 1_000_000;
/// How many batches of a session are remembered.
const REMEMBERED_BATCHES: usize = 8;

/// The recent differences of one session. Its size is fixed: tables hold many.
#[derive(Debug, Clone, Copy, Default)]
pub struct ClockSkew {
    /// A ring; of the first batches only as many places count as there were batches.
    recent_micros: [i64; REMEMBERED_BATCHES],
    batches: usize,
}

impl ClockSkew {
    /// Takes in one batch's two times.
    pub fn observe(&mut self, sent_at: Timestamp, received_at: Timestamp) {
        let difference = received_at.micros_since(sent_at);
        self.recent_micros[self.batches % REMEMBERED_BATCHES] = difference;
        self.batches = self.batches.wrapping_add(1);
    }

    /// What to add to the session's client times, in microseconds; 0 while the error is small.
    pub fn offset_micros(&self) -> i64 {
        let smallest = self.recent_micros.iter().take(self.batches).copied().min().unwrap_or(0);
        if smallest.abs() > THRESHOLD_MICROS { smallest } else { 0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn offset(differences_seconds: &[i64]) -> i64 {
        let received = Timestamp::from_seconds(1_800_000_000);
        let mut skew = ClockSkew::default();
        for difference in differences_seconds {
            skew.observe(received.plus_seconds(-difference), received);
        }
        skew.offset_micros() / 1_000_000
    }

    #[test]
    fn the_smallest_difference_counts_because_delay_only_adds() {
        assert_eq!(offset(&[7_203, 7_200, 7_250]), 7_200);
        assert_eq!(offset(&[-3_600, -3_590]), -3_600);
    }

    #[test]
    fn up_to_a_minute_is_left_alone() {
        assert_eq!(offset(&[60]), 0);
        assert_eq!(offset(&[61]), 61);
        assert_eq!(offset(&[]), 0);
    }

    #[test]
    fn one_delayed_batch_does_not_shift_a_good_clock() {
        assert_eq!(offset(&[900, 1]), 0);
    }

    #[test]
    fn old_batches_are_forgotten() {
        let mut differences = vec![5];
        differences.extend([3_600; REMEMBERED_BATCHES]);
        assert_eq!(offset(&differences), 3_600);
    }
}
