//! A person's right to see what is known of them, and to be forgotten.
//!
//! An erasure is a row of the catalog's ledger, which is also its receipt. Asking for one stores it
//! with keyed digests of what the person is known by; from then on their events are refused. The rest
//! is done by [`PrivacyService::run`], step by step (`steps`), each of which can be taken again, so that a
//! crash delays an erasure and never loses one. `docs/adr/0009` says why it is done in this order.

mod export;
mod resolve;
mod steps;

use std::sync::Arc;

use domain::clock::Clock;
use domain::erasure::{ErasureId, ErasureState, Identifiers};
use domain::id::{IdSource, ProjectId};
use domain::limits::MAX_ID_BYTES;
use domain::random::RandomSource;
use domain::time::Timestamp;

use crate::Error;
use crate::ingest::{IdentifierKey, SuppressionRegistry};
use crate::ports::catalog::{
    Actor, Erasure, ErasureCounts, ErasureStore, IdentifierDigest, SubjectStore, SuppressionStore,
};
use crate::ports::journal::Journal;
use crate::ports::lake::LakeSubjects;
use crate::projections::Projection;
use crate::recordings::RecordingService;

pub use export::SubjectExport;

/// Receipts of a page at most.
const MAX_LIMIT: u32 = 1_000;

/// What privacy works with.
pub struct Dependencies {
    /// Where erasures are noted.
    pub ledger: Arc<dyn ErasureStore>,
    /// Where digests are kept.
    pub digests: Arc<dyn SuppressionStore>,
    /// The catalog's tables.
    pub catalog: Arc<dyn SubjectStore>,
    /// What was recorded of visits.
    pub recordings: Arc<RecordingService>,
    /// The lake's files.
    pub lake: Arc<dyn LakeSubjects>,
    /// Where everything comes from.
    pub journal: Arc<dyn Journal>,
    /// Everything that reads the journal.
    pub projections: Vec<Arc<dyn Projection>>,
    /// What ingest looks at.
    pub suppressions: Arc<SuppressionRegistry>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Ids of erasures.
    pub ids: Arc<dyn IdSource>,
    /// Keys of digests.
    pub random: Arc<dyn RandomSource>,
    /// After this, requests that were under way when an erasure began have ended, and all is swept once more.
    pub second_sweep_seconds: i64,
}

/// The use cases. The caller has authorised the member.
pub struct PrivacyService {
    parts: Dependencies,
    /// One run at a time: a second one would take the same steps.
    running: tokio::sync::Mutex<()>,
}

impl PrivacyService {
    /// Puts the parts together.
    pub fn new(parts: Dependencies) -> Self {
        Self { parts, running: tokio::sync::Mutex::new(()) }
    }

    /// Begins to forget a person, named by user id or e-mail, known or not. When this returns their
    /// events are refused here, and within seconds by every process. While an erasure of them is under
    /// way, that one is answered.
    ///
    /// # Errors
    /// [`Error::Conflict`] when other servers with journals of their own share the catalog: what they
    /// took in is out of reach here, so a receipt would not be true.
    pub async fn erase(
        &self,
        project: ProjectId,
        subject: &str,
        actor: &Actor,
    ) -> Result<Erasure, Error> {
        let Dependencies { ledger, catalog, journal, suppressions, clock, ids, .. } = &self.parts;
        let named = Identifiers::of_subject(checked(subject)?);
        self.reach_everything().await?;
        let known = catalog.resolve_identifiers(project, &named).await?;
        // Browsers and sessions are refused when it is known that nobody else uses them.
        let certain = Identifiers { user_ids: known.user_ids, emails: known.emails, ..named };
        let digests = self.digests(project, &certain).await?;
        let now = clock.now();
        let id = ErasureId(ids.next(now));
        let erasure = Erasure {
            id,
            project_id: project,
            requested_at: now,
            requested_by_kind: actor.kind,
            requested_by: actor.id,
            state: ErasureState::Requested,
            identifiers: Some(certain),
            digests: digests.len() as u64,
            waits_for: journal.bounds().await?.next,
            counts: ErasureCounts::default(),
            leftovers: Vec::new(),
            unreadable_at: None,
            gone_at: None,
            lifted_at: None,
        };
        let mut begun = ledger.begin_erasure(erasure, &digests).await?;
        suppressions.refresh().await?;
        if begun.id == id {
            // What was accepted before the refusals began lies before this.
            begun.waits_for = journal.bounds().await?.next;
            ledger.advance_erasure(&begun, &[]).await?;
        }
        tracing::info!(erasure = %begun.id, "an erasure was asked for");
        Ok(begun)
    }

    /// A project's erasures, latest first.
    pub async fn erasures(
        &self,
        project: ProjectId,
        before: Option<(Timestamp, ErasureId)>,
        limit: u32,
    ) -> Result<Vec<Erasure>, Error> {
        Ok(self.parts.ledger.erasures(project, before, limit.clamp(1, MAX_LIMIT)).await?)
    }

    /// One erasure.
    pub async fn erasure(&self, project: ProjectId, id: ErasureId) -> Result<Erasure, Error> {
        let found = self.parts.ledger.erasure(project, id).await?;
        found.ok_or(Error::NotFound("erasure"))
    }

    /// Admits a person's events again, who has come back and consented anew.
    ///
    /// # Errors
    /// [`Error::Conflict`] while the erasure is under way.
    pub async fn lift(&self, project: ProjectId, id: ErasureId) -> Result<Erasure, Error> {
        let erasure = self.erasure(project, id).await?;
        if erasure.state != ErasureState::Gone {
            return Err(Error::Conflict("the erasure is still in progress".to_owned()));
        }
        let now = self.parts.clock.now();
        let lifted = self.parts.ledger.lift_erasure(project, id, now).await?;
        self.parts.suppressions.refresh().await?;
        lifted.ok_or(Error::NotFound("erasure"))
    }

    /// Fails unless every journal that fills the catalog is this server's.
    async fn reach_everything(&self) -> Result<(), Error> {
        match self.parts.ledger.other_journals().await? {
            0 => Ok(()),
            others => Err(Error::Conflict(format!(
                "other servers share the catalog (their journals: {others}), and their events cannot be \
                 erased from here: retire them with their data folders and remove them from the \
                 catalog, as docs/recipes/retire-a-server.md describes, then try again"
            ))),
        }
    }

    /// A project's key for digests.
    async fn key(&self, project: ProjectId) -> Result<IdentifierKey, Error> {
        let random = self.parts.random.bytes();
        let (candidate, _) = random.split_first_chunk().ok_or_else(|| Error::internal("bytes"))?;
        IdentifierKey::new(&self.parts.digests.erasure_secret(project, *candidate).await?)
    }

    async fn digests(
        &self,
        project: ProjectId,
        identifiers: &Identifiers,
    ) -> Result<Vec<IdentifierDigest>, Error> {
        let key = self.key(project).await?;
        Ok(identifiers.all().map(|(kind, text)| key.digest(kind, text)).collect())
    }
}

/// What can name a person.
fn checked(subject: &str) -> Result<&str, Error> {
    let subject = subject.trim();
    if subject.is_empty() || subject.len() > MAX_ID_BYTES {
        return Err(Error::invalid(
            "subject",
            format!("subject must be a user id or an e-mail of at most {MAX_ID_BYTES} bytes"),
        ));
    }
    Ok(subject)
}

impl std::fmt::Debug for PrivacyService {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("PrivacyService").finish_non_exhaustive()
    }
}
