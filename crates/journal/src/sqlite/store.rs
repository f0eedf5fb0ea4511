//! The connection that writes: one group of batches, one transaction, one row.

use std::path::PathBuf;

use bytes::Bytes;
use domain::time::Timestamp;
use engine::ports::journal::{Appended, Batch, Block, Position, RecordHeader};
use rusqlite::{Connection, TransactionBehavior, params};
use uuid::Uuid;
use zstd::bulk::Compressor;

use super::dedup::{SeenIds, Window};
use super::error::{OpenError, is_lock};
use super::options::Options;
use super::{format, schema};

/// Pages in the write-ahead log, not yet copied into the database, that make a checkpoint due: 8 MiB.
const CHECKPOINT_PAGES: i64 = 2_048;
/// Bytes of blocks, and transactions, after which the log is looked at: asking costs as much as a small commit.
const LOOK_AFTER_BYTES: usize = 1024 * 1024;
const LOOK_AFTER_TRANSACTIONS: u32 = 64;

/// Why a write did not happen.
#[derive(Debug, thiserror::Error)]
pub(super) enum WriteError {
    #[error(transparent)]
    Sqlite(#[from] rusqlite::Error),
    #[error("the database cannot be opened again: {0}")]
    Reopen(#[from] OpenError),
    #[error("the write-ahead log cannot be emptied while others read it")]
    LogInUse,
    #[error("a block cannot be built: {0}")]
    Block(#[from] std::io::Error),
}

pub(super) struct BlockStore {
    pub(super) connection: Connection,
    database: PathBuf,
    max_bytes: Option<u64>,
    dedup_days: u16,
    max_open_ids: usize,
    pub(super) seen: SeenIds,
    pub(super) compressor: Compressor<'static>,
    next: Position,
    /// Since the log was looked at last.
    unseen_bytes: usize,
    unseen_transactions: u32,
    /// A write has failed: what the connection believes is not to be relied on.
    suspect: bool,
}

impl BlockStore {
    pub(super) fn open(options: &Options) -> Result<Self, OpenError> {
        let database = schema::path(&options.folder);
        let mut connection = schema::open_writer(&database, options.max_file_bytes)?;
        let next = read_next(&connection)?;
        let seen = SeenIds::open(&mut connection, options.open_ids)?;
        let compressor = format::compressor()
            .map_err(|source| OpenError::Folder { folder: options.folder.clone(), source })?;
        Ok(Self {
            connection,
            database,
            max_bytes: options.max_file_bytes,
            dedup_days: options.dedup_days,
            max_open_ids: options.open_ids,
            seen,
            compressor,
            next,
            unseen_bytes: 0,
            unseen_transactions: 0,
            suspect: false,
        })
    }

    /// The position the next entry will get.
    pub(super) fn next(&self) -> Position {
        self.next
    }

    /// The first position kept.
    pub(super) fn first(&self) -> rusqlite::Result<Position> {
        let first: Option<i64> = self
            .connection
            .prepare_cached("SELECT min(position) FROM blocks")?
            .query_row([], |row| row.get(0))?;
        Ok(first.map_or(self.next, unsigned))
    }

    pub(super) fn window(&self, now: Timestamp) -> Window {
        Window::ending(now, self.dedup_days)
    }

    /// Does `work` on a connection that can be relied on. After it fails, unless it only met a lock, the
    /// connection is opened anew before the next work.
    pub(super) fn attempt<T>(
        &mut self,
        work: impl FnOnce(&mut Self) -> Result<T, WriteError>,
    ) -> Result<T, WriteError> {
        if self.suspect {
            self.reopen()?;
        }
        work(self).inspect_err(|failure| {
            self.suspect = !matches!(failure, WriteError::Sqlite(error) if is_lock(error));
        })
    }

    /// Stores the batches as one block: what became of each, and the block.
    pub(super) fn write(
        &mut self,
        batches: &[Batch],
        now: Timestamp,
    ) -> Result<(Vec<Appended>, Block), WriteError> {
        let window = self.window(now);
        self.seen.begin(&mut self.connection, window, self.next)?;
        // An id counts as seen with its entry only.
        self.write_block(batches, now, window).inspect_err(|_| self.seen.undo())
    }

    fn write_block(
        &mut self,
        batches: &[Batch],
        now: Timestamp,
        window: Window,
    ) -> Result<(Vec<Appended>, Block), WriteError> {
        let transaction =
            self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut draft = Draft::starting_at(self.next, batches);
        for batch in batches {
            draft.add(batch, |owner, id| self.seen.is_new(&transaction, window, owner, id))?;
        }
        let Draft { heads, payloads, appended, .. } = draft;
        let bytes = format::encode(&heads, &payloads, &mut self.compressor)?;
        let (position, count) = (signed(self.next), signed(heads.len() as u64));
        let checksum = format::checksum(position, count, now.micros(), &bytes);
        self.unseen_bytes += bytes.len();
        transaction
            .prepare_cached("INSERT INTO blocks VALUES (?1, ?2, ?3, ?4, ?5)")?
            .execute(params![position, count, now.micros(), checksum, bytes])?;
        let block = Block::new(self.next, now, heads, Bytes::from(payloads))
            .ok_or_else(|| std::io::Error::other("its payloads do not fit"))?;
        transaction.commit()?;
        self.next = block.end();
        Ok((appended, block))
    }

    /// Copies the write-ahead log into the database when it has grown, so that it starts over.
    pub(super) fn checkpoint_if_due(&mut self) -> rusqlite::Result<()> {
        self.unseen_transactions += 1;
        if self.unseen_bytes < LOOK_AFTER_BYTES
            && self.unseen_transactions < LOOK_AFTER_TRANSACTIONS
        {
            return Ok(());
        }
        (self.unseen_bytes, self.unseen_transactions) = (0, 0);
        let (_, log, copied) = checkpoint(&self.connection, "NOOP")?;
        if log - copied >= CHECKPOINT_PAGES {
            checkpoint(&self.connection, "PASSIVE")?;
        }
        Ok(())
    }

    /// Copies all of the write-ahead log into the database and empties it.
    pub(super) fn empty_log(&self) -> Result<(), WriteError> {
        let (busy, _, _) = checkpoint(&self.connection, "TRUNCATE")?;
        if busy { Err(WriteError::LogInUse) } else { Ok(()) }
    }

    fn reopen(&mut self) -> Result<(), WriteError> {
        self.connection = schema::open_writer(&self.database, self.max_bytes)?;
        self.empty_log()?;
        self.next = read_next(&self.connection)?;
        self.seen = SeenIds::open(&mut self.connection, self.max_open_ids)?;
        self.suspect = false;
        tracing::info!(next = self.next, "the journal was opened again after a failed write");
        Ok(())
    }
}

/// The entries of a block while it is being put together.
struct Draft {
    first: Position,
    heads: Vec<RecordHeader>,
    payloads: Vec<u8>,
    appended: Vec<Appended>,
}

impl Draft {
    fn starting_at(first: Position, batches: &[Batch]) -> Self {
        let entries = batches.iter().map(|batch| batch.entries().len()).sum();
        let bytes = batches.iter().map(Batch::payload_bytes).sum();
        Self {
            first,
            heads: Vec::with_capacity(entries),
            payloads: Vec::with_capacity(bytes),
            appended: Vec::with_capacity(batches.len()),
        }
    }

    fn add(
        &mut self,
        batch: &Batch,
        mut is_new: impl FnMut(Uuid, Uuid) -> rusqlite::Result<bool>,
    ) -> rusqlite::Result<()> {
        let first = self.first + self.heads.len() as u64;
        let mut duplicates = Vec::new();
        for (index, entry) in batch.entries().iter().enumerate() {
            let is_new = match entry.id {
                Some(id) => is_new(entry.owner, id)?,
                None => true,
            };
            if !is_new {
                duplicates.push(index);
            }
            let payload = is_new.then(|| {
                let start = self.payloads.len();
                self.payloads.extend_from_slice(batch.payload(entry));
                start..self.payloads.len()
            });
            self.heads.push(RecordHeader { owner: entry.owner, id: entry.id, payload });
        }
        self.appended.push(Appended { first, duplicates });
        Ok(())
    }
}

fn read_next(connection: &Connection) -> rusqlite::Result<Position> {
    let next: i64 = connection.query_row(
        "SELECT max(next_position, coalesce(
             (SELECT position + count FROM blocks ORDER BY position DESC LIMIT 1), 0)) FROM meta",
        [],
        |row| row.get(0),
    )?;
    Ok(unsigned(next))
}

/// Whether somebody was in the way; pages in the write-ahead log; how many of them are in the database.
fn checkpoint(connection: &Connection, mode: &str) -> rusqlite::Result<(bool, i64, i64)> {
    connection
        .prepare_cached(&format!("PRAGMA wal_checkpoint({mode})"))?
        .query_row([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
}

/// The number of entries of a block at `position` that claims `count` and is followed by a block at
/// `successor`: what it claims unless that is impossible.
pub(super) fn extent(position: i64, count: i64, successor: i64) -> u64 {
    let room = successor.saturating_sub(position);
    unsigned(if (1..=room).contains(&count) { count } else { room })
}

/// A position as `SQLite` stores it.
pub(super) fn signed(position: Position) -> i64 {
    i64::try_from(position).unwrap_or(i64::MAX)
}

/// A position as read from `SQLite`.
pub(super) fn unsigned(position: i64) -> Position {
    Position::try_from(position).unwrap_or(0)
}
