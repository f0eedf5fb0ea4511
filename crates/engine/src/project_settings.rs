//! Settings of projects.

use std::sync::Arc;

use domain::clock::Clock;
use domain::id::ProjectId;
use domain::project_settings::ProjectSettings;

use crate::Error;
use crate::ports::catalog::{ProjectSettingsStore, VersionedProjectSettings};

/// The use cases around a project's settings. The caller has authorised the member or the program.
pub struct ProjectSettingsService {
    store: Arc<dyn ProjectSettingsStore>,
    clock: Arc<dyn Clock>,
}

impl ProjectSettingsService {
    /// Puts the parts together.
    pub fn new(store: Arc<dyn ProjectSettingsStore>, clock: Arc<dyn Clock>) -> Self {
        Self { store, clock }
    }

    /// A project's settings.
    pub async fn of(&self, project: ProjectId) -> Result<VersionedProjectSettings, Error> {
        Ok(self.store.project_settings(project).await?)
    }

    /// Replaces the settings of version `expected`. [`Error::Conflict`] when somebody else has changed
    /// them since.
    pub async fn replace(
        &self,
        project: ProjectId,
        settings: &ProjectSettings,
        expected: u64,
    ) -> Result<VersionedProjectSettings, Error> {
        let now = self.clock.now();
        let stored = self.store.set_project_settings(project, settings, expected, now).await?;
        stored.ok_or_else(|| Error::Conflict("the settings have been changed since".to_owned()))
    }
}

impl std::fmt::Debug for ProjectSettingsService {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("ProjectSettingsService").finish_non_exhaustive()
    }
}
