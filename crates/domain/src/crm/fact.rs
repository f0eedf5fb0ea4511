//! Something known of a contact: a customer event, or what a member did by hand.

use serde_json::{Map, Value};

use super::edit::Edit;
use super::identity::Identity;
use super::task::{TaskAction, TaskSeed};
use crate::customer::CustomerEvent;
use crate::event::{Category, EventRef};
use crate::id::{EventId, MemberId};
use crate::money::Money;
use crate::time::Timestamp;

/// A fact about one contact.
#[derive(Debug, Clone, PartialEq)]
pub struct Fact {
    /// Names it; the event's own id.
    pub id: EventId,
    /// When it happened.
    pub occurred_at: Timestamp,
    /// Whom it is about. Identities that one fact names are one contact.
    pub identities: Vec<Identity>,
    /// What happened.
    pub said: Said,
}

/// What a fact says.
#[derive(Debug, Clone, PartialEq)]
pub enum Said {
    /// A customer event.
    Event(EventSaid),
    /// A member changed fields.
    Edited {
        /// Who.
        member: MemberId,
        /// What.
        edit: Edit,
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
}

/// What a customer event says.
#[derive(Debug, Clone, PartialEq)]
pub struct EventSaid {
    /// Its name, such as `booking.completed`.
    pub name: String,
    /// What it tells of the person.
    pub fields: Fields,
    /// Its amount.
    pub amount: Option<Money>,
    /// The visit.
    pub session_id: Option<String>,
    /// Its own data.
    pub data: Map<String, Value>,
}

/// What is told of a person; none: nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fields {
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

impl Fact {
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
        let said = EventSaid {
            name: event.name.to_owned(),
            fields: Fields {
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
        Some(Self { id, occurred_at, identities, said: Said::Event(said) })
    }

    /// Its place among the facts of a contact.
    pub fn order(&self) -> (Timestamp, EventId) {
        (self.occurred_at, self.id)
    }

    /// The event it is, if it is one.
    pub fn event(&self) -> Option<&EventSaid> {
        match &self.said {
            Said::Event(said) => Some(said),
            Said::Edited { .. } | Said::Task { .. } => None,
        }
    }

    /// The name of its entry in the timeline.
    pub fn name(&self) -> &str {
        match &self.said {
            Said::Event(said) => &said.name,
            Said::Edited { .. } => "contact.edited",
            Said::Task { action: TaskAction::Assign(_), .. } => "task.assigned",
            Said::Task { action: TaskAction::Complete, .. } => "task.completed",
            Said::Task { action: TaskAction::Reopen, .. } => "task.reopened",
        }
    }
}
