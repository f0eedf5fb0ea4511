//! The errors of the ingest routes as the OpenAPI document names them, by who may send.

use utoipa::IntoResponses;

use super::error::IngestError;
use crate::openapi::{self, Responses};

const UNKNOWN_KEY: (u16, &str) = (401, "Missing or unknown key");
const NOT_FROM_HERE: (u16, &str) = (403, "Key switched off, or origin not allowed");
const NOT_NOW: (u16, &str) = (503, "Cannot be stored now; see Retry-After");

/// Whoever sends events.
pub(super) enum Sender {}

impl IntoResponses for Sender {
    fn responses() -> Responses {
        errors(&[
            (413, "Larger than allowed after decompression"),
            (415, "Unknown content encoding"),
            (429, "Rate limit used up; see Retry-After"),
            NOT_NOW,
        ])
    }
}

/// A sender with a project's key.
pub(super) enum KeyHolder {}

impl IntoResponses for KeyHolder {
    fn responses() -> Responses {
        of_sender_and(&[UNKNOWN_KEY, NOT_FROM_HERE])
    }
}

/// A page, known by its key or, without one, by its origin.
pub(super) enum Page {}

impl IntoResponses for Page {
    fn responses() -> Responses {
        of_sender_and(&[
            (401, "No key, and the origin does not identify one project"),
            NOT_FROM_HERE,
        ])
    }
}

/// A program that reports orders and bookings.
pub(super) enum Program {}

impl IntoResponses for Program {
    fn responses() -> Responses {
        of_sender_and(&[
            (400, "Not JSON, or a field is missing"),
            UNKNOWN_KEY,
            (403, "Sent by a page, or the role of the secret key is not writer"),
            (422, "The body can be read, but a field is invalid"),
        ])
    }
}

/// A page that sends what shows a visit.
pub(super) enum Recorder {}

impl IntoResponses for Recorder {
    fn responses() -> Responses {
        errors(&[
            UNKNOWN_KEY,
            (403, "Key switched off, origin not allowed, or recording turned off by the project"),
            (422, "The person asked to be forgotten"),
            (
                429,
                "Rate limit or the project's recording limit of the day used up; see Retry-After",
            ),
            NOT_NOW,
        ])
    }
}

fn of_sender_and(more: &[(u16, &str)]) -> Responses {
    let mut errors = errors(more);
    errors.extend(Sender::responses());
    errors
}

fn errors(errors: &[(u16, &str)]) -> Responses {
    openapi::errors_as::<IngestError>("application/json", errors)
}
