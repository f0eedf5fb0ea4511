//! A task in answers.

use domain::time::Timestamp;
use engine::ports::catalog::{ContactSummary, ContactTask};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::amount::Amount;

/// Something to be done about a contact.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Task)]
pub(crate) struct TaskAnswer {
    /// `task_…`
    id: String,
    contact_id: String,
    /// The contact to act on.
    contact: ContactSummaryAnswer,
    /// A contact has at most one open task of a kind, but for `by_hand`: those that members created.
    kind: String,
    title: String,
    /// `low`, `normal`, `high` or `urgent`.
    #[schema(value_type = String)]
    priority: &'static str,
    /// `open` or `done`.
    #[schema(value_type = String)]
    status: &'static str,
    /// A member's id.
    assigned_to: Option<Uuid>,
    #[schema(format = DateTime)]
    created_at: String,
    /// When it is due: of one that is snoozed, when it is due instead.
    #[schema(format = DateTime)]
    due_at: Option<String>,
    /// The latest snooze.
    snooze: Option<SnoozeAnswer>,
    /// How many comments members have written.
    comments: u32,
    #[schema(format = DateTime)]
    done_at: Option<String>,
    /// The member, or the secret key, that did it; null when an event closed it.
    done_by: Option<Uuid>,
}

/// A member put a task off.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TaskSnooze)]
pub(crate) struct SnoozeAnswer {
    #[schema(format = DateTime)]
    until: String,
    /// A member's or a secret key's id.
    by: Uuid,
    /// When they did.
    #[schema(format = DateTime)]
    at: String,
}

/// The fields of a contact that a list of tasks shows.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ContactSummary)]
pub(crate) struct ContactSummaryAnswer {
    /// `contact_…`
    id: String,
    /// The site's own id for the person.
    user_id: Option<String>,
    /// In lower case.
    email: Option<String>,
    first_name: Option<String>,
    last_name: Option<String>,
    phone: Option<String>,
    /// The value of the current booking.
    estimated_deal_value: Option<Amount>,
}

impl From<ContactTask> for TaskAnswer {
    fn from(row: ContactTask) -> Self {
        let (task, seed) = (row.task.clone(), row.task.seed.clone());
        Self {
            id: seed.id.to_string(),
            contact_id: row.contact.id.to_string(),
            contact: row.contact.into(),
            kind: seed.kind,
            title: seed.title,
            priority: seed.priority.as_str(),
            status: task.status.as_str(),
            assigned_to: task.assigned_to.map(|member| member.0),
            created_at: seed.created_at.to_rfc3339(),
            due_at: row.task.due_at().map(Timestamp::to_rfc3339),
            snooze: task.snooze.map(|snooze| SnoozeAnswer {
                until: snooze.until.to_rfc3339(),
                by: snooze.by.0,
                at: snooze.at.to_rfc3339(),
            }),
            comments: task.comments,
            done_at: task.done_at.map(Timestamp::to_rfc3339),
            done_by: task.done_by.map(|member| member.0),
        }
    }
}

impl From<ContactSummary> for ContactSummaryAnswer {
    fn from(contact: ContactSummary) -> Self {
        Self {
            id: contact.id.to_string(),
            user_id: contact.user_id,
            email: contact.email,
            first_name: contact.first_name,
            last_name: contact.last_name,
            phone: contact.phone,
            estimated_deal_value: contact.estimated_deal_value.map(Into::into),
        }
    }
}
