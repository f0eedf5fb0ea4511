//! What one journal entry holds: an accepted event, or a refusal.
//!
//! # Format
//!
//! ```text
//! byte 0     format version, now 1
//! byte 1..   postcard encoding of `Record`
//! ```
//!
//! Postcard encodes fields by position. So a released version's types never change their shape:
//! a new field means a new version with types of its own, and reading all versions that a journal
//! may still hold.

use domain::event::{Category, Event};
use domain::id::{EventId, ProjectId};
use domain::outcome::{Contract, Reason};
use domain::time::Timestamp;
use serde::{Deserialize, Serialize};

/// The version written now.
const VERSION: u8 = 1;
/// `Record::Event`'s index in postcard's encoding of the enum.
const EVENT: u8 = 0;

/// One entry of the journal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Record {
    /// An accepted event.
    Event(Box<Event>),
    /// Items that were refused.
    Refused(Refused),
    /// What was an accepted event until its subject asked to be forgotten: it counts, and says nothing.
    Erased,
}

/// One or more items refused for the same reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refused {
    /// The tenant.
    pub project_id: ProjectId,
    /// When they arrived.
    pub received_at: Timestamp,
    /// How their bytes are read again.
    pub contract: Contract,
    /// Why.
    pub reason: Reason,
    /// What was wrong, naming the field.
    pub detail: String,
    /// How many items this stands for.
    pub count: u32,
    /// The bytes as received; none when the reason is not worth keeping or the budget is used up.
    pub bytes: Option<Vec<u8>>,
}

/// Bytes that are no record this version can read.
#[derive(Debug, thiserror::Error)]
pub enum Unreadable {
    /// Written by a version we do not know.
    #[error("record version {0} is unknown")]
    Version(u8),
    /// Not what the version's format says.
    #[error("record is malformed")]
    Malformed(#[from] postcard::Error),
    /// No bytes at all.
    #[error("record is empty")]
    Empty,
}

/// Appends the encoding of an event, without taking it.
pub fn write_event(event: &Event, buffer: &mut Vec<u8>) -> Result<(), postcard::Error> {
    #[derive(Serialize)]
    enum Borrowed<'a> {
        Event(&'a Event),
    }
    write(&Borrowed::Event(event), buffer)
}

/// Appends the encoding of a refusal.
pub fn write_refused(refused: Refused, buffer: &mut Vec<u8>) -> Result<(), postcard::Error> {
    write(&Record::Refused(refused), buffer)
}

fn write(record: &impl Serialize, buffer: &mut Vec<u8>) -> Result<(), postcard::Error> {
    buffer.push(VERSION);
    postcard::to_io(record, buffer).map(|_| ())
}

/// Reads one entry's payload.
pub fn read(payload: &[u8]) -> Result<Record, Unreadable> {
    match payload.split_first() {
        Some((&VERSION, rest)) => Ok(postcard::from_bytes(rest)?),
        Some((&other, _)) => Err(Unreadable::Version(other)),
        None => Err(Unreadable::Empty),
    }
}

/// What is put in the place of an entry's payload when its subject is forgotten; none when the entry
/// is not the subject's. It counts as before: an accepted event as one, a refusal for its reason.
pub fn erased(
    payload: &[u8],
    is_theirs: impl FnOnce(&Event) -> bool,
    mentions_them: impl FnOnce(&[u8]) -> bool,
) -> Option<Vec<u8>> {
    let left = match read(payload).ok()? {
        Record::Event(event) if is_theirs(&event) => Record::Erased,
        Record::Refused(refused) => {
            let bytes = refused.bytes.as_deref()?;
            if !mentions_them(bytes) {
                return None;
            }
            Record::Refused(Refused { bytes: None, detail: String::new(), ..refused })
        }
        Record::Event(_) | Record::Erased => return None,
    };
    let mut buffer = Vec::new();
    // Writing to memory fails for what cannot be encoded only, and these can.
    write(&left, &mut buffer).ok()?;
    Some(buffer)
}

/// What an entry is, read only as far as its account needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Peek {
    /// An accepted event.
    Event,
    /// A refusal, whole.
    Refused(Refused),
    /// What was an accepted event.
    Erased,
}

/// Reads what kind of entry a payload is without decoding an event.
pub fn peek(payload: &[u8]) -> Result<Peek, Unreadable> {
    match payload {
        [VERSION, EVENT, ..] => Ok(Peek::Event),
        _ => match read(payload)? {
            Record::Event(_) => Ok(Peek::Event),
            Record::Refused(refused) => Ok(Peek::Refused(refused)),
            Record::Erased => Ok(Peek::Erased),
        },
    }
}

/// What tells whether an event concerns a reader, without decoding the rest of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EventHead<'a> {
    /// Its part of the product.
    pub category: Category,
    /// Its visit.
    pub session_id: Option<&'a str>,
    /// Its customer.
    pub user_id: Option<&'a str>,
}

/// The first fields of [`Event`], in its order.
#[derive(Deserialize)]
struct FirstFields<'a> {
    _id: EventId,
    _project_id: ProjectId,
    category: Category,
    _name: &'a str,
    _occurred_at: Timestamp,
    _client_at: Option<Timestamp>,
    _sent_at: Option<Timestamp>,
    _received_at: Timestamp,
    _seq: Option<u32>,
    _visitor_id: Option<&'a str>,
    session_id: Option<&'a str>,
    user_id: Option<&'a str>,
}

/// Reads the head of an event; none for a refusal.
pub fn head(payload: &[u8]) -> Result<Option<EventHead<'_>>, Unreadable> {
    match payload {
        [VERSION, EVENT, rest @ ..] => {
            let (fields, _) = postcard::take_from_bytes::<FirstFields<'_>>(rest)?;
            let FirstFields { category, session_id, user_id, .. } = fields;
            Ok(Some(EventHead { category, session_id, user_id }))
        }
        [VERSION, ..] => Ok(None),
        [other, ..] => Err(Unreadable::Version(*other)),
        [] => Err(Unreadable::Empty),
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn refused() -> Refused {
        Refused {
            project_id: ProjectId(Uuid::from_u128(7)),
            received_at: Timestamp::from_seconds(1),
            contract: Contract::Friction,
            reason: Reason::MissingField,
            detail: "page_url is missing".to_owned(),
            count: 1,
            bytes: Some(b"{}".to_vec()),
        }
    }

    #[test]
    fn a_record_reads_back_as_written() {
        let mut buffer = Vec::new();
        write_refused(refused(), &mut buffer).expect("encodes");
        assert_eq!(read(&buffer).expect("decodes"), Record::Refused(refused()));
    }

    #[test]
    fn an_erased_record_counts_and_says_nothing() {
        let mut buffer = Vec::new();
        write_refused(refused(), &mut buffer).expect("encodes");
        assert_eq!(erased(&buffer, |_| true, |_| false), None);
        let left = erased(&buffer, |_| false, |bytes| bytes == b"{}").expect("theirs");
        let expected = Refused { bytes: None, detail: String::new(), ..refused() };
        assert_eq!(read(&left).expect("decodes"), Record::Refused(expected));
        assert_eq!(erased(&left, |_| true, |_| true), None, "there is nothing left to erase");
        let mut tombstone = Vec::new();
        write(&Record::Erased, &mut tombstone).expect("encodes");
        assert_eq!(peek(&tombstone).expect("decodes"), Peek::Erased);
        assert_eq!(erased(&tombstone, |_| true, |_| true), None);
    }

    #[test]
    fn unknown_versions_and_cut_records_are_errors() {
        let mut buffer = Vec::new();
        write_refused(refused(), &mut buffer).expect("encodes");
        assert!(matches!(read(&buffer[..buffer.len() - 1]), Err(Unreadable::Malformed(_))));
        buffer[0] = 9;
        assert!(matches!(read(&buffer), Err(Unreadable::Version(9))));
        assert!(matches!(read(&[]), Err(Unreadable::Empty)));
    }
}
