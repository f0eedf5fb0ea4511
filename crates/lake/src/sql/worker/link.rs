//! The worker's side of the socket.

use std::collections::HashMap;
use std::io;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use datafusion::arrow::array::RecordBatch;
use datafusion::arrow::datatypes::SchemaRef;
use datafusion::common::{DataFusionError, Result};
use futures::Stream;
use tokio::net::unix::OwnedWriteHalf;
use tokio::sync::mpsc;

use crate::sql::rows::Decoder;
use crate::sql::wire::{self, FromWorker, SCAN_WINDOW, ScanRequest, ToWorker};

/// Sends messages, and hands rows that arrive to the scans that wait for them.
pub(super) struct Link {
    writer: tokio::sync::Mutex<OwnedWriteHalf>,
    scans: Mutex<HashMap<u32, mpsc::Sender<ScanFrame>>>,
    /// Numbers are not used twice, so that what is late for an ended scan is recognised.
    next_scan: AtomicU32,
}

/// What arrives for a scan.
enum ScanFrame {
    Batch { rows: u64, bytes: Vec<u8> },
    End,
    Failed,
}

/// A scan failed; the server knows why.
#[derive(Debug, thiserror::Error)]
#[error("a table cannot be read")]
pub(super) struct ScanFailed;

impl Link {
    pub(super) fn new(writer: OwnedWriteHalf) -> Self {
        Self {
            writer: tokio::sync::Mutex::new(writer),
            scans: Mutex::default(),
            next_scan: AtomicU32::new(0),
        }
    }

    /// Sends a message. It must not be given up half-way.
    pub(super) async fn send(&self, message: &FromWorker) -> io::Result<()> {
        wire::write(&mut *self.writer.lock().await, message, &[]).await
    }

    /// Hands on what arrived; what nobody waits for any more is dropped.
    pub(super) fn deliver(&self, message: &ToWorker, payload: Vec<u8>) {
        let (scan, arrival) = match *message {
            ToWorker::Batch { scan, rows } => (scan, ScanFrame::Batch { rows, bytes: payload }),
            ToWorker::ScanEnd { scan } => (scan, ScanFrame::End),
            ToWorker::ScanFailed { scan } => (scan, ScanFrame::Failed),
            ToWorker::Limits(_) | ToWorker::Statement(_) => return,
        };
        if let Some(waiting) = self.scans().get(&scan) {
            // There is room for a whole window and the end.
            let _ = waiting.try_send(arrival);
        }
    }

    /// Forgets the scans of a statement that has ended.
    pub(super) fn forget_scans(&self) {
        self.scans().clear();
    }

    /// The rows of a scan, asked for as they are used. `schema` is that of the columns requested.
    pub(super) fn scan(
        self: Arc<Self>,
        request: ScanRequest,
        schema: SchemaRef,
    ) -> impl Stream<Item = Result<RecordBatch>> + Send + 'static {
        let scan = self.next_scan.fetch_add(1, Ordering::Relaxed);
        let (sender, arrivals) = mpsc::channel(SCAN_WINDOW + 1);
        self.scans().insert(scan, sender);
        let message = FromWorker::Scan { scan, request };
        let state =
            ScanReader { link: self, scan, message, arrivals, decoder: Decoder::new(schema) };
        futures::stream::try_unfold(state, ScanReader::next)
    }

    /// Sends in a task of its own, so that a scan that is given up leaves no half frame.
    async fn send_whole(self: &Arc<Self>, message: FromWorker) -> Result<()> {
        let link = Arc::clone(self);
        let sent = tokio::spawn(async move { link.send(&message).await }).await;
        sent.map_err(|error| DataFusionError::External(Box::new(error)))?.map_err(Into::into)
    }

    fn scans(&self) -> MutexGuard<'_, HashMap<u32, mpsc::Sender<ScanFrame>>> {
        self.scans.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

struct ScanReader {
    link: Arc<Link>,
    scan: u32,
    /// What to send before the next batch is waited for.
    message: FromWorker,
    arrivals: mpsc::Receiver<ScanFrame>,
    decoder: Decoder,
}

impl ScanReader {
    async fn next(mut self) -> Result<Option<(RecordBatch, Self)>> {
        let more = FromWorker::More { scan: self.scan };
        self.link.send_whole(std::mem::replace(&mut self.message, more)).await?;
        match self.arrivals.recv().await {
            Some(ScanFrame::Batch { rows, bytes }) => {
                let rows = usize::try_from(rows).unwrap_or_default();
                Ok(Some((self.decoder.decode(rows, bytes)?, self)))
            }
            Some(ScanFrame::End) => Ok(None),
            Some(ScanFrame::Failed) | None => Err(DataFusionError::External(Box::new(ScanFailed))),
        }
    }
}

impl std::fmt::Debug for Link {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Link").finish_non_exhaustive()
    }
}
