//! The journal: bytes in, bytes out, in order, each id once.
//!
//! # Contract
//!
//! - **Durability.** When [`Journal::append`] returns `Ok`, the batch has reached the disk: the
//!   file system has reported a completed `fdatasync` that covers it. After an error the caller must
//!   assume nothing: the batch may or may not be stored, and sending it again is always safe for
//!   entries that carry an id.
//! - **Order.** Positions begin at 0, grow by one for each entry and are never given twice, also
//!   across restarts and trims. The entries of one batch have consecutive positions in their order.
//! - **Atomicity.** A batch is stored whole or not at all.
//! - **Ids once.** An entry whose id its owner stored within the last dedup window (by the journal's clock)
//!   is stored as a [`RecordBody::Duplicate`] without its payload: it takes a position, so that what was
//!   received can be counted, but its payload is delivered once. This holds within one batch, over
//!   concurrent batches and across restarts. Entries without an id are never duplicates.
//! - **Reading.** Records come back exactly as appended, in the order of their positions. Reading
//!   never waits and never sees an entry whose append has not returned or failed. A block whose
//!   checksum does not match is not delivered: [`Journal::read`] passes over it, and
//!   [`Bounds::quarantined`] counts its entries.
//! - **Rewriting.** [`Journal::rewrite`] puts other payloads in the place of stored ones; positions, ids,
//!   owners and times stay. When it returns, the old payloads are delivered to nobody and their bytes lie
//!   in no file of the journal, not even those of blocks that were trimmed. When it fails, some may have
//!   been rewritten, and doing it again is always safe. Appends and reads go on meanwhile.
//! - **Trouble.** A full disk or an I/O error makes `append` answer [`Error::Unavailable`]; nothing
//!   stored before is harmed, reads go on, and appends succeed again as soon as the cause is gone.
//!   The same answer comes when more is waiting than the journal is willing to queue.
//! - **Edges.** An empty batch is appended at once and stores nothing. Reading at or past the end
//!   gives no block. Reading before the first kept position starts at the first kept position.
//!   Trimming past the end removes everything and keeps counting positions from where they were.

use std::ops::Range;
use std::sync::Arc;

use async_trait::async_trait;
use bytes::Bytes;
use domain::time::Timestamp;
use tokio::sync::watch;
use uuid::Uuid;

/// A place in the journal: the number of entries before it.
pub type Position = u64;

/// Why the journal could not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// It cannot take the write now; trying again later can succeed.
    #[error("the journal cannot take the write: {reason}")]
    Unavailable {
        /// What is wrong, for the log.
        reason: String,
    },
    /// Its stored form is not what this version writes, or the file cannot be used at all.
    #[error("the journal cannot be used")]
    Broken(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// Entries to append together. The payloads lie in one buffer so that a batch costs few allocations.
#[derive(Debug, Default, Clone)]
pub struct Batch {
    buffer: Vec<u8>,
    entries: Vec<Entry>,
}

/// One entry of a [`Batch`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Whose it is; opaque to the journal.
    pub owner: Uuid,
    /// Names the entry among its owner's, for deduplication; none: never a duplicate.
    pub id: Option<Uuid>,
    /// Where its payload lies in the batch's buffer.
    pub payload: Range<usize>,
}

impl Batch {
    /// An empty batch with room for `payload_bytes`.
    pub fn with_capacity(entries: usize, payload_bytes: usize) -> Self {
        Self { buffer: Vec::with_capacity(payload_bytes), entries: Vec::with_capacity(entries) }
    }

    /// Adds an entry with this payload.
    pub fn push(&mut self, owner: Uuid, id: Option<Uuid>, payload: &[u8]) {
        let start = self.buffer.len();
        self.buffer.extend_from_slice(payload);
        self.entries.push(Entry { owner, id, payload: start..self.buffer.len() });
    }

    /// Adds an entry whose payload `write` appends to the buffer it is given. Nothing is added when
    /// `write` fails.
    pub fn push_with<E>(
        &mut self,
        owner: Uuid,
        id: Option<Uuid>,
        write: impl FnOnce(&mut Vec<u8>) -> Result<(), E>,
    ) -> Result<(), E> {
        let start = self.buffer.len();
        if let Err(error) = write(&mut self.buffer) {
            self.buffer.truncate(start);
            return Err(error);
        }
        self.entries.push(Entry { owner, id, payload: start..self.buffer.len() });
        Ok(())
    }

    /// The entries in order.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The payload of one of this batch's entries.
    pub fn payload(&self, entry: &Entry) -> &[u8] {
        &self.buffer[entry.payload.clone()]
    }

    /// Bytes of payload altogether.
    pub fn payload_bytes(&self) -> usize {
        self.buffer.len()
    }

    /// Whether there is nothing to append.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

/// What became of a batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appended {
    /// Position of the first entry.
    pub first: Position,
    /// Indexes, ascending, of the entries stored as duplicates.
    pub duplicates: Vec<usize>,
}

/// One stored entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Record<'a> {
    /// Where it stands.
    pub position: Position,
    /// Whose it is.
    pub owner: Uuid,
    /// Its id, when it has one.
    pub id: Option<Uuid>,
    /// What it holds.
    pub body: RecordBody<'a>,
}

/// What a stored entry holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecordBody<'a> {
    /// The payload as appended.
    Payload(&'a [u8]),
    /// The id had been stored before; the payload was not kept.
    Duplicate,
}

/// Consecutive records that were stored together; cheap to clone and to share between readers.
#[derive(Debug, Clone)]
pub struct Block {
    /// Position of the first record.
    pub first: Position,
    /// When the block was written, by the journal's clock.
    pub written_at: Timestamp,
    heads: Arc<[RecordHeader]>,
    payloads: Bytes,
}

/// Where a record of a [`Block`] lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordHeader {
    /// Whose it is.
    pub owner: Uuid,
    /// Its id.
    pub id: Option<Uuid>,
    /// Where its payload lies; none for a duplicate.
    pub payload: Option<Range<usize>>,
}

impl Block {
    /// A block of records whose payloads lie in `payloads` at the ranges of `heads`; `None` when a
    /// range does not.
    pub fn new(
        first: Position,
        written_at: Timestamp,
        heads: impl Into<Arc<[RecordHeader]>>,
        payloads: Bytes,
    ) -> Option<Self> {
        let heads = heads.into();
        let fits = heads
            .iter()
            .filter_map(|head| head.payload.as_ref())
            .all(|range| range.start <= range.end && range.end <= payloads.len());
        fits.then_some(Self { first, written_at, heads, payloads })
    }

    /// Number of records.
    pub fn len(&self) -> usize {
        self.heads.len()
    }

    /// Whether there are no records.
    pub fn is_empty(&self) -> bool {
        self.heads.is_empty()
    }

    /// The position after the last record.
    pub fn end(&self) -> Position {
        self.first + self.heads.len() as u64
    }

    /// Bytes of payload.
    pub fn payload_bytes(&self) -> usize {
        self.payloads.len()
    }

    /// The records in order.
    pub fn records(&self) -> impl Iterator<Item = Record<'_>> {
        self.heads.iter().zip(self.first..).map(|(head, position)| Record {
            position,
            owner: head.owner,
            id: head.id,
            body: head
                .payload
                .clone()
                .map_or(RecordBody::Duplicate, |range| RecordBody::Payload(&self.payloads[range])),
        })
    }
}

/// What the journal holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Bounds {
    /// The first position still kept; equals `next` when nothing is.
    pub first: Position,
    /// The position the next entry will get.
    pub next: Position,
    /// Entries in blocks that could not be read back, since the journal was opened.
    pub quarantined: u64,
    /// Bytes on disk.
    pub size_bytes: u64,
}

/// The length and the limit of a writer's queue.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct QueueLoad {
    /// Batches that wait.
    pub batches: u64,
    /// Batches that may wait; more are refused.
    pub max_batches: u64,
    /// Bytes of memory they take.
    pub bytes: u64,
    /// Bytes they may take; more are refused.
    pub max_bytes: u64,
}

/// What to put in the place of a payload of an owner; none: it stays.
pub type PayloadRewriter = Arc<dyn Fn(Uuid, &[u8]) -> Option<Vec<u8>> + Send + Sync>;

/// What became of a rewriting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RewriteSummary {
    /// Entries whose payload is another now.
    pub entries: u64,
    /// Every readable entry before this was looked at.
    pub until: Position,
}

/// The durable log. See the module for its contract.
#[async_trait]
pub trait Journal: Send + Sync {
    /// Stores a batch; returns after it is on disk.
    async fn append(&self, batch: Batch) -> Result<Appended, Error>;

    /// Blocks from the one that holds `from` on, in order, until about `max_bytes` of payload (at
    /// least one block, if there is one). The first block may begin before `from`: pass over the
    /// records before it.
    async fn read(&self, from: Position, max_bytes: usize) -> Result<Vec<Block>, Error>;

    /// Removes blocks that end at or before `before` and were written before `older_than`, and
    /// forgets ids older than the dedup window. Returns the number of entries removed.
    async fn trim(&self, before: Position, older_than: Timestamp) -> Result<u64, Error>;

    /// Puts what `edit` gives in the place of payloads stored before this call.
    async fn rewrite(&self, edit: PayloadRewriter) -> Result<RewriteSummary, Error>;

    /// What is held now.
    async fn bounds(&self) -> Result<Bounds, Error>;

    /// The queue of the writer now; costs next to nothing.
    fn queue(&self) -> QueueLoad;

    /// Follows [`Bounds::next`]: changes as soon as appended entries can be read.
    fn tail(&self) -> watch::Receiver<Position>;
}
