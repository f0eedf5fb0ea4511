//! Session completion: calls that nobody ended get an inferred end, exactly one each.
//!
//! Nothing is deleted or rewritten: the end is an event of our own in the journal, with an id that
//! follows from the call, and the projection of calls takes it in like any other. Servers that share
//! a catalog claim each call there before they write its end; a claim that led to nothing within
//! [`CLAIM_SECONDS`] (its server died) is taken over, and leads to the same event.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::billing::{ORPHAN_AFTER_SECONDS, inferred_end, inferred_event};
use domain::clock::Clock;
use domain::id::{IdSource, ProjectId};
use domain::time::Timestamp;
use uuid::Uuid;

use crate::Error;
use crate::ingest::Ingest;
use crate::ports::catalog::{
    CallStore, CleanupCount, CleanupRun, CleanupRunStore, Orphan, OrphanClaim,
};
use crate::ports::journal::Journal;

/// A claim is given up after this long, in seconds.
const CLAIM_SECONDS: i64 = 120;
/// Calls looked at, claimed and completed together.
const PAGE: u32 = 1_000;
/// While calls are projected this far behind the journal, a real end may be waiting there.
const MAX_LAG_SECONDS: i64 = 60;
/// Runs are remembered for this long, in seconds.
const KEEP_RUNS_SECONDS: i64 = 90 * 86_400;

/// What session completion works with.
pub struct Dependencies {
    /// Where orphans are found.
    pub calls: Arc<dyn CallStore>,
    /// Where runs are noted.
    pub runs: Arc<dyn CleanupRunStore>,
    /// Where ends are written.
    pub ingest: Arc<Ingest>,
    /// What calls are projected from.
    pub journal: Arc<dyn Journal>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Ids of runs.
    pub ids: Arc<dyn IdSource>,
}

/// The use case. One for a process.
pub struct SessionCompletionService {
    parts: Dependencies,
    /// One run at a time: a second one would only find what the first has claimed.
    running: tokio::sync::Mutex<()>,
}

impl SessionCompletionService {
    /// Puts the parts together.
    pub fn new(parts: Dependencies) -> Self {
        Self { parts, running: tokio::sync::Mutex::new(()) }
    }

    /// Writes the missing ends, and notes what was done. The ends are on disk when this returns.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when a store is, or when calls are projected more than a minute behind
    /// the journal: then it is not known which calls have no end. Running again is always safe.
    pub async fn run(&self) -> Result<CleanupCount, Error> {
        let _running = self.running.lock().await;
        let Dependencies { clock, ids, runs, .. } = &self.parts;
        let now = clock.now();
        self.check_current(now).await?;
        let counts = self.complete(ids.next(now), now).await?;
        let mut total = CleanupCount::default();
        for count in counts.values() {
            total.checked += count.checked;
            total.completed += count.completed;
        }
        let run = CleanupRun { id: ids.next(now), started_at: now, count: total };
        let projects: Vec<(ProjectId, CleanupCount)> = counts.into_iter().collect();
        runs.record_run(&run, &projects).await?;
        runs.prune_runs(now.plus_seconds(-KEEP_RUNS_SECONDS)).await?;
        metrics::counter!("footfall_cleanup_runs_total").increment(1);
        metrics::counter!("footfall_cleanup_completed_total").increment(total.completed);
        Ok(total)
    }

    /// The latest runs with what they did for a project.
    pub async fn runs(&self, project: ProjectId, limit: u32) -> Result<Vec<CleanupRun>, Error> {
        Ok(self.parts.runs.runs(project, limit).await?)
    }

    /// The latest run of any server, with what it did for all projects together.
    pub async fn last_run(&self) -> Result<Option<CleanupRun>, Error> {
        Ok(self.parts.runs.last_run().await?)
    }

    /// Refuses to run while calls lag behind the journal.
    async fn check_current(&self, now: Timestamp) -> Result<(), Error> {
        let at = self.parts.calls.position().await?;
        let blocks = self.parts.journal.read(at, 1).await?;
        let oldest = blocks.iter().find(|block| block.end() > at);
        match oldest {
            Some(block) if now.micros_since(block.written_at) > MAX_LAG_SECONDS * 1_000_000 => {
                Err(Error::Unavailable {
                    what: "the table of calls",
                    cause: "it is not up to date with the journal yet".into(),
                })
            }
            _ => Ok(()),
        }
    }

    async fn complete(
        &self,
        claimant: Uuid,
        now: Timestamp,
    ) -> Result<BTreeMap<ProjectId, CleanupCount>, Error> {
        let calls = &self.parts.calls;
        let until = now.plus_seconds(-ORPHAN_AFTER_SECONDS);
        let stale = now.plus_seconds(-CLAIM_SECONDS);
        let mut counts: BTreeMap<ProjectId, CleanupCount> = BTreeMap::new();
        let mut after = None;
        loop {
            let orphans = calls.orphans(until, after, PAGE).await?;
            after = orphans.last().map(Orphan::cursor);
            let is_last = orphans.len() < PAGE as usize;
            for orphan in &orphans {
                counts.entry(orphan.project_id).or_default().checked += 1;
            }
            let claims = to_claim(orphans, now);
            let won = calls.claim(&claims, claimant, now, stale).await?;
            if !won.is_empty() {
                let events = won.iter().map(|claim| event(claim, now)).collect();
                self.parts.ingest.append_server_events(events).await?;
            }
            for claim in won {
                counts.entry(claim.orphan.project_id).or_default().completed += 1;
            }
            if is_last {
                return Ok(counts);
            }
        }
    }
}

/// The orphans whose end can be inferred now.
fn to_claim(orphans: Vec<Orphan>, now: Timestamp) -> Vec<OrphanClaim> {
    let claim = |orphan: Orphan| {
        let end = inferred_end(orphan.started_at, orphan.last_heartbeat_at, now)?;
        Some(OrphanClaim { orphan, end })
    };
    orphans.into_iter().filter_map(claim).collect()
}

fn event(OrphanClaim { orphan, end }: &OrphanClaim, now: Timestamp) -> domain::event::Event {
    let Orphan { project_id, widget_id, session_id, started_at, .. } = orphan;
    inferred_event(*project_id, *widget_id, session_id, *started_at, *end, now)
}

impl std::fmt::Debug for SessionCompletionService {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("SessionCompletionService").finish_non_exhaustive()
    }
}
