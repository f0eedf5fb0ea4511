//! The runs that are due: floor, count, remove, finish.

use std::collections::{BTreeMap, BTreeSet};

use domain::id::ProjectId;
use domain::retention::{RetentionKind, removed_before};

use super::schedule::due_day;
use super::{Dependencies, RetentionService};
use crate::Error;
use crate::ports::catalog::{
    Project, RemovedPage, RetentionLease, RetentionRun, RetentionRunKey, RowsAndBytes,
};

/// Rows removed by one statement or transaction, about.
const PAGE_ROWS: u32 = 500;
/// Pages of one run in a call; the next call goes on.
const PAGES_PER_CALL: usize = 400;
/// Calls of the lake in one call; each does about a second of work.
const LAKE_STEPS_PER_CALL: usize = 30;
/// A lease outlasts a call by far.
const LEASE_SECONDS: i64 = 900;
/// The record of a run is kept for so many days.
const KEEP_RUNS_DAYS: i32 = 400;

/// The outcome of a call of [`RetentionService::run`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RemovalSummary {
    /// Runs that were due.
    pub due: u64,
    /// Of these, those that are finished now.
    pub finished: u64,
    /// The size of everything the finished ones removed.
    pub removed: RowsAndBytes,
}

impl RetentionService {
    /// Goes on with every run that is due, a bounded amount of work. One that fails does not hold up the
    /// others; the first failure is answered.
    pub async fn run(&self) -> Result<RemovalSummary, Error> {
        let _running = self.running.lock().await;
        self.parts.floors.refresh().await?;
        let due = self.due().await?;
        let mut summary = RemovalSummary { due: due.len() as u64, ..RemovalSummary::default() };
        let mut failed = None;
        let mut events = Vec::new();
        for (project, key) in &due {
            let claimed = match self.claim(project, *key).await {
                Ok(claimed) => claimed,
                Err(error) => {
                    failed.get_or_insert(error);
                    continue;
                }
            };
            let Some(run) = claimed else { continue };
            if key.kind == RetentionKind::Events {
                events.push(run);
                continue;
            }
            match self.remove_rows(run).await {
                Ok(true) => summary.count(&run),
                Ok(false) => {}
                Err(error) => drop(failed.get_or_insert(error)),
            }
        }
        match self.remove_events(&events).await {
            Ok(true) => events.iter().for_each(|run| summary.count(run)),
            Ok(false) => {}
            Err(error) => drop(failed.get_or_insert(error)),
        }
        if summary.finished > 0 {
            let oldest = self.parts.clock.now().day() - KEEP_RUNS_DAYS;
            self.parts.runs.prune_retention_runs(oldest).await?;
        }
        failed.map_or(Ok(summary), Err)
    }

    /// The runs that are due and not finished.
    async fn due(&self) -> Result<Vec<(Project, RetentionRunKey)>, Error> {
        let now = self.parts.clock.now();
        let finished = self.parts.runs.finished_retention_runs(now.day() - 1).await?;
        let finished: BTreeSet<RetentionRunKey> = finished.into_iter().collect();
        let mut due = Vec::new();
        for project in self.parts.projects.all().await? {
            let Some(day) = due_day(&project, now) else { continue };
            for kind in RetentionKind::ALL {
                let key = RetentionRunKey { project_id: project.id, kind, day };
                if !finished.contains(&key) {
                    due.push((project.clone(), key));
                }
            }
        }
        Ok(due)
    }

    /// Begins a run, or takes it over, by the days that are set now; none while another server works on it.
    async fn claim(
        &self,
        project: &Project,
        key: RetentionRunKey,
    ) -> Result<Option<RetentionRun>, Error> {
        let Dependencies { runs, settings, floors, .. } = &self.parts;
        let set = settings.project_settings(project.id).await?.settings.retention;
        let before = removed_before(key.day, set.days(key.kind, &self.limits(project)));
        let claimed = runs.claim_retention_run(key, before, self.lease()).await?;
        let Some(mut run) = claimed else { return Ok(None) };
        if key.kind == RetentionKind::Events {
            // Before anything is counted: from here on the lake takes in nothing older.
            floors.refresh().await?;
        }
        let is_moved = run.removes_before != before;
        if run.removed.is_some() && !is_moved {
            return Ok(Some(run));
        }
        let left = self.size(project.id, key.kind, before).await?;
        let removed = match run.removed {
            None => left,
            Some(planned) => {
                let was_left = self.size(project.id, key.kind, run.removes_before).await?;
                moved(planned, was_left, left)
            }
        };
        run = RetentionRun { removes_before: before, removed: Some(removed), ..run };
        runs.store_retention_run(&run, self.lease()).await?;
        floors.refresh().await?;
        Ok(Some(run))
    }

    /// Removes rows of the catalog, and recordings; whether the run is finished.
    async fn remove_rows(&self, mut run: RetentionRun) -> Result<bool, Error> {
        let mut after = None;
        for _ in 0..PAGES_PER_CALL {
            let page = self.remove_page(&run, after.as_ref()).await?;
            let Some(next) = page.next else {
                self.finish(&mut run).await?;
                return Ok(true);
            };
            after = Some(next);
        }
        Ok(false)
    }

    async fn remove_page(
        &self,
        run: &RetentionRun,
        after: Option<&crate::ports::catalog::RemovalCursor>,
    ) -> Result<RemovedPage, Error> {
        let Dependencies { rows, media, recordings, .. } = &self.parts;
        let RetentionRunKey { project_id, kind, .. } = run.key;
        if kind != RetentionKind::Recordings {
            let before = run.removes_before;
            return Ok(rows
                .remove_expired_rows(project_id, kind, before, after, PAGE_ROWS)
                .await?);
        }
        let found = media.expired_media(project_id, run.removes_before, PAGE_ROWS).await?;
        let rows = recordings.forget(&found).await?;
        let next = (rows > 0).then(|| crate::ports::catalog::RemovalCursor(String::new()));
        Ok(RemovedPage { rows, next })
    }

    /// Removes the events of all these runs together, for a file may hold several projects; whether
    /// the runs are finished.
    async fn remove_events(&self, claimed: &[RetentionRun]) -> Result<bool, Error> {
        if claimed.is_empty() {
            return Ok(false);
        }
        let before: BTreeMap<ProjectId, _> =
            claimed.iter().map(|run| (run.key.project_id, run.removes_before)).collect();
        for _ in 0..LAKE_STEPS_PER_CALL {
            if self.parts.lake.remove_before(&before).await? {
                for run in claimed {
                    self.finish(&mut run.clone()).await?;
                }
                return Ok(true);
            }
        }
        Ok(false)
    }

    async fn finish(&self, run: &mut RetentionRun) -> Result<(), Error> {
        run.finished_at = Some(self.parts.clock.now());
        self.parts.runs.store_retention_run(run, self.lease()).await?;
        let RowsAndBytes { rows, bytes } = run.removed.unwrap_or_default();
        if rows > 0 {
            let (project, kind) = (run.key.project_id, run.key.kind.as_str());
            tracing::info!(%project, kind, rows, bytes, before = %run.removes_before, "old data removed");
        }
        metrics::counter!("footfall_retention_removed_rows_total", "kind" => run.key.kind.as_str())
            .increment(rows);
        Ok(())
    }

    fn lease(&self) -> RetentionLease {
        let now = self.parts.clock.now();
        RetentionLease { now, until: now.plus_seconds(LEASE_SECONDS) }
    }
}

impl RemovalSummary {
    fn count(&mut self, run: &RetentionRun) {
        let RowsAndBytes { rows, bytes } = run.removed.unwrap_or_default();
        self.finished += 1;
        self.removed.rows += rows;
        self.removed.bytes += bytes;
    }
}

/// The size of a run whose days were changed while it was under way: what it has removed of what was
/// planned, and what is left by the new days.
fn moved(planned: RowsAndBytes, was_left: RowsAndBytes, left: RowsAndBytes) -> RowsAndBytes {
    let of = |planned: u64, was_left: u64, left: u64| planned.saturating_sub(was_left) + left;
    RowsAndBytes {
        rows: of(planned.rows, was_left.rows, left.rows),
        bytes: of(planned.bytes, was_left.bytes, left.bytes),
    }
}
