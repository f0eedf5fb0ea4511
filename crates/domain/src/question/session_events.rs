//! The events of one visit, in order.

use super::events::EventRow;
use super::scope::MAX_ROWS;
use crate::event::Vitals;
use crate::id::EventId;
use crate::time::Timestamp;

/// Orders the events of a visit: by instant, then by the page's count, then by id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct SessionEventCursor {
    /// When it happened.
    pub occurred_at: Timestamp,
    /// The page's count within the visit; `i64::MAX` where it has none.
    pub seq: i64,
    /// The event.
    pub id: EventId,
}

/// Which events of a visit, the earliest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SessionEventRange {
    /// Only events after this one; none starts with the earliest.
    pub after: Option<SessionEventCursor>,
    /// Rows to return.
    limit: u32,
}

impl SessionEventRange {
    /// Clamps `limit` to 1 to 1,000.
    pub fn new(after: Option<SessionEventCursor>, limit: u32) -> Self {
        Self { after, limit: limit.clamp(1, MAX_ROWS) }
    }

    /// Rows to return, 1 to 1,000.
    pub const fn limit(self) -> u32 {
        self.limit
    }
}

/// An event of a visit.
#[derive(Debug, Clone, PartialEq)]
pub struct SessionEvent {
    /// As a list shows it.
    pub row: EventRow,
    /// The page's count within the visit; `i64::MAX` where it has none.
    pub seq: i64,
    /// An amount of money, a duration or a scroll depth, as the event's kind has it.
    pub value: Option<f64>,
    /// Of a value that is money.
    pub currency: Option<String>,
    /// Measurements of a page load.
    pub vitals: Vitals,
}

impl SessionEvent {
    /// Its place among the others.
    pub const fn cursor(&self) -> SessionEventCursor {
        SessionEventCursor { occurred_at: self.row.occurred_at, seq: self.seq, id: self.row.id }
    }
}
