//! Recordings and screenshots that are older than their project keeps them.

use async_trait::async_trait;
use domain::id::{ProjectId, RecordingId, ScreenshotId};
use domain::time::Timestamp;
use engine::ports::blobs::BlobGroup;
use engine::ports::catalog::{Error, ExpiredMediaStore, RowsAndBytes};

use crate::Catalog;
use crate::error::sql;
use crate::row_ext::RowExt;

/// Sizes of rows older than `$2`. A sum is cast: its own type differs between databases.
const SIZES: [&str; 2] = [
    "SELECT COUNT(*) AS found, CAST(COALESCE(SUM(bytes), 0) AS BIGINT) AS bytes
     FROM session_recordings WHERE project_id = $1 AND (ended_at < $2 OR received_at < $2)",
    "SELECT COUNT(*) AS found, CAST(COALESCE(SUM(bytes), 0) AS BIGINT) AS bytes
     FROM friction_screenshots WHERE project_id = $1 AND received_at < $2",
];
const RECORDINGS: &str = "
    SELECT id FROM session_recordings
    WHERE project_id = $1 AND (ended_at < $2 OR received_at < $2) AND id > $3 ORDER BY id LIMIT $4";
const SCREENSHOTS: &str = "
    SELECT id FROM friction_screenshots
    WHERE project_id = $1 AND received_at < $2 AND id > $3 ORDER BY id LIMIT $4";

#[async_trait]
impl ExpiredMediaStore for Catalog {
    async fn expired_media_size(
        &self,
        project: ProjectId,
        before: Timestamp,
    ) -> Result<RowsAndBytes, Error> {
        let mut reads = self.reads_of(project).await?;
        let mut size = RowsAndBytes::default();
        for statement in SIZES {
            let row = sqlx::query(statement)
                .bind(project.to_string())
                .bind(before.micros())
                .fetch_one(&mut *reads)
                .await
                .map_err(sql)?;
            size.rows += row.number::<u64>("found")?;
            size.bytes += row.number::<u64>("bytes")?;
        }
        Ok(size)
    }

    async fn expired_media(
        &self,
        project: ProjectId,
        before: Timestamp,
        after: Option<BlobGroup>,
        limit: u32,
    ) -> Result<Vec<BlobGroup>, Error> {
        let mut reads = self.reads_of(project).await?;
        let mut found = Vec::new();
        // No id is less than the empty text.
        let (recording, screenshot) = match after {
            // Source maps are about nobody, and expire otherwise.
            None | Some(BlobGroup::SourceMap(..)) => (Some(String::new()), String::new()),
            Some(BlobGroup::Recording(_, id)) => (Some(id.to_string()), String::new()),
            Some(BlobGroup::Screenshot(_, id)) => (None, id.to_string()),
        };
        let statements = [(RECORDINGS, recording), (SCREENSHOTS, Some(screenshot))];
        for (statement, after) in statements {
            let left = usize::try_from(limit).unwrap_or(usize::MAX).saturating_sub(found.len());
            let Some(after) = after.filter(|_| left > 0) else { continue };
            let rows = sqlx::query(statement)
                .bind(project.to_string())
                .bind(before.micros())
                .bind(after)
                .bind(i64::try_from(left).unwrap_or(i64::MAX))
                .fetch_all(&mut *reads)
                .await
                .map_err(sql)?;
            for row in &rows {
                let id = row.id("id")?;
                found.push(if statement == RECORDINGS {
                    BlobGroup::Recording(project, RecordingId(id))
                } else {
                    BlobGroup::Screenshot(project, ScreenshotId(id))
                });
            }
        }
        Ok(found)
    }
}
