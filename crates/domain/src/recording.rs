//! Validates recording chunks and screenshots, and names the session they show.

use crate::limits::{MAX_ID_BYTES, MAX_URL_BYTES};
use crate::time::Timestamp;

/// Largest part of a recording, in bytes of JSON.
pub const MAX_CHUNK_BYTES: usize = 4 * 1024 * 1024;
/// Most parts of a recording.
pub const MAX_CHUNKS: u32 = 5_000;
/// Most events of a part.
pub const MAX_CHUNK_EVENTS: usize = 100_000;
/// Largest picture, in bytes.
pub const MAX_SCREENSHOT_BYTES: usize = 2 * 1024 * 1024;
/// Longest side of a picture, in pixels.
pub const MAX_SCREENSHOT_SIDE: u32 = 8_192;
/// Longest part of a recording, in seconds: a longer one has a broken clock.
pub const MAX_CHUNK_SECONDS: i64 = 24 * 3_600;

const PNG_SIGNATURE: [u8; 8] = [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a];
/// The header's length and name: the first part of every PNG.
const PNG_HEADER: [u8; 8] = [0, 0, 0, 13, b'I', b'H', b'D', b'R'];
/// The last part of every PNG, with its checksum: nothing follows it.
const PNG_END: [u8; 12] = [0, 0, 0, 0, b'I', b'E', b'N', b'D', 0xae, 0x42, 0x60, 0x82];

/// Whose visit is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordingSubject {
    /// The visit.
    pub session_id: String,
    /// The browser; none where the visitor did not consent to be known again.
    pub visitor_id: Option<String>,
    /// The customer, where one is signed in.
    pub user_id: Option<String>,
}

/// Whose visit a picture shows, as far as its sender says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ScreenshotSubject {
    /// The visit.
    pub session_id: Option<String>,
    /// The browser.
    pub visitor_id: Option<String>,
    /// The customer.
    pub user_id: Option<String>,
}

/// The names of a subject: what is checked, and what erasures look for.
#[derive(Debug, Clone, Copy)]
pub struct SubjectNames<'a> {
    /// The visit.
    pub session_id: Option<&'a str>,
    /// The browser.
    pub visitor_id: Option<&'a str>,
    /// The customer.
    pub user_id: Option<&'a str>,
}

/// Why something cannot be part of a recording, or a picture.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{field} {what}")]
pub struct InvalidMedia {
    /// The field to change.
    pub field: &'static str,
    /// What it must be.
    pub what: String,
}

fn bad(field: &'static str, what: impl Into<String>) -> InvalidMedia {
    InvalidMedia { field, what: what.into() }
}

impl RecordingSubject {
    /// Its names.
    pub fn names(&self) -> SubjectNames<'_> {
        SubjectNames {
            session_id: Some(&self.session_id),
            visitor_id: self.visitor_id.as_deref(),
            user_id: self.user_id.as_deref(),
        }
    }
}

impl ScreenshotSubject {
    /// Its names.
    pub fn names(&self) -> SubjectNames<'_> {
        SubjectNames {
            session_id: self.session_id.as_deref(),
            visitor_id: self.visitor_id.as_deref(),
            user_id: self.user_id.as_deref(),
        }
    }
}

impl SubjectNames<'_> {
    /// Whether they may be kept.
    pub fn check(&self) -> Result<(), InvalidMedia> {
        let named = [
            ("session_id", self.session_id),
            ("visitor_id", self.visitor_id),
            ("user_id", self.user_id),
        ];
        for (field, text) in named {
            let Some(text) = text else { continue };
            if text.is_empty() || text.len() > MAX_ID_BYTES || text.contains('\0') {
                return Err(bad(field, format!("must be a text of 1 to {MAX_ID_BYTES} bytes")));
            }
        }
        Ok(())
    }
}

/// Whether an address may be kept.
pub fn check_page_url(page_url: Option<&str>) -> Result<(), InvalidMedia> {
    match page_url {
        Some(url) if url.len() > MAX_URL_BYTES || url.contains('\0') => {
            Err(bad("page_url", format!("must be at most {MAX_URL_BYTES} bytes long")))
        }
        _ => Ok(()),
    }
}

/// Whether a part may have this place and these times.
pub fn check_chunk(
    seq: u32,
    started_at: Timestamp,
    ended_at: Timestamp,
    events: usize,
) -> Result<(), InvalidMedia> {
    if seq >= MAX_CHUNKS {
        return Err(bad("seq", format!("must be less than {MAX_CHUNKS}: start a new recording")));
    }
    if events == 0 || events > MAX_CHUNK_EVENTS {
        return Err(bad("events", format!("must hold 1 to {MAX_CHUNK_EVENTS} events")));
    }
    if ended_at.micros_since(started_at) > MAX_CHUNK_SECONDS * 1_000_000 {
        return Err(bad(
            "events",
            "must be less than a day apart: the clock of this browser jumps",
        ));
    }
    Ok(())
}

/// Width and height of a PNG in pixels. Reads its first part and looks at its last; what lies between is
/// for whoever shows it.
pub fn png_size(bytes: &[u8]) -> Result<(u32, u32), InvalidMedia> {
    let not_a_picture = || bad("file", "must be a PNG image");
    let rest = bytes.strip_prefix(&PNG_SIGNATURE).ok_or_else(not_a_picture)?;
    let rest = rest.strip_prefix(&PNG_HEADER).ok_or_else(not_a_picture)?;
    let (width, rest) = rest.split_first_chunk().ok_or_else(not_a_picture)?;
    let (height, rest) = rest.split_first_chunk().ok_or_else(not_a_picture)?;
    let (width, height) = (u32::from_be_bytes(*width), u32::from_be_bytes(*height));
    let has_known_pixels = matches!(rest, [1 | 2 | 4 | 8 | 16, 0 | 2 | 3 | 4 | 6, 0, 0, 0 | 1, ..]);
    if !has_known_pixels || !rest.ends_with(&PNG_END) {
        return Err(not_a_picture());
    }
    let sides = 1..=MAX_SCREENSHOT_SIDE;
    if !sides.contains(&width) || !sides.contains(&height) {
        let what = format!("must be 1 to {MAX_SCREENSHOT_SIDE} pixels wide and high");
        return Err(bad("file", what));
    }
    Ok((width, height))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = [&PNG_SIGNATURE[..], &PNG_HEADER].concat();
        bytes.extend(width.to_be_bytes());
        bytes.extend(height.to_be_bytes());
        bytes.extend([8, 6, 0, 0, 0, 1, 2, 3, 4]);
        bytes.extend(PNG_END);
        bytes
    }

    #[test]
    fn the_size_of_a_png_is_read() {
        assert_eq!(png_size(&picture(640, 480)), Ok((640, 480)));
    }

    #[test]
    fn an_invalid_or_oversized_png_is_refused() {
        let whole = picture(10, 10);
        for end in 0..whole.len() {
            assert!(png_size(&whole[..end]).is_err(), "cut at {end}");
        }
        let with_more = [&whole[..], b"<script>"].concat();
        assert!(png_size(&with_more).is_err());
        assert!(png_size(b"\x1a\x45\xdf\xa3webm").is_err());
        assert!(png_size(b"<svg xmlns='http://www.w3.org/2000/svg'/>").is_err());
        for (width, height) in [(0, 1), (1, 0), (8_193, 1), (1, u32::MAX)] {
            let refused = png_size(&picture(width, height)).expect_err("refused");
            assert_eq!(refused.to_string(), "file must be 1 to 8192 pixels wide and high");
        }
    }

    #[test]
    fn a_part_has_a_place_some_events_and_a_length() {
        let at = Timestamp::from_micros;
        assert_eq!(check_chunk(0, at(0), at(1), 1), Ok(()));
        assert_eq!(check_chunk(MAX_CHUNKS, at(0), at(1), 1).map_err(|bad| bad.field), Err("seq"));
        assert_eq!(check_chunk(0, at(0), at(1), 0).map_err(|bad| bad.field), Err("events"));
        let late = at(MAX_CHUNK_SECONDS * 1_000_000 + 1);
        assert_eq!(check_chunk(0, at(0), late, 1).map_err(|bad| bad.field), Err("events"));
    }
}
