//! The clock skew of recent sessions.

use std::convert::Infallible;
use std::hash::{BuildHasher, RandomState};
use std::sync::{Arc, Mutex, PoisonError};

use domain::clock_skew::ClockSkew;
use domain::id::ProjectId;
use domain::limits::MAX_ID_BYTES;
use domain::time::Timestamp;
use quick_cache::sync::Cache;

/// Sessions remembered.
const CAPACITY: usize = 50_000;
/// A session is forgotten this long after its last batch; then it has ended anyway.
const IDLE_MICROS: i64 = 30 * 60 * 1_000_000;

/// What is known of the clocks of recent sessions, by keyed digests of their ids: an entry has the same
/// few bytes whatever a sender calls its session, and nobody can choose two ids that meet.
pub(super) struct SkewTable {
    digests: RandomState,
    sessions: Cache<u64, Arc<Mutex<SessionClock>>>,
}

/// A session's clock, and when it was heard last.
#[derive(Default)]
struct SessionClock {
    skew: ClockSkew,
    last: Timestamp,
}

impl Default for SkewTable {
    fn default() -> Self {
        Self { digests: RandomState::new(), sessions: Cache::new(CAPACITY) }
    }
}

impl SkewTable {
    /// Takes a batch's times in and returns what to add to its events' times, in microseconds. A session
    /// whose id is longer than ids may be is not remembered.
    pub(super) fn observe(
        &self,
        project: ProjectId,
        session: Option<&str>,
        sent_at: Option<Timestamp>,
        received_at: Timestamp,
    ) -> i64 {
        let Some(sent_at) = sent_at else { return 0 };
        let Some(session) = session.filter(|id| id.len() <= MAX_ID_BYTES) else {
            let mut alone = ClockSkew::default();
            alone.observe(sent_at, received_at);
            return alone.offset_micros();
        };
        let key = self.digests.hash_one((project, session));
        let Ok(clock) =
            self.sessions.get_or_insert_with(&key, || Ok::<_, Infallible>(Arc::default()));
        clock.lock().unwrap_or_else(PoisonError::into_inner).observe(sent_at, received_at)
    }
}

impl SessionClock {
    fn observe(&mut self, sent_at: Timestamp, received_at: Timestamp) -> i64 {
        if received_at.micros_since(self.last) > IDLE_MICROS {
            self.skew = ClockSkew::default();
        }
        self.last = received_at;
        self.skew.observe(sent_at, received_at);
        self.skew.offset_micros()
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_session_with_too_long_an_id_is_not_remembered() {
        let table = SkewTable::default();
        let project = ProjectId(Uuid::from_u128(1));
        let now = Timestamp::from_seconds(1_800_000_000);
        let hour = 3_600_000_000;
        for (id, after) in [("s".repeat(MAX_ID_BYTES), 0), ("s".repeat(MAX_ID_BYTES + 1), hour)] {
            let early = Some(now.plus_micros(-hour));
            assert_eq!(table.observe(project, Some(&id), Some(now), now), 0);
            // A sender known to have a good clock was only delayed.
            assert_eq!(table.observe(project, Some(&id), early, now), after);
        }
        assert_eq!(table.sessions.len(), 1);
    }

    #[test]
    fn sessions_of_two_projects_have_a_clock_each() {
        let table = SkewTable::default();
        let now = Timestamp::from_seconds(1_800_000_000);
        let late = Some(now.plus_seconds(-3_600));
        let [one, other] = [1, 2].map(|number| ProjectId(Uuid::from_u128(number)));
        assert_eq!(table.observe(one, Some("s"), Some(now), now), 0);
        assert_eq!(table.observe(other, Some("s"), late, now), 3_600_000_000);
    }

    #[test]
    fn a_session_is_forgotten_half_an_hour_after_its_last_batch() {
        let table = SkewTable::default();
        let project = ProjectId(Uuid::from_u128(1));
        let start = Timestamp::from_seconds(1_800_000_000);
        let hour_ago = |now: Timestamp| Some(now.plus_seconds(-3_600));
        assert_eq!(table.observe(project, Some("s"), Some(start), start), 0);
        let later = start.plus_seconds(1_800);
        assert_eq!(table.observe(project, Some("s"), hour_ago(later), later), 0);
        let much_later = later.plus_seconds(1_801);
        let offset = table.observe(project, Some("s"), hour_ago(much_later), much_later);
        assert_eq!(offset, 3_600_000_000);
    }
}
