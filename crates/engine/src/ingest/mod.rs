//! Taking events in: admit → validate → filter → enrich → scrub → limit → append.
//!
//! What [`Ingest::accept`] has returned is on disk. Whatever a sender's project is known for is
//! accounted for in the journal: an accepted event, a duplicate, or a refusal with its reason.

mod admission;
mod enrich;
mod keys;
mod own;
mod parameters;
mod prepare;
mod refusals;
mod request;
mod skew;
mod suppression;
mod visitors;
mod widgets;

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::clock::Clock;
use domain::event::{Category, Event};
use domain::id::{IdSource, ProjectId};
use domain::limits::{MAX_DETAIL_BYTES, cut};
use domain::outcome::{Contract, Reason, Refusal};
use domain::time::Timestamp;
use uuid::Uuid;

use crate::Error;
use crate::ports::catalog::{ApiKeys, Projects, SdkSettingsStore};
use crate::ports::geo::Geo;
use crate::ports::journal::{Batch, Journal};
use crate::record::{self, Refused};

pub use admission::{Admitted, Denied, Limits};
pub use keys::KeyDirectory;
pub use refusals::FailedBudget;
pub use request::{Envelope, Incoming, Invalid, Sender};
pub use suppression::{IdentifierKey, SuppressionLists};
pub use visitors::DailyVisitors;
pub use widgets::{WidgetDirectory, WidgetEntry};

use enrich::Enricher;
use parameters::ParameterLists;
use prepare::Context;
use skew::SkewTable;

/// Bytes a journaled event takes about, to size buffers.
const TYPICAL_RECORD_BYTES: usize = 512;
/// Refusals of one request that are recorded one by one, with what was refused. More of them are counted
/// by reason: a request of thousands of bad items writes little more than one of a hundred.
const MAX_RECORDED_REFUSALS: usize = 100;

/// What became of a request's items.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Receipt {
    /// Categories of the items that are stored now, each as often as it occurred; duplicates count,
    /// since what they name is stored.
    pub stored: Vec<Category>,
    /// Of these, how many had been stored before.
    pub duplicates: usize,
    /// The items that were refused.
    pub refused: Vec<Refusal>,
}

/// What a refusal is accounted for under.
#[derive(Clone, Copy)]
struct Refusing {
    project_id: ProjectId,
    contract: Contract,
    received_at: Timestamp,
}

/// The ingest use case. One for a process.
pub struct Ingest {
    journal: Arc<dyn Journal>,
    keys: Arc<KeyDirectory>,
    limits: Limits,
    enricher: Enricher,
    skews: SkewTable,
    budget: FailedBudget,
    suppressions: Arc<SuppressionLists>,
    visitors: Arc<DailyVisitors>,
    parameters: ParameterLists,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn IdSource>,
}

/// What [`Ingest`] is made of.
pub struct Parts {
    /// Where events go.
    pub journal: Arc<dyn Journal>,
    /// Where keys are looked up.
    pub keys: Arc<KeyDirectory>,
    /// Where addresses are looked up.
    pub geo: Arc<dyn Geo>,
    /// Requests a minute one address may make; 0: no limit.
    pub address_limit_per_minute: u32,
    /// How much of refused events is kept.
    pub budget: FailedBudget,
    /// Who is refused.
    pub suppressions: Arc<SuppressionLists>,
    /// Who is known for a day.
    pub visitors: Arc<DailyVisitors>,
    /// Where projects say which query parameters are kept.
    pub sdk_settings: Arc<dyn SdkSettingsStore>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Ids for events that come without one.
    pub ids: Arc<dyn IdSource>,
}

impl Ingest {
    /// Puts the parts together.
    pub fn new(parts: Parts) -> Result<Self, Error> {
        Ok(Self {
            journal: parts.journal,
            keys: parts.keys,
            limits: Limits::new(parts.address_limit_per_minute),
            enricher: Enricher::new(parts.geo)?,
            skews: SkewTable::default(),
            budget: parts.budget,
            suppressions: parts.suppressions,
            visitors: parts.visitors,
            parameters: ParameterLists::new(parts.sdk_settings),
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
        admitted: &Admitted,
        sender: Sender<'_>,
        mut envelope: Envelope,
        items: Vec<Incoming<'_>>,
    ) -> Result<Receipt, Error> {
        let received_at = self.clock.now();
        let checked = envelope.check();
        if checked.is_err() {
            (envelope.session_id, envelope.user_id) = (None, None);
        }
        let mut context = Context {
            project_id: admitted.project_id,
            retention_days: admitted.retention_days,
            received_at,
            offset_micros: self.skews.observe(
                admitted.project_id,
                envelope.session_id.as_deref(),
                envelope.sent_at,
                received_at,
            ),
            client: self.enricher.look_up(sender),
            daily_visitor: envelope
                .is_anonymous
                .then(|| self.visitors.of(admitted.project_id, sender, received_at))
                .flatten(),
            enricher: &self.enricher,
            parameters: self.parameters.of(admitted.project_id).await,
            envelope,
            ids: &*self.ids,
            last_page: None,
        };
        let suppressed = self.suppressions.of(admitted.project_id);
        let admit = |event: Event| match &suppressed {
            Some(list) if list.refuses(&event) => Err(Invalid::erased()),
            _ => Ok(event),
        };
        let mut batch = Batch::with_capacity(items.len(), items.len() * TYPICAL_RECORD_BYTES);
        let mut receipt = Receipt { stored: Vec::with_capacity(items.len()), ..Receipt::default() };
        let refusing = Refusing { project_id: admitted.project_id, contract, received_at };
        let mut counted = BTreeMap::<Reason, u32>::new();
        for (index, item) in items.into_iter().enumerate() {
            let event = checked.clone().and(item.event);
            let prepared = event.and_then(|event| prepare::event(event, &mut context));
            match prepared.and_then(admit) {
                Ok(event) => {
                    let owner = event.project_id.0;
                    batch
                        .push_with(owner, Some(dedup_id(owner, event.id.0)), |buffer| {
                            record::write_event(&event, buffer)
                        })
                        .map_err(Error::internal)?;
                    receipt.stored.push(event.category);
                }
                Err(Invalid { reason, detail }) => {
                    let refusal = Refusal { index, reason, detail };
                    if receipt.refused.len() < MAX_RECORDED_REFUSALS {
                        self.journal_refusal(&mut batch, refusing, &refusal, 1, item.raw)?;
                    } else {
                        *counted.entry(reason).or_default() += 1;
                    }
                    receipt.refused.push(refusal);
                }
            }
        }
        for (reason, count) in counted {
            let detail = "more of the same request, not recorded one by one".to_owned();
            let refusal = Refusal { index: MAX_RECORDED_REFUSALS, reason, detail };
            self.journal_refusal(&mut batch, refusing, &refusal, count, &[])?;
        }
        receipt.duplicates = self.journal.append(batch).await?.duplicates.len();
        Ok(receipt)
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
        reason: Reason,
        detail: &str,
        count: u32,
        raw: &[u8],
    ) -> Result<(), Error> {
        let mut batch = Batch::default();
        let detail = cut(detail.to_owned(), MAX_DETAIL_BYTES);
        let refusal = Refusal { index: 0, reason, detail };
        let refusing = Refusing { project_id, contract, received_at: self.clock.now() };
        self.journal_refusal(&mut batch, refusing, &refusal, count, raw)?;
        self.journal.append(batch).await?;
        Ok(())
    }

    fn journal_refusal(
        &self,
        batch: &mut Batch,
        Refusing { project_id, contract, received_at }: Refusing,
        refusal: &Refusal,
        count: u32,
        raw: &[u8],
    ) -> Result<(), Error> {
        let keep = refusal.reason.is_worth_keeping()
            && !raw.is_empty()
            && !self.suppressions.of(project_id).is_some_and(|list| list.is_mentioned_in(raw))
            && self.budget.take(project_id, raw.len(), received_at);
        let refused = Refused {
            project_id,
            received_at,
            contract,
            reason: refusal.reason,
            detail: refusal.detail.clone(),
            count,
            bytes: keep.then(|| raw.to_vec()),
        };
        batch
            .push_with(project_id.0, None, |buffer| record::write_refused(refused, buffer))
            .map_err(Error::internal)
    }
}

impl std::fmt::Debug for Ingest {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Ingest").finish_non_exhaustive()
    }
}

/// By what the journal knows an event again. Ids are the senders' own: the same one in two projects
/// names two events. The first bytes stay, since they order `UUIDv7` by time, which keeps the journal's
/// index cheap.
fn dedup_id(project: Uuid, id: Uuid) -> Uuid {
    let mut bytes = *Uuid::new_v5(&project, id.as_bytes()).as_bytes();
    bytes[..6].copy_from_slice(&id.as_bytes()[..6]);
    Uuid::from_bytes(bytes)
}

/// What [`KeyDirectory`] reads from.
pub trait KeyStore: ApiKeys + Projects {}

impl<T: ApiKeys + Projects> KeyStore for T {}
