//! Taking events in: admit → validate → limit → enrich → scrub → suppress → append, a file each; `prepare`
//! holds them together.
//!
//! After [`Ingest::accept`] returns, everything is on disk. Every item of a known project is
//! accounted for in the journal: an accepted event, a duplicate, or a refusal with its reason.

mod admission;
mod batch;
mod clock_skew;
mod context;
mod enrich;
mod failed_event_budget;
mod key_limits;
mod keys;
mod limit;
mod page_cache;
mod policies;
mod prepare;
mod request;
mod scrub;
mod server_events;
mod suppression;
mod validate;
mod visitors;
mod widgets;

use std::sync::Arc;

use domain::clock::Clock;
use domain::id::{IdSource, ProjectId};
use domain::limits::{MAX_DETAIL_BYTES, cut};
use domain::money::Currency;
use domain::outcome::{Contract, RejectionReason};
use domain::time::Timestamp;

use crate::Error;
use crate::ports::catalog::{
    ApiKeyStore, ProjectSettingsStore, ProjectStore, RateLimitStore, SdkSettingsStore,
};
use crate::ports::geo::Geo;
use crate::ports::journal::Journal;
use crate::retention::RetentionFloors;

pub use admission::{AdmissionRejection, AdmittedSender};
pub use batch::Receipt;
pub use failed_event_budget::FailedEventBudget;
pub use keys::KeyDirectory;
pub use request::{Envelope, IncomingItem, Rejection, Sender};
pub use suppression::{IdentifierKey, SuppressionRegistry};
pub use visitors::DailyVisitors;
pub use widgets::{WidgetDirectory, WidgetDirectoryStore, WidgetEntry};

use admission::AddressLimits;
use clock_skew::SkewTable;
use context::Context;
use enrich::Enricher;
use page_cache::PageCache;
use policies::PolicyCache;

/// The ingest use case. One for a process.
pub struct Ingest {
    journal: Arc<dyn Journal>,
    keys: Arc<KeyDirectory>,
    limits: AddressLimits,
    enricher: Enricher,
    pages: PageCache,
    skews: SkewTable,
    budget: FailedEventBudget,
    suppressions: Arc<SuppressionRegistry>,
    visitors: Arc<DailyVisitors>,
    policies: PolicyCache,
    floors: Arc<RetentionFloors>,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn IdSource>,
}

/// What [`Ingest`] is made of.
pub struct Dependencies {
    /// Where events go.
    pub journal: Arc<dyn Journal>,
    /// Where keys are looked up.
    pub keys: Arc<KeyDirectory>,
    /// Where addresses are looked up.
    pub geo: Arc<dyn Geo>,
    /// Requests a minute one address may make; 0: no limit.
    pub address_limit_per_minute: u32,
    /// How much of refused events is kept.
    pub budget: FailedEventBudget,
    /// Who is refused.
    pub suppressions: Arc<SuppressionRegistry>,
    /// Who is known for a day.
    pub visitors: Arc<DailyVisitors>,
    /// Settings of projects: the query parameters to keep, for how long, and whether programs are
    /// bots.
    pub policies: Arc<dyn PolicyStore>,
    /// Instants before which projects have removed their events.
    pub floors: Arc<RetentionFloors>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Ids for events that come without one.
    pub ids: Arc<dyn IdSource>,
}

impl Ingest {
    /// Puts the parts together.
    pub fn new(parts: Dependencies) -> Result<Self, Error> {
        Ok(Self {
            journal: parts.journal,
            keys: parts.keys,
            limits: AddressLimits::new(parts.address_limit_per_minute),
            enricher: Enricher::new(parts.geo)?,
            pages: PageCache::default(),
            skews: SkewTable::default(),
            budget: parts.budget,
            suppressions: parts.suppressions,
            visitors: parts.visitors,
            policies: PolicyCache::new(parts.policies),
            floors: parts.floors,
            clock: parts.clock,
            ids: parts.ids,
        })
    }

    /// Takes a request's items in. Returns after every one of them, accepted or refused, is on disk.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when the journal cannot take the write: then nothing was promised, and
    /// sending the same request again is safe.
    pub async fn accept(
        &self,
        contract: Contract,
        admitted: &AdmittedSender,
        sender: Sender<'_>,
        envelope: Envelope,
        items: Vec<IncomingItem<'_>>,
    ) -> Result<Receipt, Error> {
        let mut context = self.context(admitted, sender, envelope).await;
        let mut batch = self.batch(admitted.project_id, contract, context.received_at, items.len());
        for (index, mut item) in items.into_iter().enumerate() {
            match prepare::event(&mut item, &mut context) {
                Ok(event) => batch.accept(&event)?,
                Err(rejection) => batch.refuse(index, rejection, item.raw)?,
            }
        }
        batch.append().await
    }

    /// What the stages need to know about a request.
    async fn context<'a>(
        &'a self,
        admitted: &AdmittedSender,
        sender: Sender<'_>,
        mut envelope: Envelope,
    ) -> Context<'a> {
        let received_at = self.clock.now();
        let rejection = envelope.check().err();
        if rejection.is_some() {
            (envelope.session_id, envelope.user_id) = (None, None);
        }
        let project = admitted.project_id;
        let session = envelope.session_id.as_deref();
        let policy = self.policies.of(project).await;
        let daily_visitor = || self.visitors.of(project, sender, received_at);
        Context {
            project_id: project,
            retention_days: policy.event_days(admitted.retention_days),
            floor: self.floors.current().of(project),
            received_at,
            offset_micros: self.skews.observe(project, session, envelope.sent_at, received_at),
            client: self.enricher.look_up(sender),
            daily_visitor: envelope.is_anonymous.then(daily_visitor).flatten(),
            enricher: &self.enricher,
            pages: &self.pages,
            policy,
            suppressed: self.suppressions.of(project),
            invalid: rejection,
            envelope,
            ids: &*self.ids,
            page: None,
            own_agent: None,
        }
    }

    /// The currency of a project's amounts that name none; none for the server's.
    pub async fn default_currency(&self, project: ProjectId) -> Option<Currency> {
        self.policies.of(project).await.default_currency.clone()
    }

    /// How far the clock of a visit's browser is behind ours, in microseconds.
    pub fn clock_offset_micros(
        &self,
        project: ProjectId,
        session_id: &str,
        sent_at: Option<Timestamp>,
    ) -> i64 {
        self.skews.observe(project, Some(session_id), sent_at, self.clock.now())
    }

    /// Accounts for a whole request that was refused, standing for `count` items.
    pub async fn refuse(
        &self,
        project_id: ProjectId,
        contract: Contract,
        reason: RejectionReason,
        detail: &str,
        count: u32,
        raw: &[u8],
    ) -> Result<(), Error> {
        let mut batch = self.batch(project_id, contract, self.clock.now(), 1);
        batch.refuse_all(reason, cut(detail.to_owned(), MAX_DETAIL_BYTES), count, raw)?;
        batch.append().await?;
        Ok(())
    }
}

impl std::fmt::Debug for Ingest {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Ingest").finish_non_exhaustive()
    }
}

/// What [`KeyDirectory`] reads from.
pub trait KeyDirectoryStore: ApiKeyStore + ProjectStore + RateLimitStore {}

impl<T: ApiKeyStore + ProjectStore + RateLimitStore> KeyDirectoryStore for T {}

/// Where projects say how their events are taken in.
pub trait PolicyStore: SdkSettingsStore + ProjectSettingsStore {}

impl<T: SdkSettingsStore + ProjectSettingsStore> PolicyStore for T {}
