//! How much each project has recorded on each day.

use async_trait::async_trait;
use domain::id::ProjectId;
use engine::ports::catalog::{Error, RecordingUsageStore};
use sqlx::AnyConnection;

use crate::Catalog;
use crate::error::{malformed, sql};
use crate::row_ext::RowExt;

#[async_trait]
impl RecordingUsageStore for Catalog {
    async fn reserve_bytes(
        &self,
        project: ProjectId,
        day: i32,
        bytes: u64,
        limit: u64,
    ) -> Result<bool, Error> {
        // Writes of one project follow each other: what is read here holds until the commit.
        let mut transaction = self.write_of(project).await?;
        let used = stored(&mut transaction, project, day).await?;
        let sum = used.saturating_add(bytes);
        let fits = sum <= limit;
        let now = if fits { sum } else { used.max(limit) };
        sqlx::query(
            "INSERT INTO recording_days (project_id, day, bytes) VALUES ($1, $2, $3)
             ON CONFLICT (project_id, day) DO UPDATE SET bytes = excluded.bytes",
        )
        .bind(project.to_string())
        .bind(i64::from(day))
        .bind(i64::try_from(now).map_err(|_| malformed("bytes"))?)
        .execute(&mut *transaction)
        .await
        .map_err(sql)?;
        transaction.commit().await.map_err(sql)?;
        Ok(fits)
    }

    async fn recorded_bytes(&self, project: ProjectId, day: i32) -> Result<u64, Error> {
        let mut reads = self.reads_of(project).await?;
        stored(&mut reads, project, day).await
    }

    async fn prune_recording_days(&self, day: i32) -> Result<(), Error> {
        let mut transaction = self.write().await?;
        sqlx::query("DELETE FROM recording_days WHERE day < $1")
            .bind(i64::from(day))
            .execute(&mut *transaction)
            .await
            .map_err(sql)?;
        transaction.commit().await.map_err(sql)
    }
}

async fn stored(
    connection: &mut AnyConnection,
    project: ProjectId,
    day: i32,
) -> Result<u64, Error> {
    let row = sqlx::query("SELECT bytes FROM recording_days WHERE project_id = $1 AND day = $2")
        .bind(project.to_string())
        .bind(i64::from(day))
        .fetch_optional(connection)
        .await
        .map_err(sql)?;
    row.map_or(Ok(0), |row| row.number("bytes"))
}
