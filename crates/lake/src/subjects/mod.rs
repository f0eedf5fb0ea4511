//! One person's events: found, shown, and rewritten away.
//!
//! Whose an event is, [`domain::erasure::EventIdentifiers`] decides. Files are first asked for rows that
//! may be the person's, by a filter that lets through more ([`filter`]); rows are then looked at one by
//! one.

mod filter;
mod pending_deletions;
mod rows;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use async_trait::async_trait;
use datafusion::arrow::array::{BooleanArray, RecordBatch};
use datafusion::arrow::compute::filter_record_batch;
use datafusion::common::Result as DataFusionResult;
use datafusion::prelude::{DataFrame, Expr};
use domain::erasure::Identifiers;
use domain::id::ProjectId;
use engine::ports::lake::{Error, LakeErasure, LakeSubjects};
use engine::ports::sql::StatementResult;
use futures::StreamExt;
use futures::stream::BoxStream;

use crate::Lake;
use crate::maintenance::MergeOutput;
use crate::table::{CommitKind, DataFile, Snapshot, Table, TableChange, on_disk};
use crate::{error, hashed, maintenance, schema, sql};

pub(crate) use pending_deletions::PendingDeletions;
use rows::SubjectRowFilter;

/// Columns that only our own questions read.
const INTERNAL: [&str; 3] = [hashed::COLUMNS[0], hashed::COLUMNS[1], schema::MONTH];

#[async_trait]
impl LakeSubjects for Lake {
    async fn devices(
        &self,
        project: ProjectId,
        person: &Identifiers,
    ) -> Result<Identifiers, Error> {
        let Some(filter) = filter::on_subject_devices(project, person) else {
            return Ok(Identifiers::default());
        };
        let batches = self
            .frame(self.table.snapshot(), filter)
            .await
            .and_then(|frame| frame.select_columns(&["visitor_id", "session_id"])?.distinct())
            .map_err(error::from_datafusion)?
            .collect()
            .await
            .map_err(error::from_datafusion)?;
        let mut found = Identifiers::default();
        for batch in &batches {
            found.visitor_ids.extend(rows::texts(batch, "visitor_id").map_err(error::internal)?);
            found.session_ids.extend(rows::texts(batch, "session_id").map_err(error::internal)?);
        }
        Ok(found)
    }

    async fn shared_devices(
        &self,
        project: ProjectId,
        person: &Identifiers,
    ) -> Result<Identifiers, Error> {
        let Some(filter) = filter::of_other_users(project, person) else {
            return Ok(Identifiers::default());
        };
        let columns = ["visitor_id", "session_id", "user_id"];
        let batches = self
            .frame(self.table.snapshot(), filter)
            .await
            .and_then(|frame| frame.select_columns(&columns)?.distinct())
            .map_err(error::from_datafusion)?
            .collect()
            .await
            .map_err(error::from_datafusion)?;
        let mut shared = Identifiers::default();
        for batch in &batches {
            for [visitor, session, user] in
                rows::triples(batch, columns).map_err(error::internal)?
            {
                // An address in another case is no other user.
                if user.is_none_or(|user| user.is_empty() || person.is_user(&user)) {
                    continue;
                }
                shared.visitor_ids.extend(visitor.filter(|id| person.visitor_ids.contains(id)));
                shared.session_ids.extend(session.filter(|id| person.session_ids.contains(id)));
            }
        }
        Ok(shared)
    }

    async fn events_of(
        &self,
        project: ProjectId,
        person: &Identifiers,
    ) -> Result<BoxStream<'static, Result<StatementResult, Error>>, Error> {
        let snapshot = self.table.snapshot();
        let batches = self
            .frame(Arc::clone(&snapshot), filter::may_match_subject(project, person))
            .await
            .and_then(|frame| frame.drop_columns(&INTERNAL))
            .map_err(error::from_datafusion)?
            .execute_stream()
            .await
            .map_err(error::from_datafusion)?;
        let filter = SubjectRowFilter::new(project, person.clone());
        Ok(batches
            .map(move |batch| {
                // Held as long as the stream, so that no file it reads is deleted.
                let _reading = &snapshot;
                let answer = batch.and_then(|batch| answer(&batch, &filter));
                answer.map_err(error::from_datafusion)
            })
            .boxed())
    }

    async fn erase(&self, project: ProjectId, person: &Identifiers) -> Result<LakeErasure, Error> {
        let _paused = self.maintenance.pause().await;
        self.table.refresh_if_behind().await?;
        let mut events = 0;
        let files = self.table.snapshot().files.clone();
        for file in files.into_iter().filter(|file| may_contain_project(file, project)) {
            if self.contains_subject(&file, project, person).await? {
                events += self.erase_from(file, project, person).await?;
            }
        }
        Ok(LakeErasure { events, leftovers: unneeded_files(&self.table).await? })
    }

    async fn delete_leftovers(&self, leftovers: &[String]) -> Result<bool, Error> {
        let snapshot = self.table.snapshot();
        let live = maintenance::needed(&snapshot);
        let lost: Vec<String> =
            leftovers.iter().filter(|path| !live.contains(*path)).cloned().collect();
        let unread = self.leaving.take_unread(&lost);
        let root = self.table.root.clone();
        on_disk(move || {
            unread.iter().try_for_each(|path| maintenance::remove(&root.join(path)))?;
            Ok(!lost.iter().any(|path| root.join(path).exists()))
        })
        .await
    }
}

impl Lake {
    /// The rows of a snapshot that a filter lets through.
    pub(crate) async fn frame(
        &self,
        snapshot: Arc<Snapshot>,
        filter: Expr,
    ) -> DataFusionResult<DataFrame> {
        let context = self.engine.session();
        let events = hashed::events(&context, snapshot)?;
        context.register_table("events", events)?;
        context.table("events").await?.filter(filter)
    }

    /// Whether any row of the file is the person's.
    async fn contains_subject(
        &self,
        file: &Arc<DataFile>,
        project: ProjectId,
        person: &Identifiers,
    ) -> Result<bool, Error> {
        let snapshot = Snapshot { files: vec![Arc::clone(file)], ..Snapshot::default() };
        let mut batches = self
            .frame(Arc::new(snapshot), filter::may_match_subject(project, person))
            .await
            .and_then(|frame| frame.select_columns(&rows::COLUMNS))
            .map_err(error::from_datafusion)?
            .execute_stream()
            .await
            .map_err(error::from_datafusion)?;
        let filter = SubjectRowFilter::new(project, person.clone());
        while let Some(batch) = batches.next().await {
            let mask = batch.and_then(|batch| filter.mask(&batch));
            if mask.map_err(error::from_datafusion)?.true_count() > 0 {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Puts a file without the person's rows in the place of this one. Returns how many they were.
    async fn erase_from(
        &self,
        file: Arc<DataFile>,
        project: ProjectId,
        person: &Identifiers,
    ) -> Result<u64, Error> {
        let filter = SubjectRowFilter::new(project, person.clone());
        let erased = AtomicU64::new(0);
        let keep = |batch: RecordBatch| {
            let mask = filter.mask(&batch)?;
            erased.fetch_add(mask.true_count() as u64, Ordering::Relaxed);
            let others: BooleanArray = mask.iter().map(|is| Some(is != Some(true))).collect();
            Ok(filter_record_batch(&batch, &others)?)
        };
        let removed = vec![Arc::clone(&file)];
        // One file in, one file out.
        let written = MergeOutput { is_final: true, target_bytes: u64::MAX };
        let added =
            maintenance::rewrite_files(&self.table, &self.engine, &removed, written, keep).await?;
        let kept: u64 = added.iter().map(|file| file.stats.rows).sum();
        let erased = erased.into_inner();
        if kept + erased != file.stats.rows {
            let rows = file.stats.rows;
            return Err(error::internal(format!("of {rows} rows {kept} stay and {erased} go")));
        }
        self.table.commit(TableChange { purpose: CommitKind::Erase, added, removed }).await?;
        self.leaving.add(&file);
        Ok(erased)
    }
}

/// Data files on disk that the newest snapshot does not need.
pub(crate) async fn unneeded_files(table: &Table) -> Result<Vec<String>, Error> {
    let root = table.root.clone();
    let present = on_disk(move || maintenance::data_files(&root)).await?;
    let snapshot = table.snapshot();
    let live = maintenance::needed(&snapshot);
    Ok(present.into_iter().filter(|path| !live.contains(path)).collect())
}

/// Whether a file may hold events of the project.
fn may_contain_project(file: &DataFile, project: ProjectId) -> bool {
    let project = project.to_string();
    file.stats.projects().is_none_or(|(least, most)| (least..=most).contains(&&*project))
}

fn answer(batch: &RecordBatch, filter: &SubjectRowFilter) -> DataFusionResult<StatementResult> {
    let batch = filter_record_batch(batch, &filter.mask(batch)?)?;
    let columns = sql::answer::columns(batch.schema_ref());
    let mut rows = Vec::with_capacity(batch.num_rows());
    sql::answer::add(&batch, batch.num_rows(), &mut rows)?;
    Ok(StatementResult { columns, rows, is_truncated: false })
}
