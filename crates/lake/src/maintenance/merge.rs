//! Merging sorted files into one sorted file, a few rows of each in memory at a time.

use std::fs::OpenOptions;
use std::io;
use std::sync::Arc;

use datafusion::arrow::array::RecordBatch;
use datafusion::common::Result as DataFusionResult;
use datafusion::datasource::physical_plan::FileGroup;
use datafusion::physical_expr::expressions::col;
use datafusion::physical_expr::{LexOrdering, PhysicalSortExpr};
use datafusion::physical_plan::sorts::sort_preserving_merge::SortPreservingMergeExec;
use datafusion::physical_plan::{ExecutionPlan, execute_stream};
use engine::ports::lake::Error;
use futures::StreamExt;
use tokio::sync::mpsc;

use crate::query::QueryEngine;
use crate::table::{
    COMPACT, CommitKind, DataFile, FAST, Stats, Table, TableChange, create_folder, file_writer,
    sync_folder,
};
use crate::writer::{COMPACTED, MERGED, new_path};
use crate::{error, provider, rollup, schema};

/// Rows of each file in memory at a time.
pub(super) const ROWS_PER_BATCH: usize = 1_024;

/// How merged files are written.
#[derive(Debug, Clone, Copy)]
pub(crate) struct MergeOutput {
    /// They are not merged again: compressing them well is worth its time.
    pub(crate) is_final: bool,
    /// The size a file may reach, in bytes.
    pub(crate) target_bytes: u64,
}

/// Replaces the files, all of one month, by as few as the target size allows. Returns how many.
pub(crate) async fn merge(
    table: &Arc<Table>,
    engine: &QueryEngine,
    files: Vec<Arc<DataFile>>,
    written: MergeOutput,
) -> Result<u64, Error> {
    if files.is_empty() {
        return Ok(0);
    }
    let added = rewrite_files(table, engine, &files, written, Ok).await?;
    let expected: u64 = files.iter().map(|file| file.stats.rows).sum();
    let got: u64 = added.iter().map(|file| file.stats.rows).sum();
    if got != expected {
        return Err(error::internal(format!("a merge of {expected} rows gave {got}")));
    }
    let count = added.len() as u64;
    table.commit(TableChange { purpose: CommitKind::Compact, added, removed: files }).await?;
    Ok(count)
}

/// Writes what `keep` leaves of the files' rows, all of one month, into files that nobody knows of yet.
pub(crate) async fn rewrite_files(
    table: &Arc<Table>,
    engine: &QueryEngine,
    files: &[Arc<DataFile>],
    written: MergeOutput,
    keep: impl Fn(RecordBatch) -> DataFusionResult<RecordBatch> + Send + Sync,
) -> Result<Vec<DataFile>, Error> {
    let Some(month) = files.first().map(|file| file.month) else { return Ok(Vec::new()) };
    let context = engine.session_without_limit(ROWS_PER_BATCH);
    let plan = sorted_rows(&context.state(), files).map_err(error::from_datafusion)?;
    let mut rows = execute_stream(plan, context.task_ctx()).map_err(error::from_datafusion)?;

    // Encoding would hold up the runtime's threads; two batches wait so that neither side does.
    let (sender, receiver) = mpsc::channel(2);
    let mut output = Output::new(Arc::clone(table), month, written);
    let encoding = tokio::task::spawn_blocking(move || output.write_all(receiver));
    let mut failed = None;
    while let Some(batch) = rows.next().await {
        let batch = batch.and_then(&keep);
        match batch {
            Ok(batch) if batch.num_rows() == 0 => {}
            // A send fails when the other side has failed, which says so itself.
            Ok(batch) => {
                if sender.send(batch).await.is_err() {
                    break;
                }
            }
            Err(cause) => {
                failed = Some(cause);
                break;
            }
        }
    }
    drop(sender);
    let added = encoding.await.map_err(error::internal)?.map_err(error::from_io)?;
    if let Some(cause) = failed {
        return Err(error::from_datafusion(cause));
    }
    Ok(added)
}

/// The files' rows in the order of [`schema::SORT`].
pub(super) fn sorted_rows(
    state: &datafusion::execution::SessionState,
    files: &[Arc<DataFile>],
) -> DataFusionResult<Arc<dyn ExecutionPlan>> {
    let columns = schema::file_schema();
    let by = schema::SORT
        .iter()
        .map(|name| Ok(PhysicalSortExpr::new_default(col(name, &columns)?)))
        .collect::<DataFusionResult<Vec<_>>>()?;
    let order = LexOrdering::new(by)
        .ok_or_else(|| datafusion::common::DataFusionError::Internal("no sort order".into()))?;
    let groups = files.iter().map(|file| FileGroup::new(vec![provider::partitioned(file)]));
    let config = provider::scan_config(state, provider::table_schema(), groups.collect())?
        .with_projection_indices(Some((0..columns.fields().len()).collect()))?
        .with_output_ordering(vec![order.clone()])
        .build();
    Ok(Arc::new(SortPreservingMergeExec::new(order, provider::leaf(config))))
}

/// The files being written.
struct Output {
    table: Arc<Table>,
    month: i32,
    written: MergeOutput,
    version: u64,
}

impl Output {
    fn new(table: Arc<Table>, month: i32, written: MergeOutput) -> Self {
        let version = table.snapshot().version + 1;
        Self { table, month, written, version }
    }

    fn write_all(&mut self, mut batches: mpsc::Receiver<RecordBatch>) -> io::Result<Vec<DataFile>> {
        let mut files = Vec::new();
        while let Some(first) = batches.blocking_recv() {
            files.push(self.write_one(&first, &mut batches)?);
        }
        Ok(files)
    }

    /// Writes one file, until it has reached the target or the rows are at an end.
    fn write_one(
        &self,
        first: &RecordBatch,
        batches: &mut mpsc::Receiver<RecordBatch>,
    ) -> io::Result<DataFile> {
        let MergeOutput { is_final, target_bytes } = self.written;
        let (kind, properties) = if is_final { (COMPACTED, &*COMPACT) } else { (MERGED, &*FAST) };
        let (path, mark) = new_path(&self.table, self.version, self.month, kind);
        let place = self.table.root.join(&path);
        let folder = place.parent().ok_or(io::ErrorKind::InvalidInput)?.to_owned();
        create_folder(&folder)?;
        let file = OpenOptions::new().write(true).create_new(true).open(&place)?;
        let mut writer = file_writer(file, properties).map_err(io::Error::other)?;
        let (mut stats, mut rollup) = (Stats::default(), rollup::Builder::default());
        stats.observe(first);
        rollup.observe(first).map_err(io::Error::other)?;
        writer.write(first).map_err(io::Error::other)?;
        while (writer.bytes_written() as u64) < target_bytes {
            let Some(batch) = batches.blocking_recv() else { break };
            stats.observe(&batch);
            rollup.observe(&batch).map_err(io::Error::other)?;
            writer.write(&batch).map_err(io::Error::other)?;
        }
        let file = writer.into_inner().map_err(io::Error::other)?;
        file.sync_all()?;
        sync_folder(&folder)?;
        let rollup = rollup.finish().map_err(io::Error::other)?;
        rollup::write(&self.table.root, &path, &mark, &rollup)?;
        let size_bytes = file.metadata()?.len();
        Ok(DataFile { path, month: self.month, size_bytes, stats })
    }
}
