//! Recordings of visits and pictures of pages: taken in, shown, and forgotten.
//!
//! They do not pass the journal: a part is a blob and a row, and nothing is made of it but what it is.
//! The row comes first, so that an erasure finds everything that may be there; the sender is answered
//! when both are on disk, and sends again what was not answered, which then replaces itself.

mod budget;
mod gzip;
mod upload;

use std::sync::Arc;

use bytes::Bytes;
use domain::clock::Clock;
use domain::erasure::Identifiers;
use domain::id::{EventId, IdSource, ProjectId, RecordingId, ScreenshotId};
use domain::page;
use domain::privacy::QueryParameters;
use domain::question::Period;
use domain::recording::{InvalidMedia, SubjectNames, check_chunk, check_page_url, png_size};
use uuid::Uuid;

use crate::Error;
use crate::ingest::SuppressionRegistry;
use crate::ports::blobs::{BlobGroup, BlobName, BlobStore};
use crate::ports::catalog::{
    Chunk, ChunkWriteOutcome, NewChunk, Recording, RecordingQuery, RecordingStore,
    RecordingUsageStore, Screenshot, SdkSettingsStore,
};
use budget::MediaKind;
use gzip::{compress, decompress};

pub use upload::{ChunkUpload, RecordingRejection, ScreenshotUpload};

/// Recordings of a page at most.
const MAX_LIMIT: u32 = 1_000;
/// Sessions that are found by having a recording, at most.
pub const MAX_RECORDED_SESSIONS: u32 = 10_000;
const DAY_SECONDS: i64 = 86_400;
/// Namespace of the ids of pictures that show an event: sent again, such a picture replaces itself.
const PICTURES: Uuid = Uuid::from_u128(0x6f0f_a11e_7e4d_5c0a_9a3b_f007_fa11_0071);

/// Where a visitor was, without personal data.
fn masked(page_url: &str) -> String {
    page::scrub(page_url, &QueryParameters::default())
}

/// What recordings work with.
pub struct Dependencies {
    /// Where they are kept.
    pub blobs: Arc<dyn BlobStore>,
    /// What is known of them.
    pub rows: Arc<dyn RecordingStore>,
    /// What projects allow.
    pub settings: Arc<dyn SdkSettingsStore>,
    /// How much they have recorded.
    pub days: Arc<dyn RecordingUsageStore>,
    /// Bytes a project may record a day, as they are kept; 0: no limit. What is sent again counts again.
    pub bytes_per_day: u64,
    /// Who is refused.
    pub suppressions: Arc<SuppressionRegistry>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Ids of pictures.
    pub ids: Arc<dyn IdSource>,
}

/// The use cases. The caller has admitted the sender, or authorised the member.
pub struct RecordingService {
    parts: Dependencies,
}

impl RecordingService {
    /// Puts the parts together.
    pub fn new(parts: Dependencies) -> Self {
        Self { parts }
    }

    /// Takes a part of a recording in. When this returns it is on disk.
    pub async fn store_chunk(
        &self,
        project: ProjectId,
        upload: ChunkUpload<'_>,
    ) -> Result<(), RecordingRejection> {
        let Dependencies { blobs, rows, clock, .. } = &self.parts;
        upload.subject.names().check()?;
        check_page_url(upload.page_url.as_deref())?;
        check_chunk(upload.seq, upload.started_at, upload.ended_at, upload.events)?;
        self.check_consent(project, upload.subject.names())?;
        self.check_allowed(project, MediaKind::Recording).await?;
        let compressed = compress(upload.json).await.map_err(Error::internal)?;
        self.reserve_bytes(project, compressed.len()).await?;
        let offset = upload.clock_offset_micros;
        let new = NewChunk {
            recording_id: upload.recording_id,
            subject: upload.subject,
            page_url: upload.page_url.as_deref().map(masked),
            clock_offset_micros: offset,
            received_at: clock.now(),
            chunk: Chunk {
                seq: upload.seq,
                started_at: upload.started_at.plus_micros(offset),
                ended_at: upload.ended_at.plus_micros(offset),
                events: upload.events as u64,
                bytes: upload.json.len() as u64,
            },
        };
        match rows.record_chunk(project, &new).await.map_err(Error::from)? {
            ChunkWriteOutcome::Stored => {}
            ChunkWriteOutcome::Conflicts(field) => {
                let what = "differs from that of earlier chunks: start a new recording".to_owned();
                return Err(InvalidMedia { field, what }.into());
            }
        }
        let name = BlobName::Chunk(project, new.recording_id, upload.seq);
        blobs.put(name, compressed).await.map_err(Error::from)?;
        let group = BlobGroup::Recording(project, new.recording_id);
        self.still_wanted(project, new.subject.names(), group).await
    }

    /// Takes a picture in. When this returns it is on disk.
    pub async fn store_screenshot(
        &self,
        project: ProjectId,
        upload: ScreenshotUpload,
    ) -> Result<ScreenshotId, RecordingRejection> {
        let Dependencies { blobs, rows, clock, ids, .. } = &self.parts;
        upload.subject.names().check()?;
        check_page_url(upload.page_url.as_deref())?;
        let (width, height) = png_size(&upload.file)?;
        self.check_consent(project, upload.subject.names())?;
        self.check_allowed(project, MediaKind::Screenshot).await?;
        self.reserve_bytes(project, upload.file.len()).await?;
        let now = clock.now();
        let id = upload
            .friction_event_id
            .map_or_else(|| ids.next(now), |event| of_event(project, event));
        let new = Screenshot {
            id: ScreenshotId(id),
            friction_event_id: upload.friction_event_id,
            subject: upload.subject,
            page_url: upload.page_url.as_deref().map(masked),
            width,
            height,
            bytes: upload.file.len() as u64,
            received_at: now,
        };
        rows.record_screenshot(project, &new).await.map_err(Error::from)?;
        let name = BlobName::Screenshot(project, new.id);
        blobs.put(name, upload.file).await.map_err(Error::from)?;
        let group = BlobGroup::Screenshot(project, new.id);
        self.still_wanted(project, new.subject.names(), group).await?;
        Ok(new.id)
    }

    /// An erasure that began meanwhile may have looked before the blob was there.
    async fn still_wanted(
        &self,
        project: ProjectId,
        subject: SubjectNames<'_>,
        group: BlobGroup,
    ) -> Result<(), RecordingRejection> {
        let refused = self.check_consent(project, subject);
        if refused.is_err() {
            self.forget(&[group]).await?;
        }
        refused
    }

    fn check_consent(
        &self,
        project: ProjectId,
        subject: SubjectNames<'_>,
    ) -> Result<(), RecordingRejection> {
        if self.parts.suppressions.suppresses(project, subject) {
            Err(RecordingRejection::Erased)
        } else {
            Ok(())
        }
    }

    /// A project's recordings, those begun last first.
    pub async fn list(
        &self,
        project: ProjectId,
        query: &RecordingQuery,
        limit: u32,
    ) -> Result<Vec<Recording>, Error> {
        Ok(self.parts.rows.recordings(project, query, limit.clamp(1, MAX_LIMIT)).await?)
    }

    /// The recording begun last of each of these sessions that has one.
    pub async fn of_sessions(
        &self,
        project: ProjectId,
        sessions: &[String],
    ) -> Result<Vec<(String, RecordingId)>, Error> {
        if sessions.is_empty() {
            return Ok(Vec::new());
        }
        Ok(self.parts.rows.recordings_of_sessions(project, sessions).await?)
    }

    /// Sessions with a recording in the period: the [`MAX_RECORDED_SESSIONS`] recorded last.
    pub async fn recorded_sessions(
        &self,
        project: ProjectId,
        period: Period,
    ) -> Result<Vec<String>, Error> {
        let (from, to) = (period.from(), period.to());
        let found =
            self.parts.rows.recorded_sessions(project, from, to, MAX_RECORDED_SESSIONS).await?;
        Ok(found)
    }

    /// A recording and its parts in their order.
    pub async fn get(
        &self,
        project: ProjectId,
        id: RecordingId,
    ) -> Result<(Recording, Vec<Chunk>), Error> {
        let found = self.parts.rows.recording(project, id).await?;
        found.ok_or(Error::NotFound("recording"))
    }

    /// The events of a part: an array of JSON.
    pub async fn chunk(
        &self,
        project: ProjectId,
        id: RecordingId,
        seq: u32,
    ) -> Result<Vec<u8>, Error> {
        let found = self.parts.blobs.get(BlobName::Chunk(project, id, seq)).await?;
        let found = found.ok_or(Error::NotFound("recording chunk"))?;
        decompress(found).await.map_err(Error::internal)
    }

    /// A picture: a PNG file.
    pub async fn screenshot(&self, project: ProjectId, id: ScreenshotId) -> Result<Bytes, Error> {
        let found = self.parts.blobs.get(BlobName::Screenshot(project, id)).await?;
        found.ok_or(Error::NotFound("screenshot"))
    }

    /// The pictures of these events.
    pub async fn screenshots_of(
        &self,
        project: ProjectId,
        events: &[EventId],
    ) -> Result<Vec<(EventId, ScreenshotId)>, Error> {
        if events.is_empty() {
            return Ok(Vec::new());
        }
        Ok(self.parts.rows.screenshots_of(project, events).await?)
    }

    /// Removes a person's recordings and pictures; how many there were.
    pub async fn erase(&self, project: ProjectId, person: &Identifiers) -> Result<u64, Error> {
        let found = self.parts.rows.media_of(project, person).await?;
        self.forget(&found).await
    }

    /// Removes the counts of days that are over.
    pub async fn prune_days(&self) -> Result<(), Error> {
        let today = self.parts.clock.now().day();
        Ok(self.parts.days.prune_recording_days(today).await?)
    }

    /// Removes these and returns their number. Blobs go first: the rows that are left name the blobs to
    /// remove next time.
    pub(crate) async fn forget(&self, groups: &[BlobGroup]) -> Result<u64, Error> {
        for group in groups {
            self.parts.blobs.delete(*group).await?;
            self.parts.rows.forget_media(*group).await?;
        }
        Ok(groups.len() as u64)
    }
}

impl std::fmt::Debug for RecordingService {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("RecordingService").finish_non_exhaustive()
    }
}

fn of_event(project: ProjectId, event: EventId) -> Uuid {
    let named = [*project.0.as_bytes(), *event.0.as_bytes()].concat();
    Uuid::new_v5(&PICTURES, &named)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_picture_of_an_event_has_one_name_in_a_project() {
        let [one, two] = [1, 2].map(|n| ProjectId(Uuid::from_u128(n)));
        let event = EventId(Uuid::from_u128(3));
        assert_eq!(of_event(one, event), of_event(one, event));
        assert_ne!(of_event(one, event), of_event(two, event));
    }
}
