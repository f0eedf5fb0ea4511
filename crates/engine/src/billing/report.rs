//! An answer about usage.

use std::ops::AddAssign;

use domain::billing::{Basis, Month, SpanDifference, Usage};
use domain::id::WidgetId;
use domain::money::Currency;
use domain::time::Timestamp;
use uuid::Uuid;

use super::TariffSchedule;

/// By what usage is added up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UsageGrouping {
    /// By (widget, session).
    Session,
    /// By the day a call began on, in the project's zone.
    Day,
    /// By the month a call is billed in.
    Month,
}

/// What a row is about. Ordered as rows come.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum UsageBucket {
    /// A (widget, session), by the start of its first call.
    Session {
        /// Its place, for the next page.
        cursor: SessionCursor,
        /// The widget.
        widget_id: WidgetId,
        /// The visit.
        session_id: String,
    },
    /// A day, in days since 1970-01-01.
    Day(i32),
    /// A month.
    Month(Month),
}

/// A place in the list of sessions: the start of the first call, and the (widget, session)'s key.
pub type SessionCursor = (Timestamp, Uuid);

/// Usage of one bucket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UsageRow {
    /// Which.
    pub bucket: UsageBucket,
    /// The usage; of closed months as it was when they were closed.
    pub usage: Usage,
    /// What came after a month was closed.
    pub adjustments: Usage,
    /// When its first call began.
    pub started_at: Timestamp,
    /// When its last call ended; none while one has no end.
    pub ended_at: Option<Timestamp>,
    /// Both ways to measure its time.
    pub times: UsageTimes,
    /// Of a session: why its span is not its talk time.
    pub differences: Vec<SpanDifference>,
}

/// The time of calls, measured both ways, before any rounding.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct UsageTimes {
    /// Each call from its start to its end, added up, in microseconds.
    pub talk_micros: i64,
    /// Each session of a widget, from its first start to its last end, in microseconds. A session counts
    /// where its first call does.
    pub span_micros: i64,
    /// Sessions whose span is not their talk time.
    pub differing_sessions: i64,
}

impl AddAssign for UsageTimes {
    fn add_assign(&mut self, other: Self) {
        self.talk_micros = self.talk_micros.saturating_add(other.talk_micros);
        self.span_micros = self.span_micros.saturating_add(other.span_micros);
        self.differing_sessions += other.differing_sessions;
    }
}

/// An answer about usage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UsageReport {
    /// Of all amounts; none while the project has no tariff.
    pub currency: Option<Currency>,
    /// The rows in order.
    pub rows: Vec<UsageRow>,
    /// All rows together.
    pub total: Usage,
    /// All adjustments together.
    pub adjustments: Usage,
    /// The time of all rows, measured both ways.
    pub times: UsageTimes,
    /// The one that open months are billed by.
    pub basis: Basis,
    /// Where the next page of sessions begins; none on the last.
    pub next: Option<SessionCursor>,
}

impl UsageReport {
    /// A report of these rows, which are added up.
    pub(super) fn new(
        tariffs: &TariffSchedule,
        rows: Vec<UsageRow>,
        next: Option<SessionCursor>,
    ) -> Self {
        let (mut total, mut adjustments) = (Usage::default(), Usage::default());
        let mut times = UsageTimes::default();
        for row in &rows {
            times += row.times;
            total += row.usage;
            adjustments += row.adjustments;
        }
        let currency = tariffs.current.as_ref().map(|tariff| tariff.currency.clone());
        let basis = tariffs.current.as_ref().map(|tariff| tariff.basis).unwrap_or_default();
        Self { currency, rows, total, adjustments, times, basis, next }
    }
}
