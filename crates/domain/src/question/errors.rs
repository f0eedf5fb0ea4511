//! Which errors do visitors meet?
//!
//! A group is made of the script errors and unhandled rejections with one cause ([`crate::error_group`]). Counts are of
//! the period and filters of the question; first and last occurrence are of all stored events, whatever the period
//! and the filters are. Occurrences without message and stack have no group.

use crate::error_triage::LastMetRange;
use crate::friction::Kind;
use crate::stack::StackFrame;
use crate::time::Timestamp;

/// Values with most occurrences that a row of the list names.
pub const MAX_ROW_VALUES: usize = 3;
/// Values with most occurrences that a group's own answer names, of each dimension.
pub const MAX_VALUES: usize = 20;

/// How groups are ordered; ties are broken by group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum ErrorSort {
    /// Most occurrences first.
    #[default]
    Count,
    /// Most visitors first.
    People,
    /// Most recent occurrence first.
    LastSeen,
    /// Most recently begun first.
    FirstSeen,
}

/// Which groups are listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ErrorListing {
    /// Part of the message, in any case.
    pub search: Option<String>,
    /// The order.
    pub sort: ErrorSort,
    /// Groups that are listed depending on when a visitor met them last.
    pub known: Vec<(String, LastMetRange)>,
    /// Whether all others are listed.
    pub others: bool,
}

/// A value and how often it occurred.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValueCount {
    /// The value; none where it is not known.
    pub value: Option<String>,
    /// Occurrences.
    pub count: u64,
}

/// When a group was met, in all stored events.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ErrorSeen {
    /// First.
    pub first: Timestamp,
    /// Last.
    pub last: Timestamp,
    /// Last by a visitor who is no bot; none where only bots met it.
    pub last_met: Option<Timestamp>,
}

/// How much a group occurred in the period.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ErrorFigures {
    /// Occurrences.
    pub count: u64,
    /// Occurrences in the period before.
    pub previous_count: u64,
    /// Distinct sessions.
    pub sessions: u64,
    /// Distinct visitors.
    pub visitors: u64,
    /// Distinct customers: those that the errors' own events name.
    pub customers: u64,
}

/// A group of the list.
#[derive(Debug, Clone, PartialEq)]
pub struct ErrorGroupRow {
    /// Names it.
    pub group: String,
    /// The last occurrence's kind.
    pub kind: Kind,
    /// The last message.
    pub message: Option<String>,
    /// The site's own frame nearest the error, of the last stack.
    pub top_frame: Option<StackFrame>,
    /// How much.
    pub figures: ErrorFigures,
    /// When, ever.
    pub seen: ErrorSeen,
    /// Occurrences per bucket of the period, in order, also for empty buckets.
    pub trend: Vec<u64>,
    /// Browsers with most occurrences, at most [`MAX_ROW_VALUES`].
    pub browsers: Vec<ValueCount>,
    /// Pages with most occurrences, at most [`MAX_ROW_VALUES`].
    pub pages: Vec<ValueCount>,
}

/// One page of the list of groups.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ErrorGroupPage {
    /// The rows asked for.
    pub groups: Vec<ErrorGroupRow>,
    /// How many groups there are altogether.
    pub total: u64,
}

/// Everything about one group.
#[derive(Debug, Clone, PartialEq)]
pub struct ErrorGroupAnswer {
    /// The last occurrence's kind.
    pub kind: Kind,
    /// The last message, in all stored events.
    pub message: Option<String>,
    /// The last stack, in all stored events, as sent.
    pub stack: Option<String>,
    /// When, ever.
    pub seen: ErrorSeen,
    /// How much in the period.
    pub figures: ErrorFigures,
    /// Occurrences per bucket of the period.
    pub series: Vec<u64>,
    /// Occurrences per bucket of the period before.
    pub previous_series: Vec<u64>,
    /// Occurrences in the period by value, most first, at most [`MAX_VALUES`] of each dimension.
    pub by: Vec<(ErrorDimension, Vec<ValueCount>)>,
    /// Occurrences in the period after each of the releases asked about, until the next: in their order.
    pub by_release: Vec<u64>,
}

/// By what occurrences are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ErrorDimension {
    /// Browser family.
    Browser,
    /// Operating system.
    Os,
    /// Type of device.
    Device,
    /// Page path.
    Page,
    /// Country.
    Country,
}

impl ErrorDimension {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Browser, Self::Os, Self::Device, Self::Page, Self::Country];
}

/// A session with an occurrence in the period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ErrorSession {
    /// The session.
    pub session_id: String,
    /// Its first occurrence's event.
    pub event_id: String,
    /// When that was.
    pub occurred_at: Timestamp,
    /// Occurrences.
    pub count: u64,
    /// The page of the first.
    pub path: Option<String>,
    /// Who, and with what.
    pub sender: ErrorSender,
}

/// A visitor who met a group in the period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ErrorPerson {
    /// Occurrences.
    pub count: u64,
    /// Sessions.
    pub sessions: u64,
    /// The first.
    pub first_seen: Timestamp,
    /// The last.
    pub last_seen: Timestamp,
    /// Who, and with what.
    pub sender: ErrorSender,
}

/// A visitor and their device, as of the last event that names each.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ErrorSender {
    /// The browser's id.
    pub visitor_id: Option<String>,
    /// The customer.
    pub user_id: Option<String>,
    /// Browser family.
    pub browser: Option<String>,
    /// Operating system.
    pub os: Option<String>,
    /// Type of device.
    pub device: Option<String>,
    /// Country.
    pub country: Option<String>,
}

/// Rows of a list, and how many there are altogether.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted<T> {
    /// The rows asked for.
    pub rows: Vec<T>,
    /// All.
    pub total: u64,
}
