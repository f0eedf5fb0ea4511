//! What names a record of a journal, and where pages of what came of them end; all are texts to
//! everybody else.

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
///
/// As a text `<received_at in microseconds>.<id>`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FailedCursor {
    /// When it arrived.
    pub received_at: Timestamp,
    /// Which of those that arrived then.
    pub id: RecordId,
}

/// The last adjustment of a page: those that come after it in the list are the next page.
///
/// As a text `<noted_at in microseconds>.<record>.<session key>.<started_at in microseconds>`.
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

/// A text that names no record, or no place in a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not the name of a record")]
pub struct NotAnId;

impl fmt::Display for RecordId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.journal {
            None => write!(formatter, "{}", self.position),
            Some(journal) => write!(formatter, "{}-{journal}", self.position),
        }
    }
}

impl FromStr for RecordId {
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
        Ok(Self { received_at: time(micros)?, id: id.parse()? })
    }
}

impl fmt::Display for AdjustmentCursor {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { noted_at, record, session_key, started_at } = self;
        write!(formatter, "{}.{record}.{session_key}.{}", noted_at.micros(), started_at.micros())
    }
}

impl FromStr for AdjustmentCursor {
    type Err = NotAnId;

    fn from_str(text: &str) -> Result<Self, NotAnId> {
        let mut parts = text.split('.');
        let mut next = || parts.next().ok_or(NotAnId);
        let (noted_at, record, session_key, started_at) = (next()?, next()?, next()?, next()?);
        if parts.next().is_some() {
            return Err(NotAnId);
        }
        Ok(Self {
            noted_at: time(noted_at)?,
            record: record.parse()?,
            session_key: Uuid::try_parse(session_key).map_err(|_| NotAnId)?,
            started_at: time(started_at)?,
        })
    }
}

fn time(micros: &str) -> Result<Timestamp, NotAnId> {
    micros.parse().map(Timestamp::from_micros).map_err(|_| NotAnId)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_and_cursors_read_as_they_are_written() {
        for journal in [None, Some(Uuid::from_u128(7))] {
            for position in [0, 12, u64::MAX] {
                let id = RecordId { position, journal };
                assert_eq!(id.to_string().parse(), Ok(id));
                for micros in [i64::MIN, -1, 0, i64::MAX] {
                    let received_at = Timestamp::from_micros(micros);
                    let cursor = FailedCursor { received_at, id };
                    assert_eq!(cursor.to_string().parse(), Ok(cursor));
                    let cursor = AdjustmentCursor {
                        noted_at: received_at,
                        record: id,
                        session_key: Uuid::from_u128(1),
                        started_at: received_at,
                    };
                    assert_eq!(cursor.to_string().parse(), Ok(cursor));
                }
            }
        }
    }

    #[test]
    fn other_texts_are_refused() {
        for text in ["", "-", "x", "-1", "1-", "1-x", "1.2", "18446744073709551616"] {
            assert_eq!(text.parse::<RecordId>(), Err(NotAnId), "{text:?}");
        }
        for text in ["", ".", "1", "1.", ".1", "x.1", "1.-1"] {
            assert_eq!(text.parse::<FailedCursor>(), Err(NotAnId), "{text:?}");
        }
        let key = Uuid::from_u128(1);
        for text in ["", "1.1", &format!("1.1.{key}"), &format!("1.1.{key}.1.1"), "1.1.1.1"] {
            assert_eq!(text.parse::<AdjustmentCursor>(), Err(NotAnId), "{text:?}");
        }
    }
}
