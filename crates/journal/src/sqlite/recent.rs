//! The last blocks written, in memory: who follows the end neither reads the file nor unpacks.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

use engine::ports::journal::{Block, Head, Position};

/// Consecutive blocks up to the end of the journal, at most about `max_bytes` of them.
pub(super) struct Recent {
    blocks: Mutex<Kept>,
    max_bytes: usize,
}

#[derive(Default)]
struct Kept {
    blocks: VecDeque<Block>,
    bytes: usize,
}

impl Recent {
    pub(super) fn new(max_bytes: usize) -> Self {
        Self { blocks: Mutex::default(), max_bytes }
    }

    /// Adds the block just written; forgets everything before a gap, and the oldest beyond the limit.
    pub(super) fn push(&self, block: Block) {
        let mut kept = self.lock();
        if kept.blocks.back().is_some_and(|last| last.end() != block.first) {
            *kept = Kept::default();
        }
        kept.bytes += weight(&block);
        kept.blocks.push_back(block);
        while kept.bytes > self.max_bytes
            && let Some(oldest) = kept.blocks.pop_front()
        {
            kept.bytes -= weight(&oldest);
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
        let kept = self.lock();
        if kept.blocks.front()?.first > from {
            return None;
        }
        let start = kept.blocks.partition_point(|block| block.end() <= from);
        let mut bytes = 0;
        let mut read = Vec::new();
        for block in kept.blocks.range(start..).take_while(|block| block.end() <= next) {
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
        let mut kept = self.lock();
        let place = kept.blocks.iter_mut().find(|old| old.first == block.first);
        if let Some(place) = place.filter(|old| old.len() == block.len()) {
            *place = block;
            kept.bytes = kept.blocks.iter().map(weight).sum();
        }
    }

    /// Forgets the blocks that `trimmed` names.
    pub(super) fn forget(&self, trimmed: impl Fn(&Block) -> bool) {
        let mut kept = self.lock();
        // What is kept must stay without gaps: everything up to the last trimmed block goes.
        let gone = kept.blocks.iter().rposition(trimmed).map_or(0, |last| last + 1);
        kept.blocks.drain(..gone);
        kept.bytes = kept.blocks.iter().map(weight).sum();
    }

    fn lock(&self) -> MutexGuard<'_, Kept> {
        self.blocks.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn weight(block: &Block) -> usize {
    block.payload_bytes() + block.len() * size_of::<Head>()
}
