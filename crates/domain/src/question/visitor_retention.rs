//! Do visitors come back?
//!
//! # Definitions
//!
//! - Time is counted in whole local days, ISO weeks (from Monday) or months of the project's zone: the units that the
//!   period touches, its first and last one whole. So a visitor who comes at 23:59 and again at 00:01 came on two days.
//! - A visitor *visits* in a unit with any event that names the visitor, and *converts* with an order or booking
//!   ([`Conversion`](super::Conversion)); one that names no visitor belongs to the visitor that its session names last.
//! - A *cohort* are the visitors whose first visit (or conversion) of all stored events lies in a unit. Somebody whose
//!   first lies before the first unit belongs to none.
//! - `returned[k]` are the visitors of a cohort who visit (or convert) in the k-th unit after it, whatever they do in
//!   between; `returned[0]` counts the unit of the cohort itself, and is the whole cohort where both are the same.
//! - Units that have not begun are left out; the last one is partial while it goes on.
//! - The average of an offset takes all cohorts together for which that unit is over: returned visitors by visitors, so
//!   that large cohorts weigh more. Its interval is Wilson's at 95 % (E. B. Wilson, "Probable inference, the law of
//!   succession, and statistical inference", *Journal of the American Statistical Association* 22, 1927; recommended by
//!   Brown, Cai and `DasGupta`, "Interval estimation for a binomial proportion", *Statistical Science* 16, 2001).
//! - Filters choose visitors with an event that meets all of them.
//! - A visitor's *first session* is the one that the first event (or conversion) of the visitor's cohort unit names, of those
//!   that name any. A *group* are the visitors of all cohorts whose first session has one value, as
//!   [`acquisition`](super::acquisition) defines it, of the whole session up to the end of the last unit: so a session that
//!   crosses midnight keeps the value that it began with. Without a first session, or of one without a value, visitors are a
//!   group of their own. The [`MAX_GROUPS`] values with most visitors are shown, ties by value; the others are one group.
//!   Each visitor of a cohort is in one group, so groups add up to cohorts.
//!
//! This is what others call unbounded cohorts by calendar units, or N-day retention:
//! <https://amplitude.com/docs/analytics/charts/retention-analysis/retention-analysis-calculation>,
//! <https://docs.mixpanel.com/docs/reports/retention>.

mod calendar;
mod groups;
mod tally;
#[cfg(test)]
mod tests;

pub use calendar::{CohortCalendar, TooManyUnits};
pub use groups::{LargestGroups, SessionGrouping};
pub use tally::{RetentionTally, UnitSet};

use super::acquisition::AcquisitionBy;
use crate::time::Timestamp;

/// Units of an answer, at most.
pub const MAX_UNITS: usize = 200;
/// Groups with a value of their own, at most.
pub const MAX_GROUPS: usize = 10;

/// A unit of time in which visitors come back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RetentionUnit {
    /// A local day.
    #[default]
    Day,
    /// An ISO week.
    Week,
    /// A calendar month.
    Month,
}

/// Something a visitor does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum VisitorAction {
    /// Any event.
    #[default]
    Visit,
    /// An order or booking.
    Conversion,
}

/// Which cohorts, and by which action their visitors return.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VisitorRetention {
    /// The units.
    pub calendar: CohortCalendar,
    /// A cohort's visitors did this for the first time.
    pub first: VisitorAction,
    /// They return by doing this.
    pub returning: VisitorAction,
    /// How they are grouped; none: not at all.
    pub grouping: Option<VisitorGrouping>,
}

/// By which value of their first session visitors are grouped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VisitorGrouping {
    /// The value.
    pub by: AcquisitionBy,
    /// Only the visitors with this value count; the empty text stands for those without one.
    pub only: Option<String>,
}

/// How many visitors return.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RetentionAnswer {
    /// One for each unit that has begun, in order.
    pub cohorts: Vec<Cohort>,
    /// Whether the last unit goes on.
    pub is_last_partial: bool,
    /// From offset 0, the unit of the first, on; offsets that no visitor could reach are left out.
    pub average: Vec<RetentionAverage>,
    /// The visitors of all cohorts, taken apart: values with most visitors first, then those without one, then all others.
    pub groups: Vec<RetentionGroup>,
    /// Orders and bookings in these units that belong to no visitor; 0 where conversions do not matter.
    pub unattributed_conversions: u64,
}

/// The visitors of one unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cohort {
    /// The first instant of the unit.
    pub from: Timestamp,
    /// The first instant after it.
    pub to: Timestamp,
    /// Its visitors.
    pub visitors: u64,
    /// Of these, the ones that return in this unit, the next, and so on to the last that has begun.
    pub returned: Vec<u64>,
}

/// Whom a group holds.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum GroupValue {
    /// Visitors with this value.
    Value(String),
    /// Visitors without one.
    Without,
    /// Visitors with all values that have no group of their own.
    Others,
}

/// The visitors of a group.
#[derive(Debug, Clone, PartialEq)]
pub struct RetentionGroup {
    /// Whom it holds.
    pub value: GroupValue,
    /// Its visitors.
    pub visitors: u64,
    /// As [`RetentionAnswer::average`], of this group.
    pub average: Vec<RetentionAverage>,
}

/// The share of visitors that return after some units.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RetentionAverage {
    /// Units after their first.
    pub offset: usize,
    /// 0 to 1.
    pub share: f64,
    /// The lower end of its 95 % interval.
    pub low: f64,
    /// The upper end.
    pub high: f64,
    /// Visitors that the share is about.
    pub visitors: u64,
    /// Of these, the ones that return.
    pub returned: u64,
}
