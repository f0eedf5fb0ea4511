//! Settings of projects.

use async_trait::async_trait;
use domain::id::ProjectId;
use domain::project_settings::ProjectSettings;
use domain::time::Timestamp;
use engine::ports::catalog::{Error, ProjectSettingsStore, VersionedProjectSettings};

use crate::Catalog;
use crate::documents::DocumentTable;
use crate::error::sql;

/// The documents of all projects.
pub(crate) const TABLE: DocumentTable =
    DocumentTable { table: "project_settings", column: "settings" };

#[async_trait]
impl ProjectSettingsStore for Catalog {
    async fn project_settings(
        &self,
        project: ProjectId,
    ) -> Result<VersionedProjectSettings, Error> {
        let mut reads = self.reads_of(project).await?;
        let stored = TABLE.load(&mut reads, project).await?;
        let (version, settings) = stored.unwrap_or_default();
        Ok(VersionedProjectSettings { version, settings })
    }

    async fn set_project_settings(
        &self,
        project: ProjectId,
        settings: &ProjectSettings,
        expected: u64,
        now: Timestamp,
    ) -> Result<Option<VersionedProjectSettings>, Error> {
        let mut transaction = self.write_of(project).await?;
        if !TABLE.replace(&mut transaction, project, settings, expected, now).await? {
            return Ok(None);
        }
        transaction.commit().await.map_err(sql)?;
        Ok(Some(VersionedProjectSettings { version: expected + 1, settings: settings.clone() }))
    }
}
