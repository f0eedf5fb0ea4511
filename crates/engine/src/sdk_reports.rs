//! Delivery reports of the browser SDK: events created, sent, acknowledged and dropped.
//!
//! Counts are gathered in memory and stored every few seconds; those of the last seconds before a crash are
//! lost, as a report is that goes down with its page. The events themselves are not counted here.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use domain::clock::Clock;
use domain::id::ProjectId;
use domain::question::Period;
use domain::time::Timestamp;

use crate::Error;
use crate::ports::catalog::{SdkCount, SdkReportStore};

const HOUR_SECONDS: i64 = 3_600;
/// Counts of one report and name at most: a page makes no more between two reports, and anybody can send
/// one.
const MAX_COUNT: u64 = 1_000_000_000;
/// Why browsers drop events. Whatever else they say is `other`.
const DROP_REASONS: [&str; 4] = ["queue_overflow", "queue_expired", "too_large", "consent"];
/// Hours are kept this long, in seconds: 400 days.
const KEEP_SECONDS: i64 = 400 * 86_400;

/// A browser's counts since its last report.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SdkReport {
    /// Events made.
    pub created: u64,
    /// Events sent, each time they were.
    pub sent: u64,
    /// Events the server answered for.
    pub acknowledged: u64,
    /// Requests that were sent again.
    pub retries: u64,
    /// Events given up, by reason.
    pub dropped: Vec<(String, u64)>,
    /// Bytes sent.
    pub bytes: u64,
    /// Time that answers took, in milliseconds, all together.
    pub latency_ms: u64,
    /// Requests that were answered.
    pub requests: u64,
    /// Time the page's main thread was busy with the SDK, in milliseconds.
    pub busy_ms: u64,
}

/// The name of a count: known ahead, except the reasons of drops.
type CountName = Cow<'static, str>;

/// The use cases around reports.
pub struct SdkReportService {
    store: Arc<dyn SdkReportStore>,
    clock: Arc<dyn Clock>,
    unsaved: Mutex<HashMap<(ProjectId, Timestamp, CountName), u64>>,
}

impl SdkReportService {
    /// Puts the parts together.
    pub fn new(store: Arc<dyn SdkReportStore>, clock: Arc<dyn Clock>) -> Self {
        Self { store, clock, unsaved: Mutex::default() }
    }

    /// Notes a report; stored by [`SdkReportService::store`].
    pub fn note(&self, project: ProjectId, report: &SdkReport) {
        self.note_at(project, report, self.clock.now());
    }

    /// The same for a report that was made at `at`.
    pub fn note_at(&self, project: ProjectId, report: &SdkReport, at: Timestamp) {
        let hour = at.floor_to_seconds(HOUR_SECONDS);
        let mut unsaved = self.unsaved.lock().unwrap_or_else(PoisonError::into_inner);
        for (name, count) in report.counts() {
            if count > 0 {
                *unsaved.entry((project, hour, name)).or_default() += count.min(MAX_COUNT);
            }
        }
    }

    /// Stores what was noted since the last call. What could not be stored is kept for the next.
    pub async fn store(&self) -> Result<(), Error> {
        let unsaved =
            std::mem::take(&mut *self.unsaved.lock().unwrap_or_else(PoisonError::into_inner));
        if unsaved.is_empty() {
            return Ok(());
        }
        let count = |((project_id, hour, name), count): ((_, _, CountName), _)| SdkCount {
            project_id,
            hour,
            name: name.into_owned(),
            count,
        };
        let counts: Vec<SdkCount> = unsaved.into_iter().map(count).collect();
        if let Err(error) = self.store.add_sdk_counts(&counts).await {
            let mut kept = self.unsaved.lock().unwrap_or_else(PoisonError::into_inner);
            for SdkCount { project_id, hour, name, count } in counts {
                *kept.entry((project_id, hour, name.into())).or_default() += count;
            }
            return Err(error.into());
        }
        Ok(())
    }

    /// What a project's browsers reported within a period, by whole hours.
    pub async fn delivery(&self, project: ProjectId, period: Period) -> Result<SdkReport, Error> {
        let mut delivery = SdkReport::default();
        for (name, count) in self.store.sdk_counts(project, period).await? {
            delivery.add(&name, count);
        }
        Ok(delivery)
    }

    /// Forgets old hours.
    pub async fn prune(&self) -> Result<(), Error> {
        Ok(self.store.prune_sdk_counts(self.clock.now().plus_seconds(-KEEP_SECONDS)).await?)
    }
}

impl SdkReport {
    /// Its counts by the names they are stored under.
    fn counts(&self) -> impl Iterator<Item = (CountName, u64)> {
        let Self { created, sent, acknowledged, retries, bytes, .. } = self;
        let plain = [
            ("created", *created),
            ("sent", *sent),
            ("acknowledged", *acknowledged),
            ("retries", *retries),
            ("bytes", *bytes),
            ("latency_ms", self.latency_ms),
            ("requests", self.requests),
            ("busy_ms", self.busy_ms),
        ];
        let dropped = self.dropped.iter().map(|(reason, count)| {
            let known = DROP_REASONS.contains(&reason.as_str()) || is_http_status(reason);
            (format!("dropped.{}", if known { reason } else { "other" }).into(), *count)
        });
        plain.into_iter().map(|(name, count)| (name.into(), count)).chain(dropped)
    }

    fn add(&mut self, name: &str, count: u64) {
        let counted = match name {
            "created" => &mut self.created,
            "sent" => &mut self.sent,
            "acknowledged" => &mut self.acknowledged,
            "retries" => &mut self.retries,
            "bytes" => &mut self.bytes,
            "latency_ms" => &mut self.latency_ms,
            "requests" => &mut self.requests,
            "busy_ms" => &mut self.busy_ms,
            _ => {
                let reason = name.strip_prefix("dropped.").unwrap_or(name);
                self.dropped.push((reason.to_owned(), count));
                return;
            }
        };
        *counted += count;
    }
}

/// `http_` and a status, which refused a whole request.
fn is_http_status(reason: &str) -> bool {
    reason.strip_prefix("http_").is_some_and(|status| {
        status.len() == 3 && status.bytes().all(|letter| letter.is_ascii_digit())
    })
}

impl std::fmt::Debug for SdkReportService {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("SdkReportService").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invented_reasons_make_no_names_of_their_own() {
        let dropped = ["queue_overflow", "http_403", "http_4033", "<script>"];
        let dropped = dropped.map(|reason| (reason.to_owned(), 1)).to_vec();
        let report = SdkReport { created: 2, dropped, ..SdkReport::default() };
        let names: Vec<String> = report
            .counts()
            .filter(|(_, count)| *count > 0)
            .map(|(name, _)| name.into_owned())
            .collect();
        let expected = [
            "created",
            "dropped.queue_overflow",
            "dropped.http_403",
            "dropped.other",
            "dropped.other",
        ];
        assert_eq!(names, expected);
    }
}
