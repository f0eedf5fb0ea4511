//! Differences between two contact states, as webhook changes.
//!
//! A message shows the contact or task whole, as it is after the change, so that a receiver that missed
//! one is right again with the next.

use serde_json::{Map, Value, json};

use super::kind::EventKind;
use super::message;
use crate::crm::{ContactId, ContactState, Task, TaskStatus};

/// What was known before.
#[derive(Debug, Clone, Copy, Default)]
pub struct PreviousContact<'a> {
    /// The contact; none when there was none.
    pub contact: Option<&'a ContactState>,
    /// Contacts that turned out to be this one.
    pub absorbed: &'a [(ContactId, ContactState)],
}

/// A change that makes a webhook message.
#[derive(Debug, Clone, PartialEq)]
pub struct WebhookChangeEvent {
    /// What kind of change.
    pub kind: EventKind,
    /// What has changed: of one cause there is one change of a kind and subject.
    pub subject: String,
    /// The message's `data`, but for its `revision`.
    pub data: Map<String, Value>,
}

/// The changes from `before` to `after`, which is the contact `id` now. Of a contact there is one at
/// most, or one for each that it absorbed; of each task one, or two when it came to be done already.
pub fn changes(
    id: ContactId,
    before: PreviousContact<'_>,
    after: &ContactState,
) -> Vec<WebhookChangeEvent> {
    let mut found = contact_changes(id, before, after);
    let known = before.contact.into_iter().chain(before.absorbed.iter().map(|(_, state)| state));
    let known: Vec<&Task> = known.flat_map(|state| &state.tasks).collect();
    for task in &after.tasks {
        let earlier = known.iter().find(|earlier| earlier.seed.id == task.seed.id);
        found.extend(task_changes(id, earlier.copied(), task));
    }
    let is_gone = |task: &Task| after.tasks.iter().all(|left| left.seed.id != task.seed.id);
    for gone in known.into_iter().filter(|task| is_gone(task)) {
        found.push(task_change(EventKind::TaskUpdated, id, gone, &["removed"]));
    }
    found
}

fn contact_changes(
    id: ContactId,
    before: PreviousContact<'_>,
    after: &ContactState,
) -> Vec<WebhookChangeEvent> {
    let change = |kind, subject: String, more: (&str, Value)| {
        let mut data = Map::new();
        data.insert("contact".to_owned(), message::contact(id, after));
        data.insert(more.0.to_owned(), more.1);
        WebhookChangeEvent { kind, subject, data }
    };
    if !before.absorbed.is_empty() {
        let merged = before.absorbed.iter().map(|(absorbed, _)| {
            let subject = format!("{id}:{absorbed}");
            change(EventKind::ContactMerged, subject, ("absorbed_id", json!(absorbed.to_string())))
        });
        return merged.collect();
    }
    let Some(before) = before.contact else {
        return vec![change(EventKind::ContactCreated, id.to_string(), ("changes", json!([])))];
    };
    let changed = changed_fields(before, after);
    if changed.is_empty() {
        return Vec::new();
    }
    vec![change(EventKind::ContactUpdated, id.to_string(), ("changes", json!(changed)))]
}

/// The fields that differ. Those that say what somebody looked at, and when, are left out: they change
/// with every page.
fn changed_fields(before: &ContactState, after: &ContactState) -> Vec<&'static str> {
    let fields = [
        ("user_id", before.user_id != after.user_id),
        ("email", before.email != after.email),
        ("first_name", before.first_name != after.first_name),
        ("last_name", before.last_name != after.last_name),
        ("phone", before.phone != after.phone),
        ("lead_source", before.lead_source != after.lead_source),
        ("lead_status", before.lead_status != after.lead_status),
        ("estimated_deal_value", before.estimated_deal_value != after.estimated_deal_value),
        ("total_bookings", before.total_bookings != after.total_bookings),
        ("total_revenue", before.total_revenue != after.total_revenue),
    ];
    fields.into_iter().filter(|(_, differs)| *differs).map(|(name, _)| name).collect()
}

fn task_changes(
    contact: ContactId,
    before: Option<&Task>,
    after: &Task,
) -> Vec<WebhookChangeEvent> {
    let is_done = |task: &Task| task.status == TaskStatus::Done;
    let was_done = before.is_some_and(is_done);
    let mut found = Vec::new();
    if before.is_none() {
        found.push(task_change(EventKind::TaskCreated, contact, after, &[]));
    }
    let changed = before.map(|before| changed_task_fields(before, after)).unwrap_or_default();
    if is_done(after) && !was_done {
        found.push(task_change(EventKind::TaskCompleted, contact, after, &changed));
    } else if !changed.is_empty() {
        found.push(task_change(EventKind::TaskUpdated, contact, after, &changed));
    }
    found
}

fn changed_task_fields(before: &Task, after: &Task) -> Vec<&'static str> {
    let fields = [
        ("kind", before.seed.kind != after.seed.kind),
        ("title", before.seed.title != after.seed.title),
        ("priority", before.seed.priority != after.seed.priority),
        ("created_at", before.seed.created_at != after.seed.created_at),
        ("due_at", before.due_at() != after.due_at()),
        ("status", before.status != after.status),
        ("assigned_to", before.assigned_to != after.assigned_to),
        ("done_at", before.done_at != after.done_at),
        ("done_by", before.done_by != after.done_by),
    ];
    fields.into_iter().filter(|(_, differs)| *differs).map(|(name, _)| name).collect()
}

fn task_change(
    kind: EventKind,
    contact: ContactId,
    task: &Task,
    changed: &[&'static str],
) -> WebhookChangeEvent {
    let mut data = Map::new();
    data.insert("task".to_owned(), message::task(contact, task));
    data.insert("changes".to_owned(), json!(changed));
    WebhookChangeEvent { kind, subject: task.seed.id.to_string(), data }
}
