//! Uploads of recording chunks and screenshots, and their rejections.

use bytes::Bytes;
use domain::id::{EventId, RecordingId};
use domain::recording::{InvalidMedia, RecordingSubject, ScreenshotSubject};
use domain::time::Timestamp;

use crate::Error;

/// A part of a recording as its sender describes it.
#[derive(Debug)]
pub struct ChunkUpload<'a> {
    /// Of which recording.
    pub recording_id: RecordingId,
    /// Its place among the others, from 0.
    pub seq: u32,
    /// Whose visit.
    pub subject: RecordingSubject,
    /// Where the visitor is.
    pub page_url: Option<String>,
    /// To be added to what the browser's clock says, in microseconds.
    pub clock_offset_micros: i64,
    /// Of the first event, by the browser's clock.
    pub started_at: Timestamp,
    /// Of the last one.
    pub ended_at: Timestamp,
    /// How many there are.
    pub events: usize,
    /// They themselves: an array of JSON.
    pub json: &'a [u8],
}

/// A picture as its sender describes it.
#[derive(Debug)]
pub struct ScreenshotUpload {
    /// What it shows.
    pub friction_event_id: Option<EventId>,
    /// Whose visit.
    pub subject: ScreenshotSubject,
    /// Of which page.
    pub page_url: Option<String>,
    /// The file.
    pub file: Bytes,
}

/// Why a chunk or a screenshot is not stored.
#[derive(Debug, thiserror::Error)]
pub enum RecordingRejection {
    /// It is not a valid chunk or screenshot.
    #[error(transparent)]
    Bad(#[from] InvalidMedia),
    /// Its subject asked to be forgotten.
    #[error("this person asked to be forgotten")]
    Erased,
    /// The project has turned it off.
    #[error("the project has turned {0} off; send no more")]
    Off(&'static str),
    /// The project's recording limit of the day is used up.
    #[error(
        "the project's recording limit of the day is used up; recording continues at midnight UTC"
    )]
    Paused {
        /// Seconds until then.
        retry_after_seconds: u32,
    },
    /// Something failed.
    #[error(transparent)]
    Failed(#[from] Error),
}
