//! Metadata of recordings and screenshots.

mod expired;
mod list;
mod media;
mod rows;
mod sessions;

use async_trait::async_trait;
use domain::erasure::Identifiers;
use domain::id::{EventId, ProjectId, RecordingId, ScreenshotId};
use domain::time::Timestamp;
use engine::ports::blobs::BlobGroup;
use engine::ports::catalog::{
    Chunk, ChunkWriteOutcome, Error, NewChunk, Recording, RecordingQuery, RecordingStore,
    Screenshot,
};
use sqlx::{AnyConnection, AssertSqlSafe};

use crate::Catalog;
use crate::error::{malformed, sql};
use crate::row_ext::RowExt;
use rows::SCREENSHOT;

pub(crate) use rows::{RECORDING, recording};

#[async_trait]
impl RecordingStore for Catalog {
    async fn record_chunk(
        &self,
        project: ProjectId,
        new: &NewChunk,
    ) -> Result<ChunkWriteOutcome, Error> {
        let mut transaction = self.write_of(project).await?;
        if let Some(field) = begin(&mut transaction, project, new).await? {
            return Ok(ChunkWriteOutcome::Conflicts(field));
        }
        let Chunk { seq, started_at, ended_at, events, bytes } = new.chunk;
        let added = sqlx::query(
            "INSERT INTO recording_chunks (project_id, recording_id, seq, started_at, ended_at, events, bytes)
             VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (project_id, recording_id, seq) DO NOTHING",
        )
        .bind(project.to_string())
        .bind(new.recording_id.to_string())
        .bind(i64::from(seq))
        .bind(started_at.micros())
        .bind(ended_at.micros())
        .bind(number(events)?)
        .bind(number(bytes)?)
        .execute(&mut *transaction)
        .await
        .map_err(sql)?;
        if added.rows_affected() > 0 {
            count(&mut transaction, project, new).await?;
        }
        transaction.commit().await.map_err(sql)?;
        Ok(ChunkWriteOutcome::Stored)
    }

    async fn recordings(
        &self,
        project: ProjectId,
        query: &RecordingQuery,
        limit: u32,
    ) -> Result<Vec<Recording>, Error> {
        let mut reads = self.reads_of(project).await?;
        list::recordings(&mut reads, project, query, limit).await
    }

    async fn recordings_of_sessions(
        &self,
        project: ProjectId,
        sessions: &[String],
    ) -> Result<Vec<(String, RecordingId)>, Error> {
        let mut reads = self.reads_of(project).await?;
        sessions::latest_recordings(&mut reads, project, sessions).await
    }

    async fn recorded_sessions(
        &self,
        project: ProjectId,
        from: Timestamp,
        to: Timestamp,
        limit: u32,
    ) -> Result<Vec<String>, Error> {
        let mut reads = self.reads_of(project).await?;
        sessions::recorded(&mut reads, project, (from, to), limit).await
    }

    async fn recording(
        &self,
        project: ProjectId,
        id: RecordingId,
    ) -> Result<Option<(Recording, Vec<Chunk>)>, Error> {
        let text =
            format!("SELECT {RECORDING} FROM session_recordings WHERE project_id = $1 AND id = $2");
        let mut reads = self.reads_of(project).await?;
        let found = sqlx::query(AssertSqlSafe(text))
            .bind(project.to_string())
            .bind(id.to_string())
            .fetch_optional(&mut *reads)
            .await
            .map_err(sql)?;
        let Some(found) = found else { return Ok(None) };
        let chunks = sqlx::query(
            "SELECT seq, started_at, ended_at, events, bytes FROM recording_chunks
             WHERE project_id = $1 AND recording_id = $2 ORDER BY seq",
        )
        .bind(project.to_string())
        .bind(id.to_string())
        .fetch_all(&mut *reads)
        .await
        .map_err(sql)?;
        let chunks = chunks.iter().map(rows::chunk).collect::<Result<_, _>>()?;
        Ok(Some((rows::recording(&found)?, chunks)))
    }

    async fn record_screenshot(&self, project: ProjectId, new: &Screenshot) -> Result<(), Error> {
        let mut transaction = self.write_of(project).await?;
        sqlx::query(
            "INSERT INTO friction_screenshots (project_id, id, friction_event_id, session_id, visitor_id,
                 user_id, page_url, width, height, bytes, received_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
             ON CONFLICT (project_id, id) DO UPDATE SET
                 session_id = excluded.session_id, visitor_id = excluded.visitor_id,
                 user_id = excluded.user_id, page_url = excluded.page_url, width = excluded.width,
                 height = excluded.height, bytes = excluded.bytes, received_at = excluded.received_at",
        )
        .bind(project.to_string())
        .bind(new.id.to_string())
        .bind(new.friction_event_id.map(|id| id.to_string()))
        // The column is older than pictures without a visit: no session is named by nothing.
        .bind(new.subject.session_id.clone().unwrap_or_default())
        .bind(new.subject.visitor_id.clone())
        .bind(new.subject.user_id.clone())
        .bind(new.page_url.clone())
        .bind(i64::from(new.width))
        .bind(i64::from(new.height))
        .bind(number(new.bytes)?)
        .bind(new.received_at.micros())
        .execute(&mut *transaction)
        .await
        .map_err(sql)?;
        transaction.commit().await.map_err(sql)
    }

    async fn screenshot(
        &self,
        project: ProjectId,
        id: ScreenshotId,
    ) -> Result<Option<Screenshot>, Error> {
        let text = format!(
            "SELECT {SCREENSHOT} FROM friction_screenshots WHERE project_id = $1 AND id = $2"
        );
        let mut reads = self.reads_of(project).await?;
        let found = sqlx::query(AssertSqlSafe(text))
            .bind(project.to_string())
            .bind(id.to_string())
            .fetch_optional(&mut *reads)
            .await
            .map_err(sql)?;
        found.as_ref().map(rows::screenshot).transpose()
    }

    async fn screenshots_of(
        &self,
        project: ProjectId,
        events: &[EventId],
    ) -> Result<Vec<(EventId, ScreenshotId)>, Error> {
        let mut reads = self.reads_of(project).await?;
        media::of_events(&mut reads, project, events).await
    }

    async fn media_of(
        &self,
        project: ProjectId,
        person: &Identifiers,
    ) -> Result<Vec<BlobGroup>, Error> {
        let mut reads = self.reads_of(project).await?;
        media::of_person(&mut reads, project, person).await
    }

    async fn forget_media(&self, group: BlobGroup) -> Result<(), Error> {
        let (project, id, statements) = match group {
            BlobGroup::Recording(project, id) => (
                project,
                id.0,
                &[
                    "DELETE FROM recording_chunks WHERE project_id = $1 AND recording_id = $2",
                    "DELETE FROM session_recordings WHERE project_id = $1 AND id = $2",
                ][..],
            ),
            BlobGroup::Screenshot(project, id) => (
                project,
                id.0,
                &["DELETE FROM friction_screenshots WHERE project_id = $1 AND id = $2"][..],
            ),
            BlobGroup::SourceMap(project, id) => {
                (project, id.0, &["DELETE FROM source_maps WHERE project_id = $1 AND id = $2"][..])
            }
        };
        let mut transaction = self.write_of(project).await?;
        for statement in statements {
            sqlx::query(*statement)
                .bind(project.to_string())
                .bind(id.to_string())
                .execute(&mut *transaction)
                .await
                .map_err(sql)?;
        }
        transaction.commit().await.map_err(sql)
    }
}

fn number(count: u64) -> Result<i64, Error> {
    i64::try_from(count).map_err(|_| malformed("count"))
}

/// Makes the recording's row when it is missing; else says which field differs from it.
async fn begin(
    connection: &mut AnyConnection,
    project: ProjectId,
    new: &NewChunk,
) -> Result<Option<&'static str>, Error> {
    let row = sqlx::query(
        "INSERT INTO session_recordings (project_id, id, session_id, visitor_id, user_id, page_url,
             clock_offset, started_at, ended_at, chunks, events, bytes, received_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, 0, 0, $10)
         ON CONFLICT (project_id, id) DO UPDATE SET
             visitor_id = COALESCE(session_recordings.visitor_id, excluded.visitor_id),
             user_id = COALESCE(session_recordings.user_id, excluded.user_id)
         RETURNING session_id, visitor_id, user_id",
    )
    .bind(project.to_string())
    .bind(new.recording_id.to_string())
    .bind(new.subject.session_id.clone())
    .bind(new.subject.visitor_id.clone())
    .bind(new.subject.user_id.clone())
    .bind(new.page_url.clone())
    .bind(new.clock_offset_micros)
    .bind(new.chunk.started_at.micros())
    .bind(new.chunk.ended_at.micros())
    .bind(new.received_at.micros())
    .fetch_one(connection)
    .await
    .map_err(sql)?;
    let differs = |ours: &Option<String>, kept: Option<String>| ours.is_some() && *ours != kept;
    let subject = &new.subject;
    Ok(if row.text("session_id")? != subject.session_id {
        Some("session_id")
    } else if differs(&subject.visitor_id, row.maybe_text("visitor_id")?) {
        Some("visitor_id")
    } else if differs(&subject.user_id, row.maybe_text("user_id")?) {
        Some("user_id")
    } else {
        None
    })
}

/// Adds a chunk to the totals of its recording.
async fn count(
    connection: &mut AnyConnection,
    project: ProjectId,
    new: &NewChunk,
) -> Result<(), Error> {
    let Chunk { seq, started_at, ended_at, events, bytes } = new.chunk;
    sqlx::query(
        "UPDATE session_recordings SET
             chunks = chunks + 1, events = events + $3, bytes = bytes + $4,
             started_at = CASE WHEN $5 < started_at THEN $5 ELSE started_at END,
             ended_at = CASE WHEN $6 > ended_at THEN $6 ELSE ended_at END,
             page_url = COALESCE($7, page_url), received_at = $8
         WHERE project_id = $1 AND id = $2",
    )
    .bind(project.to_string())
    .bind(new.recording_id.to_string())
    .bind(number(events)?)
    .bind(number(bytes)?)
    .bind(started_at.micros())
    .bind(ended_at.micros())
    .bind(new.page_url.clone().filter(|_| seq == 0))
    .bind(new.received_at.micros())
    .execute(connection)
    .await
    .map_err(sql)?;
    Ok(())
}
