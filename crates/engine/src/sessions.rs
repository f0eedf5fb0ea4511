//! Session use cases: look-up, ending idle sessions.
//!
//! Ingest writes no table, so a session acknowledged just now may not be in the catalog yet. A caller that
//! needs to see it waits until the projection has passed the journal's end of now; the position is
//! read from the catalog, so it does not matter which server runs the projection.

use std::sync::Arc;
use std::time::Duration;

use domain::clock::Clock;
use domain::event::{Category, Event};
use domain::id::{EventId, ProjectId};
use domain::session::{ENDED, EndReason, IDLE_SECONDS};
use domain::time::Timestamp;
use tokio::time::{Instant, sleep};
use uuid::Uuid;

use crate::Error;
use crate::ingest::Ingest;
use crate::ports::catalog::{OpenSession, SessionStore};
use crate::ports::journal::Journal;

/// Namespace of the ids of ends that are concluded.
const NAMESPACE: Uuid = Uuid::from_u128(0x6f0f_a11e_7e4d_5c0a_9a3b_f007_fa11_0053);
/// The longest wait for the projection.
const MAX_WAIT: Duration = Duration::from_secs(2);
/// Between two looks at its position.
const LOOK_EVERY: Duration = Duration::from_millis(10);
/// Ends appended at once.
const BATCH: u32 = 1_000;

/// The use cases around sessions. The caller has authorised the sender.
pub struct SessionService {
    store: Arc<dyn SessionStore>,
    journal: Arc<dyn Journal>,
    ingest: Arc<Ingest>,
    clock: Arc<dyn Clock>,
}

/// Whether there is such a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SessionLookup {
    /// There is.
    Found,
    /// There is none, and nothing accepted so far begins one.
    NotFound,
    /// The projection is too far behind to tell.
    ProjectionLagging,
}

impl SessionService {
    /// Puts the parts together.
    pub fn new(
        store: Arc<dyn SessionStore>,
        journal: Arc<dyn Journal>,
        ingest: Arc<Ingest>,
        clock: Arc<dyn Clock>,
    ) -> Self {
        Self { store, journal, ingest, clock }
    }

    /// Whether a project knows a session: of this customer or of nobody when one is named, else of
    /// anybody. Considers everything accepted before the call.
    pub async fn lookup(
        &self,
        project: ProjectId,
        session_id: &str,
        user_id: Option<&str>,
    ) -> Result<SessionLookup, Error> {
        if self.store.is_known(project, session_id, user_id).await? {
            return Ok(SessionLookup::Found);
        }
        let is_caught_up = self.wait_for_projection().await?;
        if self.store.is_known(project, session_id, user_id).await? {
            return Ok(SessionLookup::Found);
        }
        Ok(if is_caught_up { SessionLookup::NotFound } else { SessionLookup::ProjectionLagging })
    }

    /// Waits until everything journaled before the call has reached the tables, 2 s at most. Whether
    /// it has.
    pub async fn wait_for_projection(&self) -> Result<bool, Error> {
        let end = self.journal.bounds().await?.next;
        let deadline = Instant::now() + MAX_WAIT;
        while self.store.position().await? < end {
            if Instant::now() >= deadline {
                return Ok(false);
            }
            sleep(LOOK_EVERY).await;
        }
        Ok(true)
    }

    /// Ends the sessions that have been silent for 30 minutes, at their last activity. Running it
    /// twice, or on two servers, appends each end once. Returns how many it concluded.
    ///
    /// The age of 24 hours needs no job: it follows from the activity itself, in the fold.
    pub async fn end_idle(&self) -> Result<usize, Error> {
        let mut count = 0;
        loop {
            let now = self.clock.now();
            let silent = self.store.idle(now.plus_seconds(-IDLE_SECONDS), BATCH).await?;
            count += silent.len();
            if !silent.is_empty() {
                let ends = silent.iter().map(|session| idle_end(session, now)).collect();
                self.ingest.append_server_events(ends).await?;
            }
            // The next look finds others once these have their end; else the next run goes on.
            if silent.len() < BATCH as usize || !self.wait_for_projection().await? {
                return Ok(count);
            }
        }
    }
}

/// The end of a session that fell silent. Its id tells which silence it ends.
fn idle_end(session: &OpenSession, now: Timestamp) -> Event {
    let OpenSession { project_id, user_id, session_id, last_activity_at } = session;
    let name =
        format!("idle\n{project_id}\n{session_id}\n{user_id}\n{}", last_activity_at.micros());
    let id = EventId(Uuid::new_v5(&NAMESPACE, name.as_bytes()));
    Event {
        received_at: now,
        session_id: Some(session_id.clone()),
        user_id: Some(user_id.clone()),
        properties: Some(format!(r#"{{"reason":"{}","inferred":true}}"#, EndReason::Idle.as_str())),
        ..Event::new(id, *project_id, Category::Session, ENDED, *last_activity_at)
    }
}

impl std::fmt::Debug for SessionService {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("SessionService").finish_non_exhaustive()
    }
}
