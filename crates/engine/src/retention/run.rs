//! The runs that are due: floor, count, remove, finish.

use std::collections::{BTreeMap, BTreeSet};

use domain::id::ProjectId;
use domain::retention::{RetentionKind, removed_before};
use domain::time::Timestamp;

use super::schedule::due_day;
use super::{Dependencies, RetentionService};
use crate::Error;
use crate::ports::catalog::{Project, RetentionLease, RetentionRun, RetentionRunKey, RowsAndBytes};

/// Rows removed by one statement or transaction, about.
const PAGE_ROWS: u32 = 500;
/// Recordings removed in one step, and as many screenshots: each has files of its own.
const PAGE_MEDIA: u32 = 100;
/// A call begins no step after so long; the next call goes on.
const CALL_SECONDS: i64 = 60;
/// Pages of one run in a call; the next call continues.
const PAGES_PER_CALL: usize = 400;
/// Calls of the lake in one call; each does about a second of work.
const LAKE_STEPS_PER_CALL: usize = 30;
/// A lease outlasts a call by far: each step of one takes seconds.
const LEASE_SECONDS: i64 = 900;
/// The record of a run is kept for so many days.
const KEEP_RUNS_DAYS: i32 = 400;

/// The outcome of a call of [`RetentionService::run`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RemovalSummary {
    /// Runs that were due.
    pub due: u64,
    /// Runs that are finished now.
    pub finished: u64,
    /// The size of everything the finished ones removed.
    pub removed: RowsAndBytes,
}

impl RetentionService {
    /// Continues every run that is due, with a bounded amount of work. One that fails does not delay the
    /// others; the first failure is returned.
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
                events.push((project, run));
                continue;
            }
            match self.remove_rows(project, run).await {
                Ok(true) => summary.count(&run),
                Ok(false) => {}
                Err(error) => drop(failed.get_or_insert(error)),
            }
        }
        match self.remove_events(&events).await {
            Ok(true) => events.iter().for_each(|(_, run)| summary.count(run)),
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
        let Dependencies { runs, floors, .. } = &self.parts;
        let step = self.steps.lock().await;
        let before = self.before(project, key).await?;
        let claimed = runs.claim_retention_run(key, before, self.lease()).await?;
        drop(step);
        let Some(mut run) = claimed else { return Ok(None) };
        if key.kind == RetentionKind::Events {
            // Before anything is counted: from here on the lake stores nothing older.
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
        let _step = self.steps.lock().await;
        if self.before(project, key).await? != before {
            // The days were changed while it was counted: the next call counts again.
            return Ok(None);
        }
        runs.store_retention_run(&run, self.lease()).await?;
        floors.refresh().await?;
        Ok(Some(run))
    }

    /// The instant before which rows go by the days that are set now.
    async fn before(&self, project: &Project, key: RetentionRunKey) -> Result<Timestamp, Error> {
        let set = self.parts.settings.project_settings(project.id).await?.settings.retention;
        Ok(removed_before(key.day, set.days(key.kind, &self.limits(project))))
    }

    /// Whether the days are those that the run was begun by.
    async fn is_current(&self, project: &Project, run: &RetentionRun) -> Result<bool, Error> {
        Ok(self.before(project, run.key).await? == run.removes_before)
    }

    /// Whether a call that began then goes on.
    fn has_time(&self, began: Timestamp) -> bool {
        self.parts.clock.now() <= began.plus_seconds(CALL_SECONDS)
    }

    /// Removes rows of the catalog, and recordings; whether the run is finished.
    async fn remove_rows(&self, project: &Project, run: RetentionRun) -> Result<bool, Error> {
        if run.key.kind == RetentionKind::Recordings {
            return self.remove_media(project, run).await;
        }
        let RetentionRunKey { project_id, kind, .. } = run.key;
        let began = self.parts.clock.now();
        let mut after = None;
        for _ in 0..PAGES_PER_CALL {
            let step = self.steps.lock().await;
            if !self.has_time(began) || !self.is_current(project, &run).await? {
                return Ok(false);
            }
            let (rows, before) = (&self.parts.rows, run.removes_before);
            let page =
                rows.remove_expired_rows(project_id, kind, before, after.as_ref(), PAGE_ROWS);
            after = page.await?.next;
            drop(step);
            if after.is_none() {
                self.finish(run).await?;
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Removes recordings and screenshots; whether the run is finished. What cannot be removed does not hold
    /// up the rest; the first failure is answered at the end.
    async fn remove_media(&self, project: &Project, run: RetentionRun) -> Result<bool, Error> {
        let Dependencies { media, recordings, clock, .. } = &self.parts;
        let began = clock.now();
        let mut failed = None;
        let mut after = None;
        for _ in 0..PAGES_PER_CALL {
            let _step = self.steps.lock().await;
            if !self.has_time(began) || !self.is_current(project, &run).await? {
                return failed.map_or(Ok(false), Err);
            }
            let found = media.expired_media(project.id, run.removes_before, after, PAGE_MEDIA);
            let found = found.await?;
            for group in &found {
                if let Err(error) = recordings.forget(&[*group]).await {
                    failed.get_or_insert(error);
                }
            }
            after = found.last().copied();
            if after.is_none() {
                match failed {
                    Some(error) => return Err(error),
                    None => self.finish(run).await?,
                }
                return Ok(true);
            }
        }
        failed.map_or(Ok(false), Err)
    }

    /// Removes the events of all these runs together, for a file may hold several projects; whether
    /// the runs are finished.
    async fn remove_events(&self, claimed: &[(&Project, RetentionRun)]) -> Result<bool, Error> {
        if claimed.is_empty() {
            return Ok(false);
        }
        let began = self.parts.clock.now();
        let before: BTreeMap<ProjectId, _> =
            claimed.iter().map(|(project, run)| (project.id, run.removes_before)).collect();
        for _ in 0..LAKE_STEPS_PER_CALL {
            let step = self.steps.lock().await;
            for (project, run) in claimed {
                if !self.has_time(began) || !self.is_current(project, run).await? {
                    return Ok(false);
                }
            }
            let is_done = self.parts.lake.remove_before(&before).await?;
            drop(step);
            if is_done {
                for (_, run) in claimed {
                    self.finish(*run).await?;
                }
                return Ok(true);
            }
        }
        Ok(false)
    }

    async fn finish(&self, mut run: RetentionRun) -> Result<(), Error> {
        run.finished_at = Some(self.parts.clock.now());
        self.parts.runs.store_retention_run(&run, self.lease()).await?;
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

/// The size of a run after its days have changed: the planned rows that it has removed, and the rows
/// that are left by the new days.
fn moved(planned: RowsAndBytes, was_left: RowsAndBytes, left: RowsAndBytes) -> RowsAndBytes {
    let of = |planned: u64, was_left: u64, left: u64| planned.saturating_sub(was_left) + left;
    RowsAndBytes {
        rows: of(planned.rows, was_left.rows, left.rows),
        bytes: of(planned.bytes, was_left.bytes, left.bytes),
    }
}
