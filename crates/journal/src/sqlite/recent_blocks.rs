//! A cache of the last blocks: readers at the end neither read the file nor decompress.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

use engine::ports::journal::{Block, Position, RecordHeader};

/// Consecutive blocks up to the end of the journal, at most about `max_bytes` of them.
pub(super) struct RecentBlocks {
    blocks: Mutex<CachedBlocks>,
    max_bytes: usize,
}

#[derive(Default)]
struct CachedBlocks {
    blocks: VecDeque<Block>,
    bytes: usize,
}

impl RecentBlocks {
    pub(super) fn new(max_bytes: usize) -> Self {
        Self { blocks: Mutex::default(), max_bytes }
    }

    /// Adds the block just written; forgets everything before a gap, and the oldest beyond the limit.
    pub(super) fn push(&self, block: Block) {
        let mut cache = self.lock();
        if cache.blocks.back().is_some_and(|last| last.end() != block.first) {
            *cache = CachedBlocks::default();
        }
        cache.bytes += weight(&block);
        cache.blocks.push_back(block);
        while cache.bytes > self.max_bytes
            && let Some(oldest) = cache.blocks.pop_front()
        {
            cache.bytes -= weight(&oldest);
        }
    }

    /// Blocks from the one that holds `from` on that end at or before `next`, until about `max_bytes`
    /// of payload; `None` when `from` lies before what is kept.
    pub(super) fn read(
        &self,
        from: Position,
        next: Position,
        max_bytes: usize,
    ) -> Option<Vec<Block>> {
        let cache = self.lock();
        if cache.blocks.front()?.first > from {
            return None;
        }
        let start = cache.blocks.partition_point(|block| block.end() <= from);
        let mut bytes = 0;
        let mut read = Vec::new();
        for block in cache.blocks.range(start..).take_while(|block| block.end() <= next) {
            if bytes >= max_bytes && !read.is_empty() {
                break;
            }
            bytes += block.payload_bytes();
            read.push(block.clone());
        }
        Some(read)
    }

    /// Puts a rewritten block in the place of the one at the same position, if that is kept.
    pub(super) fn replace(&self, block: Block) {
        let mut cache = self.lock();
        let place = cache.blocks.iter_mut().find(|old| old.first == block.first);
        if let Some(place) = place.filter(|old| old.len() == block.len()) {
            *place = block;
            cache.bytes = cache.blocks.iter().map(weight).sum();
        }
    }

    /// Forgets the blocks that `trimmed` names.
    pub(super) fn forget(&self, trimmed: impl Fn(&Block) -> bool) {
        let mut cache = self.lock();
        // What is kept must stay without gaps: everything up to the last trimmed block goes.
        let gone = cache.blocks.iter().rposition(trimmed).map_or(0, |last| last + 1);
        cache.blocks.drain(..gone);
        cache.bytes = cache.blocks.iter().map(weight).sum();
    }

    fn lock(&self) -> MutexGuard<'_, CachedBlocks> {
        self.blocks.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn weight(block: &Block) -> usize {
    block.payload_bytes() + block.len() * size_of::<RecordHeader>()
}
