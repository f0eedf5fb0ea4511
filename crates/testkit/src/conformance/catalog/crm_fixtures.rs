//! Fixtures of the contact tests: events of one customer of project 1, by user id `u`, by
//! e-mail `u@shop.test`, or by both.

use domain::crm::{ContactFact, ContactFields, EventPayload, FactPayload, Identity, TaskStatus};
use domain::id::EventId;
use domain::money::{Currency, Money};
use domain::time::Timestamp;
use engine::ports::catalog::{Contact, ContactTask, NewContactFact, TaskQuery};
use uuid::Uuid;

use super::Ports;
use super::fixtures::{NOON, project_id};

/// So many minutes after noon.
pub fn at(minute: i64) -> Timestamp {
    NOON.plus_seconds(minute * 60)
}

/// An event by user id.
pub fn by_user(number: u128, minute: i64, name: &str) -> ContactFact {
    event(number, minute, name, Some("u"), None)
}

/// An event by e-mail.
pub fn by_email(number: u128, minute: i64, name: &str) -> ContactFact {
    event(number, minute, name, None, Some("u@shop.test"))
}

/// An update by both.
pub fn both(number: u128, minute: i64) -> ContactFact {
    event(number, minute, "customer.updated", Some("u"), Some("u@shop.test"))
}

/// A contact's event; bookings are worth TZS 1 more than their number.
pub fn event(
    number: u128,
    minute: i64,
    name: &str,
    user_id: Option<&str>,
    email: Option<&str>,
) -> ContactFact {
    let minor = i64::try_from(number).unwrap() * 100 + 100;
    let amount = Money { minor, currency: Currency::parse("TZS").unwrap() };
    let payload = EventPayload {
        name: name.to_owned(),
        fields: ContactFields {
            user_id: user_id.map(str::to_owned),
            email: email.map(str::to_owned),
            ..ContactFields::default()
        },
        amount: name.starts_with("booking.").then_some(amount),
        session_id: None,
        data: serde_json::Map::new(),
    };
    ContactFact {
        id: EventId(Uuid::from_u128(0x9000 + number)),
        occurred_at: at(minute),
        identities: Identity::all(project_id(1), user_id, email),
        payload: FactPayload::Event(payload),
    }
}

/// The facts as project 1's.
pub fn facts(facts: &[ContactFact]) -> Vec<NewContactFact> {
    facts
        .iter()
        .map(|fact| NewContactFact { project_id: project_id(1), fact: fact.clone() })
        .collect()
}

/// The contact of a user of project 1.
pub async fn contact_of(ports: &Ports, user: &str) -> Option<Contact> {
    let id = Identity::user(project_id(1), user).contact_id;
    ports.contacts.contact(project_id(1), id).await.unwrap()
}

/// All open tasks.
pub fn task_query() -> TaskQuery {
    TaskQuery {
        status: TaskStatus::Open,
        priority: None,
        assigned_to: None,
        contact_id: None,
        after: None,
        limit: 100,
    }
}

/// The open tasks of project 1.
pub async fn open_tasks(ports: &Ports) -> Vec<ContactTask> {
    ports.tasks.list(project_id(1), &task_query()).await.unwrap()
}
