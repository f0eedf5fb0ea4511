//! Digests by which the events of those who were forgotten are recognised.

use async_trait::async_trait;
use domain::id::ProjectId;
use engine::ports::catalog::{Erasure, Error, IdentifierDigest, SuppressionRows, SuppressionStore};
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::Catalog;
use crate::error::{malformed, sql};
use crate::row_ext::RowExt;

#[async_trait]
impl SuppressionStore for Catalog {
    async fn erasure_secret(
        &self,
        project: ProjectId,
        candidate: [u8; 32],
    ) -> Result<Vec<u8>, Error> {
        let mut transaction = self.write_of(project).await?;
        sqlx::query(
            "INSERT INTO erasure_projects (project_id, secret, revision) VALUES ($1, $2, 0)
             ON CONFLICT (project_id) DO NOTHING",
        )
        .bind(project.to_string())
        .bind(candidate.to_vec())
        .execute(&mut *transaction)
        .await
        .map_err(sql)?;
        let row = sqlx::query("SELECT secret FROM erasure_projects WHERE project_id = $1")
            .bind(project.to_string())
            .fetch_one(&mut *transaction)
            .await
            .map_err(sql)?;
        let secret = row.bytes("secret")?;
        transaction.commit().await.map_err(sql)?;
        Ok(secret)
    }

    async fn suppression_revisions(&self) -> Result<Vec<(ProjectId, u64)>, Error> {
        let rows = sqlx::query("SELECT project_id, revision FROM erasure_projects")
            .fetch_all(&self.reads)
            .await
            .map_err(sql)?;
        let revision =
            |row: &AnyRow| Ok((ProjectId(row.id("project_id")?), row.number("revision")?));
        rows.iter().map(revision).collect()
    }

    async fn suppressed(&self, project: ProjectId) -> Result<SuppressionRows, Error> {
        let mut reads = self.reads_of(project).await?;
        let row = sqlx::query("SELECT secret FROM erasure_projects WHERE project_id = $1")
            .bind(project.to_string())
            .fetch_optional(&mut *reads)
            .await
            .map_err(sql)?;
        let Some(row) = row else { return Ok(SuppressionRows::default()) };
        let rows =
            sqlx::query("SELECT DISTINCT digest FROM erased_identifiers WHERE project_id = $1")
                .bind(project.to_string())
                .fetch_all(&mut *reads)
                .await
                .map_err(sql)?;
        let digest =
            |row: &AnyRow| row.bytes("digest")?.try_into().map_err(|_| malformed("digest"));
        let digests = rows.iter().map(digest).collect::<Result<_, _>>()?;
        Ok(SuppressionRows { secret: row.bytes("secret")?, digests })
    }
}

/// Says that a project's digests change; whoever else changes them waits.
pub(super) async fn raise_revision(
    connection: &mut AnyConnection,
    project: ProjectId,
) -> Result<(), Error> {
    sqlx::query("UPDATE erasure_projects SET revision = revision + 1 WHERE project_id = $1")
        .bind(project.to_string())
        .execute(connection)
        .await
        .map_err(sql)?;
    Ok(())
}

/// Stores digests; those stored already stay.
pub(super) async fn add_digests(
    connection: &mut AnyConnection,
    erasure: &Erasure,
    digests: &[IdentifierDigest],
) -> Result<(), Error> {
    for digest in digests {
        sqlx::query(
            "INSERT INTO erased_identifiers (project_id, digest, erasure_id) VALUES ($1, $2, $3)
             ON CONFLICT (project_id, digest, erasure_id) DO NOTHING",
        )
        .bind(erasure.project_id.to_string())
        .bind(digest.to_vec())
        .bind(erasure.id.0.to_string())
        .execute(&mut *connection)
        .await
        .map_err(sql)?;
    }
    Ok(())
}
