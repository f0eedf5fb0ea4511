//! A stored run: what memory holds of it, and how it is made.

use std::collections::HashSet;

use rusqlite::Connection;

use super::filter::KeyFilter;
use super::key::Key;
use super::tables;

/// Keys of a chunk, which is read as a whole: 20 KB.
const CHUNK_KEYS: usize = 1_024;

/// A run whose keys are in the database.
#[derive(Debug)]
pub(super) struct Run {
    pub(super) number: i64,
    /// On which its keys were seen.
    pub(super) day: i32,
    pub(super) keys: usize,
    bounds: Bounds,
    filter: KeyFilter,
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
    pub(super) bounds: Bounds,
    pub(super) filter: KeyFilter,
}

impl Run {
    pub(super) fn new(
        number: i64,
        day: i32,
        keys: usize,
        bounds: Bounds,
        filter: KeyFilter,
    ) -> Self {
        Self { number, day, keys, bounds, filter }
    }

    /// Whether `key`, whose hash is given, is one of its keys.
    pub(super) fn holds(
        &self,
        connection: &Connection,
        key: &Key,
        hash: u64,
    ) -> rusqlite::Result<bool> {
        if *key > self.bounds.last || !self.filter.may_hold(hash) {
            return Ok(false);
        }
        let after = self.bounds.firsts.partition_point(|first| first <= key);
        let Some(chunk) = after.checked_sub(1) else { return Ok(false) };
        let keys = tables::chunk(connection, self.number, chunk)?;
        let keys: Vec<Key> = Key::all_of(&keys).collect();
        Ok(keys.binary_search(key).is_ok())
    }

    /// How many chunks it has.
    pub(super) fn chunks(&self) -> usize {
        self.bounds.firsts.len()
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
        Some(Self { keys: sorted, bounds: Bounds { firsts, last }, filter })
    }

    pub(super) fn chunks(&self) -> usize {
        self.bounds.firsts.len()
    }

    pub(super) fn len(&self) -> usize {
        self.keys.len()
    }

    /// Chunks as they are stored, from the one with this index on.
    pub(super) fn chunks_from(&self, index: usize) -> impl Iterator<Item = Vec<u8>> {
        self.keys
            .chunks(CHUNK_KEYS)
            .skip(index)
            .map(|chunk| chunk.iter().flat_map(Key::as_bytes).copied().collect())
    }

    pub(super) fn into_run(self, number: i64, day: i32) -> Run {
        Run::new(number, day, self.keys.len(), self.bounds, self.filter)
    }
}
