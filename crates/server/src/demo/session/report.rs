//! A browser's report of its own events, as the SDK sends it with each request.

use engine::sdk_reports::SdkReport;

use super::SessionBuilder;

/// Events of a request.
const EVENTS_PER_REQUEST: u64 = 4;
/// Bytes of an event, and of what stands around the events of a request.
const EVENT_BYTES: u64 = 430;
const REQUEST_BYTES: u64 = 310;
/// Time from a request to its answer, of a browser that is neither fast nor slow.
const LATENCY_MS: u64 = 120;
/// Visits in which a request is sent again, among a thousand.
const RETRIES_PER_MILLE: u64 = 35;
/// Why browsers give events up, most frequent first.
const DROP_REASONS: [&str; 3] = ["queue_expired", "queue_overflow", "too_large"];

impl SessionBuilder {
    /// The reports of the whole visit. None covers its last events: their page is gone.
    pub(super) fn report(&mut self) -> SdkReport {
        let numbered = self.steps.iter().filter(|step| step.event.seq.is_some()).count() as u64;
        let unreported = (1 + self.random.below(2)).min(numbered);
        let acknowledged = numbered - unreported;
        let retries = u64::from(self.random.with_probability(RETRIES_PER_MILLE));
        let requests = acknowledged.div_ceil(EVENTS_PER_REQUEST);
        let latency_ms = self.random.around(LATENCY_MS * self.person.browser.slowness / 100);
        let reason = *self.random.pick_weighted(&DROP_REASONS);
        SdkReport {
            created: numbered + self.lost,
            sent: acknowledged + retries * EVENTS_PER_REQUEST,
            acknowledged,
            retries,
            dropped: (self.lost > 0).then(|| (reason.to_owned(), self.lost)).into_iter().collect(),
            bytes: (requests + retries) * REQUEST_BYTES + acknowledged * EVENT_BYTES,
            latency_ms: requests * latency_ms,
            requests,
            busy_ms: numbered * self.person.browser.slowness / 150,
        }
    }
}

/// The report of a request with one event.
pub(in crate::demo) fn of_one_event(latency_ms: u64) -> SdkReport {
    SdkReport {
        created: 1,
        sent: 1,
        acknowledged: 1,
        bytes: REQUEST_BYTES + EVENT_BYTES,
        latency_ms,
        requests: 1,
        busy_ms: 1,
        ..SdkReport::default()
    }
}
