//! The thread that writes: drains the queue, commits, answers, and trims and rewrites in between.

use std::sync::Arc;
use std::time::{Duration, Instant};

use domain::clock::Clock;
use engine::ports::journal::Batch;
use metrics::{Counter, Histogram};

use super::error::unavailable;
use super::queue::{Append, Work, as_f64};
use super::rewrite::{Rewrite, RewriteProgress};
use super::shared::Shared;
use super::store::{BlockStore, WriteError};
use super::trim::{TrimProgress, Trimming};

pub(super) struct Writer {
    store: BlockStore,
    shared: Arc<Shared>,
    clock: Arc<dyn Clock>,
    metrics: CommitMetrics,
}

/// Looking them up by their names at each commit takes a twentieth of it.
struct CommitMetrics {
    commits: Counter,
    seconds: Histogram,
    entries: Histogram,
}

impl CommitMetrics {
    fn new() -> Self {
        Self {
            commits: metrics::counter!("footfall_journal_commits_total"),
            seconds: metrics::histogram!("footfall_journal_commit_seconds"),
            entries: metrics::histogram!("footfall_journal_commit_entries"),
        }
    }

    fn record(&self, took: Duration, entries: usize) {
        self.commits.increment(1);
        self.seconds.record(took);
        self.entries.record(as_f64(entries));
    }
}

/// Tells everybody who waits that nobody writes any more, also when the thread panics.
struct AbandonOnDrop(Arc<Shared>);

impl Drop for AbandonOnDrop {
    fn drop(&mut self) {
        self.0.queue.abandon();
    }
}

impl Writer {
    pub(super) fn new(store: BlockStore, shared: Arc<Shared>, clock: Arc<dyn Clock>) -> Self {
        Self { store, shared, clock, metrics: CommitMetrics::new() }
    }

    /// Writes until the queue is closed and empty.
    pub(super) fn run(mut self) {
        let _abandon = AbandonOnDrop(Arc::clone(&self.shared));
        let mut trimming = None;
        loop {
            match self.shared.queue.pop(trimming.is_some(), self.store.seen.has_work()) {
                Work::Closed => break,
                Work::Some { appends, trim, rewrite } => {
                    trimming = trimming.or(trim.map(Trimming::new));
                    if !appends.is_empty() {
                        self.commit(appends);
                    }
                    if let Some(rewrite) = rewrite {
                        self.rewrite(rewrite);
                    }
                }
            }
            self.store_ids();
            trimming = trimming.and_then(|trimming| self.trim(trimming));
            // Nobody waits for a checkpoint; one that fails is tried again after the next commit.
            if let Err(error) = self.store.checkpoint_if_due() {
                tracing::warn!(%error, "the journal's write-ahead log cannot be copied yet");
            }
        }
        if let Err(error) = self.store.empty_log() {
            tracing::warn!(%error, "the journal's write-ahead log was left to the next start");
        }
    }

    /// Writes a group and answers it. The order matters: first on disk, then readable, then answered.
    fn commit(&mut self, appends: Vec<Append>) {
        let begun = Instant::now();
        let (batches, replies): (Vec<Batch>, Vec<_>) =
            appends.into_iter().map(|append| (append.batch, append.reply)).unzip();
        let now = self.clock.now();
        match self.store.attempt(|store| store.write(&batches, now)) {
            Ok((appended, block)) => {
                self.metrics.record(begun.elapsed(), block.len());
                let next = block.end();
                self.shared.recent.push(block);
                self.shared.publish(next);
                for (reply, appended) in replies.into_iter().zip(appended) {
                    // Who asked may have stopped waiting.
                    let _ = reply.send(Ok(appended));
                }
            }
            Err(failure) => {
                log(&failure);
                for reply in replies {
                    let _ = reply.send(Err(unavailable(&failure)));
                }
            }
        }
    }

    /// Takes one step of a rewriting and answers it.
    fn rewrite(&mut self, Rewrite { task, reply }: Rewrite) {
        let done = self.store.attempt(|store| task.step(store)).map(|step| match step {
            RewriteProgress::Replaced(blocks) => {
                for block in blocks {
                    self.shared.recent.replace(block);
                }
                true
            }
            RewriteProgress::Scrubbed { is_clean } => is_clean,
        });
        if let Err(failure) = &done {
            log(failure);
        }
        // Who asked may have stopped waiting.
        let _ = reply.send(done.map_err(unavailable));
    }

    /// Takes the storing of ids a step further. One that fails is tried again: until then, memory holds them.
    fn store_ids(&mut self) {
        if self.store.seen.has_work()
            && let Err(failure) =
                self.store.attempt(|store| Ok(store.seen.step(&mut store.connection)?))
        {
            log(&failure);
        }
    }

    /// Takes the trim a step further; gives it back when there is more to do.
    fn trim(&mut self, mut trimming: Trimming) -> Option<Trimming> {
        let now = self.clock.now();
        let step = self.store.attempt(|store| {
            let step = trimming.step(store, now)?;
            Ok((step, store.first()?))
        });
        match step {
            Ok((step, first)) => {
                self.shared.recent.forget(|block| trimming.removes(block));
                self.shared.set_first(first);
                match step {
                    TrimProgress::More => return Some(trimming),
                    TrimProgress::Done(removed) => trimming.finish(Ok(removed)),
                }
            }
            Err(failure) => {
                log(&failure);
                trimming.finish(Err(unavailable(&failure)));
            }
        }
        None
    }
}

fn log(failure: &WriteError) {
    tracing::error!(error = %failure, "the journal cannot write");
}
