//! The clock skew of recent sessions.

use std::time::Duration;

use domain::id::ProjectId;
use domain::skew::ClockSkew;
use domain::time::Timestamp;
use moka::sync::Cache;

/// Sessions remembered.
const CAPACITY: u64 = 50_000;
/// A session is forgotten this long after its last batch; then it has ended anyway.
const IDLE: Duration = Duration::from_mins(30);

/// What is known of the clocks of recent sessions.
pub(super) struct SkewTable {
    sessions: Cache<(ProjectId, String), ClockSkew>,
}

impl Default for SkewTable {
    fn default() -> Self {
        Self { sessions: Cache::builder().max_capacity(CAPACITY).time_to_idle(IDLE).build() }
    }
}

impl SkewTable {
    /// Takes a batch's times in and returns what to add to its events' times, in microseconds.
    pub(super) fn observe(
        &self,
        project: ProjectId,
        session: Option<&str>,
        sent_at: Option<Timestamp>,
        received_at: Timestamp,
    ) -> i64 {
        let Some(sent_at) = sent_at else { return 0 };
        let Some(session) = session else {
            let mut alone = ClockSkew::default();
            alone.observe(sent_at, received_at);
            return alone.offset_micros();
        };
        let key = (project, session.to_owned());
        let mut skew = self.sessions.get(&key).unwrap_or_default();
        skew.observe(sent_at, received_at);
        let offset = skew.offset_micros();
        self.sessions.insert(key, skew);
        offset
    }
}
