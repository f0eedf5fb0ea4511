//! The handle: the port's questions, passed on to the writer thread, memory, or a reader.

use std::fs::File;
use std::sync::Arc;
use std::thread::JoinHandle;

use async_trait::async_trait;
use domain::clock::Clock;
use domain::time::Timestamp;
use engine::ports::journal::{
    Appended, Batch, Block, Bounds, Error, Journal, PayloadRewriter, Position, QueueLoad,
    RewriteSummary,
};
use tokio::sync::{Mutex, oneshot, watch};
use tokio::task::spawn_blocking;

use super::error::{OpenError, unavailable};
use super::lock;
use super::options::Options;
use super::queue::{Append, Trim};
use super::reader::ReadRange;
use super::rewrite::{self, Rewrite, Task};
use super::shared::Shared;
use super::store::BlockStore;
use super::writer::Writer;

/// A journal in a local folder. Dropping it writes what was appended, then closes the files; that takes
/// the calling thread about as long as one commit. Needs a tokio runtime for reading older blocks.
pub struct SqliteJournal {
    shared: Arc<Shared>,
    writer: Option<JoinHandle<()>>,
    /// One rewriting at a time: what one has read must not be changed by another.
    rewriting: Mutex<()>,
    /// Held as long as the journal is open.
    _lock: File,
}

impl SqliteJournal {
    /// Opens the journal of a folder, creating both when they do not exist. `clock` dates blocks and ids.
    /// The time it takes does not grow with the journal.
    ///
    /// [`Error::Broken`] when another process has it open, a newer program wrote it, or the folder or
    /// its file system cannot be used.
    pub fn open(options: &Options, clock: Arc<dyn Clock>) -> Result<Self, Error> {
        let lock = lock::take(&options.folder)?;
        let store = BlockStore::open(options)?;
        let first = store.first().map_err(OpenError::Sqlite)?;
        let shared = Arc::new(Shared::new(options, first, store.next()));
        let writer = Writer::new(store, Arc::clone(&shared), clock);
        let writer = std::thread::Builder::new()
            .name("journal-writer".into())
            .spawn(move || writer.run())
            .map_err(OpenError::Thread)?;
        Ok(Self { shared, writer: Some(writer), rewriting: Mutex::new(()), _lock: lock })
    }

    /// Has the writer take one step of a rewriting; whether there is nothing left to do of its kind.
    async fn step(&self, task: Task) -> Result<bool, Error> {
        let (reply, answer) = oneshot::channel();
        self.shared.queue.offer_rewrite(Rewrite { task, reply })?;
        answer.await.unwrap_or_else(|_| Err(writer_ended()))
    }
}

#[async_trait]
impl Journal for SqliteJournal {
    async fn append(&self, batch: Batch) -> Result<Appended, Error> {
        if batch.is_empty() {
            return Ok(Appended { first: self.shared.next(), duplicates: Vec::new() });
        }
        let (reply, answer) = oneshot::channel();
        self.shared.queue.try_push(Append { batch, reply })?;
        answer.await.unwrap_or_else(|_| Err(writer_ended()))
    }

    async fn read(&self, from: Position, max_bytes: usize) -> Result<Vec<Block>, Error> {
        let next = self.shared.next();
        if from >= next {
            return Ok(Vec::new());
        }
        if let Some(blocks) = self.shared.recent.read(from, next, max_bytes) {
            return Ok(blocks);
        }
        let shared = Arc::clone(&self.shared);
        let range = ReadRange { from, next, max_bytes };
        spawn_blocking(move || shared.readers.read(range, &shared.quarantine))
            .await
            .unwrap_or_else(|error| Err(unavailable(error)))
    }

    async fn trim(&self, before: Position, older_than: Timestamp) -> Result<u64, Error> {
        let (reply, answer) = oneshot::channel();
        self.shared.queue.offer_trim(Trim { before, older_than, reply })?;
        answer.await.unwrap_or_else(|_| Err(writer_ended()))
    }

    async fn rewrite(&self, edit: PayloadRewriter) -> Result<RewriteSummary, Error> {
        let _rewriting = self.rewriting.lock().await;
        let until = self.shared.next();
        let (mut at, mut entries) = (0, 0);
        while at < until {
            let blocks = self.read(at, rewrite::READ_BYTES).await?;
            let Some(last) = blocks.last() else { break };
            at = last.end();
            let edit = Arc::clone(&edit);
            let revised = spawn_blocking(move || rewrite::revise(&blocks, &edit))
                .await
                .map_err(unavailable)?;
            entries += revised.iter().map(|block| block.entries).sum::<u64>();
            if !revised.is_empty() {
                self.step(Task::Replace(revised)).await?;
            }
        }
        while !self.step(Task::Scrub).await? {}
        Ok(RewriteSummary { entries, until })
    }

    async fn bounds(&self) -> Result<Bounds, Error> {
        let shared = Arc::clone(&self.shared);
        spawn_blocking(move || shared.bounds()).await.map_err(unavailable)
    }

    fn queue(&self) -> QueueLoad {
        self.shared.queue.load()
    }

    fn tail(&self) -> watch::Receiver<Position> {
        self.shared.tail.subscribe()
    }
}

impl Drop for SqliteJournal {
    fn drop(&mut self) {
        self.shared.queue.close();
        if let Some(writer) = self.writer.take() {
            // The writer logged its own end; a panic in it has nothing more to say here.
            let _ = writer.join();
        }
    }
}

fn writer_ended() -> Error {
    unavailable("the writer has ended")
}
