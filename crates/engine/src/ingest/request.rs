//! The input of ingest: items, sender and envelope.

use std::borrow::Cow;
use std::net::IpAddr;

use domain::event::NewEvent;
use domain::limits::{MAX_DETAIL_BYTES, cut};
use domain::outcome::RejectionReason;
use domain::time::Timestamp;

use super::limit::check_id;

/// One item of a request as read: an event, or why it is none.
#[derive(Debug)]
pub struct IncomingItem<'a> {
    /// The item's bytes, kept if it is refused.
    pub raw: &'a [u8],
    /// The event; its texts may lie in the request.
    pub event: Result<NewEvent<Cow<'a, str>>, Rejection>,
}

impl<'a> IncomingItem<'a> {
    /// An item with its bytes and what was read from them.
    pub fn new(raw: &'a [u8], event: Result<impl Into<NewEvent<Cow<'a, str>>>, Rejection>) -> Self {
        Self { raw, event: event.map(Into::into) }
    }
}

/// Why an item is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejection {
    /// The stable reason.
    pub reason: RejectionReason,
    /// What is wrong, naming the field.
    pub detail: String,
}

impl Rejection {
    /// A refusal for this reason. A long explanation, which quotes what was sent, is cut.
    pub fn new(reason: RejectionReason, detail: impl Into<String>) -> Self {
        Self { reason, detail: cut(detail.into(), MAX_DETAIL_BYTES) }
    }

    /// A refusal because the event's subject asked to be forgotten.
    pub(super) fn erased() -> Self {
        Self::new(RejectionReason::Erased, "this person asked to be forgotten")
    }

    /// A refusal because a required field is missing.
    pub fn missing(field: &str) -> Self {
        Self::new(RejectionReason::MissingField, format!("{field} is missing"))
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
    pub(super) fn check(&self) -> Result<(), Rejection> {
        check_id("session_id", self.session_id.as_deref())?;
        check_id("user_id", self.user_id.as_deref())
    }
}
