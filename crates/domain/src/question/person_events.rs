//! The latest events of a customer: what they did, and the friction they met.

use super::scope::MAX_ROWS;
use crate::time::Timestamp;

/// Which events of a customer, latest first, of one instant the greatest id first. Bots' events are left out, and
/// friction that was answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonEventRange {
    /// Events of category `behavior`.
    pub behavior: bool,
    /// Friction.
    pub friction: bool,
    /// Only events before this instant, and those of it whose id comes before this one.
    pub before: Option<(Timestamp, String)>,
    /// Rows to return.
    limit: u32,
}

impl PersonEventRange {
    /// Behavior and friction; clamps `limit` to 1 to 1,000.
    pub fn new(before: Option<(Timestamp, String)>, limit: u32) -> Self {
        Self { behavior: true, friction: true, before, limit: limit.clamp(1, MAX_ROWS) }
    }

    /// Rows to return, 1 to 1,000.
    pub const fn limit(&self) -> u32 {
        self.limit
    }
}
