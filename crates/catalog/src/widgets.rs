//! Embedded call widgets.

use async_trait::async_trait;
use domain::id::{ProjectId, WidgetId};
use domain::widget::WidgetKind;
use engine::ports::catalog::{Error, Widget, WidgetPatch, WidgetStore};
use sqlx::any::AnyRow;

use crate::Catalog;
use crate::error::{malformed, sql};
use crate::row_ext::RowExt;
use crate::stored::lists::{decode_domains, encode_domains};

#[async_trait]
impl WidgetStore for Catalog {
    async fn add(&self, widget: Widget) -> Result<(), Error> {
        let mut transaction = self.write_of(widget.project_id).await?;
        sqlx::query(
            "INSERT INTO widgets (id, project_id, name, kind, allowed_domains, is_active, is_demo,
                                  created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        )
        .bind(widget.id.to_string())
        .bind(widget.project_id.to_string())
        .bind(widget.name)
        .bind(widget.kind.as_str())
        .bind(encode_domains(&widget.allowed_domains)?)
        .bind(i64::from(widget.is_active))
        .bind(i64::from(widget.is_demo))
        .bind(widget.created_at.micros())
        .execute(&mut *transaction)
        .await
        .map_err(sql)?;
        transaction.commit().await.map_err(sql)
    }

    async fn of_project(&self, project: ProjectId) -> Result<Vec<Widget>, Error> {
        let mut reads = self.reads_of(project).await?;
        let rows = sqlx::query(
            "SELECT id, project_id, name, kind, allowed_domains, is_active, is_demo, created_at
             FROM widgets WHERE project_id = $1 ORDER BY created_at DESC, id DESC",
        )
        .bind(project.to_string())
        .fetch_all(&mut *reads)
        .await
        .map_err(sql)?;
        rows.iter().map(widget).collect()
    }

    async fn widget(&self, id: WidgetId) -> Result<Option<Widget>, Error> {
        let row = sqlx::query(
            "SELECT id, project_id, name, kind, allowed_domains, is_active, is_demo, created_at
             FROM widgets WHERE id = $1",
        )
        .bind(id.to_string())
        .fetch_optional(&self.reads)
        .await
        .map_err(sql)?;
        row.as_ref().map(widget).transpose()
    }

    async fn change(
        &self,
        project: ProjectId,
        id: WidgetId,
        changes: WidgetPatch,
    ) -> Result<Option<Widget>, Error> {
        let mut transaction = self.write_of(project).await?;
        let domains = changes.allowed_domains.as_deref().map(encode_domains).transpose()?;
        let row = sqlx::query(
            "UPDATE widgets
             SET name = COALESCE($3, name),
                 kind = COALESCE($4, kind),
                 allowed_domains = COALESCE($5, allowed_domains),
                 is_active = COALESCE($6, is_active),
                 is_demo = COALESCE($7, is_demo)
             WHERE project_id = $1 AND id = $2
             RETURNING id, project_id, name, kind, allowed_domains, is_active, is_demo, created_at",
        )
        .bind(project.to_string())
        .bind(id.to_string())
        .bind(changes.name)
        .bind(changes.kind.map(WidgetKind::as_str))
        .bind(domains)
        .bind(changes.is_active.map(i64::from))
        .bind(changes.is_demo.map(i64::from))
        .fetch_optional(&mut *transaction)
        .await
        .map_err(sql)?;
        let found = row.as_ref().map(widget).transpose()?;
        transaction.commit().await.map_err(sql)?;
        Ok(found)
    }

    async fn remove(&self, project: ProjectId, id: WidgetId) -> Result<bool, Error> {
        let mut transaction = self.write_of(project).await?;
        let removed = sqlx::query("DELETE FROM widgets WHERE project_id = $1 AND id = $2")
            .bind(project.to_string())
            .bind(id.to_string())
            .execute(&mut *transaction)
            .await
            .map_err(sql)?;
        transaction.commit().await.map_err(sql)?;
        Ok(removed.rows_affected() == 1)
    }
}

fn widget(row: &AnyRow) -> Result<Widget, Error> {
    Ok(Widget {
        id: WidgetId(row.id("id")?),
        project_id: ProjectId(row.id("project_id")?),
        name: row.text("name")?,
        kind: WidgetKind::parse(&row.text("kind")?).ok_or_else(|| malformed("kind"))?,
        allowed_domains: decode_domains(&row.text("allowed_domains")?)?,
        is_active: row.flag("is_active")?,
        is_demo: row.flag("is_demo")?,
        created_at: row.time("created_at")?,
    })
}
