//! People: moments of all sources in one order, figures, and notes.

use domain::billing::{Arrival, CallFact, FactKind};
use domain::crm::{ContactId, Identity};
use domain::customer_fact::CustomerAction;
use domain::event::Device;
use domain::id::{EventId, MemberId, NoteId, RecordingId, WidgetId};
use domain::person::{MomentKind, MomentPlace};
use domain::recording::RecordingSubject;
use domain::session::{ObservationKind, SessionObservation};
use engine::ports::catalog::{
    Chunk, Moment, NewChunk, Note, PersonFigures, PersonKeys, ProjectCallFact, PurchaseTotal,
};
use uuid::Uuid;

use super::crm_fixtures::{both, by_email, by_user, facts};
use super::fixtures::{NOON, project_id, two_projects};
use super::sessions::{at, fact, observation, purchase};
use super::{CatalogHarness, Ports};

/// The person whose user id is `u` and whose address is `u@shop.test`.
fn keys(contact: Option<ContactId>) -> PersonKeys {
    let names = Identity::all(project_id(1), Some("u"), Some("u@shop.test"));
    PersonKeys {
        contact,
        names: names.into_iter().map(|identity| identity.contact_id).collect(),
        user_ids: vec!["u".to_owned()],
    }
}

fn user() -> ContactId {
    Identity::user(project_id(1), "u").contact_id
}

fn note(number: u128, minute: i64) -> Note {
    Note {
        id: NoteId(Uuid::from_u128(number)),
        person: user(),
        author: MemberId(Uuid::from_u128(1)),
        text: format!("Note {number}\nüber “u”"),
        created_at: at(minute),
        edited_at: None,
    }
}

fn recording(number: u128, minute: i64, user: &str) -> NewChunk {
    let (started_at, ended_at) = (at(minute), at(minute + 1));
    NewChunk {
        recording_id: RecordingId(Uuid::from_u128(number)),
        subject: RecordingSubject {
            session_id: "s".to_owned(),
            visitor_id: None,
            user_id: Some(user.to_owned()),
        },
        page_url: None,
        clock_offset_micros: 0,
        received_at: ended_at,
        chunk: Chunk { seq: 0, started_at, ended_at, events: 1, bytes: 1 },
    }
}

fn call(number: u128, minute: i64, session: &str) -> ProjectCallFact {
    let fact = CallFact {
        id: EventId(Uuid::from_u128(number)),
        widget_id: WidgetId(Uuid::from_u128(5)),
        session_id: session.to_owned(),
        kind: FactKind::Start,
        at: at(minute),
        seq: None,
        arrival: Arrival { received_at: at(minute), position: 0 },
    };
    ProjectCallFact { project_id: project_id(1), fact }
}

/// Everything at minute 10 and at minute 20, and something of somebody else.
async fn filled(ports: &Ports) {
    ports
        .crm
        .apply(
            &facts(&[
                by_user(1, 10, "search.performed"),
                both(2, 20),
                by_email(3, 20, "booking.completed"),
            ]),
            1,
        )
        .await
        .unwrap();
    let device = Device { kind: Some("mobile".to_owned()), ..Device::default() };
    let started =
        SessionObservation { device, ..observation("s", "u", 10, ObservationKind::Start) };
    let other = observation("t", "v", 10, ObservationKind::Start);
    let order = fact("u", 20, 9, CustomerAction::Order(purchase("o", 700)));
    let booking = fact("u", 20, 8, CustomerAction::Booking(purchase("b", 300)));
    ports.sessions.apply(&[started, other], &[order, booking], 1).await.unwrap();
    for chunk in [recording(1, 10, "u"), recording(2, 20, "u"), recording(3, 20, "v")] {
        ports.recordings.record_chunk(project_id(1), &chunk).await.unwrap();
    }
    ports.calls.apply(&[call(11, 10, "s"), call(12, 20, "s"), call(13, 20, "t")], 1).await.unwrap();
    for new in [note(21, 10), note(22, 20)] {
        assert!(ports.people.add_note(project_id(1), &keys(None), &new, 9).await.unwrap());
    }
}

async fn page(
    ports: &Ports,
    kinds: &[MomentKind],
    after: Option<&MomentPlace>,
    limit: u32,
) -> Vec<MomentPlace> {
    let keys = keys(Some(user()));
    let found = ports.people.moments(project_id(1), &keys, kinds, after, limit).await.unwrap();
    found.iter().map(Moment::place).collect()
}

/// Pages of every size hold each moment once, latest first, and of the person only.
pub async fn moments_of_all_sources_come_in_one_order<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    filled(&ports).await;
    let all = page(&ports, &MomentKind::ALL, None, 100).await;
    let minutes: Vec<_> =
        all.iter().map(|place| place.at.micros_since(NOON) / 60_000_000).collect();
    assert_eq!(minutes, [20, 20, 20, 20, 20, 10, 10, 10, 10, 10], "{all:?}");
    assert!(all.is_sorted());
    for size in 1..4 {
        let mut seen: Vec<MomentPlace> = Vec::new();
        loop {
            let next = page(&ports, &MomentKind::ALL, seen.last(), size).await;
            if next.is_empty() {
                break;
            }
            seen.extend(next);
        }
        assert_eq!(seen, all, "pages of {size}");
    }
}

/// Each kind by itself holds what is of it.
pub async fn moments_are_chosen_by_kind<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    filled(&ports).await;
    let mut found = Vec::new();
    for kind in MomentKind::ALL {
        found.push((kind, page(&ports, &[kind], None, 100).await.len()));
    }
    assert_eq!(
        found,
        [
            (MomentKind::Purchase, 1),
            (MomentKind::Activity, 2),
            (MomentKind::Task, 0),
            (MomentKind::Change, 0),
            (MomentKind::Session, 1),
            (MomentKind::Recording, 2),
            (MomentKind::Call, 2),
            (MomentKind::Note, 2),
            (MomentKind::Behavior, 0),
            (MomentKind::Friction, 0),
        ]
    );
}

/// Counted and added up by hand; another project knows none of it.
pub async fn the_figures_of_a_person_leave_out_others<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    filled(&ports).await;
    let found = ports.people.figures(project_id(1), &keys(Some(user()))).await.unwrap();
    assert_eq!((found.sessions, found.recordings, found.calls), (1, 2, 2));
    let of =
        |total: &PurchaseTotal| (total.count, total.amounts.values().copied().collect::<Vec<_>>());
    assert_eq!((of(&found.orders), of(&found.bookings)), ((1, vec![700]), (1, vec![300])));
    let ids: Vec<_> = found.purchases.iter().map(|row| (&*row.id, row.is_booking)).collect();
    assert_eq!(ids, [("b", true), ("o", false)]);
    let devices: Vec<_> =
        found.devices.iter().map(|share| (share.parts[0].as_deref(), share.sessions)).collect();
    assert_eq!(devices, [(Some("mobile"), 1)]);
    assert_eq!(found.places, []);
    let other = ports.people.figures(project_id(2), &keys(Some(user()))).await.unwrap();
    assert_eq!(other, PersonFigures::default());
}

/// A note stays with the person when contacts merge; only its author changes it, and only in its project.
pub async fn a_note_is_its_authors_and_follows_the_person<S: CatalogHarness>() {
    let (mut store, ports) = two_projects::<S>().await;
    let by_address =
        Note { person: Identity::email(project_id(1), "u@shop.test").contact_id, ..note(1, 0) };
    assert!(ports.people.add_note(project_id(1), &keys(None), &by_address, 2).await.unwrap());
    assert!(ports.people.add_note(project_id(1), &keys(None), &note(2, 1), 2).await.unwrap());
    assert!(!ports.people.add_note(project_id(1), &keys(None), &note(3, 2), 2).await.unwrap());
    ports.crm.apply(&facts(&[by_email(1, 1, "customer.login"), both(2, 2)]), 1).await.unwrap();
    store.reopen().await;
    let people = store.ports().people;
    let only_contact = PersonKeys { contact: Some(user()), ..PersonKeys::default() };
    let found = people.note(project_id(1), &only_contact, by_address.id).await.unwrap();
    assert_eq!(found, Some(by_address.clone()), "by the address, whose contact was merged");
    assert_eq!(people.note(project_id(2), &keys(Some(user())), by_address.id).await.unwrap(), None);

    let (author, other) = (by_address.author, MemberId(Uuid::from_u128(2)));
    let edit = async |project, author| {
        people.edit_note(project, by_address.id, author, "Called", at(5)).await.unwrap()
    };
    assert!(!edit(project_id(1), other).await);
    assert!(!edit(project_id(2), author).await);
    assert!(edit(project_id(1), author).await);
    let edited = Note { text: "Called".to_owned(), edited_at: Some(at(5)), ..by_address.clone() };
    let found = people.note(project_id(1), &keys(None), by_address.id).await.unwrap();
    assert_eq!(found, Some(edited));
    assert!(!people.remove_note(project_id(1), by_address.id, other).await.unwrap());
    assert!(!people.remove_note(project_id(2), by_address.id, author).await.unwrap());
    assert!(people.remove_note(project_id(1), by_address.id, author).await.unwrap());
    assert!(!people.remove_note(project_id(1), by_address.id, author).await.unwrap());
}
