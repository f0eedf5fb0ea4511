//! Settings of the browser SDK, by project.

use async_trait::async_trait;
use domain::id::ProjectId;
use domain::sdk_settings::SdkSettings;
use domain::time::Timestamp;

use super::Error;

/// Settings with the number of their change.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct VersionedSdkSettings {
    /// 0 stands for the default settings, which nobody has changed.
    pub version: u64,
    /// The settings.
    pub settings: SdkSettings,
}

/// Settings of the SDK. See [`super`] for the contract.
#[async_trait]
pub trait SdkSettingsStore: Send + Sync {
    /// A project's settings; the default ones when it has set none, or does not exist.
    async fn sdk_settings(&self, project: ProjectId) -> Result<VersionedSdkSettings, Error>;

    /// Replaces the settings of version `expected`; none, and nothing done, when there is another
    /// version by now, or no such project.
    async fn set_sdk_settings(
        &self,
        project: ProjectId,
        settings: &SdkSettings,
        expected: u64,
        now: Timestamp,
    ) -> Result<Option<VersionedSdkSettings>, Error>;
}
