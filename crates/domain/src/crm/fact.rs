//! A fact about a contact: a customer event, a member's edit, or a member's action on a task.

use serde_json::{Map, Value};

use super::edit::ContactEdit;
use super::identity::Identity;
use super::task::{TaskAction, TaskSeed};
use crate::customer::CustomerEvent;
use crate::event::{Category, EventRef};
use crate::id::{EventId, MemberId};
use crate::money::Money;
use crate::time::Timestamp;

/// A fact about one contact.
#[derive(Debug, Clone, PartialEq)]
pub struct ContactFact {
    /// Names it; the event's own id.
    pub id: EventId,
    /// When it happened.
    pub occurred_at: Timestamp,
    /// Whom it is about. Identities that one fact names are one contact.
    pub identities: Vec<Identity>,
    /// What happened.
    pub payload: FactPayload,
}

/// What a fact says.
#[derive(Debug, Clone, PartialEq)]
pub enum FactPayload {
    /// A customer event.
    Event(EventPayload),
    /// A member changed fields.
    Edited {
        /// Who.
        member: MemberId,
        /// What.
        edit: ContactEdit,
    },
    /// A member worked on a task.
    Task {
        /// Who.
        member: MemberId,
        /// Which.
        seed: TaskSeed,
        /// What.
        action: TaskAction,
    },
    /// A member commented on a task.
    Comment(TaskComment),
}

/// A comment on a task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskComment {
    /// The author.
    pub member: MemberId,
    /// On which task.
    pub seed: TaskSeed,
    /// What.
    pub text: String,
    /// Members it mentions.
    pub mentions: Vec<MemberId>,
}

/// The name of the timeline's entry of a comment.
pub const TASK_COMMENTED: &str = "task.commented";

/// What a customer event says.
#[derive(Debug, Clone, PartialEq)]
pub struct EventPayload {
    /// Its name, such as `booking.completed`.
    pub name: String,
    /// The customer's fields.
    pub fields: ContactFields,
    /// Its amount.
    pub amount: Option<Money>,
    /// The visit.
    pub session_id: Option<String>,
    /// Its own data.
    pub data: Map<String, Value>,
}

/// Contact fields of an event; `None` leaves a field as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ContactFields {
    /// The site's own id.
    pub user_id: Option<String>,
    /// Case-folded.
    pub email: Option<String>,
    /// Given name.
    pub first_name: Option<String>,
    /// Family name.
    pub last_name: Option<String>,
    /// As written.
    pub phone: Option<String>,
}

impl ContactFact {
    /// The fact of an accepted event; none when it is no customer event or names nobody.
    pub fn of_event(event: &EventRef<'_>) -> Option<Self> {
        if event.category != Category::Customer {
            return None;
        }
        let read = CustomerEvent::read(event);
        let customer = read.customer;
        if !customer.is_known() {
            return None;
        }
        let identities =
            Identity::all(event.project_id, customer.id.as_deref(), customer.email.as_deref());
        let payload = EventPayload {
            name: event.name.to_owned(),
            fields: ContactFields {
                user_id: customer.id,
                email: customer.email,
                first_name: customer.first_name,
                last_name: customer.last_name,
                phone: customer.phone,
            },
            amount: read.amount,
            session_id: event.session_id.map(str::to_owned),
            data: read.data,
        };
        let (id, occurred_at) = (event.id, event.occurred_at);
        Some(Self { id, occurred_at, identities, payload: FactPayload::Event(payload) })
    }

    /// Its place among the facts of a contact.
    pub fn order(&self) -> (Timestamp, EventId) {
        (self.occurred_at, self.id)
    }

    /// The event it is, if it is one.
    pub fn event(&self) -> Option<&EventPayload> {
        match &self.payload {
            FactPayload::Event(payload) => Some(payload),
            FactPayload::Edited { .. } | FactPayload::Task { .. } | FactPayload::Comment(_) => None,
        }
    }

    /// The name of its entry in the timeline.
    pub fn name(&self) -> &str {
        match &self.payload {
            FactPayload::Event(payload) => &payload.name,
            FactPayload::Edited { .. } => "contact.edited",
            FactPayload::Task { action: TaskAction::Create(_), .. } => "task.created",
            FactPayload::Task { action: TaskAction::Snooze(_), .. } => "task.snoozed",
            FactPayload::Comment(_) => TASK_COMMENTED,
            FactPayload::Task { action: TaskAction::Assign(_), .. } => "task.assigned",
            FactPayload::Task { action: TaskAction::Complete, .. } => "task.completed",
            FactPayload::Task { action: TaskAction::Reopen, .. } => "task.reopened",
        }
    }
}
