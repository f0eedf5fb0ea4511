//! Ids of a journal's records, and cursors of pages of their outcomes.

use std::fmt;
use std::str::FromStr;

use domain::time::Timestamp;
use uuid::Uuid;

use crate::ports::journal::Position;

/// Names a record among those of all servers that share a catalog.
///
/// As a text `<position>`, as long as the catalog has only one journal, and
/// `<position>-<journal>` where each server has its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct RecordId {
    /// Its position in the journal.
    pub position: Position,
    /// The journal's id; none for the only one.
    pub journal: Option<Uuid>,
}

/// The last failed event of a page: those that come after it in the list are the next page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FailedEventCursor {
    /// When it arrived.
    pub received_at: Timestamp,
    /// Which of those that arrived then.
    pub id: RecordId,
}

/// The last adjustment of a page: those that come after it in the list are the next page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AdjustmentCursor {
    /// When it was noted.
    pub noted_at: Timestamp,
    /// The record it was applied up to.
    pub record: RecordId,
    /// The (widget, session).
    pub session_key: Uuid,
    /// When the call began.
    pub started_at: Timestamp,
}

/// A text that names no record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not the name of a record")]
pub struct InvalidRecordId;

impl fmt::Display for RecordId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.journal {
            None => write!(formatter, "{}", self.position),
            Some(journal) => write!(formatter, "{}-{journal}", self.position),
        }
    }
}

impl FromStr for RecordId {
    type Err = InvalidRecordId;

    fn from_str(text: &str) -> Result<Self, InvalidRecordId> {
        let (position, journal) = match text.split_once('-') {
            Some((position, journal)) => (position, Some(journal)),
            None => (text, None),
        };
        let journal = journal.map(Uuid::try_parse).transpose().map_err(|_| InvalidRecordId)?;
        Ok(Self { position: position.parse().map_err(|_| InvalidRecordId)?, journal })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_read_as_they_are_written() {
        for journal in [None, Some(Uuid::from_u128(7))] {
            for position in [0, 12, u64::MAX] {
                let id = RecordId { position, journal };
                assert_eq!(id.to_string().parse(), Ok(id));
            }
        }
    }

    #[test]
    fn other_texts_are_refused() {
        for text in ["", "-", "x", "-1", "1-", "1-x", "1.2", "18446744073709551616"] {
            assert_eq!(text.parse::<RecordId>(), Err(InvalidRecordId), "{text:?}");
        }
    }
}
