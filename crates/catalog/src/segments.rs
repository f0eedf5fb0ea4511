//! Saved segments.

use async_trait::async_trait;
use domain::id::{MemberId, ProjectId, SegmentId};
use domain::question::{FilterCondition, parse_filters, write_filters};
use domain::time::Timestamp;
use engine::ports::catalog::{Error, Segment, SegmentPatch, SegmentStore};
use sqlx::any::AnyRow;

use crate::Catalog;
use crate::error::{malformed, sql};
use crate::row_ext::RowExt;

/// How filters are written: the text that requests carry.
const VERSION: i64 = 1;

#[async_trait]
impl SegmentStore for Catalog {
    async fn add_segment(&self, new: &Segment, most: u32) -> Result<bool, Error> {
        let mut transaction = self.write_of(new.project_id).await?;
        let added = sqlx::query(
            "INSERT INTO segments (id, project_id, author_id, name, version, filters, is_shared,
                                   created_at, updated_at)
             SELECT $1, $2, $3, $4, CAST($5 AS BIGINT), $6, CAST($7 AS BIGINT),
                    CAST($8 AS BIGINT), CAST($9 AS BIGINT)
             WHERE (SELECT COUNT(*) FROM segments WHERE project_id = $2) < $10",
        )
        .bind(new.id.to_string())
        .bind(new.project_id.to_string())
        .bind(new.author_id.to_string())
        .bind(new.name.clone())
        .bind(VERSION)
        .bind(write_filters(&new.filters))
        .bind(i64::from(new.is_shared))
        .bind(new.created_at.micros())
        .bind(new.updated_at.micros())
        .bind(i64::from(most))
        .execute(&mut *transaction)
        .await
        .map_err(sql)?;
        transaction.commit().await.map_err(sql)?;
        Ok(added.rows_affected() == 1)
    }

    async fn segments(
        &self,
        project: ProjectId,
        member: Option<MemberId>,
    ) -> Result<Vec<Segment>, Error> {
        let mut reads = self.reads_of(project).await?;
        let rows = sqlx::query(
            "SELECT id, project_id, author_id, name, version, filters, is_shared, created_at,
                    updated_at
             FROM segments WHERE project_id = $1 AND (is_shared = 1 OR author_id = $2)
             ORDER BY name, id",
        )
        .bind(project.to_string())
        .bind(member.map(|member| member.to_string()).unwrap_or_default())
        .fetch_all(&mut *reads)
        .await
        .map_err(sql)?;
        rows.iter().map(segment).collect()
    }

    async fn change_segment(
        &self,
        project: ProjectId,
        id: SegmentId,
        author: MemberId,
        changes: SegmentPatch,
        now: Timestamp,
    ) -> Result<Option<Segment>, Error> {
        let mut transaction = self.write_of(project).await?;
        let filters = changes.filters.as_deref().map(write_filters);
        let row = sqlx::query(
            "UPDATE segments
             SET name = COALESCE($4, name),
                 version = CASE WHEN $5 IS NULL THEN version ELSE CAST($7 AS BIGINT) END,
                 filters = COALESCE($5, filters),
                 is_shared = COALESCE($6, is_shared),
                 updated_at = CAST($8 AS BIGINT)
             WHERE project_id = $1 AND id = $2 AND author_id = $3
             RETURNING id, project_id, author_id, name, version, filters, is_shared, created_at,
                       updated_at",
        )
        .bind(project.to_string())
        .bind(id.to_string())
        .bind(author.to_string())
        .bind(changes.name)
        .bind(filters)
        .bind(changes.is_shared.map(i64::from))
        .bind(VERSION)
        .bind(now.micros())
        .fetch_optional(&mut *transaction)
        .await
        .map_err(sql)?;
        let found = row.as_ref().map(segment).transpose()?;
        transaction.commit().await.map_err(sql)?;
        Ok(found)
    }

    async fn remove_segment(
        &self,
        project: ProjectId,
        id: SegmentId,
        author: Option<MemberId>,
    ) -> Result<bool, Error> {
        let mut transaction = self.write_of(project).await?;
        let removed = sqlx::query(
            "DELETE FROM segments
             WHERE project_id = $1 AND id = $2 AND (author_id = $3 OR $3 = '')",
        )
        .bind(project.to_string())
        .bind(id.to_string())
        .bind(author.map(|author| author.to_string()).unwrap_or_default())
        .execute(&mut *transaction)
        .await
        .map_err(sql)?;
        transaction.commit().await.map_err(sql)?;
        Ok(removed.rows_affected() == 1)
    }
}

fn segment(row: &AnyRow) -> Result<Segment, Error> {
    Ok(Segment {
        id: SegmentId(row.id("id")?),
        project_id: ProjectId(row.id("project_id")?),
        author_id: MemberId(row.id("author_id")?),
        name: row.text("name")?,
        filters: filters(row)?,
        is_shared: row.flag("is_shared")?,
        created_at: row.time("created_at")?,
        updated_at: row.time("updated_at")?,
    })
}

/// Fails where another version wrote them.
fn filters(row: &AnyRow) -> Result<Vec<FilterCondition>, Error> {
    if row.number::<i64>("version")? != VERSION {
        return Err(malformed("version"));
    }
    parse_filters(&row.text("filters")?).map_err(|_| malformed("filters"))
}
