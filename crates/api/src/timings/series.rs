//! The requests of one route and method: since the start, and of the last five minutes.
//!
//! The last minutes are kept as at most ten slices of half a minute; a slice that is too old is added to
//! the sum of all before. So a series takes 3 KiB for its past and as much for each of the last ten half
//! minutes in which there were requests: 34 KiB at most.

use std::collections::VecDeque;
use std::time::Duration;

use axum::http::StatusCode;

use super::histogram::Histogram;

const SLICE: Duration = Duration::from_secs(30);
const SLICES: u64 = 10;

/// Answers in numbers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct ResponseFigures {
    /// All of them.
    pub(crate) requests: u64,
    /// With a status of 400 to 499.
    pub(crate) client_errors: u64,
    /// With a status of 500 to 599.
    pub(crate) server_errors: u64,
    /// The time that half of them did not exceed, in milliseconds; none without answers.
    pub(crate) p50_ms: Option<f64>,
    /// The time that 95 of 100 did not exceed.
    pub(crate) p95_ms: Option<f64>,
    /// The time that 99 of 100 did not exceed.
    pub(crate) p99_ms: Option<f64>,
}

/// Counts of answers and their durations.
#[derive(Debug, Clone, Default)]
pub(super) struct Tally {
    durations: Histogram,
    client_errors: u64,
    server_errors: u64,
}

impl Tally {
    fn record(&mut self, status: StatusCode, took: Duration) {
        self.durations.record(took);
        self.client_errors += u64::from(status.is_client_error());
        self.server_errors += u64::from(status.is_server_error());
    }

    pub(super) fn add(&mut self, other: &Self) {
        self.durations.add(&other.durations);
        self.client_errors += other.client_errors;
        self.server_errors += other.server_errors;
    }

    pub(super) fn figures(&self) -> ResponseFigures {
        ResponseFigures {
            requests: self.durations.count(),
            client_errors: self.client_errors,
            server_errors: self.server_errors,
            p50_ms: self.durations.percentile(50),
            p95_ms: self.durations.percentile(95),
            p99_ms: self.durations.percentile(99),
        }
    }
}

/// The seconds that "the last five minutes" span at this uptime: the current slice and the nine
/// before it, or all time.
pub(super) fn recent_seconds(uptime: Duration) -> u64 {
    let started = number(uptime).saturating_sub(SLICES - 1) * SLICE.as_secs();
    uptime.as_secs() - started
}

/// The counts of one route and method.
#[derive(Debug, Default)]
pub(super) struct Series {
    before: Tally,
    /// Slices by the number of their half minute since the start, ascending.
    slices: VecDeque<(u64, Tally)>,
}

impl Series {
    /// Adds an answer that was ready at this uptime.
    pub(super) fn record(&mut self, uptime: Duration, status: StatusCode, took: Duration) {
        let current = number(uptime);
        // Threads may come here in another order than their requests ended.
        if self.slices.back().is_none_or(|(latest, _)| *latest < current) {
            self.retire(current);
            self.slices.push_back((current, Tally::default()));
        }
        if let Some((_, tally)) = self.slices.back_mut() {
            tally.record(status, took);
        }
    }

    /// The last five minutes at this uptime, and all since the start.
    pub(super) fn tallies(&mut self, uptime: Duration) -> (Tally, Tally) {
        self.retire(number(uptime));
        let mut recent = Tally::default();
        self.slices.iter().for_each(|(_, tally)| recent.add(tally));
        let mut all = self.before.clone();
        all.add(&recent);
        (recent, all)
    }

    /// Moves slices that are too old into the sum.
    fn retire(&mut self, current: u64) {
        while let Some((oldest, _)) = self.slices.front()
            && oldest + SLICES <= current
        {
            let Some((_, tally)) = self.slices.pop_front() else { return };
            self.before.add(&tally);
        }
    }
}

fn number(uptime: Duration) -> u64 {
    uptime.as_secs() / SLICE.as_secs()
}

#[cfg(test)]
mod tests {
    use super::*;

    const MILLISECOND: Duration = Duration::from_millis(1);

    fn requests(series: &mut Series, at_seconds: u64) -> (u64, u64) {
        let (recent, all) = series.tallies(Duration::from_secs(at_seconds));
        (recent.figures().requests, all.figures().requests)
    }

    #[test]
    fn an_answer_leaves_the_last_five_minutes_and_stays_in_the_sum() {
        let mut series = Series::default();
        series.record(Duration::from_secs(59), StatusCode::OK, MILLISECOND);
        series.record(Duration::from_mins(1), StatusCode::OK, MILLISECOND);
        assert_eq!(requests(&mut series, 60), (2, 2));
        assert_eq!(requests(&mut series, 329), (2, 2));
        assert_eq!(requests(&mut series, 330), (1, 2));
        assert_eq!(requests(&mut series, 360), (0, 2));
    }

    #[test]
    fn errors_of_clients_and_of_the_server_are_counted_apart() {
        let mut series = Series::default();
        for (status, times) in [(200, 5), (304, 1), (404, 3), (429, 1), (500, 1), (503, 1)] {
            let status = StatusCode::from_u16(status).expect("a status");
            (0..times).for_each(|_| series.record(Duration::ZERO, status, MILLISECOND));
        }
        let (recent, all) = series.tallies(Duration::ZERO);
        for figures in [recent.figures(), all.figures()] {
            assert_eq!(
                (figures.requests, figures.client_errors, figures.server_errors),
                (12, 4, 2)
            );
        }
    }

    #[test]
    fn a_late_report_of_a_slow_thread_is_counted() {
        let mut series = Series::default();
        series.record(Duration::from_secs(30), StatusCode::OK, MILLISECOND);
        series.record(Duration::from_secs(29), StatusCode::OK, MILLISECOND);
        assert_eq!(requests(&mut series, 30), (2, 2));
    }

    #[test]
    fn only_the_last_slices_are_kept() {
        let mut series = Series::default();
        for second in 0..10_000 {
            series.record(Duration::from_secs(second), StatusCode::OK, MILLISECOND);
            assert!(series.slices.len() as u64 <= SLICES);
        }
        // From 9,720 s, where the tenth slice from the last begins.
        assert_eq!(requests(&mut series, 9_999), (280, 10_000));
    }

    #[test]
    fn the_last_five_minutes_are_as_long_as_the_slices() {
        let seconds = [0, 7, 299, 300, 9_999].map(|at| recent_seconds(Duration::from_secs(at)));
        assert_eq!(seconds, [0, 7, 299, 270, 279]);
    }
}
