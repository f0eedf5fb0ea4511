//! Conformance suite of journals.
//!
//! A provider writes a [`Harness`] and calls [`crate::journal_conformance!`], which makes one test of
//! each claim below, and [`model::agrees`], which compares the journal with a model over random
//! operations.

use std::sync::Arc;

use domain::time::Timestamp;
use engine::ports::journal::{Batch, Block, Journal, Position, RecordBody};
use uuid::Uuid;

use crate::clock::ManualClock;

pub mod appending;
pub mod model;
pub mod reading;
pub mod rewriting;
pub mod trimming;

/// A journal under test. Its dedup window must be 7 days.
pub trait Harness {
    /// The journal.
    fn journal(&self) -> Arc<dyn Journal>;

    /// The clock it was opened with.
    fn clock(&self) -> &ManualClock;

    /// Closes the journal and opens it again from what it stored; `false` when the provider stores
    /// nothing. Nobody else may hold it.
    fn reopen(&mut self) -> bool;
}

/// Makes one `#[tokio::test]` of each claim of the suite; `$harness` gives a fresh [`Harness`].
#[macro_export]
macro_rules! journal_conformance {
    ($harness:expr) => {
        $crate::journal_conformance!($harness;
            appending: an_empty_journal_begins_at_zero,
            appending: positions_grow_by_one_for_each_entry,
            appending: an_empty_batch_stores_nothing,
            appending: an_id_is_delivered_once_within_a_batch_and_across_batches,
            appending: entries_without_an_id_are_never_duplicates,
            appending: an_id_is_remembered_for_the_window_and_then_forgotten,
            appending: racing_appends_store_each_id_once,
            reading: records_come_back_as_appended,
            reading: reading_from_the_middle_of_a_block_gives_that_block,
            reading: reading_at_or_past_the_end_gives_nothing,
            reading: max_bytes_bounds_a_read_but_at_least_one_block_comes,
            reading: the_tail_is_the_readable_end,
            reading: blocks_carry_the_time_they_were_written,
            reading: reopening_keeps_records_ids_and_positions,
            trimming: a_trim_removes_whole_blocks_before_the_position,
            trimming: a_trim_keeps_blocks_that_are_not_old_enough,
            trimming: trimming_everything_keeps_counting,
            trimming: reading_before_the_first_kept_position_starts_there,
            trimming: trimmed_payloads_leave_their_ids_behind,
            rewriting: a_rewriting_puts_other_payloads_in_the_place_of_some,
            rewriting: what_was_rewritten_stays_so_across_a_restart,
            rewriting: ids_of_rewritten_entries_are_still_known,
            rewriting: appends_go_on_while_a_rewriting_is_under_way,
        );
    };
    ($harness:expr; $($module:ident: $claim:ident),+ $(,)?) => {$(
        #[tokio::test]
        async fn $claim() {
            $crate::conformance::journal::$module::$claim(&mut $harness).await;
        }
    )+};
}

/// An entry as the suite thinks of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expected {
    /// Where it stands.
    pub position: Position,
    /// Whose it is.
    pub owner: Uuid,
    /// Its id.
    pub id: Option<Uuid>,
    /// Its payload; none for a duplicate.
    pub payload: Option<Vec<u8>>,
}

/// The UUID of this number.
pub fn uuid(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

/// A batch of owner 1 with these ids; the payload of each is its number in the batch as text.
pub fn batch_of_ids(ids: &[u128]) -> Batch {
    let mut batch = Batch::default();
    for (index, id) in ids.iter().enumerate() {
        batch.push(uuid(1), Some(uuid(*id)), index.to_string().as_bytes());
    }
    batch
}

/// A batch of owner 1 with these payloads and no ids.
pub fn batch_of(payloads: &[&[u8]]) -> Batch {
    let mut batch = Batch::default();
    for payload in payloads {
        batch.push(uuid(1), None, payload);
    }
    batch
}

/// The records of these blocks.
pub fn records(blocks: &[Block]) -> Vec<Expected> {
    let of = |block: &Block| {
        block
            .records()
            .map(|record| Expected {
                position: record.position,
                owner: record.owner,
                id: record.id,
                payload: match record.body {
                    RecordBody::Payload(bytes) => Some(bytes.to_vec()),
                    RecordBody::Duplicate => None,
                },
            })
            .collect::<Vec<_>>()
    };
    blocks.iter().flat_map(of).collect()
}

/// Everything from `from` on, read in steps of about `max_bytes`.
pub async fn read_all(journal: &dyn Journal, from: Position, max_bytes: usize) -> Vec<Block> {
    let (mut at, mut all) = (from, Vec::new());
    loop {
        let blocks = journal.read(at, max_bytes).await.unwrap();
        let Some(last) = blocks.last() else { return all };
        at = last.end();
        all.extend(blocks);
    }
}

/// A time no block was written at or after.
pub const END_OF_TIME: Timestamp = Timestamp::from_micros(i64::MAX);
