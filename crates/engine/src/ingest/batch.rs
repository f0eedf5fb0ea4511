//! The journal batch of one request, and the receipt for it.

use std::collections::BTreeMap;

use domain::event::{Category, EventRef};
use domain::id::ProjectId;
use domain::outcome::{Contract, IndexedRejection, RejectionReason};
use domain::time::Timestamp;

use super::{Ingest, Rejection};
use crate::Error;
use crate::ports::journal::Batch;
use crate::record::{self, RejectedRecord};

/// Bytes a journaled event takes about, to size buffers.
const TYPICAL_RECORD_BYTES: usize = 512;
/// Refusals of one request that are recorded one by one, with what was refused. More of them are counted
/// by reason: a request of thousands of bad items writes little more than one of a hundred.
const MAX_RECORDED_REJECTIONS: usize = 100;

/// What became of a request's items.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Receipt {
    /// Categories of the items that are stored now, each as often as it occurred; duplicates count,
    /// since what they name is stored.
    pub stored: Vec<Category>,
    /// Of these, how many had been stored before.
    pub duplicates: usize,
    /// The items that were refused.
    pub refused: Vec<IndexedRejection>,
}

/// What a request leaves in the journal.
pub(super) struct RequestBatch<'a> {
    ingest: &'a Ingest,
    project_id: ProjectId,
    contract: Contract,
    received_at: Timestamp,
    entries: Batch,
    receipt: Receipt,
    /// Refusals beyond those recorded one by one.
    counted: BTreeMap<RejectionReason, u32>,
}

impl Ingest {
    /// An empty batch with room for `items`.
    pub(super) fn batch(
        &self,
        project_id: ProjectId,
        contract: Contract,
        received_at: Timestamp,
        items: usize,
    ) -> RequestBatch<'_> {
        RequestBatch {
            ingest: self,
            project_id,
            contract,
            received_at,
            entries: Batch::with_capacity(items, items * TYPICAL_RECORD_BYTES),
            receipt: Receipt { stored: Vec::with_capacity(items), ..Receipt::default() },
            counted: BTreeMap::new(),
        }
    }
}

impl RequestBatch<'_> {
    /// Adds an event.
    pub(super) fn accept(&mut self, event: &EventRef<'_>) -> Result<(), Error> {
        push_event(&mut self.entries, event)?;
        self.receipt.stored.push(event.category);
        Ok(())
    }

    /// Adds the refusal of an item, whose bytes are `raw`.
    pub(super) fn refuse(
        &mut self,
        index: usize,
        Rejection { reason, detail }: Rejection,
        raw: &[u8],
    ) -> Result<(), Error> {
        if self.receipt.refused.len() < MAX_RECORDED_REJECTIONS {
            self.push_rejection(reason, &detail, 1, raw)?;
        } else {
            *self.counted.entry(reason).or_default() += 1;
        }
        self.receipt.refused.push(IndexedRejection { index, reason, detail });
        Ok(())
    }

    /// Adds the refusal of a whole request, which stands for `count` items.
    pub(super) fn refuse_all(
        &mut self,
        reason: RejectionReason,
        detail: String,
        count: u32,
        raw: &[u8],
    ) -> Result<(), Error> {
        self.push_rejection(reason, &detail, count, raw)?;
        self.receipt.refused.push(IndexedRejection { index: 0, reason, detail });
        Ok(())
    }

    /// Appends the batch to the journal; returns after it is on disk.
    pub(super) async fn append(mut self) -> Result<Receipt, Error> {
        for (reason, count) in std::mem::take(&mut self.counted) {
            let detail = "more of the same request, not recorded one by one";
            self.push_rejection(reason, detail, count, &[])?;
        }
        let appended = self.ingest.journal.append(self.entries).await?;
        Ok(Receipt { duplicates: appended.duplicates.len(), ..self.receipt })
    }

    fn push_rejection(
        &mut self,
        reason: RejectionReason,
        detail: &str,
        count: u32,
        raw: &[u8],
    ) -> Result<(), Error> {
        let (project_id, received_at) = (self.project_id, self.received_at);
        let keep = reason.is_worth_keeping()
            && !raw.is_empty()
            && !self.ingest.suppressions.of(project_id).is_some_and(|it| it.is_mentioned_in(raw))
            && self.ingest.budget.try_reserve(project_id, raw.len(), received_at);
        let refused = RejectedRecord {
            project_id,
            received_at,
            contract: self.contract,
            reason,
            detail,
            count,
            bytes: keep.then_some(raw),
        };
        self.entries
            .push_with(project_id.0, None, |buffer| record::encode_rejected(&refused, buffer))
            .map_err(Error::internal)
    }
}

/// Adds an event to a batch.
pub(super) fn push_event(batch: &mut Batch, event: &EventRef<'_>) -> Result<(), Error> {
    batch
        .push_with(event.project_id.0, Some(event.id.0), |buffer| {
            record::encode_event(event, buffer)
        })
        .map_err(Error::internal)
}
