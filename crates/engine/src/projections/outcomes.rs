//! Projects outcomes and failed events into the catalog.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use domain::id::ProjectId;
use domain::outcome::Outcome;
use domain::time::Timestamp;

use super::{PollPolicy, Projection};
use crate::Error;
use crate::ports::catalog::{NewFailedEvent, OutcomeDelta, OutcomeStore};
use crate::ports::journal::{Block, Position, RecordBody};
use crate::project_zones::ProjectZones;
use crate::record::{self, Record, RejectedRecord};

/// Payload bytes of one transaction, about.
const MAX_BYTES: usize = 16 * 1024 * 1024;
/// Records of one transaction.
const FULL_BATCH: u64 = 100_000;

/// Counts outcomes and keeps failed events.
pub struct OutcomesProjection {
    accounts: Arc<dyn OutcomeStore>,
    zones: ProjectZones,
}

impl OutcomesProjection {
    /// A projection into `accounts`, by the days of these zones.
    pub fn new(accounts: Arc<dyn OutcomeStore>, zones: ProjectZones) -> Self {
        Self { accounts, zones }
    }

    /// The counts of each project by the days of its zone, as it is now.
    async fn by_day(&self, counts: Counts) -> Result<Vec<OutcomeDelta>, Error> {
        let mut days: BTreeMap<(ProjectId, i32, Outcome), u64> = BTreeMap::new();
        for ((project, received_at, outcome), count) in counts {
            let day = self.zones.of(project).await?.day(received_at);
            *days.entry((project, day, outcome)).or_default() += count;
        }
        let delta =
            |((project_id, day, outcome), count)| OutcomeDelta { project_id, day, outcome, count };
        Ok(days.into_iter().map(delta).collect())
    }
}

#[async_trait]
impl Projection for OutcomesProjection {
    fn name(&self) -> &'static str {
        "accounts"
    }

    fn pace(&self) -> PollPolicy {
        PollPolicy {
            interval: Duration::from_millis(500),
            gather: Duration::from_millis(20),
            max_bytes: MAX_BYTES,
            full_batch: FULL_BATCH,
        }
    }

    async fn position(&self) -> Result<Position, Error> {
        Ok(self.accounts.position().await?)
    }

    async fn apply(&self, blocks: &[Block], from: Position, to: Position) -> Result<(), Error> {
        let account = Account::of(blocks, from);
        let outcomes = self.by_day(account.counts).await?;
        Ok(self.accounts.apply(&outcomes, &account.failed, to).await?)
    }
}

/// Outcomes by project and time of receipt.
type Counts = BTreeMap<(ProjectId, Timestamp, Outcome), u64>;

#[derive(Default)]
struct Account {
    counts: Counts,
    failed: Vec<NewFailedEvent>,
}

impl Account {
    fn of(blocks: &[Block], from: Position) -> Self {
        let mut account = Self::default();
        for block in blocks {
            // By the journal's clock: events and duplicates of one block count alike.
            let at = block.written_at;
            for entry in block.records().filter(|entry| entry.position >= from) {
                let project = ProjectId(entry.owner);
                match entry.body {
                    RecordBody::Duplicate => account.add(project, at, Outcome::Duplicate, 1),
                    RecordBody::Payload(payload) => match record::decode(payload) {
                        Ok(Record::Event(_) | Record::Erased) => {
                            account.add(project, at, Outcome::Accepted, 1);
                        }
                        Ok(Record::Rejected(refused)) => {
                            account.refused(entry.position, at, refused);
                        }
                        Err(error) => {
                            metrics::counter!("footfall_unreadable_records_total").increment(1);
                            tracing::error!(position = entry.position, %error, "a journal record cannot be read; it is not accounted for");
                        }
                    },
                }
            }
        }
        account
    }

    fn add(&mut self, project: ProjectId, at: Timestamp, outcome: Outcome, count: u64) {
        *self.counts.entry((project, at, outcome)).or_default() += count;
    }

    fn refused(&mut self, position: Position, at: Timestamp, refused: RejectedRecord<'_>) {
        let outcome = Outcome::Rejected(refused.reason);
        self.add(refused.project_id, at, outcome, u64::from(refused.count));
        if let Some(bytes) = refused.bytes {
            self.failed.push(NewFailedEvent {
                position,
                project_id: refused.project_id,
                received_at: refused.received_at,
                contract: refused.contract,
                reason: refused.reason,
                detail: refused.detail.to_owned(),
                bytes: bytes.to_vec(),
            });
        }
    }
}
