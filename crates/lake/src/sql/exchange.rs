//! Runs one statement in a worker process: the server reads for its scans, and the size of its answer
//! is counted.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use datafusion::common::DataFusionError;
use engine::ports::catalog;
use engine::ports::sql::{Cell, Error, StatementResult};
use futures::TryStreamExt as _;
use tokio::sync::{Semaphore, mpsc};
use tokio::task::JoinSet;

use super::process::{Frame, Process};
use super::rows::{self, Encoder};
use super::scan::{ProjectTables, Scan};
use super::wire::{Failure, FromWorker, SCAN_WINDOW, ScanRequest, StatementJob, ToWorker};

/// Scans one statement may begin: a plan reads a table once for each time it is named.
const MAX_SCANS: usize = 512;

/// How a statement ended.
#[derive(Debug)]
pub(super) enum StatementOutcome {
    /// With an answer or a reason; the process can take another.
    Finished(Result<StatementResult, Error>),
    /// The process broke off.
    ProcessEnded,
}

/// What all scans of a statement share.
struct ScanContext {
    tables: Arc<ProjectTables>,
    frames: mpsc::Sender<Frame>,
    /// Why the first scan failed that did.
    failure: Mutex<Option<DataFusionError>>,
}

/// Has the process run a statement over these tables.
pub(super) async fn run(
    process: &mut Process,
    tables: Arc<ProjectTables>,
    assignment: StatementJob,
) -> StatementOutcome {
    let (max_rows, max_bytes) = (assignment.statement.limit, assignment.max_answer_bytes);
    process.send(ToWorker::Statement(Box::new(assignment))).await;
    let scans =
        Arc::new(ScanContext { tables, frames: process.frames(), failure: Mutex::default() });
    let mut answer = StatementResult::default();
    let mut bytes = 0;
    let mut windows: HashMap<u32, Arc<Semaphore>> = HashMap::new();
    // Dropped, and so ended, with the statement.
    let mut running = JoinSet::new();
    while let Some(message) = process.receive().await {
        match message {
            FromWorker::Scan { scan, request } if windows.len() < MAX_SCANS => {
                let window = Arc::new(Semaphore::new(SCAN_WINDOW));
                windows.insert(scan, Arc::clone(&window));
                running.spawn(Arc::clone(&scans).send(scan, request, window));
            }
            FromWorker::More { scan } => {
                if let Some(window) = windows.get(&scan) {
                    window.add_permits(1);
                }
            }
            FromWorker::Columns(columns) => answer.columns = columns,
            FromWorker::Rows(rows) => {
                bytes += rows.iter().map(|row| size(row)).sum::<u64>();
                answer.rows.extend(rows);
                if answer.rows.len() > max_rows || bytes > max_bytes {
                    break;
                }
            }
            FromWorker::Done { is_truncated } => {
                answer.is_truncated = is_truncated;
                return StatementOutcome::Finished(Ok(answer));
            }
            FromWorker::Failed(failure) => {
                return StatementOutcome::Finished(Err(scans.explain(failure)));
            }
            FromWorker::Ready(_) | FromWorker::Scan { .. } => break,
        }
    }
    StatementOutcome::ProcessEnded
}

impl ScanContext {
    /// Sends the rows of one scan, as fast as they are asked for.
    async fn send(self: Arc<Self>, scan: u32, request: ScanRequest, window: Arc<Semaphore>) {
        let last = match self.batches(scan, &request, &window).await {
            Ok(()) => ToWorker::ScanEnd { scan },
            Err(error) => {
                let mut failure = self.failure.lock().unwrap_or_else(PoisonError::into_inner);
                failure.get_or_insert(error);
                ToWorker::ScanFailed { scan }
            }
        };
        let _ = self.frames.send((last, Vec::new())).await;
    }

    async fn batches(
        &self,
        scan: u32,
        request: &ScanRequest,
        window: &Semaphore,
    ) -> Result<(), DataFusionError> {
        let Scan { schema, mut batches } = self.tables.scan(request).await?;
        let mut encoder = Encoder::new(&schema)?;
        while let Some(batch) = batches.try_next().await? {
            for piece in rows::pieces(&batch)? {
                // The window closes never; the statement's end ends the wait.
                let Ok(permit) = window.acquire().await else { return Ok(()) };
                permit.forget();
                let message = ToWorker::Batch { scan, rows: piece.num_rows() as u64 };
                if self.frames.send((message, encoder.encode(&piece)?)).await.is_err() {
                    return Ok(());
                }
            }
        }
        Ok(())
    }

    fn explain(&self, failure: Failure) -> Error {
        match failure {
            Failure::Statement(diagnostic) => Error::Statement(diagnostic),
            Failure::Memory => Error::Limit { limit: "memory" },
            Failure::Disk => Error::Limit { limit: "disk" },
            Failure::AnswerSize => Error::Limit { limit: "answer size" },
            Failure::Scan => {
                let failure = self.failure.lock().unwrap_or_else(PoisonError::into_inner).take();
                failure.map_or_else(|| Error::Internal("a scan failed".into()), scan_failed)
            }
        }
    }
}

fn scan_failed(error: DataFusionError) -> Error {
    match error.find_root() {
        DataFusionError::ResourcesExhausted(_) => Error::Limit { limit: "memory" },
        DataFusionError::IoError(_) | DataFusionError::ObjectStore(_) => {
            Error::Unavailable { what: "the lake", cause: Box::new(error) }
        }
        DataFusionError::External(cause) => {
            let is_passing = matches!(cause.downcast_ref(), Some(catalog::Error::Unavailable(_)));
            if is_passing {
                Error::Unavailable { what: "the catalog", cause: Box::new(error) }
            } else {
                Error::Internal(Box::new(error))
            }
        }
        _ => Error::Internal(Box::new(error)),
    }
}

/// About what a row takes in memory, in bytes.
pub(super) fn size(row: &[Cell]) -> u64 {
    let text = |cell: &Cell| match cell {
        Cell::Text(text) | Cell::Decimal(text) => text.len(),
        _ => 0,
    };
    let texts: usize = row.iter().map(text).sum();
    (size_of::<Vec<Cell>>() + size_of_val(row) + texts) as u64
}
