//! The scope of a question: project, period, filters and rows of a list.

use super::Period;
use crate::friction::Kind;
use crate::id::ProjectId;

/// Rows a list returns at most.
pub(super) const MAX_ROWS: u32 = 1_000;

/// Only events that match every given field count.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Filters {
    /// Page path, exactly.
    pub path: Option<String>,
    /// Kind of friction. Narrows friction questions only.
    pub friction_kind: Option<Kind>,
    /// Element selector, exactly. Filters friction questions only, to occurrences grouped by this
    /// element.
    pub selector: Option<String>,
    /// Group of errors with one cause. Filters friction questions only, to occurrences of this group.
    pub error_group: Option<String>,
    /// Browser family.
    pub browser: Option<String>,
    /// Operating system family.
    pub os: Option<String>,
    /// Device type: `desktop`, `mobile`, `tablet`.
    pub device: Option<String>,
    /// ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// Also count events whose sender was taken for a bot.
    pub include_bots: bool,
    /// Also count rage clicks that were answered; see [`crate::friction::is_answered`].
    pub include_answered: bool,
}

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
