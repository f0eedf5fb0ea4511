//! Do the events that clients number arrive?

use std::ops::AddAssign;

/// Missing events that one visit counts, at most. A tracker that loses more has lost its connection or its
/// storage for good; a single forged number lowers a day's rate by no more than this.
pub const MAX_MISSING: u32 = 1_000;

/// Numbered events of visits begun in a period. Clients count the events of a visit from 1 (`seq`), so
/// the highest number that arrived says how many there were, and what is missing below it was lost.
///
/// A number may be forged, for the key is public: a visit counts [`MAX_MISSING`] missing events at most.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Delivery {
    /// Visits that have ended.
    pub visits: u64,
    /// Of these, visits without a missing number.
    pub complete_visits: u64,
    /// Events their clients numbered.
    pub numbered: u64,
    /// Of these, those that arrived.
    pub received: u64,
    /// Visits that go on; their events are in none of the other figures, since the next request may
    /// bring what is missing.
    pub open_visits: u64,
}

impl Delivery {
    /// `received` of `numbered`, 0 to 1; none when nothing was numbered.
    pub fn rate(self) -> Option<f64> {
        #[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
        let rate = self.received as f64 / self.numbered as f64;
        (self.numbered > 0).then_some(rate)
    }
}

impl AddAssign for Delivery {
    fn add_assign(&mut self, other: Self) {
        self.visits += other.visits;
        self.complete_visits += other.complete_visits;
        self.numbered += other.numbered;
        self.received += other.received;
        self.open_visits += other.open_visits;
    }
}
