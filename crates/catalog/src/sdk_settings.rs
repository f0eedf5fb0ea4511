//! Settings of the browser SDK, by project.

use async_trait::async_trait;
use domain::id::ProjectId;
use domain::sdk_settings::SdkSettings;
use domain::time::Timestamp;
use engine::ports::catalog::{Error, SdkSettingsStore, VersionedSdkSettings};

use crate::Catalog;
use crate::documents::DocumentTable;
use crate::error::sql;

const SETTINGS: DocumentTable = DocumentTable { table: "sdk_settings", column: "settings" };

#[async_trait]
impl SdkSettingsStore for Catalog {
    async fn sdk_settings(&self, project: ProjectId) -> Result<VersionedSdkSettings, Error> {
        let mut reads = self.reads_of(project).await?;
        let stored = SETTINGS.load(&mut reads, project).await?;
        let (version, settings) = stored.unwrap_or_default();
        Ok(VersionedSdkSettings { version, settings })
    }

    async fn set_sdk_settings(
        &self,
        project: ProjectId,
        settings: &SdkSettings,
        expected: u64,
        now: Timestamp,
    ) -> Result<Option<VersionedSdkSettings>, Error> {
        let mut transaction = self.write_of(project).await?;
        if !SETTINGS.replace(&mut transaction, project, settings, expected, now).await? {
            return Ok(None);
        }
        transaction.commit().await.map_err(sql)?;
        Ok(Some(VersionedSdkSettings { version: expected + 1, settings: settings.clone() }))
    }
}
