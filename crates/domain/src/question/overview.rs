//! How much is going on, and is it more or less than before?

use crate::time::Timestamp;

/// Counts over a period.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Totals {
    /// Events of every category.
    pub events: u64,
    /// `pageview` events.
    pub page_views: u64,
    /// Distinct visitors.
    pub visitors: u64,
    /// Distinct sessions.
    pub sessions: u64,
    /// Friction events.
    pub friction: u64,
    /// Distinct sessions with at least one friction event.
    pub friction_sessions: u64,
}

/// Counts over one bucket of a time series.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bucket {
    /// Its beginning.
    pub at: Timestamp,
    /// The counts; visitors and sessions are distinct within the bucket, so they do not add up.
    pub totals: Totals,
}

/// Totals and series of a period and of the one it is compared with.
#[derive(Debug, Clone, PartialEq)]
pub struct Overview {
    /// Over the period.
    pub totals: Totals,
    /// Over the period it is compared with.
    pub previous: Totals,
    /// By which share of a count of visitors or sessions 95 % of such counts are off at most; 0 where all
    /// are exact, as they are up to some thousands.
    pub distinct_error: f64,
    /// One entry for every bucket of the period, also for empty ones, in order.
    pub series: Vec<Bucket>,
    /// The same for the period it is compared with: [`super::SeriesBuckets::counterparts`] says which belongs to which.
    pub previous_series: Vec<Bucket>,
}
