//! State shared by the journal's handle, its writer thread and its readers.

use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};

use engine::ports::journal::{Bounds, Position};
use tokio::sync::watch;

use super::options::Options;
use super::quarantine::Quarantine;
use super::queue::{Limits, Queue};
use super::reader::ReaderPool;
use super::recent_blocks::RecentBlocks;
use super::{format, schema};

pub(super) struct Shared {
    pub(super) queue: Queue,
    pub(super) recent: RecentBlocks,
    pub(super) readers: ReaderPool,
    pub(super) quarantine: Quarantine,
    /// The position after the last entry that may be read.
    pub(super) tail: watch::Sender<Position>,
    first: AtomicU64,
    database: PathBuf,
}

impl Shared {
    pub(super) fn new(options: &Options, first: Position, next: Position) -> Self {
        let database = schema::path(&options.folder);
        let limits = Limits {
            batches: options.queue_batches,
            bytes: options.queue_bytes.min(format::MAX_PAYLOAD_BYTES / 2),
            group_bytes: options.commit_bytes.min(format::MAX_PAYLOAD_BYTES / 2),
        };
        Self {
            queue: Queue::new(limits),
            recent: RecentBlocks::new(options.recent_bytes),
            readers: ReaderPool::of(database.clone()),
            quarantine: Quarantine::default(),
            tail: watch::Sender::new(next),
            first: AtomicU64::new(first),
            database,
        }
    }

    /// Makes entries before `next` readable.
    pub(super) fn publish(&self, next: Position) {
        self.tail.send_if_modified(|tail| std::mem::replace(tail, next) != next);
    }

    /// Sets the first position still kept.
    pub(super) fn set_first(&self, first: Position) {
        self.first.store(first, Ordering::Release);
    }

    pub(super) fn next(&self) -> Position {
        *self.tail.borrow()
    }

    /// What is held; asks the file system for sizes.
    pub(super) fn bounds(&self) -> Bounds {
        let first = self.first.load(Ordering::Acquire);
        Bounds {
            first,
            // `first` was read before, and the end only grows.
            next: self.next().max(first),
            quarantined: self.quarantine.entries(),
            size_bytes: self.size_bytes(),
        }
    }

    fn size_bytes(&self) -> u64 {
        let log = self.database.with_extension("db-wal");
        [&self.database, &log]
            .into_iter()
            .filter_map(|path| std::fs::metadata(path).ok())
            .map(|file| file.len())
            .sum()
    }
}
