//! The latest events of a customer: what they did, and the friction they met.

use super::scope::MAX_ROWS;
use crate::id::ProjectId;
use crate::time::Timestamp;

/// Which events of a customer, latest first, of one instant the greatest id first. Bots' events are left out, and
/// friction that was answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonEventRange {
    /// The tenant.
    pub project_id: ProjectId,
    /// The customer.
    pub user_id: String,
    /// Events of category `behavior`.
    pub behavior: bool,
    /// Friction.
    pub friction: bool,
    /// Only events before this instant, or at it with an id before this one.
    pub before: Option<(Timestamp, String)>,
    /// Rows to return.
    limit: u32,
}

impl PersonEventRange {
    /// Behavior and friction; clamps `limit` to 1 to 1,000.
    pub fn new(
        project_id: ProjectId,
        user_id: &str,
        before: Option<(Timestamp, String)>,
        limit: u32,
    ) -> Self {
        let (user_id, limit) = (user_id.to_owned(), limit.clamp(1, MAX_ROWS));
        Self { project_id, user_id, behavior: true, friction: true, before, limit }
    }

    /// Rows to return, 1 to 1,000.
    pub const fn limit(&self) -> u32 {
        self.limit
    }
}
