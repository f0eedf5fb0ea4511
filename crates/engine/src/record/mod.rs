//! Encoding of journal records: events, rejections, and the remains of erased events.
//!
//! # Format
//!
//! ```text
//! byte 0     format version; 1 is written
//! byte 1     kind: 0 event, 1 refusal, 2 erased event
//! byte 2..   postcard encoding of the version's type for the kind; nothing for an erased event
//! ```
//!
//! Postcard encodes fields by position, so each released version has types of its own ([`v1`]) that never
//! change. A new field means a new version: `v2.rs` beside `v1.rs`, a match arm in [`decode`] and in
//! [`EncodedEvent`], and golden records beside those of the versions before. [`convert`] alone knows both
//! the versions' types and the domain's.
//!
//! Records are read where they lie: texts borrow from the payload. An event begins with its head, so a
//! reader that passes over an event decodes no more of it.

mod batch;
mod codes;
mod convert;
mod v1;

use domain::event::{Category, EventRef};
use domain::id::{EventId, ProjectId};
use domain::outcome::{Contract, RejectionReason};
use domain::time::Timestamp;

use crate::ports::journal::Position;

pub use batch::EventBatch;
pub(crate) use batch::{events, events_of};

/// One entry of the journal.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Record<'a> {
    /// An accepted event.
    Event(EncodedEvent<'a>),
    /// Items that were refused.
    Rejected(RejectedRecord<'a>),
    /// What was an accepted event until its subject asked to be forgotten: it counts, and says nothing.
    Erased,
}

/// One or more items refused for the same reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RejectedRecord<'a> {
    /// The tenant.
    pub project_id: ProjectId,
    /// When they arrived.
    pub received_at: Timestamp,
    /// How their bytes are read again.
    pub contract: Contract,
    /// Why.
    pub reason: RejectionReason,
    /// What was wrong, naming the field.
    pub detail: &'a str,
    /// How many items this stands for.
    pub count: u32,
    /// The bytes as received; none when the reason is not worth keeping or the budget is used up.
    pub bytes: Option<&'a [u8]>,
}

/// What readers choose events by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EventHead<'a> {
    /// Names it.
    pub id: EventId,
    /// The tenant.
    pub project_id: ProjectId,
    /// Its part of the product.
    pub category: Category,
    /// Its kind within the category.
    pub name: &'a str,
    /// When it happened.
    pub occurred_at: Timestamp,
    /// Its browser.
    pub visitor_id: Option<&'a str>,
    /// Its session.
    pub session_id: Option<&'a str>,
    /// Its customer.
    pub user_id: Option<&'a str>,
    /// The rule that took its sender for a bot.
    pub bot: Option<&'a str>,
}

/// An accepted event as it lies in the journal.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct EncodedEvent<'a> {
    /// Where it stands in the journal, for the log; 0 when unknown.
    position: Position,
    bytes: &'a [u8],
}

impl<'a> EncodedEvent<'a> {
    /// Its part of the product: the first byte.
    pub fn category(&self) -> Result<Category, Unreadable> {
        let code = *self.bytes.first().ok_or(Unreadable::Cut)?;
        codes::by_code("category", codes::CATEGORIES, codes::category_code, code)
    }

    /// What readers choose it by.
    pub fn head(&self) -> Result<EventHead<'a>, Unreadable> {
        let (head, _) = postcard::take_from_bytes::<v1::EventHead<'_>>(self.bytes)?;
        head.try_into()
    }

    /// All of it.
    pub fn decode(&self) -> Result<EventRef<'a>, Unreadable> {
        postcard::from_bytes::<v1::Event<'_>>(self.bytes)?.try_into()
    }
}

/// Bytes that are no record this program can read.
#[derive(Debug, thiserror::Error)]
pub enum Unreadable {
    /// Written by a version this program does not know.
    #[error("record version {0} is unknown")]
    Version(u8),
    /// Not what the version's format says.
    #[error("record is malformed")]
    Malformed(#[from] postcard::Error),
    /// A kind, category, contract or reason the version does not have.
    #[error("record has the unknown {what} {code}")]
    Code {
        /// What the code stands for.
        what: &'static str,
        /// The code.
        code: u8,
    },
    /// Too short to be a record.
    #[error("record is cut")]
    Cut,
}

/// Appends the encoding of an event. Fails for what memory cannot hold only.
pub fn encode_event(event: &EventRef<'_>, buffer: &mut Vec<u8>) -> Result<(), postcard::Error> {
    buffer.extend_from_slice(&[v1::VERSION, v1::EVENT]);
    postcard::to_io(&v1::Event::from(event), buffer).map(|_| ())
}

/// Appends the encoding of a refusal.
pub fn encode_rejected(
    refused: &RejectedRecord<'_>,
    buffer: &mut Vec<u8>,
) -> Result<(), postcard::Error> {
    buffer.extend_from_slice(&[v1::VERSION, v1::REFUSED]);
    postcard::to_io(&v1::Rejected::from(refused), buffer).map(|_| ())
}

/// Reads one entry's payload; an event only as far as to know that it is one.
pub fn decode(payload: &[u8]) -> Result<Record<'_>, Unreadable> {
    match payload {
        [v1::VERSION, v1::EVENT, bytes @ ..] => {
            Ok(Record::Event(EncodedEvent { position: 0, bytes }))
        }
        [v1::VERSION, v1::REFUSED, bytes @ ..] => {
            Ok(Record::Rejected(postcard::from_bytes::<v1::Rejected<'_>>(bytes)?.try_into()?))
        }
        [v1::VERSION, v1::ERASED, ..] => Ok(Record::Erased),
        [v1::VERSION, kind, ..] => Err(Unreadable::Code { what: "kind", code: *kind }),
        [version, _, ..] => Err(Unreadable::Version(*version)),
        [_] | [] => Err(Unreadable::Cut),
    }
}

/// What replaces an entry's payload when its subject is forgotten; none when the entry is not the
/// subject's. It counts as before: an accepted event as one, a refusal for its reason.
pub fn erased(
    payload: &[u8],
    is_of_subject: impl FnOnce(&EventRef<'_>) -> bool,
    mentions_subject: impl FnOnce(&[u8]) -> bool,
) -> Option<Vec<u8>> {
    match decode(payload).ok()? {
        Record::Event(event) => {
            is_of_subject(&event.decode().ok()?).then(|| vec![v1::VERSION, v1::ERASED])
        }
        Record::Rejected(refused) => {
            if !mentions_subject(refused.bytes?) {
                return None;
            }
            let mut buffer = Vec::new();
            // Writing to memory fails for what cannot be encoded only, and this can.
            encode_rejected(&RejectedRecord { bytes: None, detail: "", ..refused }, &mut buffer)
                .ok()?;
            Some(buffer)
        }
        Record::Erased => None,
    }
}

#[cfg(test)]
mod tests;
