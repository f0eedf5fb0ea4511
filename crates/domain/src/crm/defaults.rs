//! The rules a project begins with: contract 4's table.

use std::collections::BTreeMap;

use super::rules::{
    BookingStep, Counter, DealRule, RememberedField, Rule, RuleSet, StatusRule, TaskRule,
};
use super::task::Priority;
use super::{ABANDONED, CUSTOMER, IN_PROGRESS, NEW_LEAD};

/// The kind of task about an abandoned booking.
const ABANDONED_BOOKING: &str = "abandoned_booking";

impl Default for RuleSet {
    /// The table of contract 4.
    fn default() -> Self {
        let rules = vec![
            Rule {
                status: status(NEW_LEAD, &[IN_PROGRESS, ABANDONED, CUSTOMER]),
                ..on("customer.created")
            },
            Rule { counts: vec![Counter::WebsiteVisits], ..on("customer.login") },
            on("customer.updated"),
            Rule {
                remembers: remembers(
                    RememberedField::LastSearchLocation,
                    &["location", "pickup_location", "search_location", "city"],
                ),
                ..on("search.performed")
            },
            Rule { activity: false, ..on("page.viewed") },
            Rule {
                remembers: remembers(
                    RememberedField::LastVehicleViewed,
                    &["vehicle_name", "item_name", "name", "title", "vehicle_id", "item_id", "id"],
                ),
                ..on("*.viewed")
            },
            Rule {
                status: status(IN_PROGRESS, &[CUSTOMER]),
                deal_value: Some(DealRule::Set),
                booking: Some(BookingStep::Started),
                ..on("booking.started")
            },
            Rule { booking: Some(BookingStep::Continued), ..on("booking.step_completed") },
            Rule {
                status: status(ABANDONED, &[CUSTOMER]),
                booking: Some(BookingStep::Ended),
                task: task(
                    ABANDONED_BOOKING,
                    "URGENT: Follow up - Abandoned Booking",
                    Priority::Urgent,
                    Some(60),
                ),
                ..on("booking.abandoned")
            },
            Rule {
                status: status(CUSTOMER, &[]),
                counts: vec![Counter::TotalBookings, Counter::TotalRevenue],
                deal_value: Some(DealRule::Clear),
                booking: Some(BookingStep::Ended),
                task: task(
                    "booking_confirmation",
                    "Send Booking Confirmation & Welcome",
                    Priority::Normal,
                    None,
                ),
                closes: vec![ABANDONED_BOOKING.to_owned()],
                ..on("booking.completed")
            },
            Rule { booking: Some(BookingStep::Continued), ..on("booking.*") },
            on("payment.attempted"),
            on("payment.successful"),
            Rule {
                task: task("payment_failed", "Follow up - Payment Failed", Priority::High, None),
                ..on("payment.failed")
            },
            on("form.submitted"),
            on("chat.message"),
        ];
        Self { abandon_after_minutes: 30, rules }
    }
}

/// A rule by which the event is an activity and nothing else.
fn on(event: &str) -> Rule {
    Rule { event: event.to_owned(), activity: true, ..Rule::default() }
}

#[expect(clippy::unnecessary_wraps, reason = "the field is optional")]
fn status(to: &str, unless: &[&str]) -> Option<StatusRule> {
    Some(StatusRule { to: to.to_owned(), unless: owned(unless) })
}

fn remembers(field: RememberedField, members: &[&str]) -> BTreeMap<RememberedField, Vec<String>> {
    BTreeMap::from([(field, owned(members))])
}

#[expect(clippy::unnecessary_wraps, reason = "the field is optional")]
fn task(
    kind: &str,
    title: &str,
    priority: Priority,
    due_in_minutes: Option<u32>,
) -> Option<TaskRule> {
    Some(TaskRule { kind: kind.to_owned(), title: title.to_owned(), priority, due_in_minutes })
}

fn owned(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}
