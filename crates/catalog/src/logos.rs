//! Logos of projects.

use async_trait::async_trait;
use domain::id::ProjectId;
use domain::logo::LogoFormat;
use domain::time::Timestamp;
use engine::ports::catalog::{Error, Logo, LogoStore};
use sqlx::any::AnyRow;

use crate::Catalog;
use crate::error::{malformed, sql};
use crate::row_ext::RowExt;

#[async_trait]
impl LogoStore for Catalog {
    async fn logo(&self, project: ProjectId) -> Result<Option<Logo>, Error> {
        let mut reads = self.reads_of(project).await?;
        let row = sqlx::query("SELECT format, image FROM project_logos WHERE project_id = $1")
            .bind(project.to_string())
            .fetch_optional(&mut *reads)
            .await
            .map_err(sql)?;
        let read = |row: AnyRow| -> Result<Logo, Error> {
            let format =
                LogoFormat::parse(&row.text("format")?).ok_or_else(|| malformed("format"))?;
            Ok(Logo { format, bytes: row.bytes("image")?.into() })
        };
        row.map(read).transpose()
    }

    async fn set_logo(
        &self,
        project: ProjectId,
        logo: &Logo,
        now: Timestamp,
    ) -> Result<bool, Error> {
        let mut transaction = self.write_of(project).await?;
        let stored = sqlx::query(
            "INSERT INTO project_logos (project_id, format, image, updated_at)
             SELECT id, $2, $3, CAST($4 AS BIGINT) FROM projects WHERE id = $1
             ON CONFLICT (project_id) DO UPDATE SET format = excluded.format,
                 image = excluded.image, updated_at = excluded.updated_at",
        )
        .bind(project.to_string())
        .bind(logo.format.as_str())
        .bind(logo.bytes.to_vec())
        .bind(now.micros())
        .execute(&mut *transaction)
        .await
        .map_err(sql)?;
        transaction.commit().await.map_err(sql)?;
        Ok(stored.rows_affected() == 1)
    }

    async fn remove_logo(&self, project: ProjectId) -> Result<bool, Error> {
        let mut transaction = self.write_of(project).await?;
        let removed = sqlx::query("DELETE FROM project_logos WHERE project_id = $1")
            .bind(project.to_string())
            .execute(&mut *transaction)
            .await
            .map_err(sql)?;
        transaction.commit().await.map_err(sql)?;
        Ok(removed.rows_affected() == 1)
    }
}
