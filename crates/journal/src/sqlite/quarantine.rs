//! Blocks that could not be read back: each is logged and counted once, however often it is met.

use std::collections::HashSet;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use engine::ports::journal::Position;

#[derive(Default)]
pub(super) struct Quarantine {
    /// First positions of the blocks met.
    met: Mutex<HashSet<Position>>,
    entries: AtomicU64,
}

impl Quarantine {
    /// Notes that the block at `first` with `entries` entries cannot be read because of `reason`.
    pub(super) fn note(&self, first: Position, entries: u64, reason: &str) {
        let new = self.met.lock().unwrap_or_else(PoisonError::into_inner).insert(first);
        if !new {
            return;
        }
        self.entries.fetch_add(entries, Ordering::Relaxed);
        metrics::counter!("footfall_journal_quarantined_entries_total").increment(entries);
        tracing::error!(
            first,
            entries,
            reason,
            "a block of the journal cannot be read; passing over it"
        );
    }

    /// Entries in all blocks noted.
    pub(super) fn entries(&self) -> u64 {
        self.entries.load(Ordering::Relaxed)
    }
}
