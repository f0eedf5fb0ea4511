//! Billing: folds widget events into calls and computes durations and charges.
//!
//! A call is (widget, session, `call_start`). Everything here is a pure function of the facts known
//! of a (widget, session); the order in which they arrived, and how often, changes nothing.

mod adjustment;
mod calendar;
mod call;
mod completion;
mod fact;
mod month;
mod span;
mod tariff;
mod usage;

pub use adjustment::{AdjustmentReason, reason};
pub use calendar::{Calendar, ClosedMonth};
pub use call::{Call, CallEnd, EndKind, calls};
pub use completion::{
    HEARTBEAT_SILENCE_SECONDS, InferredEnd, ORPHAN_AFTER_SECONDS, call_id, inferred_end,
    inferred_event, session_key,
};
pub use fact::{Arrival, CallFact, EndSource, FactKind};
pub use month::{InvalidMonth, Month};
pub use span::{SessionSpan, SpanDifference};
pub use tariff::{Basis, Charge, Measure, Rounding, Tariff};
pub use usage::{Usage, measure};

#[cfg(test)]
mod tests;
