//! Metadata of recordings and screenshots; their contents are blobs.

use async_trait::async_trait;
use domain::erasure::Identifiers;
use domain::id::{EventId, ProjectId, RecordingId, ScreenshotId};
use domain::recording::{RecordingSubject, ScreenshotSubject};
use domain::time::Timestamp;

use super::Error;
use crate::ports::blobs::BlobGroup;

/// A part of a recording that has arrived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewChunk {
    /// Of which recording.
    pub recording_id: RecordingId,
    /// Whose visit.
    pub subject: RecordingSubject,
    /// Where the visitor was when it began.
    pub page_url: Option<String>,
    /// How far the browser's clock was behind ours, in microseconds; added to what it says.
    pub clock_offset_micros: i64,
    /// When it arrived.
    pub received_at: Timestamp,
    /// Its place and size.
    pub chunk: Chunk,
}

/// A part of a recording.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Chunk {
    /// Its place among the others, from 0.
    pub seq: u32,
    /// Of its first event, by our clock.
    pub started_at: Timestamp,
    /// Of its last event.
    pub ended_at: Timestamp,
    /// How many events it holds.
    pub events: u64,
    /// Bytes of JSON.
    pub bytes: u64,
}

/// A recording, as far as it has arrived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recording {
    /// Names it.
    pub id: RecordingId,
    /// Whose visit.
    pub subject: RecordingSubject,
    /// Where the visitor was when it began.
    pub page_url: Option<String>,
    /// How far the browser's clock was behind ours, in microseconds.
    pub clock_offset_micros: i64,
    /// Of its first event.
    pub started_at: Timestamp,
    /// Of its last event.
    pub ended_at: Timestamp,
    /// How many parts there are.
    pub chunks: u64,
    /// How many events these hold.
    pub events: u64,
    /// Bytes of JSON.
    pub bytes: u64,
}

/// A picture of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Screenshot {
    /// Names it.
    pub id: ScreenshotId,
    /// What it shows.
    pub friction_event_id: Option<EventId>,
    /// Whose visit.
    pub subject: ScreenshotSubject,
    /// Of which page.
    pub page_url: Option<String>,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
    /// Of the file.
    pub bytes: u64,
    /// When it arrived.
    pub received_at: Timestamp,
}

/// Which recordings.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RecordingQuery {
    /// Of one of these visits; empty for all.
    pub session_ids: Vec<String>,
    /// Of this browser.
    pub visitor_id: Option<String>,
    /// Of this customer.
    pub user_id: Option<String>,
    /// Those that come after this one in the list.
    pub after: Option<(Timestamp, RecordingId)>,
}

/// What came of noting a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChunkWriteOutcome {
    /// It is noted, now or since before.
    Stored,
    /// The recording is of another visit, or of another customer; this is the field that differs.
    Conflicts(&'static str),
}

/// Recordings and pictures. See [`super`] for the contract.
#[async_trait]
pub trait RecordingStore: Send + Sync {
    /// Notes a part. One that was noted before changes nothing.
    async fn record_chunk(
        &self,
        project: ProjectId,
        new: &NewChunk,
    ) -> Result<ChunkWriteOutcome, Error>;

    /// A project's recordings, those begun last first.
    async fn recordings(
        &self,
        project: ProjectId,
        query: &RecordingQuery,
        limit: u32,
    ) -> Result<Vec<Recording>, Error>;

    /// The recording begun last of each of these sessions that has one.
    async fn recordings_of_sessions(
        &self,
        project: ProjectId,
        sessions: &[String],
    ) -> Result<Vec<(String, RecordingId)>, Error>;

    /// Sessions with a recording that overlaps the time from `from` to before `to`: the `limit` recorded last.
    async fn recorded_sessions(
        &self,
        project: ProjectId,
        from: Timestamp,
        to: Timestamp,
        limit: u32,
    ) -> Result<Vec<String>, Error>;

    /// A recording and its parts in their order.
    async fn recording(
        &self,
        project: ProjectId,
        id: RecordingId,
    ) -> Result<Option<(Recording, Vec<Chunk>)>, Error>;

    /// Notes a picture; it takes the place of one with its id.
    async fn record_screenshot(&self, project: ProjectId, new: &Screenshot) -> Result<(), Error>;

    /// A picture.
    async fn screenshot(
        &self,
        project: ProjectId,
        id: ScreenshotId,
    ) -> Result<Option<Screenshot>, Error>;

    /// The pictures of these events.
    async fn screenshots_of(
        &self,
        project: ProjectId,
        events: &[EventId],
    ) -> Result<Vec<(EventId, ScreenshotId)>, Error>;

    /// The recordings and pictures of a person.
    async fn media_of(
        &self,
        project: ProjectId,
        person: &Identifiers,
    ) -> Result<Vec<BlobGroup>, Error>;

    /// Forgets one of them.
    async fn forget_media(&self, group: BlobGroup) -> Result<(), Error>;
}
