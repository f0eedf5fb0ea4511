//! Where do visitors get stuck?

use crate::friction::{Kind, Severity};
use crate::time::Timestamp;

/// Occurrences of one kind of friction.
#[derive(Debug, Clone, PartialEq)]
pub struct FrictionKind {
    /// The kind.
    pub kind: Kind,
    /// Occurrences in the period.
    pub count: u64,
    /// Occurrences in the period before.
    pub previous_count: u64,
    /// Distinct sessions it happened in.
    pub sessions: u64,
    /// Distinct visitors it happened to.
    pub visitors: u64,
    /// By which share of `sessions` and `visitors` 95 % of such figures are off at most; 0 when exact.
    pub distinct_error: f64,
}

/// How often one kind happened to one item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KindCount {
    /// The kind.
    pub kind: Kind,
    /// Occurrences.
    pub count: u64,
}

/// One thing visitors got stuck on: an element, or an error without one.
#[derive(Debug, Clone, PartialEq)]
pub struct FrictionItem {
    /// The element's selector; none for an error outside any element.
    pub element_selector: Option<String>,
    /// The element's most recent text.
    pub element_text: Option<String>,
    /// The error's group; none for an element.
    pub error_group: Option<String>,
    /// The most recent error message.
    pub error_message: Option<String>,
    /// Occurrences by kind, most frequent first.
    pub kinds: Vec<KindCount>,
    /// Occurrences altogether.
    pub count: u64,
    /// Occurrences in the period before.
    pub previous_count: u64,
    /// Distinct sessions.
    pub sessions: u64,
    /// Distinct visitors.
    pub visitors: u64,
    /// Distinct page paths it happened on.
    pub pages: u64,
    /// The path it happened on most.
    pub top_page: Option<String>,
    /// The worst severity of the occurrences counted.
    pub severity: Severity,
    /// Weighted occurrences per 100 sessions of the period and segment, on whichever page they were: the same
    /// in the list of all items, on its page and by itself.
    pub score: f64,
    /// First occurrence in the period.
    pub first_seen: Timestamp,
    /// Last occurrence in the period.
    pub last_seen: Timestamp,
    /// Occurrences per bucket of the period, in order, also for empty buckets.
    pub trend: Vec<u64>,
}

/// One page of the list of items.
#[derive(Debug, Clone, PartialEq)]
pub struct FrictionItemPage {
    /// The rows asked for.
    pub items: Vec<FrictionItem>,
    /// How many items there are altogether.
    pub total: u64,
}

/// How items are ordered; ties are broken by selector and group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum ItemSort {
    /// Highest friction score first.
    #[default]
    Score,
    /// Most occurrences first.
    Count,
    /// Most sessions first.
    Sessions,
    /// Most recent occurrence first.
    LastSeen,
}

/// Friction on one page.
#[derive(Debug, Clone, PartialEq)]
pub struct FrictionPage {
    /// The page's path.
    pub path: String,
    /// Occurrences.
    pub count: u64,
    /// Occurrences in the period before.
    pub previous_count: u64,
    /// Distinct sessions with friction there.
    pub friction_sessions: u64,
    /// Distinct sessions that were on the page.
    pub sessions: u64,
    /// Weighted occurrences per 100 sessions that were on the page.
    pub score: f64,
}
