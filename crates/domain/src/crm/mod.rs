//! Contacts and what is to be done about them: rules as data, and one pure fold.
//!
//! Everything known of a contact is a list of [`ContactFact`]s: customer events, and what members did by
//! hand. [`ContactState`] is the fold of these facts in the order of `(occurred_at, id)` under the
//! rules in force when each occurred. So neither the order of arrival nor repetition changes a
//! status, a counter or a task: whoever holds all facts gets the same contact.

mod booking;
mod checkpoint;
mod defaults;
mod dry_run;
mod edit;
mod fact;
mod fold;
mod history;
mod identity;
mod rules;
mod state;
mod task;
mod validate;

#[cfg(test)]
mod tests;

pub use booking::{INFERRED, OpenBooking, STARTED_EVENT_ID};
pub use checkpoint::{Checkpoint, fold_from};
pub use dry_run::{DryRunDifference, DryRunTotals, dry_run};
pub use edit::{ContactEdit, DealChange};
pub use fact::{
    ContactFact, ContactFields, EventPayload, FactPayload, TASK_COMMENTED, TaskComment,
};
pub use fold::fold;
pub use history::{RuleHistory, RuleVersion};
pub use identity::{ActivityId, ContactId, Identity, IdentityKind, TaskId};
pub use rules::{
    BookingStep, Counter, DealRule, RememberedField, Rule, RuleSet, StatusRule, TaskRule,
};
pub use state::{ContactState, Merge};
pub use task::{BY_HAND, Priority, Snooze, Task, TaskAction, TaskSeed, TaskStatus};
pub use validate::InvalidRules;

/// Status of a contact of whom nothing else is known.
pub const NEW_LEAD: &str = "New Lead";
/// Status while a booking is being made.
pub const IN_PROGRESS: &str = "Hot Lead - Booking In Progress";
/// Status after a booking was given up.
pub const ABANDONED: &str = "Hot Lead - Abandoned Booking";
/// Status after a booking was made.
pub const CUSTOMER: &str = "Customer - Active";
/// The statuses of the default rules, in the order of a pipeline.
pub const STATUSES: [&str; 4] = [NEW_LEAD, IN_PROGRESS, ABANDONED, CUSTOMER];

/// The event the server makes of a booking that was started and not gone on with.
pub const BOOKING_ABANDONED: &str = "booking.abandoned";

/// Whether an operator wants to see the event at once: it is logged at info.
pub fn is_critical(event_name: &str) -> bool {
    matches!(event_name, BOOKING_ABANDONED | "booking.completed" | "payment.failed")
}
