//! The rules that turn events into statuses, tasks, counters and fields: data, versioned by project.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::task::Priority;

/// All rules of a project.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleSet {
    /// A booking that was started and not gone on with for so long is abandoned.
    pub abandon_after_minutes: u32,
    /// One rule an event name or pattern. An event that none matches is an activity and nothing else.
    pub rules: Vec<Rule>,
}

/// What one kind of event does.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// An event's name, or `*.viewed` or `booking.*` for all names that end or begin so. A whole name
    /// goes before patterns, and an earlier pattern before a later one.
    pub event: String,
    /// Whether the timeline shows it and `last_action` names it; true when left out.
    #[serde(default = "yes")]
    pub activity: bool,
    /// The status it gives.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<StatusRule>,
    /// What it counts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub counts: Vec<Counter>,
    /// What becomes of the estimated deal value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deal_value: Option<DealRule>,
    /// The fields it sets, each from the first of these members of `event_data` that is there.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub remembers: BTreeMap<RememberedField, Vec<String>>,
    /// Its place in a booking.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub booking: Option<BookingStep>,
    /// The task it opens, unless one of that kind is open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub task: Option<TaskRule>,
    /// Kinds of tasks it completes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub closes: Vec<String>,
}

/// A status to give.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatusRule {
    /// Which.
    pub to: String,
    /// A contact that has one of these keeps it: a customer stays a customer.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unless: Vec<String>,
}

/// What can be counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Counter {
    /// One more visit.
    WebsiteVisits,
    /// One more booking.
    TotalBookings,
    /// The event's amount.
    TotalRevenue,
}

/// What becomes of the estimated deal value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DealRule {
    /// The event's amount, if it has one.
    Set,
    /// None.
    Clear,
}

/// A field that an event's data sets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RememberedField {
    /// What was looked at, which also counts as a preference.
    LastVehicleViewed,
    /// Where something was searched for.
    LastSearchLocation,
}

/// Where in a booking an event stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BookingStep {
    /// Opens one.
    Started,
    /// Goes on with the open one.
    Continued,
    /// Ends the open one.
    Ended,
}

/// A task to open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TaskRule {
    /// Of a contact's open tasks there is one of a kind: lower-case words joined by `_`.
    pub kind: String,
    /// For people.
    pub title: String,
    /// How soon it matters.
    pub priority: Priority,
    /// Due so long after the event; none: whenever.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_in_minutes: Option<u32>,
}

fn yes() -> bool {
    true
}

impl RuleSet {
    /// The rule for an event of this name.
    pub fn rule(&self, event_name: &str) -> Option<&Rule> {
        let exact = self.rules.iter().find(|rule| rule.event == event_name);
        exact.or_else(|| self.rules.iter().find(|rule| rule.matches(event_name)))
    }
}

impl Rule {
    /// Whether its name or pattern covers an event of this name.
    pub fn matches(&self, event_name: &str) -> bool {
        if let Some(ending) = self.event.strip_prefix('*') {
            event_name.len() > ending.len() && event_name.ends_with(ending)
        } else if let Some(beginning) = self.event.strip_suffix('*') {
            event_name.len() > beginning.len() && event_name.starts_with(beginning)
        } else {
            self.event == event_name
        }
    }

    /// What `field` is set to by an event with this data.
    pub fn remembered(&self, field: RememberedField, data: &Map<String, Value>) -> Option<String> {
        self.remembers.get(&field)?.iter().find_map(|name| match data.get(name)? {
            Value::String(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        })
    }
}
