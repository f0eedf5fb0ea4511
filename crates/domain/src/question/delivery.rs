//! Do the events that clients number arrive?

/// Numbered events of visits begun in a period. Clients count the events of a visit from 1 (`seq`), so
/// the highest number that arrived says how many there were, and what is missing below it was lost.
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
