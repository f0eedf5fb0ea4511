//! A person planted in every table that can hold something about one.

use domain::billing::FactKind;
use domain::crm::{ContactFact, ContactFields, EventPayload, FactPayload, Identity};
use domain::customer_fact::{CustomerAction, CustomerFact, Purchase};
use domain::event::{Device, Place};
use domain::id::{EventId, NoteId};
use domain::money::{Currency, Money};
use domain::outcome::{Contract, RejectionReason};
use domain::score::Signal;
use domain::session::{ObservationKind, SessionObservation};
use engine::ports::catalog::{
    CustomerToken, NewContactFact, NewFailedEvent, NewSignal, NewTaskComment, Note, PersonKeys,
    ProjectCallFact,
};
use uuid::Uuid;

use super::Ports;
use super::fixtures::{NOON, audit_entry, member_id, project_id, widget_id};
use super::webhook_fixtures::subscribe;

/// A person and what they are known by; each text holds the name they were made of.
#[derive(Debug, Clone)]
pub struct Person {
    /// What every text holds.
    pub marker: String,
    /// The site's id.
    pub user_id: String,
    /// Case-folded.
    pub email: String,
    /// Their browser.
    pub visitor_id: String,
    /// Their session.
    pub session_id: String,
}

impl Person {
    /// The person of this name.
    pub fn of(name: &str) -> Self {
        Self {
            marker: name.to_owned(),
            user_id: format!("user-{name}"),
            email: format!("{name}@shop.test"),
            visitor_id: format!("visitor-{name}"),
            session_id: format!("session-{name}"),
        }
    }
}

/// Plants a person in project 1, with positions and ids from `number` on; they take less than 100.
pub async fn plant(ports: &Ports, number: u128, person: &Person) {
    let id = |more: u128| EventId(Uuid::from_u128(0xa_0000 + number * 100 + more));
    let position = u64::try_from(number).unwrap() + 1;
    let webhooks = ports.webhooks.webhooks_of(project_id(1)).await.unwrap();
    if webhooks.is_empty() {
        subscribe(ports, 1, 1).await;
    }
    contact(ports, person, id, position).await;
    customer(ports, person, id, position).await;
    let signal = Signal {
        event_id: id(20),
        name: "property_view".to_owned(),
        occurred_at: NOON,
        session_id: Some(person.session_id.clone()),
    };
    let signal = NewSignal { project_id: project_id(1), user_id: person.user_id.clone(), signal };
    ports.lead_scores.apply(&[signal], position).await.unwrap();
    let call = super::calls::fact(0, &person.session_id, FactKind::Start, 0);
    let call = ProjectCallFact {
        fact: domain::billing::CallFact { id: id(30), widget_id: widget_id(1), ..call.fact },
        ..call
    };
    ports.calls.apply(&[call], position).await.unwrap();
    let failed = NewFailedEvent {
        position,
        project_id: project_id(1),
        received_at: NOON,
        contract: Contract::Behavior,
        reason: RejectionReason::InvalidField,
        detail: "duration_seconds is no number".to_owned(),
        bytes: format!(r#"{{"user_id":"{}","note":"{}"}}"#, person.user_id, person.marker).into(),
    };
    ports.accounts.apply(&[], &[failed], position).await.unwrap();
    let token = CustomerToken {
        token_digest: [u8::try_from(number).unwrap(); 32],
        project_id: project_id(1),
        user_id: person.user_id.clone(),
        created_at: NOON,
        expires_at: NOON.plus_seconds(60),
    };
    ports.customers.add_token(token).await.unwrap();
    let mut entry = audit_entry(number, 1);
    entry.target.clone_from(&person.user_id);
    ports.audit.record(entry).await.unwrap();
    let tasks = ports.tasks.list(project_id(1), &super::crm_fixtures::task_query()).await.unwrap();
    let of_person =
        tasks.iter().find(|task| task.contact.user_id.as_ref() == Some(&person.user_id));
    let comment = NewTaskComment {
        fact: id(41),
        now: NOON,
        member: member_id(1),
        text: format!("Call {}", person.marker),
        mentions: vec![member_id(1)],
    };
    let task = of_person.expect("an abandoned booking opens a task").task.seed.id;
    ports.tasks.comment(project_id(1), task, comment).await.unwrap();
    let note = Note {
        id: NoteId(id(40).0),
        person: Identity::email(project_id(1), &person.email).contact_id,
        author: member_id(1),
        text: format!("Called {}", person.marker),
        created_at: NOON,
        edited_at: None,
    };
    let keys = PersonKeys::default();
    assert!(ports.people.add_note(project_id(1), &keys, &note, 1).await.unwrap());
}

/// An abandoned booking, which opens a task.
async fn contact(ports: &Ports, person: &Person, id: impl Fn(u128) -> EventId, position: u64) {
    let marked = |what: &str| Some(format!("{what} {}", person.marker));
    let payload = EventPayload {
        name: "booking.abandoned".to_owned(),
        fields: ContactFields {
            user_id: Some(person.user_id.clone()),
            email: Some(person.email.clone()),
            first_name: marked("first"),
            last_name: marked("last"),
            phone: marked("phone"),
        },
        amount: None,
        session_id: Some(person.session_id.clone()),
        data: serde_json::Map::from_iter([("pickup".to_owned(), person.marker.clone().into())]),
    };
    let identities = Identity::all(project_id(1), Some(&person.user_id), Some(&person.email));
    let fact = ContactFact {
        id: id(1),
        occurred_at: NOON,
        identities,
        payload: FactPayload::Event(payload),
    };
    let fact = NewContactFact { project_id: project_id(1), fact };
    ports.crm.apply(&[fact], position).await.unwrap();
}

/// A session, an order, a booking and a review.
async fn customer(ports: &Ports, person: &Person, id: impl Fn(u128) -> EventId, position: u64) {
    let observation = |user_id: &str, minute: i64, event_id| SessionObservation {
        project_id: project_id(1),
        session_id: person.session_id.clone(),
        user_id: user_id.to_owned(),
        visitor_id: Some(person.visitor_id.clone()),
        at: NOON.plus_seconds(minute * 60),
        event_id,
        kind: ObservationKind::Start,
        entry_page: Some(format!("https://shop.test/?q={}", person.marker)),
        device: Device::default(),
        place: Place::default(),
    };
    let purchase = Purchase {
        id: format!("purchase-{}", person.marker),
        amount: Some(Money { minor: 500, currency: Currency::parse("TZS").unwrap() }),
        status: "completed".to_owned(),
        service: Some(format!("service for {}", person.marker)),
    };
    let fact = |event_id, action| CustomerFact {
        project_id: project_id(1),
        user_id: person.user_id.clone(),
        at: NOON,
        event_id,
        email: Some(person.email.clone()),
        name: Some(person.marker.clone()),
        action,
    };
    let observations = [observation(&person.user_id, 0, id(10)), observation("", 1, id(11))];
    let facts = [
        fact(id(12), CustomerAction::Order(purchase.clone())),
        fact(id(13), CustomerAction::Booking(purchase)),
        fact(id(14), CustomerAction::Review(format!("review-{}", person.marker))),
    ];
    ports.sessions.apply(&observations, &facts, position).await.unwrap();
}
