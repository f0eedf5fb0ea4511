//! An open run on its way into the database.

use std::collections::HashSet;
use std::sync::Arc;
use std::thread::JoinHandle;

use engine::ports::journal::Position;
use rusqlite::{Connection, TransactionBehavior};

use super::key::Key;
use super::run::Sorted;
use super::tables;

/// Chunks stored in one step, 160 KB: appends wait for it.
const STEP_CHUNKS: usize = 8;

/// Keys that are being sorted or stored. Until all are stored, memory holds them.
pub(super) struct Closing {
    pub(super) day: i32,
    pub(super) keys: Arc<HashSet<Key>>,
    /// The position after the last entry whose id it holds.
    pub(super) until: Position,
    pub(super) progress: Progress,
}

pub(super) enum Progress {
    /// A thread of its own sorts.
    Sorting(Option<JoinHandle<Option<Sorted>>>),
    /// So many chunks are stored.
    Storing(Sorted, usize),
}

impl Closing {
    /// Has a thread sort the keys of a day. The last of their entries ends at `until`.
    pub(super) fn begin(day: i32, keys: HashSet<Key>, until: Position) -> Self {
        let keys = Arc::new(keys);
        let sorting = Arc::clone(&keys);
        let thread = std::thread::Builder::new()
            .name("journal-ids".into())
            .spawn(move || Sorted::of(&sorting))
            .inspect_err(|error| {
                tracing::warn!(%error, "the journal's ids are sorted by the thread that writes");
            });
        Self { day, keys, until, progress: Progress::Sorting(thread.ok()) }
    }

    /// Whether [`Self::step`] would not wait.
    pub(super) fn has_work(&self) -> bool {
        match &self.progress {
            Progress::Sorting(thread) => thread.as_ref().is_none_or(JoinHandle::is_finished),
            Progress::Storing(..) => true,
        }
    }

    /// Stores some chunks, or the last of them and the run; whether it was these.
    pub(super) fn step(
        &mut self,
        connection: &mut Connection,
        number: i64,
    ) -> rusqlite::Result<bool> {
        if let Progress::Sorting(thread) = &mut self.progress {
            // A thread that panicked has said so; what it should have done is done here.
            let sorted = thread.take().and_then(|thread| thread.join().ok().flatten());
            let Some(sorted) = sorted.or_else(|| Sorted::of(&self.keys)) else { return Ok(true) };
            self.progress = Progress::Storing(sorted, 0);
        }
        let Progress::Storing(sorted, stored) = &mut self.progress else { return Ok(true) };
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        tables::store_chunks(&transaction, number, sorted, *stored, STEP_CHUNKS)?;
        let is_last = *stored + STEP_CHUNKS >= sorted.chunks();
        if is_last {
            tables::store_run(&transaction, number, self.day, &sorted.index)?;
            tables::cover(&transaction, self.until)?;
        }
        transaction.commit()?;
        *stored += STEP_CHUNKS;
        Ok(is_last)
    }
}
