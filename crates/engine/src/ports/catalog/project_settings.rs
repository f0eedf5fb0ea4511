//! Settings of projects.

use async_trait::async_trait;
use domain::id::ProjectId;
use domain::project_settings::ProjectSettings;
use domain::time::Timestamp;

use super::Error;

/// Settings with the number of their change.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct VersionedProjectSettings {
    /// 0 stands for the default settings, which nobody has changed.
    pub version: u64,
    /// The project's name; empty where there is no such project.
    pub name: String,
    /// The settings.
    pub settings: ProjectSettings,
}

/// Settings of projects. See [`super`] for the contract.
#[async_trait]
pub trait ProjectSettingsStore: Send + Sync {
    /// A project's settings; the default ones when it has set none, or does not exist.
    async fn project_settings(&self, project: ProjectId)
    -> Result<VersionedProjectSettings, Error>;

    /// Replaces the name and the settings of version `expected`; none, and nothing done, when there is another
    /// version by now, or no such project.
    async fn set_project_settings(
        &self,
        project: ProjectId,
        name: &str,
        settings: &ProjectSettings,
        expected: u64,
        now: Timestamp,
    ) -> Result<Option<VersionedProjectSettings>, Error>;
}
