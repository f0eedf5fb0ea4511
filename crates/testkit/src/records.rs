//! Decodes a journal's records for tests.

use domain::event::Event;
use domain::outcome::RejectionReason;
use engine::ports::journal::{Block, Journal, RecordBody};
use engine::record::{self, Record};

/// A [`Record`] with values of its own.
#[derive(Debug, Clone, PartialEq)]
pub enum OwnedRecord {
    /// An accepted event.
    Event(Box<Event>),
    /// Items that were refused.
    Refused {
        /// Why.
        reason: RejectionReason,
        /// What was wrong.
        detail: String,
        /// How many items this stands for.
        count: u32,
        /// The bytes as received, if kept.
        bytes: Option<Vec<u8>>,
    },
    /// What an erasure left of an event.
    Erased,
}

/// Every entry of a journal in order; none for a duplicate.
///
/// # Panics
/// When the journal cannot be read, or holds what is no record.
pub async fn records(journal: &dyn Journal) -> Vec<Option<OwnedRecord>> {
    let blocks = journal.read(0, usize::MAX).await.expect("the journal can be read");
    let entries = blocks.iter().flat_map(Block::records);
    let owned = |payload| match record::decode(payload).expect("a record") {
        Record::Event(event) => {
            OwnedRecord::Event(Box::new(event.decode().expect("an event").owned()))
        }
        Record::Rejected(refused) => OwnedRecord::Refused {
            reason: refused.reason,
            detail: refused.detail.to_owned(),
            count: refused.count,
            bytes: refused.bytes.map(<[u8]>::to_vec),
        },
        Record::Erased => OwnedRecord::Erased,
    };
    entries
        .map(|entry| match entry.body {
            RecordBody::Payload(payload) => Some(owned(payload)),
            RecordBody::Duplicate => None,
        })
        .collect()
}

/// The accepted events of a journal in order.
///
/// # Panics
/// As [`records`] does.
pub async fn events(journal: &dyn Journal) -> Vec<Event> {
    let records = records(journal).await.into_iter().flatten();
    records
        .filter_map(|record| match record {
            OwnedRecord::Event(event) => Some(*event),
            OwnedRecord::Refused { .. } | OwnedRecord::Erased => None,
        })
        .collect()
}
