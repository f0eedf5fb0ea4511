//! The body of a message: `{"type", "timestamp", "project_id", "data"}`.
//!
//! Contacts and tasks have the fields that `GET …/contacts/{id}` and `GET …/tasks` answer with, but
//! for `lead_score`, which no fact changes; a test of the API holds the two together.

use serde_json::{Value, json};

use super::change::WebhookChangeEvent;
use crate::crm::{ContactId, ContactState, Task};
use crate::id::ProjectId;
use crate::money::Money;
use crate::time::Timestamp;

/// The body that tells of a change. `at` is when what caused it occurred; of two messages about the
/// same contact or task the one with the greater `revision` is the later one.
pub fn body(
    project: ProjectId,
    at: Timestamp,
    revision: i64,
    change: &WebhookChangeEvent,
) -> String {
    let mut data = change.data.clone();
    data.insert("revision".to_owned(), json!(revision));
    wrapped(change.kind.as_str(), project, at, &Value::Object(data))
}

/// The body of a message that members send to try a webhook.
pub fn test_body(project: ProjectId, at: Timestamp) -> String {
    wrapped(super::TEST_KIND, project, at, &json!({"message": "This is a test of this webhook."}))
}

fn wrapped(kind: &str, project: ProjectId, at: Timestamp, data: &Value) -> String {
    json!({
        "type": kind,
        "timestamp": at.to_rfc3339(),
        "project_id": project.to_string(),
        "data": data,
    })
    .to_string()
}

/// A contact as messages show it.
pub(super) fn contact(id: ContactId, state: &ContactState) -> Value {
    let revenue = state.total_revenue.iter();
    let revenue: Vec<Value> = revenue
        .map(|(currency, minor)| amount(&Money { minor: *minor, currency: currency.clone() }))
        .collect();
    json!({
        "id": id.to_string(),
        "user_id": state.user_id,
        "email": state.email,
        "first_name": state.first_name,
        "last_name": state.last_name,
        "phone": state.phone,
        "lead_source": state.lead_source,
        "lead_status": state.lead_status,
        "last_activity": state.last_activity.map(Timestamp::to_rfc3339),
        "last_action": state.last_action,
        "last_vehicle_viewed": state.last_vehicle_viewed,
        "last_search_location": state.last_search_location,
        "estimated_deal_value": state.estimated_deal_value.as_ref().map(amount),
        "total_bookings": state.total_bookings,
        "total_revenue": revenue,
        "website_visits": state.website_visits,
        "created_at": state.created_at.to_rfc3339(),
    })
}

/// A task as messages show it.
pub(super) fn task(contact: ContactId, task: &Task) -> Value {
    let Task { seed, status, assigned_to, done_at, done_by, .. } = task;
    json!({
        "id": seed.id.to_string(),
        "contact_id": contact.to_string(),
        "kind": seed.kind,
        "title": seed.title,
        "priority": seed.priority.as_str(),
        "status": status.as_str(),
        "assigned_to": assigned_to.map(|member| member.to_string()),
        "created_at": seed.created_at.to_rfc3339(),
        "due_at": task.due_at().map(Timestamp::to_rfc3339),
        "done_at": done_at.map(Timestamp::to_rfc3339),
        "done_by": done_by.map(|member| member.to_string()),
    })
}

fn amount(money: &Money) -> Value {
    json!({
        "amount": money.to_decimal(),
        "minor": money.minor,
        "currency": money.currency.as_str(),
        "text": money.to_string(),
    })
}
