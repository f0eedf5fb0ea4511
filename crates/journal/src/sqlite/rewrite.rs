//! Rewriting payloads in place, in steps between which appends go on.
//!
//! A rewritten block keeps its position, count, ids and time; its checksum is made anew. Each step is one
//! transaction, so a crash leaves every block either as it was or as it shall be.

use bytes::Bytes;
use domain::time::Timestamp;
use engine::ports::journal::{Block, Error, PayloadRewriter, Position, RecordBody, RecordHeader};
use rusqlite::{TransactionBehavior, params};
use tokio::sync::oneshot;

use super::format;
use super::store::{BlockStore, WriteError, signed};
use super::trim::release_free_pages;

/// Payload bytes looked at together.
pub(super) const READ_BYTES: usize = 8 * 1024 * 1024;

/// A step for the writer, and the channel for its result.
pub(super) struct Rewrite {
    pub(super) task: Task,
    pub(super) reply: oneshot::Sender<Result<bool, Error>>,
}

/// What a step does.
pub(super) enum Task {
    /// Stores these blocks in the place of those at their positions.
    Replace(Vec<RewrittenBlock>),
    /// Removes bytes that nothing refers to any more.
    Scrub,
}

/// Result of a step.
pub(super) enum RewriteProgress {
    /// These blocks are stored.
    Replaced(Vec<Block>),
    /// Some bytes are gone.
    Scrubbed {
        /// Whether all are.
        is_clean: bool,
    },
}

/// A block with other payloads.
pub(super) struct RewrittenBlock {
    first: Position,
    written_at: Timestamp,
    heads: Vec<RecordHeader>,
    payloads: Vec<u8>,
    /// Entries whose payload is another.
    pub(super) entries: u64,
}

/// The blocks that `edit` changes something in.
pub(super) fn revise(blocks: &[Block], edit: &PayloadRewriter) -> Vec<RewrittenBlock> {
    blocks.iter().map(|block| RewrittenBlock::of(block, edit)).filter(|it| it.entries > 0).collect()
}

impl RewrittenBlock {
    fn of(block: &Block, edit: &PayloadRewriter) -> Self {
        let mut revised = Self {
            first: block.first,
            written_at: block.written_at,
            heads: Vec::with_capacity(block.len()),
            payloads: Vec::with_capacity(block.payload_bytes()),
            entries: 0,
        };
        for record in block.records() {
            let payload = match record.body {
                RecordBody::Duplicate => None,
                RecordBody::Payload(old) => {
                    let new = edit(record.owner, old);
                    revised.entries += u64::from(new.is_some());
                    let start = revised.payloads.len();
                    revised.payloads.extend_from_slice(new.as_deref().unwrap_or(old));
                    Some(start..revised.payloads.len())
                }
            };
            revised.heads.push(RecordHeader { owner: record.owner, id: record.id, payload });
        }
        revised
    }
}

impl Task {
    /// Takes the step.
    pub(super) fn step(self, store: &mut BlockStore) -> Result<RewriteProgress, WriteError> {
        match self {
            Self::Replace(blocks) => replace(store, blocks).map(RewriteProgress::Replaced),
            Self::Scrub if !release_free_pages(&store.connection)? => {
                Ok(RewriteProgress::Scrubbed { is_clean: false })
            }
            Self::Scrub => {
                store.empty_log()?;
                Ok(RewriteProgress::Scrubbed { is_clean: true })
            }
        }
    }
}

fn replace(store: &mut BlockStore, blocks: Vec<RewrittenBlock>) -> Result<Vec<Block>, WriteError> {
    let BlockStore { connection, compressor, .. } = store;
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let mut stored = Vec::with_capacity(blocks.len());
    for RewrittenBlock { first, written_at, heads, payloads, .. } in blocks {
        let (position, count) = (signed(first), signed(heads.len() as u64));
        let bytes = format::encode(&heads, &payloads, compressor)?;
        let checksum = format::checksum(position, count, written_at.micros(), &bytes);
        // A block that was trimmed meanwhile is not there to be replaced.
        transaction
            .prepare_cached(
                "UPDATE blocks SET crc32c = ?3, block = ?4 WHERE position = ?1 AND count = ?2",
            )?
            .execute(params![position, count, checksum, bytes])?;
        let block = Block::new(first, written_at, heads, Bytes::from(payloads))
            .ok_or_else(|| std::io::Error::other("its payloads do not fit"))?;
        stored.push(block);
    }
    transaction.commit()?;
    Ok(stored)
}
