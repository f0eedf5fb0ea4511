//! The writer thread's queue: batches (bounded in number and bytes), trims and rewrites.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use domain::time::Timestamp;
use engine::ports::journal::{Appended, Batch, Error, Position, QueueLoad};
use metrics::Gauge;
use tokio::sync::oneshot;

use super::error::unavailable;
use super::rewrite::Rewrite;

/// Memory an entry costs beside its payload.
const ENTRY_BYTES: usize = 64;

/// A batch and the channel for its result.
pub(super) struct Append {
    pub(super) batch: Batch,
    pub(super) reply: oneshot::Sender<Result<Appended, Error>>,
}

/// A trim and the channel for the number of removed entries.
pub(super) struct Trim {
    pub(super) before: Position,
    pub(super) older_than: Timestamp,
    pub(super) reply: oneshot::Sender<Result<u64, Error>>,
}

/// What the writer finds to do.
pub(super) enum Work {
    /// The batches of the next commit, in order, and a trim or rewriting that came meanwhile.
    Some { appends: Vec<Append>, trim: Option<Trim>, rewrite: Option<Rewrite> },
    /// No batch waits, and none will come any more. What else waits is not worth waiting for.
    Closed,
}

/// The bounds of a [`Queue`].
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    /// Batches that may wait.
    pub(super) batches: usize,
    /// Bytes that may wait.
    pub(super) bytes: usize,
    /// Bytes after which a group takes no further batch.
    pub(super) group_bytes: usize,
}

pub(super) struct Queue {
    waiting: Mutex<PendingWork>,
    arrived: Condvar,
    limits: Limits,
    /// Looking it up by its name at each request costs more than setting it.
    waiting_bytes: Gauge,
}

#[derive(Default)]
struct PendingWork {
    appends: VecDeque<Append>,
    bytes: usize,
    trims: VecDeque<Trim>,
    rewrites: VecDeque<Rewrite>,
    closed: bool,
}

impl Queue {
    pub(super) fn new(limits: Limits) -> Self {
        Self {
            waiting: Mutex::default(),
            arrived: Condvar::new(),
            limits,
            waiting_bytes: metrics::gauge!("footfall_journal_queue_bytes"),
        }
    }

    /// Lets a batch wait; `Unavailable` at once when there is no room.
    pub(super) fn try_push(&self, append: Append) -> Result<(), Error> {
        let bytes = weight(&append.batch);
        let mut waiting = self.lock();
        if waiting.closed {
            return Err(unavailable("the journal is closed"));
        }
        if waiting.appends.len() >= self.limits.batches
            || waiting.bytes.saturating_add(bytes) > self.limits.bytes
        {
            return Err(unavailable("too much is waiting to be written"));
        }
        waiting.bytes += bytes;
        waiting.appends.push_back(append);
        self.waiting_bytes.set(as_f64(waiting.bytes));
        drop(waiting);
        self.arrived.notify_one();
        Ok(())
    }

    /// Lets a trim wait.
    pub(super) fn offer_trim(&self, trim: Trim) -> Result<(), Error> {
        let mut waiting = self.lock();
        if waiting.closed {
            return Err(unavailable("the journal is closed"));
        }
        waiting.trims.push_back(trim);
        drop(waiting);
        self.arrived.notify_one();
        Ok(())
    }

    /// Lets a step of a rewriting wait.
    pub(super) fn offer_rewrite(&self, rewrite: Rewrite) -> Result<(), Error> {
        let mut waiting = self.lock();
        if waiting.closed {
            return Err(unavailable("the journal is closed"));
        }
        waiting.rewrites.push_back(rewrite);
        drop(waiting);
        self.arrived.notify_one();
        Ok(())
    }

    /// Takes the next group. Blocks until there is something to do, unless the writer has other work. While it
    /// trims, the next trim waits.
    pub(super) fn pop(&self, is_trimming: bool, has_other_work: bool) -> Work {
        let mut waiting = self.lock();
        while waiting.appends.is_empty() {
            if waiting.closed {
                return Work::Closed;
            }
            if is_trimming
                || has_other_work
                || !waiting.trims.is_empty()
                || !waiting.rewrites.is_empty()
            {
                break;
            }
            waiting = self.arrived.wait(waiting).unwrap_or_else(PoisonError::into_inner);
        }
        let mut appends = Vec::with_capacity(waiting.appends.len().min(self.limits.batches));
        let mut bytes = 0;
        while bytes < self.limits.group_bytes
            && let Some(append) = waiting.appends.pop_front()
        {
            bytes += weight(&append.batch);
            appends.push(append);
        }
        waiting.bytes -= bytes;
        self.waiting_bytes.set(as_f64(waiting.bytes));
        let trim = if is_trimming { None } else { waiting.trims.pop_front() };
        let rewrite = waiting.rewrites.pop_front();
        Work::Some { appends, trim, rewrite }
    }

    /// The queue and its limit.
    pub(super) fn load(&self) -> QueueLoad {
        let waiting = self.lock();
        QueueLoad {
            batches: waiting.appends.len() as u64,
            max_batches: self.limits.batches as u64,
            bytes: waiting.bytes as u64,
            max_bytes: self.limits.bytes as u64,
        }
    }

    /// Takes no more; what waits is still written.
    pub(super) fn close(&self) {
        self.lock().closed = true;
        self.arrived.notify_one();
    }

    /// Takes no more and drops what waits, which tells those who wait for an answer.
    pub(super) fn abandon(&self) {
        let mut waiting = self.lock();
        *waiting = PendingWork { closed: true, ..PendingWork::default() };
    }

    fn lock(&self) -> MutexGuard<'_, PendingWork> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn weight(batch: &Batch) -> usize {
    batch.payload_bytes() + batch.entries().len() * ENTRY_BYTES
}

/// A number for a metric.
#[expect(clippy::cast_precision_loss, reason = "a metric needs no more than 52 bits")]
pub(super) fn as_f64(bytes: usize) -> f64 {
    bytes as f64
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn append(payload_bytes: usize) -> Append {
        let mut batch = Batch::default();
        batch.push(Uuid::from_u128(1), None, &vec![0; payload_bytes]);
        Append { batch, reply: oneshot::channel().0 }
    }

    #[test]
    fn the_load_is_what_waits_until_it_is_taken() {
        let queue = Queue::new(Limits { batches: 3, bytes: 1_000, group_bytes: 200 });
        let limits = QueueLoad { max_batches: 3, max_bytes: 1_000, ..QueueLoad::default() };
        assert_eq!(queue.load(), limits);
        for payload_bytes in [100, 300, 10] {
            queue.try_push(append(payload_bytes)).expect("room");
        }
        // Payloads, and 64 bytes for each entry.
        assert_eq!(queue.load(), QueueLoad { batches: 3, bytes: 602, ..limits });
        assert!(queue.try_push(append(1)).is_err());
        // 164 bytes are less than a group takes, 528 are not.
        let Work::Some { appends, .. } = queue.pop(false, false) else { panic!("it is open") };
        assert_eq!(appends.len(), 2);
        assert_eq!(queue.load(), QueueLoad { batches: 1, bytes: 74, ..limits });
    }
}
