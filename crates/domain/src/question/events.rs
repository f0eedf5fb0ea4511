//! The latest events.

use super::scope::MAX_ROWS;
use crate::id::EventId;
use crate::time::Timestamp;

/// One event as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventRow {
    /// The event.
    pub id: EventId,
    /// Its category's word.
    pub category: String,
    /// Its name.
    pub name: String,
    /// When it happened.
    pub occurred_at: Timestamp,
    /// When it arrived.
    pub received_at: Timestamp,
    /// The visitor.
    pub visitor_id: Option<String>,
    /// The session.
    pub session_id: Option<String>,
    /// The customer.
    pub user_id: Option<String>,
    /// The page's path.
    pub path: Option<String>,
    /// The element.
    pub element_selector: Option<String>,
    /// The element's text.
    pub element_text: Option<String>,
    /// The error's message.
    pub error_message: Option<String>,
    /// Group of errors with one cause, of events that carry an error.
    pub error_group: Option<String>,
    /// Where in the page's code it was thrown. The live feed leaves it out.
    pub stack: Option<String>,
    /// `high`, `medium`, `low`.
    pub severity: Option<String>,
    /// Browser family.
    pub browser: Option<String>,
    /// Operating system family.
    pub os: Option<String>,
    /// Device type.
    pub device: Option<String>,
    /// ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// Properties as JSON text.
    pub properties: Option<String>,
    /// The rule that took the sender for a bot.
    pub bot: Option<String>,
}

/// Where a page of events ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EventCursor {
    /// When its last event happened.
    pub occurred_at: Timestamp,
    /// The id of that event.
    pub id: EventId,
}

/// Which events of a scope, latest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EventRange {
    /// Only events after this one; none starts with the latest.
    pub after: Option<EventCursor>,
    /// Rows to return.
    limit: u32,
}

impl EventRange {
    /// Clamps `limit` to 1 to 1,000.
    pub fn new(after: Option<EventCursor>, limit: u32) -> Self {
        Self { after, limit: limit.clamp(1, MAX_ROWS) }
    }

    /// Rows to return, 1 to 1,000.
    pub const fn limit(self) -> u32 {
        self.limit
    }
}

/// The most recent events of a scope, latest first, ties by id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventPage {
    /// The rows asked for.
    pub events: Vec<EventRow>,
}
