//! Removing events that are older than their project keeps them.
//!
//! Files with only old events are removed together in one commit. A file with other events, too, is rewritten
//! without the old ones, in a commit of its own, with its rollup. Position and other rows stay as they are,
//! and a file without old events is not touched.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use async_trait::async_trait;
use datafusion::arrow::array::{AsArray, BooleanArray, RecordBatch, StringViewArray};
use datafusion::arrow::compute::{cast, filter_record_batch};
use datafusion::arrow::datatypes::{DataType, TimestampMicrosecondType};
use datafusion::arrow::error::ArrowError;
use datafusion::common::ScalarValue;
use datafusion::prelude::{Expr, col, lit};
use domain::id::ProjectId;
use domain::time::Timestamp;
use engine::ports::catalog::RowsAndBytes;
use engine::ports::lake::{Error, LakeRetention};
use futures::StreamExt;

use crate::maintenance::{self, MergeOutput};
use crate::table::{CommitKind, DataFile, Snapshot, TableChange};
use crate::writer::is_compacted;
use crate::{Lake, error};

/// Columns that decide whether an event is removed.
const COLUMNS: [&str; 2] = ["project_id", "occurred_at"];

/// The instant before which each project's events are removed, in microseconds.
struct Cutoffs(BTreeMap<String, i64>);

#[async_trait]
impl LakeRetention for Lake {
    async fn size_before(
        &self,
        project: ProjectId,
        before: Timestamp,
    ) -> Result<RowsAndBytes, Error> {
        let cutoffs = Cutoffs::of(&BTreeMap::from([(project, before)]));
        let snapshot = self.newest_after_writes().await?;
        let mut size = RowsAndBytes::default();
        for file in snapshot.files.iter().filter(|file| cutoffs.may_affect(file)) {
            let rows = if cutoffs.take_all_of(file) {
                file.stats.rows
            } else {
                self.count_expired(file, &cutoffs).await?
            };
            size.rows += rows;
            size.bytes += share(file, rows);
        }
        Ok(size)
    }

    async fn remove_before(&self, before: &BTreeMap<ProjectId, Timestamp>) -> Result<bool, Error> {
        let _paused = self.maintenance.pause().await;
        let cutoffs = Cutoffs::of(before);
        let snapshot = self.newest_after_writes().await?;
        let affected = snapshot.files.iter().filter(|file| cutoffs.may_affect(file)).cloned();
        let (whole, mixed): (Vec<_>, Vec<_>) = affected.partition(|file| cutoffs.take_all_of(file));
        if !whole.is_empty() {
            let change =
                TableChange { purpose: CommitKind::Expire, added: Vec::new(), removed: whole };
            self.table.commit(change).await?;
        }
        let mut bytes = 0;
        for file in mixed {
            if bytes > self.maintenance.step_bytes() {
                return Ok(false);
            }
            let expired = self.count_expired(&file, &cutoffs).await?;
            if expired > 0 {
                bytes += file.size_bytes;
                self.rewrite_without(file, &cutoffs, expired).await?;
            }
        }
        Ok(true)
    }
}

impl Lake {
    /// The newest snapshot, with every write that began before.
    async fn newest_after_writes(&self) -> Result<Arc<Snapshot>, Error> {
        drop(self.writing.lock().await);
        self.table.refresh_if_behind().await?;
        Ok(self.table.snapshot())
    }

    /// Counts the events of a file to remove.
    async fn count_expired(&self, file: &Arc<DataFile>, cutoffs: &Cutoffs) -> Result<u64, Error> {
        let one = Snapshot { files: vec![Arc::clone(file)], ..Snapshot::default() };
        let mut batches = self
            .frame(Arc::new(one), cutoffs.filter())
            .await
            .and_then(|frame| frame.select_columns(&COLUMNS))
            .map_err(error::from_datafusion)?
            .execute_stream()
            .await
            .map_err(error::from_datafusion)?;
        let mut expired = 0;
        while let Some(batch) = batches.next().await {
            let batch = batch.map_err(error::from_datafusion)?;
            expired += cutoffs.mask(&batch).map_err(error::internal)?.true_count() as u64;
        }
        Ok(expired)
    }

    /// Replaces this file by one without its `expired` old events.
    async fn rewrite_without(
        &self,
        file: Arc<DataFile>,
        cutoffs: &Cutoffs,
        expired: u64,
    ) -> Result<(), Error> {
        let dropped = AtomicU64::new(0);
        let keep = |batch: RecordBatch| {
            let expired = cutoffs.mask(&batch)?;
            dropped.fetch_add(expired.true_count() as u64, Ordering::Relaxed);
            let others: BooleanArray = expired.iter().map(|is| Some(is != Some(true))).collect();
            Ok(filter_record_batch(&batch, &others)?)
        };
        // One file in, one file out, compressed as well as before.
        let written = MergeOutput { is_final: is_compacted(&file.path), target_bytes: u64::MAX };
        let rows = file.stats.rows;
        let removed = vec![file];
        let added =
            maintenance::rewrite_files(&self.table, &self.engine, &removed, written, keep).await?;
        let stay: u64 = added.iter().map(|file| file.stats.rows).sum();
        let dropped = dropped.into_inner();
        if stay + dropped != rows || dropped != expired {
            return Err(error::internal(format!(
                "of {rows} rows {stay} stay and {dropped} go, where {expired} are too old"
            )));
        }
        self.table.commit(TableChange { purpose: CommitKind::Expire, added, removed }).await
    }
}

impl Cutoffs {
    fn of(before: &BTreeMap<ProjectId, Timestamp>) -> Self {
        Self(before.iter().map(|(project, at)| (project.to_string(), at.micros())).collect())
    }

    /// Whether a file may contain events to remove, by its statistics.
    fn may_affect(&self, file: &DataFile) -> bool {
        let (earliest, _) = file.occurred_micros();
        let goes = |(project, before): (&String, &i64)| {
            let may_contain = file
                .stats
                .projects()
                .is_none_or(|(least, most)| (least..=most).contains(&project.as_str()));
            may_contain && earliest < *before
        };
        self.0.iter().any(goes)
    }

    /// Whether a file contains only events to remove, by its statistics.
    fn take_all_of(&self, file: &DataFile) -> bool {
        let (_, latest) = file.occurred_micros();
        file.stats.projects().is_some_and(|(least, most)| {
            least == most && self.0.get(least).is_some_and(|before| latest < *before)
        })
    }

    /// A filter that passes every event to remove, and possibly others.
    fn filter(&self) -> Expr {
        let latest = self.0.values().max().copied().unwrap_or(i64::MIN);
        let instant = ScalarValue::TimestampMicrosecond(Some(latest), Some("UTC".into()));
        let is_old = col("occurred_at").lt(lit(instant));
        match self.0.keys().next() {
            Some(project) if self.0.len() == 1 => {
                col("project_id").eq(lit(project.clone())).and(is_old)
            }
            _ => is_old,
        }
    }

    /// For each row whether it is removed. The batch must have [`COLUMNS`].
    fn mask(&self, batch: &RecordBatch) -> Result<BooleanArray, ArrowError> {
        let missing = |name: &str| ArrowError::SchemaError(format!("there is no column {name}"));
        let column = |name: &str| batch.column_by_name(name).ok_or_else(|| missing(name));
        let projects: StringViewArray =
            cast(column(COLUMNS[0])?, &DataType::Utf8View)?.as_string_view().clone();
        let instants = column(COLUMNS[1])?
            .as_primitive_opt::<TimestampMicrosecondType>()
            .ok_or_else(|| missing(COLUMNS[1]))?;
        // Rows come project by project.
        let mut last: Option<(&str, Option<i64>)> = None;
        let mut goes = |row: usize| {
            let project = projects.value(row);
            let before = match last {
                Some((name, before)) if name == project => before,
                _ => self.0.get(project).copied(),
            };
            last = Some((project, before));
            before.is_some_and(|before| instants.value(row) < before)
        };
        Ok((0..batch.num_rows()).map(|row| Some(goes(row))).collect())
    }
}

/// About how many bytes so many of a file's rows take.
fn share(file: &DataFile, rows: u64) -> u64 {
    let bytes = u128::from(file.size_bytes) * u128::from(rows) / u128::from(file.stats.rows.max(1));
    u64::try_from(bytes).unwrap_or(file.size_bytes)
}
