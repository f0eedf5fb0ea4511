//! Removes data that is older than its project keeps it, once a day, by kind.
//!
//! A run of a day is a row of the catalog, which is also the lease of the server that works on it and the
//! record of the rows it removed. It begins with a floor: from then on nothing older is stored again. Then
//! old rows are counted and removed, a bounded number at a time; each step can be repeated, so a crash delays
//! a run and loses nothing. `docs/adr/0016` says why.

mod floors;
mod run;
mod schedule;

use std::sync::Arc;
use std::time::Duration;

use domain::clock::Clock;
use domain::id::ProjectId;
use domain::project_settings::Retention;
use domain::retention::{RetentionKind, RetentionLimits, removed_before};
use domain::time::Timestamp;
use tokio::sync::{Mutex, MutexGuard};

use crate::Error;
use crate::ports::catalog::{
    ExpiredMediaStore, ExpiredRowStore, Project, ProjectSettingsStore, ProjectStore, RetentionRun,
    RetentionStore, RowsAndBytes,
};
use crate::ports::lake::LakeRetention;
use crate::questions::AnalyticsService;
use crate::recordings::RecordingService;

pub(crate) use floors::EventFloors;
pub use floors::RetentionFloors;
pub use run::RemovalSummary;
use schedule::Schedule;

/// How long a preview may count.
const PREVIEW_TIMEOUT: Duration = Duration::from_secs(20);

/// The ports and settings of retention.
pub struct Dependencies {
    /// Runs and floors.
    pub runs: Arc<dyn RetentionStore>,
    /// Rows of the catalog.
    pub rows: Arc<dyn ExpiredRowStore>,
    /// Rows of recordings and screenshots.
    pub media: Arc<dyn ExpiredMediaStore>,
    /// Removes recordings with their files.
    pub recordings: Arc<RecordingService>,
    /// Events.
    pub lake: Arc<dyn LakeRetention>,
    /// Previews count as questions do: not too many at a time.
    pub questions: Arc<AnalyticsService>,
    /// Projects and the most days each may keep.
    pub projects: Arc<dyn ProjectStore>,
    /// Days that projects have set.
    pub settings: Arc<dyn ProjectSettingsStore>,
    /// Floors that ingest and the lake's projection look at.
    pub floors: Arc<RetentionFloors>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Days of sessions by default.
    pub session_days: u32,
    /// Days of recordings and screenshots by default.
    pub recording_days: u32,
}

/// How long a project keeps a kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KindRetention {
    /// Which kind.
    pub kind: RetentionKind,
    /// For how many days it is kept.
    pub days: u32,
    /// For how many days where nothing is set.
    pub default_days: u32,
    /// When its next run is due.
    pub next_run_at: Timestamp,
    /// That run removes rows older than this.
    pub removes_before: Timestamp,
    /// The latest run.
    pub last_run: Option<RetentionRun>,
}

/// How long a project keeps each kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RetentionStatus {
    /// The most days of any kind.
    pub max_days: u32,
    /// Each kind.
    pub kinds: Vec<KindRetention>,
}

/// The use cases. The caller has authorised the member.
pub struct RetentionService {
    parts: Dependencies,
    /// One run at a time on this server.
    running: Mutex<()>,
    /// Taken for each step of a run, and while days are changed: on this server nothing is removed by days
    /// that no longer hold.
    steps: Mutex<()>,
}

impl RetentionService {
    /// Puts the parts together.
    pub fn new(parts: Dependencies) -> Self {
        Self { parts, running: Mutex::default(), steps: Mutex::default() }
    }

    /// How a project keeps each kind, as it is set.
    pub async fn status(&self, project: ProjectId) -> Result<RetentionStatus, Error> {
        let set = self.parts.settings.project_settings(project).await?.settings.retention;
        self.status_under(project, &set).await
    }

    /// The size of the rows that the next run of each kind would remove if these days were set.
    ///
    /// # Errors
    /// [`Error::Invalid`] for days that may not be set, [`Error::Limited`] while too many questions are asked,
    /// [`Error::Timeout`] where counting takes too long.
    pub async fn preview(
        &self,
        project: ProjectId,
        proposed: &Retention,
    ) -> Result<(RetentionStatus, Vec<RowsAndBytes>), Error> {
        self.check(project, proposed).await?;
        let status = self.status_under(project, proposed).await?;
        let _permit = self.parts.questions.permit().await?;
        let counted = tokio::time::timeout(PREVIEW_TIMEOUT, async {
            let mut sizes = Vec::with_capacity(status.kinds.len());
            for kind in &status.kinds {
                sizes.push(self.size(project, kind.kind, kind.removes_before).await?);
            }
            Ok::<_, Error>(sizes)
        });
        let sizes = counted.await.map_err(|_| Error::Timeout { limit: "time" })??;
        Ok((status, sizes))
    }

    /// The instant before which a project's events have been removed; none before its first run.
    pub fn events_removed_before(&self, project: ProjectId) -> Option<Timestamp> {
        self.parts.floors.current().of(project)
    }

    /// Waits for the step under way of a run; none begins on this server while the guard lives.
    pub(crate) async fn pause(&self) -> MutexGuard<'_, ()> {
        self.steps.lock().await
    }

    /// Prepares for these days being set: lowers floors, so that late rows within the new days are
    /// stored.
    ///
    /// # Errors
    /// [`Error::Invalid`] for days that may not be set.
    pub async fn prepare(&self, project: ProjectId, proposed: &Retention) -> Result<(), Error> {
        let limits = self.check(project, proposed).await?;
        let today = self.parts.clock.now().day();
        let floors = RetentionKind::ALL
            .map(|kind| (kind, removed_before(today, proposed.days(kind, &limits))));
        self.parts.runs.lower_retention_floors(project, &floors).await?;
        self.parts.floors.refresh().await
    }

    /// The limits of a project, within which these days are.
    async fn check(
        &self,
        project: ProjectId,
        proposed: &Retention,
    ) -> Result<RetentionLimits, Error> {
        let limits = self.limits(&self.project(project).await?);
        let checked = proposed.check(&limits);
        checked.map_err(|error| Error::invalid(error.field, error.to_string()))?;
        Ok(limits)
    }

    async fn status_under(
        &self,
        project: ProjectId,
        retention: &Retention,
    ) -> Result<RetentionStatus, Error> {
        let project = self.project(project).await?;
        let limits = self.limits(&project);
        let now = self.parts.clock.now();
        let runs = self.parts.runs.latest_retention_runs(project.id).await?;
        let kinds = RetentionKind::ALL.map(|kind| {
            let last_run = runs.iter().find(|run| run.key.kind == kind).copied();
            let schedule = Schedule::next(&project, last_run.as_ref(), now);
            let days = retention.days(kind, &limits);
            KindRetention {
                kind,
                days,
                default_days: limits.default_days(kind),
                next_run_at: schedule.at,
                removes_before: removed_before(schedule.day, days),
                last_run,
            }
        });
        Ok(RetentionStatus { max_days: limits.max_days, kinds: kinds.into() })
    }

    async fn project(&self, project: ProjectId) -> Result<Project, Error> {
        self.parts.projects.project(project).await?.ok_or(Error::NotFound("project"))
    }

    fn limits(&self, project: &Project) -> RetentionLimits {
        let Dependencies { session_days, recording_days, .. } = self.parts;
        RetentionLimits { max_days: project.retention_days, session_days, recording_days }
    }

    async fn size(
        &self,
        project: ProjectId,
        kind: RetentionKind,
        before: Timestamp,
    ) -> Result<RowsAndBytes, Error> {
        let Dependencies { rows, media, lake, .. } = &self.parts;
        Ok(match kind {
            RetentionKind::Events => lake.size_before(project, before).await?,
            RetentionKind::Recordings => media.expired_media_size(project, before).await?,
            RetentionKind::Signals | RetentionKind::Sessions | RetentionKind::Activities => {
                let rows = rows.expired_rows(project, kind, before).await?;
                RowsAndBytes { rows, bytes: 0 }
            }
        })
    }
}

impl std::fmt::Debug for RetentionService {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("RetentionService").finish_non_exhaustive()
    }
}
