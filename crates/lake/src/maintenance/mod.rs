//! Keeping the table fast: few files a day, a short log, nothing on disk that nobody needs.
//!
//! None of it changes an answer. A merge is a commit like any other; questions that began before
//! it go on reading the files it replaced, which stay for [`crate::Options::grace_seconds`].

mod checkpoint;
mod merge;
mod merge_plan;
mod rebuild;
mod vacuum;

pub(crate) use merge::{MergeOutput, rewrite_files};
pub(crate) use rebuild::rollups as rebuild_rollups;
pub(crate) use vacuum::{data_files, needed, remove};

use std::sync::Arc;

use domain::time::Timestamp;
use engine::ports::lake::{Error, MaintenanceSummary};
use tokio::sync::Mutex;

use merge_plan::MergePlan;

use crate::Options;
use crate::query::QueryEngine;
use crate::table::Table;

/// Bytes merged in one call, about: a second or two of work.
const BYTES_PER_CALL: u64 = 64 << 20;

/// Maintenance and what it remembers between calls.
#[derive(Debug)]
pub(crate) struct Maintenance {
    options: Options,
    unneeded: Mutex<vacuum::VacuumCandidates>,
}

impl Maintenance {
    pub(crate) fn new(options: Options) -> Self {
        Self { options, unneeded: Mutex::default() }
    }

    /// Bytes to rewrite in one call for another purpose, about.
    pub(crate) fn step_bytes(&self) -> u64 {
        BYTES_PER_CALL.min(self.options.target_file_bytes / 2)
    }

    /// Keeps rounds from beginning while the guard lives: a merge under way would write again what an
    /// erasure removes.
    pub(crate) async fn pause(&self) -> impl Sized + '_ {
        self.unneeded.lock().await
    }

    /// One round. Rounds do not overlap; writes and questions go on meanwhile.
    pub(crate) async fn run(
        &self,
        table: &Arc<Table>,
        engine: &QueryEngine,
        now: Timestamp,
    ) -> Result<MaintenanceSummary, Error> {
        let mut unneeded = self.unneeded.lock().await;
        let mut done = MaintenanceSummary::default();
        let mut bytes = 0;
        while bytes < BYTES_PER_CALL {
            let snapshot = table.snapshot();
            let Some(MergePlan { files, is_final }) =
                merge_plan::files_to_merge(&snapshot.files, now.day(), &self.options)
            else {
                break;
            };
            let written = MergeOutput { is_final, target_bytes: self.options.target_file_bytes };
            bytes += files.iter().map(|file| file.size_bytes).sum::<u64>();
            done.files_merged += files.len() as u64;
            done.files_written += merge::merge(table, engine, files, written).await?;
        }
        checkpoint::when_due(table, &self.options, now).await?;
        done.files_deleted = unneeded.delete(table, self.options.grace_seconds, now).await?;
        Ok(done)
    }
}
