//! Uploaded source maps.

use async_trait::async_trait;
use domain::id::{MemberId, ProjectId, SourceMapId};
use domain::time::Timestamp;
use engine::ports::catalog::{
    Error, SourceMap, SourceMapBounds, SourceMapCursor, SourceMapStore, SourceMapWriteOutcome,
};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe};
use uuid::Uuid;

use crate::Catalog;
use crate::error::{malformed, sql};
use crate::row_ext::{NUL, RowExt};

const COLUMNS: &str = "id, project_id, address, release_name, digest, size_bytes, created_at, uploaded_at, uploaded_by";

#[async_trait]
impl SourceMapStore for Catalog {
    async fn renew_source_map(&self, new: &SourceMap) -> Result<Option<SourceMap>, Error> {
        let mut transaction = self.write_of(new.project_id).await?;
        let text = format!(
            "UPDATE source_maps SET uploaded_at = CAST($5 AS BIGINT), uploaded_by = $6
             WHERE project_id = $1 AND address = $2 AND release_name = $3 AND digest = $4
             RETURNING {COLUMNS}"
        );
        let row = sqlx::query(AssertSqlSafe(text))
            .bind(new.project_id.to_string())
            .bind(new.address.clone())
            .bind(new.release.clone().unwrap_or_default())
            .bind(new.digest.clone())
            .bind(new.uploaded_at.micros())
            .bind(new.uploaded_by.map(|member| member.to_string()))
            .fetch_optional(&mut *transaction)
            .await
            .map_err(sql)?;
        transaction.commit().await.map_err(sql)?;
        row.as_ref().map(source_map).transpose()
    }

    async fn add_source_map(
        &self,
        new: &SourceMap,
        most: SourceMapBounds,
    ) -> Result<SourceMapWriteOutcome, Error> {
        let mut transaction = self.write_of(new.project_id).await?;
        let stored = stored(&mut transaction, new.project_id).await?;
        if !stored.admits(new.size_bytes, most) {
            return Ok(SourceMapWriteOutcome::Full);
        }
        let text = format!(
            "INSERT INTO source_maps ({COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
             ON CONFLICT (project_id, address, release_name, digest) DO NOTHING"
        );
        let added = sqlx::query(AssertSqlSafe(text))
            .bind(new.id.to_string())
            .bind(new.project_id.to_string())
            .bind(new.address.clone())
            .bind(new.release.clone().unwrap_or_default())
            .bind(new.digest.clone())
            .bind(i64::try_from(new.size_bytes).unwrap_or(i64::MAX))
            .bind(new.created_at.micros())
            .bind(new.uploaded_at.micros())
            .bind(new.uploaded_by.map(|member| member.to_string()))
            .execute(&mut *transaction)
            .await
            .map_err(sql)?;
        transaction.commit().await.map_err(sql)?;
        let is_added = added.rows_affected() == 1;
        Ok(if is_added { SourceMapWriteOutcome::Added } else { SourceMapWriteOutcome::Known })
    }

    async fn source_maps(
        &self,
        project: ProjectId,
        after: Option<SourceMapCursor>,
        limit: u32,
    ) -> Result<Vec<SourceMap>, Error> {
        let mut reads = self.reads_of(project).await?;
        let text = format!(
            "SELECT {COLUMNS} FROM source_maps
             WHERE project_id = $1 AND (uploaded_at < $2 OR (uploaded_at = $2 AND id < $3))
             ORDER BY uploaded_at DESC, id DESC LIMIT $4"
        );
        let (at, id) =
            after.map_or((i64::MAX, String::new()), |(at, id)| (at.micros(), id.to_string()));
        let rows = sqlx::query(AssertSqlSafe(text))
            .bind(project.to_string())
            .bind(at)
            .bind(id)
            .bind(i64::from(limit))
            .fetch_all(&mut *reads)
            .await
            .map_err(sql)?;
        rows.iter().map(source_map).collect()
    }

    async fn source_maps_of(
        &self,
        project: ProjectId,
        addresses: &[String],
    ) -> Result<Vec<SourceMap>, Error> {
        let addresses: Vec<&String> = addresses.iter().filter(|it| !it.contains(NUL)).collect();
        if addresses.is_empty() {
            return Ok(Vec::new());
        }
        let mut reads = self.reads_of(project).await?;
        let places: Vec<String> =
            (2..addresses.len() + 2).map(|place| format!("${place}")).collect();
        let text = format!(
            "SELECT {COLUMNS} FROM source_maps WHERE project_id = $1 AND address IN ({})",
            places.join(", ")
        );
        let mut statement = sqlx::query(AssertSqlSafe(text)).bind(project.to_string());
        for address in addresses {
            statement = statement.bind(address.clone());
        }
        let rows = statement.fetch_all(&mut *reads).await.map_err(sql)?;
        rows.iter().map(source_map).collect()
    }

    async fn stored_source_maps(&self, project: ProjectId) -> Result<SourceMapBounds, Error> {
        let mut reads = self.reads_of(project).await?;
        stored(&mut reads, project).await
    }

    async fn oldest_source_maps(
        &self,
        project: ProjectId,
        before: Timestamp,
        limit: u32,
    ) -> Result<Vec<SourceMapId>, Error> {
        let mut reads = self.reads_of(project).await?;
        let rows = sqlx::query(
            "SELECT id FROM source_maps WHERE project_id = $1 AND uploaded_at < $2
             ORDER BY uploaded_at, id LIMIT $3",
        )
        .bind(project.to_string())
        .bind(before.micros())
        .bind(i64::from(limit))
        .fetch_all(&mut *reads)
        .await
        .map_err(sql)?;
        rows.iter().map(|row| row.id("id").map(SourceMapId)).collect()
    }

    async fn remove_source_map(&self, project: ProjectId, id: SourceMapId) -> Result<bool, Error> {
        let mut transaction = self.write_of(project).await?;
        let removed = sqlx::query("DELETE FROM source_maps WHERE project_id = $1 AND id = $2")
            .bind(project.to_string())
            .bind(id.to_string())
            .execute(&mut *transaction)
            .await
            .map_err(sql)?;
        transaction.commit().await.map_err(sql)?;
        Ok(removed.rows_affected() == 1)
    }
}

/// A sum is cast: its own type differs between databases.
async fn stored(
    connection: &mut AnyConnection,
    project: ProjectId,
) -> Result<SourceMapBounds, Error> {
    let row = sqlx::query(
        "SELECT COUNT(*) AS found, CAST(COALESCE(SUM(size_bytes), 0) AS BIGINT) AS bytes
         FROM source_maps WHERE project_id = $1",
    )
    .bind(project.to_string())
    .fetch_one(connection)
    .await
    .map_err(sql)?;
    Ok(SourceMapBounds { count: row.number("found")?, bytes: row.number("bytes")? })
}

fn source_map(row: &AnyRow) -> Result<SourceMap, Error> {
    let member = |text: String| {
        let id = Uuid::parse_str(&text).map_err(|_| malformed("uploaded_by"))?;
        Ok::<MemberId, Error>(MemberId(id))
    };
    Ok(SourceMap {
        id: SourceMapId(row.id("id")?),
        project_id: ProjectId(row.id("project_id")?),
        address: row.text("address")?,
        release: Some(row.text("release_name")?).filter(|release| !release.is_empty()),
        digest: row.text("digest")?,
        size_bytes: row.number("size_bytes")?,
        created_at: row.time("created_at")?,
        uploaded_at: row.time("uploaded_at")?,
        uploaded_by: row.maybe_text("uploaded_by")?.map(member).transpose()?,
    })
}
