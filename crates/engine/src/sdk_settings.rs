//! Settings of the browser SDK, by project.

use std::sync::Arc;

use domain::clock::Clock;
use domain::id::ProjectId;
use domain::sdk_settings::SdkSettings;

use crate::Error;
use crate::ports::catalog::{SdkSettingsStore, VersionedSdkSettings};

/// The use cases around the SDK's settings. The caller has authorised the member or the key.
pub struct SdkSettingsService {
    store: Arc<dyn SdkSettingsStore>,
    clock: Arc<dyn Clock>,
}

impl SdkSettingsService {
    /// Puts the parts together.
    pub fn new(store: Arc<dyn SdkSettingsStore>, clock: Arc<dyn Clock>) -> Self {
        Self { store, clock }
    }

    /// A project's settings.
    pub async fn of(&self, project: ProjectId) -> Result<VersionedSdkSettings, Error> {
        Ok(self.store.sdk_settings(project).await?)
    }

    /// Replaces the settings of version `expected`. [`Error::Conflict`] when somebody else has changed
    /// them since.
    pub async fn replace(
        &self,
        project: ProjectId,
        settings: &SdkSettings,
        expected: u64,
    ) -> Result<VersionedSdkSettings, Error> {
        settings.check().map_err(|bad| Error::invalid(bad.field.clone(), bad.to_string()))?;
        let now = self.clock.now();
        let stored = self.store.set_sdk_settings(project, settings, expected, now).await?;
        stored.ok_or_else(|| {
            Error::Conflict("the settings have changed since; load them again".to_owned())
        })
    }
}

impl std::fmt::Debug for SdkSettingsService {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("SdkSettingsService").finish_non_exhaustive()
    }
}
