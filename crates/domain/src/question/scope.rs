//! The scope of a question: project, period, filters and rows of a list.

use super::{Filters, Period};
use crate::id::ProjectId;

/// Rows a list returns at most.
pub(super) const MAX_ROWS: u32 = 1_000;

/// What a question is about.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Scope {
    /// The tenant; nothing of another is ever read.
    pub project_id: ProjectId,
    /// The time.
    pub period: Period,
    /// What else must hold.
    pub filters: Filters,
}

/// Which rows of an ordered list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PageRange {
    /// Rows to pass over.
    pub offset: u32,
    /// Rows to return.
    limit: u32,
}

impl PageRange {
    /// `limit` is brought into 1 to 1,000.
    pub fn new(offset: u32, limit: u32) -> Self {
        Self { offset, limit: limit.clamp(1, MAX_ROWS) }
    }

    /// Rows to return, 1 to 1,000.
    pub const fn limit(self) -> u32 {
        self.limit
    }
}
