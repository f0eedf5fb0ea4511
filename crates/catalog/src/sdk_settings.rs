//! What projects let the browser SDK do on their pages.

use async_trait::async_trait;
use domain::id::ProjectId;
use domain::sdk_settings::SdkSettings;
use domain::time::Timestamp;
use engine::ports::catalog::{Error, SdkSettingsStore, VersionedSdkSettings};
use sqlx::AnyConnection;

use crate::Catalog;
use crate::columns::Columns;
use crate::error::{malformed, sql};

#[async_trait]
impl SdkSettingsStore for Catalog {
    async fn sdk_settings(&self, project: ProjectId) -> Result<VersionedSdkSettings, Error> {
        let mut reads = self.reads_of(project).await?;
        stored(&mut reads, project).await
    }

    async fn set_sdk_settings(
        &self,
        project: ProjectId,
        settings: &SdkSettings,
        expected: u64,
        now: Timestamp,
    ) -> Result<Option<VersionedSdkSettings>, Error> {
        let mut transaction = self.write_of(project).await?;
        let changed = sqlx::query(
            "INSERT INTO sdk_settings (project_id, version, settings, updated_at)
             SELECT id, $2, $3, $4 FROM projects WHERE id = $1
                 AND ($2 = 1 OR EXISTS (SELECT 1 FROM sdk_settings WHERE project_id = $1))
             ON CONFLICT (project_id) DO UPDATE SET version = excluded.version,
                 settings = excluded.settings, updated_at = excluded.updated_at
             WHERE sdk_settings.version = excluded.version - 1",
        )
        .bind(project.to_string())
        .bind(i64::try_from(expected.saturating_add(1)).map_err(|_| malformed("version"))?)
        .bind(serde_json::to_string(settings).map_err(|_| malformed("settings"))?)
        .bind(now.micros())
        .execute(&mut *transaction)
        .await
        .map_err(sql)?;
        if changed.rows_affected() != 1 {
            return Ok(None);
        }
        let stored = stored(&mut transaction, project).await?;
        transaction.commit().await.map_err(sql)?;
        Ok(Some(stored))
    }
}

async fn stored(
    connection: &mut AnyConnection,
    project: ProjectId,
) -> Result<VersionedSdkSettings, Error> {
    let row = sqlx::query("SELECT version, settings FROM sdk_settings WHERE project_id = $1")
        .bind(project.to_string())
        .fetch_optional(connection)
        .await
        .map_err(sql)?;
    let Some(row) = row else { return Ok(VersionedSdkSettings::default()) };
    Ok(VersionedSdkSettings {
        version: row.number("version")?,
        settings: serde_json::from_str(&row.text("settings")?)
            .map_err(|_| malformed("settings"))?,
    })
}
