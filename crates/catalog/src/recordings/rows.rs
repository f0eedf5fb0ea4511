//! Rows of recordings and pictures, read.

use domain::id::{EventId, RecordingId, ScreenshotId};
use domain::recording::{RecordingSubject, ScreenshotSubject};
use engine::ports::catalog::{Chunk, Error, Recording, Screenshot};
use sqlx::any::AnyRow;
use uuid::Uuid;

use crate::error::malformed;
use crate::row_ext::RowExt;

pub(crate) const RECORDING: &str = "id, session_id, visitor_id, user_id, page_url, clock_offset, \
    started_at, ended_at, chunks, events, bytes";
pub(super) const SCREENSHOT: &str = "id, friction_event_id, session_id, visitor_id, user_id, page_url, \
    width, height, bytes, received_at";

fn subject(row: &AnyRow) -> Result<RecordingSubject, Error> {
    Ok(RecordingSubject {
        session_id: row.text("session_id")?,
        visitor_id: row.maybe_text("visitor_id")?,
        user_id: row.maybe_text("user_id")?,
    })
}

pub(crate) fn recording(row: &AnyRow) -> Result<Recording, Error> {
    Ok(Recording {
        id: RecordingId(row.id("id")?),
        subject: subject(row)?,
        page_url: row.maybe_text("page_url")?,
        clock_offset_micros: row.number("clock_offset")?,
        started_at: row.time("started_at")?,
        ended_at: row.time("ended_at")?,
        chunks: row.number("chunks")?,
        events: row.number("events")?,
        bytes: row.number("bytes")?,
    })
}

pub(super) fn chunk(row: &AnyRow) -> Result<Chunk, Error> {
    Ok(Chunk {
        seq: row.number("seq")?,
        started_at: row.time("started_at")?,
        ended_at: row.time("ended_at")?,
        events: row.number("events")?,
        bytes: row.number("bytes")?,
    })
}

pub(super) fn screenshot(row: &AnyRow) -> Result<Screenshot, Error> {
    let event = row.maybe_text("friction_event_id")?;
    let event = event.map(|text| Uuid::parse_str(&text)).transpose();
    Ok(Screenshot {
        id: ScreenshotId(row.id("id")?),
        friction_event_id: event.map_err(|_| malformed("friction_event_id"))?.map(EventId),
        subject: ScreenshotSubject {
            session_id: Some(row.text("session_id")?).filter(|id| !id.is_empty()),
            visitor_id: row.maybe_text("visitor_id")?,
            user_id: row.maybe_text("user_id")?,
        },
        page_url: row.maybe_text("page_url")?,
        width: row.number("width")?,
        height: row.number("height")?,
        bytes: row.number("bytes")?,
        received_at: row.time("received_at")?,
    })
}
