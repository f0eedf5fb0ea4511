//! Notes on a project's time line.

use async_trait::async_trait;
use domain::annotation::AnnotationKind;
use domain::id::{AnnotationId, ProjectId};
use domain::time::Timestamp;
use engine::ports::catalog::{Annotation, AnnotationStore, Error};
use sqlx::any::AnyRow;

use crate::Catalog;
use crate::error::{malformed, sql};
use crate::row_ext::RowExt;

#[async_trait]
impl AnnotationStore for Catalog {
    async fn annotate(&self, new: &Annotation, most: u32) -> Result<bool, Error> {
        let mut transaction = self.write_of(new.project_id).await?;
        let added = sqlx::query(
            "INSERT INTO annotations (id, project_id, kind, text, occurred_at, created_at)
             SELECT $1, $2, $3, $4, CAST($5 AS BIGINT), CAST($6 AS BIGINT)
             WHERE (SELECT COUNT(*) FROM annotations WHERE project_id = $2) < $7",
        )
        .bind(new.id.to_string())
        .bind(new.project_id.to_string())
        .bind(new.kind.as_str())
        .bind(new.text.clone())
        .bind(new.occurred_at.micros())
        .bind(new.created_at.micros())
        .bind(i64::from(most))
        .execute(&mut *transaction)
        .await
        .map_err(sql)?;
        transaction.commit().await.map_err(sql)?;
        Ok(added.rows_affected() == 1)
    }

    async fn annotations(
        &self,
        project: ProjectId,
        from: Timestamp,
        to: Timestamp,
        limit: u32,
    ) -> Result<Vec<Annotation>, Error> {
        let mut reads = self.reads_of(project).await?;
        let rows = sqlx::query(
            "SELECT id, project_id, kind, text, occurred_at, created_at FROM annotations
             WHERE project_id = $1 AND occurred_at >= $2 AND occurred_at < $3
             ORDER BY occurred_at DESC, id DESC LIMIT $4",
        )
        .bind(project.to_string())
        .bind(from.micros())
        .bind(to.micros())
        .bind(i64::from(limit))
        .fetch_all(&mut *reads)
        .await
        .map_err(sql)?;
        rows.iter().map(annotation).collect()
    }

    async fn releases(&self, project: ProjectId, limit: u32) -> Result<Vec<Annotation>, Error> {
        let mut reads = self.reads_of(project).await?;
        let rows = sqlx::query(
            "SELECT id, project_id, kind, text, occurred_at, created_at FROM annotations
             WHERE project_id = $1 AND kind = 'release'
             ORDER BY occurred_at DESC, id DESC LIMIT $2",
        )
        .bind(project.to_string())
        .bind(i64::from(limit))
        .fetch_all(&mut *reads)
        .await
        .map_err(sql)?;
        rows.iter().map(annotation).collect()
    }

    async fn remove_annotation(&self, project: ProjectId, id: AnnotationId) -> Result<bool, Error> {
        let mut transaction = self.write_of(project).await?;
        let removed = sqlx::query("DELETE FROM annotations WHERE project_id = $1 AND id = $2")
            .bind(project.to_string())
            .bind(id.to_string())
            .execute(&mut *transaction)
            .await
            .map_err(sql)?;
        transaction.commit().await.map_err(sql)?;
        Ok(removed.rows_affected() == 1)
    }
}

fn annotation(row: &AnyRow) -> Result<Annotation, Error> {
    Ok(Annotation {
        id: AnnotationId(row.id("id")?),
        project_id: ProjectId(row.id("project_id")?),
        kind: AnnotationKind::parse(&row.text("kind")?).ok_or_else(|| malformed("kind"))?,
        text: row.text("text")?,
        occurred_at: row.time("occurred_at")?,
        created_at: row.time("created_at")?,
    })
}
