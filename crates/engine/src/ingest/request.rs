//! What a request hands to ingest.

use std::net::IpAddr;

use domain::event::NewEvent;
use domain::limits::{MAX_DETAIL_BYTES, MAX_ID_BYTES, cut};
use domain::outcome::Reason;
use domain::time::Timestamp;

/// One item of a request as read: an event, or why it is none.
#[derive(Debug)]
pub struct Incoming<'a> {
    /// The item's bytes, kept if it is refused.
    pub raw: &'a [u8],
    /// What was read.
    pub event: Result<NewEvent, Invalid>,
}

/// Why an item is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invalid {
    /// The stable reason.
    pub reason: Reason,
    /// What is wrong, naming the field.
    pub detail: String,
}

impl Invalid {
    /// A refusal for this reason. A long explanation, which quotes what was sent, is cut.
    pub fn new(reason: Reason, detail: impl Into<String>) -> Self {
        Self { reason, detail: cut(detail.into(), MAX_DETAIL_BYTES) }
    }

    /// A refusal because the event's subject asked to be forgotten.
    pub(super) fn erased() -> Self {
        Self::new(Reason::Erased, "the person this is about asked to be forgotten")
    }

    /// A refusal because a required field is missing.
    pub fn missing(field: &str) -> Self {
        Self::new(Reason::MissingField, format!("{field} is missing"))
    }
}

/// Checks the length of an id that a sender chose.
pub(super) fn check_id(field: &str, id: Option<&str>) -> Result<(), Invalid> {
    match id {
        Some(id) if id.len() > MAX_ID_BYTES => Err(Invalid::new(
            Reason::InvalidField,
            format!("{field} is longer than {MAX_ID_BYTES} bytes"),
        )),
        _ => Ok(()),
    }
}

/// Who sent a request, as the server saw it.
#[derive(Debug, Clone, Copy)]
pub struct Sender<'a> {
    /// The `User-Agent` header; empty when there is none.
    pub user_agent: &'a str,
    /// The client's address, after trusted proxies.
    pub address: IpAddr,
}

/// What a request says about all of its events.
#[derive(Debug, Clone, Default)]
pub struct Envelope {
    /// When the client sent it, by its clock.
    pub sent_at: Option<Timestamp>,
    /// The visit of events that name none.
    pub session_id: Option<String>,
    /// The customer of events that name none.
    pub user_id: Option<String>,
    /// The visitor did not consent to be known again: events that name nobody get an id for the day.
    pub is_anonymous: bool,
}

impl Envelope {
    /// Checks what each of the events would take over.
    pub(super) fn check(&self) -> Result<(), Invalid> {
        check_id("session_id", self.session_id.as_deref())?;
        check_id("user_id", self.user_id.as_deref())
    }
}
