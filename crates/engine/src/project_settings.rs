//! Settings of projects.

use std::sync::Arc;
use std::time::Duration;

use domain::clock::Clock;
use domain::id::ProjectId;
use domain::project_settings::ProjectSettings;

use domain::zone::Zone;
use moka::future::Cache;

use crate::Error;
use crate::ports::catalog::{ProjectSettingsStore, VersionedProjectSettings};
use crate::retention::RetentionService;

/// A change of a zone on another server is noticed after this at the latest.
const ZONE_TIME_TO_LIVE: Duration = Duration::from_secs(5);
/// Projects whose zone is remembered.
const ZONE_CAPACITY: u64 = 10_000;

/// The use cases around a project's settings. The caller has authorised the member or the program.
pub struct ProjectSettingsService {
    store: Arc<dyn ProjectSettingsStore>,
    retention: Arc<RetentionService>,
    clock: Arc<dyn Clock>,
    /// Every question needs one.
    zones: Cache<ProjectId, Zone>,
}

impl ProjectSettingsService {
    /// Puts the parts together.
    pub fn new(
        store: Arc<dyn ProjectSettingsStore>,
        retention: Arc<RetentionService>,
        clock: Arc<dyn Clock>,
    ) -> Self {
        let zones =
            Cache::builder().max_capacity(ZONE_CAPACITY).time_to_live(ZONE_TIME_TO_LIVE).build();
        Self { store, retention, clock, zones }
    }

    /// A project's settings.
    pub async fn of(&self, project: ProjectId) -> Result<VersionedProjectSettings, Error> {
        Ok(self.store.project_settings(project).await?)
    }

    /// The zone of a project's days, months and hours.
    pub async fn time_zone(&self, project: ProjectId) -> Result<Zone, Error> {
        if let Some(zone) = self.zones.get(&project).await {
            return Ok(zone);
        }
        let zone = self.store.project_settings(project).await?.settings.time_zone;
        self.zones.insert(project, zone).await;
        Ok(zone)
    }

    /// Replaces the settings of version `expected`. [`Error::Conflict`] when somebody else has changed
    /// them since, [`Error::Invalid`] for days that may not be set.
    pub async fn replace(
        &self,
        project: ProjectId,
        settings: &ProjectSettings,
        expected: u64,
    ) -> Result<VersionedProjectSettings, Error> {
        let now = self.clock.now();
        // Before, so that nothing that is accepted by the new settings is taken for removed.
        self.retention.prepare(project, &settings.retention).await?;
        let stored = self.store.set_project_settings(project, settings, expected, now).await?;
        self.zones.invalidate(&project).await;
        stored.ok_or_else(|| Error::Conflict("the settings have been changed since".to_owned()))
    }
}

impl std::fmt::Debug for ProjectSettingsService {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("ProjectSettingsService").finish_non_exhaustive()
    }
}
