//! Settings of projects.

use std::sync::Arc;

use domain::clock::Clock;
use domain::id::ProjectId;
use domain::project_settings::ProjectSettings;
use domain::zone::Zone;

use crate::ports::catalog::{ProjectSettingsStore, VersionedProjectSettings};
use crate::project_zones::ProjectZones;
use crate::retention::RetentionService;
use crate::{Error, validate};

/// The use cases around a project's settings. The caller has authorised the member or the program.
pub struct ProjectSettingsService {
    store: Arc<dyn ProjectSettingsStore>,
    retention: Arc<RetentionService>,
    clock: Arc<dyn Clock>,
    zones: ProjectZones,
}

impl ProjectSettingsService {
    /// Puts the parts together.
    pub fn new(
        store: Arc<dyn ProjectSettingsStore>,
        retention: Arc<RetentionService>,
        zones: ProjectZones,
        clock: Arc<dyn Clock>,
    ) -> Self {
        Self { store, retention, clock, zones }
    }

    /// A project's settings.
    pub async fn of(&self, project: ProjectId) -> Result<VersionedProjectSettings, Error> {
        Ok(self.store.project_settings(project).await?)
    }

    /// The zone of a project's days, months and hours.
    pub async fn time_zone(&self, project: ProjectId) -> Result<Zone, Error> {
        self.zones.of(project).await
    }

    /// Replaces the name and the settings of version `expected`. [`Error::Conflict`] when somebody else has changed
    /// them since, [`Error::Invalid`] for days that may not be set.
    pub async fn replace(
        &self,
        project: ProjectId,
        name: &str,
        settings: &ProjectSettings,
        expected: u64,
    ) -> Result<VersionedProjectSettings, Error> {
        let changed =
            || Error::Conflict("the settings have changed since; load them again".to_owned());
        let name = validate::name("name", name)?;
        let now = self.clock.now();
        let _paused = self.retention.pause().await;
        if self.of(project).await?.version != expected {
            return Err(changed());
        }
        // Before, so that nothing that is accepted by the new settings is taken for removed.
        self.retention.prepare(project, &settings.retention).await?;
        let stored =
            self.store.set_project_settings(project, &name, settings, expected, now).await?;
        self.zones.forget(project).await;
        let stored = stored.ok_or_else(changed)?;
        // Again, for a run of another server may have begun by the old days in between.
        self.retention.prepare(project, &settings.retention).await?;
        Ok(stored)
    }
}

impl std::fmt::Debug for ProjectSettingsService {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("ProjectSettingsService").finish_non_exhaustive()
    }
}
