//! What names a failed event, and where a page of them ends; both are texts to everybody else.

use std::fmt;
use std::str::FromStr;

use domain::time::Timestamp;
use uuid::Uuid;

use crate::ports::journal::Position;

/// Names a failed event among those of all servers that share a catalog.
///
/// As a text `<position>`, as long as the catalog has only one journal, and
/// `<position>-<journal>` where each server has its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct FailedEventId {
    /// The position of its record in the journal.
    pub position: Position,
    /// The journal's id; none for the only one.
    pub journal: Option<Uuid>,
}

/// The last failed event of a page: those that come after it in the list are the next page.
///
/// As a text `<received_at in microseconds>.<id>`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FailedCursor {
    /// When it arrived.
    pub received_at: Timestamp,
    /// Which of those that arrived then.
    pub id: FailedEventId,
}

/// A text that names no failed event, or no place among them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not the name of a failed event")]
pub struct NotAnId;

impl fmt::Display for FailedEventId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.journal {
            None => write!(formatter, "{}", self.position),
            Some(journal) => write!(formatter, "{}-{journal}", self.position),
        }
    }
}

impl FromStr for FailedEventId {
    type Err = NotAnId;

    fn from_str(text: &str) -> Result<Self, NotAnId> {
        let (position, journal) = match text.split_once('-') {
            Some((position, journal)) => (position, Some(journal)),
            None => (text, None),
        };
        let journal = journal.map(Uuid::try_parse).transpose().map_err(|_| NotAnId)?;
        Ok(Self { position: position.parse().map_err(|_| NotAnId)?, journal })
    }
}

impl fmt::Display for FailedCursor {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}.{}", self.received_at.micros(), self.id)
    }
}

impl FromStr for FailedCursor {
    type Err = NotAnId;

    fn from_str(text: &str) -> Result<Self, NotAnId> {
        let (micros, id) = text.split_once('.').ok_or(NotAnId)?;
        let micros = micros.parse().map_err(|_| NotAnId)?;
        Ok(Self { received_at: Timestamp::from_micros(micros), id: id.parse()? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_and_cursors_read_as_they_are_written() {
        for journal in [None, Some(Uuid::from_u128(7))] {
            for position in [0, 12, u64::MAX] {
                let id = FailedEventId { position, journal };
                assert_eq!(id.to_string().parse(), Ok(id));
                for micros in [i64::MIN, -1, 0, i64::MAX] {
                    let received_at = Timestamp::from_micros(micros);
                    let cursor = FailedCursor { received_at, id };
                    assert_eq!(cursor.to_string().parse(), Ok(cursor));
                }
            }
        }
    }

    #[test]
    fn other_texts_are_refused() {
        for text in ["", "-", "x", "-1", "1-", "1-x", "1.2", "18446744073709551616"] {
            assert_eq!(text.parse::<FailedEventId>(), Err(NotAnId), "{text:?}");
        }
        for text in ["", ".", "1", "1.", ".1", "x.1", "1.-1"] {
            assert_eq!(text.parse::<FailedCursor>(), Err(NotAnId), "{text:?}");
        }
    }
}
