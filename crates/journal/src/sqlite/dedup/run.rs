//! A stored run: what memory holds of it, and how it is made.

use std::collections::HashSet;

use rusqlite::Connection;

use super::filter::KeyFilter;
use super::key::Key;
use super::tables;

/// Keys of a chunk, which is read as a whole: 20 KB.
pub(super) const CHUNK_KEYS: usize = 1_024;

/// A run whose keys are in the database.
#[derive(Debug)]
pub(super) struct Run {
    pub(super) number: i64,
    /// On which its keys were seen.
    pub(super) day: i32,
    pub(super) index: RunIndex,
}

/// The part of a run that memory holds.
#[derive(Debug)]
pub(super) struct RunIndex {
    /// How many keys it has.
    pub(super) keys: usize,
    pub(super) bounds: Bounds,
    pub(super) filter: KeyFilter,
}

/// First key of each chunk, and the last key of all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Bounds {
    pub(super) firsts: Vec<Key>,
    pub(super) last: Key,
}

/// Keys in their order, ready to be stored.
#[derive(Debug)]
pub(super) struct Sorted {
    keys: Vec<Key>,
    pub(super) index: RunIndex,
}

impl Run {
    /// Whether `key`, whose hash is given, is one of its keys.
    pub(super) fn holds(
        &self,
        connection: &Connection,
        key: &Key,
        hash: u64,
    ) -> rusqlite::Result<bool> {
        let RunIndex { bounds: Bounds { firsts, last }, filter, .. } = &self.index;
        let is_within = *key <= *last && firsts.first().is_some_and(|first| first <= key);
        if !is_within || !filter.may_hold(hash) {
            return Ok(false);
        }
        let after = firsts.partition_point(|first| first <= key);
        let Some(chunk) = after.checked_sub(1) else { return Ok(false) };
        let keys = tables::chunk(connection, self.number, chunk)?;
        Ok(Key::all_of(&keys).any(|held| held == *key))
    }

    /// How many chunks it has.
    pub(super) fn chunks(&self) -> usize {
        self.index.bounds.firsts.len()
    }
}

impl Sorted {
    /// The keys in order; none when there are none.
    pub(super) fn of(keys: &HashSet<Key>) -> Option<Self> {
        let mut sorted: Vec<Key> = keys.iter().copied().collect();
        sorted.sort_unstable();
        let mut filter = KeyFilter::for_keys(sorted.len());
        for key in &sorted {
            filter.insert(key.hash());
        }
        let last = *sorted.last()?;
        let firsts = sorted.chunks(CHUNK_KEYS).map(|chunk| chunk[0]).collect();
        let index = RunIndex { keys: sorted.len(), bounds: Bounds { firsts, last }, filter };
        Some(Self { keys: sorted, index })
    }

    pub(super) fn chunks(&self) -> usize {
        self.index.bounds.firsts.len()
    }

    /// Chunks in their order, from the one with this index on.
    pub(super) fn chunks_from(&self, index: usize) -> impl Iterator<Item = &[Key]> {
        self.keys.chunks(CHUNK_KEYS).skip(index)
    }

    pub(super) fn into_run(self, number: i64, day: i32) -> Run {
        Run { number, day, index: self.index }
    }
}
