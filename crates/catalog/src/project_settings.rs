//! Settings of projects.

use async_trait::async_trait;
use domain::id::ProjectId;
use domain::project_settings::ProjectSettings;
use domain::time::Timestamp;
use engine::ports::catalog::{Error, ProjectSettingsStore, VersionedProjectSettings};

use crate::Catalog;
use crate::documents::DocumentTable;
use crate::error::sql;
use crate::row_ext::RowExt;

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
        let row = sqlx::query("SELECT name FROM projects WHERE id = $1")
            .bind(project.to_string())
            .fetch_optional(&mut *reads)
            .await
            .map_err(sql)?;
        let name = row.map(|row| row.text("name")).transpose()?.unwrap_or_default();
        Ok(VersionedProjectSettings { version, name, settings })
    }

    async fn set_project_settings(
        &self,
        project: ProjectId,
        name: &str,
        settings: &ProjectSettings,
        expected: u64,
        now: Timestamp,
    ) -> Result<Option<VersionedProjectSettings>, Error> {
        let mut transaction = self.write_of(project).await?;
        if !TABLE.replace(&mut transaction, project, settings, expected, now).await? {
            return Ok(None);
        }
        sqlx::query("UPDATE projects SET name = $2 WHERE id = $1")
            .bind(project.to_string())
            .bind(name.to_owned())
            .execute(&mut *transaction)
            .await
            .map_err(sql)?;
        transaction.commit().await.map_err(sql)?;
        let (version, name) = (expected + 1, name.to_owned());
        Ok(Some(VersionedProjectSettings { version, name, settings: settings.clone() }))
    }
}
