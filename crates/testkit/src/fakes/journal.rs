//! The journal in memory.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use bytes::Bytes;
use domain::clock::Clock;
use domain::time::Timestamp;
use engine::ports::journal::{
    Appended, Batch, Block, Bounds, Error, Journal, PayloadRewriter, Position, QueueLoad,
    RecordBody, RecordHeader, RewriteSummary,
};
use tokio::sync::watch;
use uuid::Uuid;

/// Days an id is remembered.
pub const DEDUP_DAYS: i32 = 7;

/// Keeps each batch as a block. It cannot be reopened and never runs out of room by itself.
#[derive(Debug)]
pub struct MemoryJournal {
    state: Mutex<State>,
    tail: watch::Sender<Position>,
    clock: Arc<dyn Clock>,
    unavailable: AtomicBool,
}

#[derive(Debug, Default)]
struct State {
    blocks: Vec<Block>,
    next: Position,
    /// The day on which each owner's id was stored.
    ids: HashMap<(Uuid, Uuid), i32>,
}

impl MemoryJournal {
    /// An empty journal that dates blocks by `clock`.
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self {
            state: Mutex::default(),
            tail: watch::Sender::new(0),
            clock,
            unavailable: AtomicBool::new(false),
        }
    }

    /// From now on appends and trims answer [`Error::Unavailable`], or work again.
    pub fn set_unavailable(&self, unavailable: bool) {
        self.unavailable.store(unavailable, Ordering::SeqCst);
    }

    fn check_available(&self) -> Result<(), Error> {
        if self.unavailable.load(Ordering::SeqCst) {
            return Err(Error::Unavailable { reason: "the test said so".into() });
        }
        Ok(())
    }
}

impl State {
    fn is_new(&mut self, owner: Uuid, id: Uuid, today: i32) -> bool {
        let seen = self.ids.get(&(owner, id)).is_some_and(|day| *day >= today - DEDUP_DAYS);
        if !seen {
            self.ids.insert((owner, id), today);
        }
        !seen
    }

    fn append(&mut self, batch: &Batch, now: Timestamp) -> Appended {
        let first = self.next;
        let (mut heads, mut payloads, mut duplicates) = (Vec::new(), Vec::new(), Vec::new());
        for (index, entry) in batch.entries().iter().enumerate() {
            let payload = if entry.id.is_none_or(|id| self.is_new(entry.owner, id, now.day())) {
                let start = payloads.len();
                payloads.extend_from_slice(batch.payload(entry));
                Some(start..payloads.len())
            } else {
                duplicates.push(index);
                None
            };
            heads.push(RecordHeader { owner: entry.owner, id: entry.id, payload });
        }
        if !heads.is_empty() {
            let block = Block::new(first, now, heads, Bytes::from(payloads)).expect("they fit");
            self.next = block.end();
            self.blocks.push(block);
        }
        Appended { first, duplicates }
    }

    fn first(&self) -> Position {
        self.blocks.first().map_or(self.next, |block| block.first)
    }
}

#[async_trait]
impl Journal for MemoryJournal {
    async fn append(&self, batch: Batch) -> Result<Appended, Error> {
        self.check_available()?;
        let mut state = self.state.lock().unwrap();
        let appended = state.append(&batch, self.clock.now());
        let next = state.next;
        self.tail.send_if_modified(|tail| std::mem::replace(tail, next) != next);
        Ok(appended)
    }

    async fn read(&self, from: Position, max_bytes: usize) -> Result<Vec<Block>, Error> {
        let state = self.state.lock().unwrap();
        let mut bytes = 0;
        let mut read = Vec::new();
        for block in state.blocks.iter().filter(|block| block.end() > from) {
            if bytes >= max_bytes && !read.is_empty() {
                break;
            }
            bytes += block.payload_bytes();
            read.push(block.clone());
        }
        Ok(read)
    }

    async fn trim(&self, before: Position, older_than: Timestamp) -> Result<u64, Error> {
        self.check_available()?;
        let today = self.clock.now().day();
        let mut state = self.state.lock().unwrap();
        let (removed, kept) = std::mem::take(&mut state.blocks)
            .into_iter()
            .partition::<Vec<_>, _>(|block| block.end() <= before && block.written_at < older_than);
        state.blocks = kept;
        state.ids.retain(|_, day| *day >= today - DEDUP_DAYS);
        Ok(removed.iter().map(|block| block.len() as u64).sum())
    }

    async fn rewrite(&self, edit: PayloadRewriter) -> Result<RewriteSummary, Error> {
        self.check_available()?;
        let mut state = self.state.lock().unwrap();
        let mut entries = 0;
        for block in &mut state.blocks {
            let (mut heads, mut payloads) = (Vec::new(), Vec::new());
            for record in block.records() {
                let payload = match record.body {
                    RecordBody::Duplicate => None,
                    RecordBody::Payload(old) => {
                        let new = edit(record.owner, old);
                        entries += u64::from(new.is_some());
                        let start = payloads.len();
                        payloads.extend_from_slice(new.as_deref().unwrap_or(old));
                        Some(start..payloads.len())
                    }
                };
                heads.push(RecordHeader { owner: record.owner, id: record.id, payload });
            }
            let (first, written_at) = (block.first, block.written_at);
            *block = Block::new(first, written_at, heads, Bytes::from(payloads)).expect("they fit");
        }
        Ok(RewriteSummary { entries, until: state.next })
    }

    async fn bounds(&self) -> Result<Bounds, Error> {
        let state = self.state.lock().unwrap();
        let size_bytes = state.blocks.iter().map(|block| block.payload_bytes() as u64).sum();
        Ok(Bounds { first: state.first(), next: state.next, quarantined: 0, size_bytes })
    }

    fn queue(&self) -> QueueLoad {
        QueueLoad::default()
    }

    fn tail(&self) -> watch::Receiver<Position> {
        self.tail.subscribe()
    }
}
