//! Sessions and summaries follow from facts in any order, by project.

use domain::customer_fact::{CustomerAction, CustomerFact, Purchase};
use domain::event::{Device, Place};
use domain::id::{EventId, ProjectId};
use domain::money::{Currency, Money};
use domain::session::{EndReason, ObservationKind, SessionObservation};
use domain::time::Timestamp;
use engine::ports::catalog::{CustomerQuery, CustomerRow, SessionRow, SortBy};
use uuid::Uuid;

use super::fixtures::{NOON, project_id, two_projects};
use super::{CatalogHarness, Ports};

pub(super) const EVER: Timestamp = Timestamp::from_micros(i64::MIN);

pub(super) fn at(minutes: i64) -> Timestamp {
    NOON.plus_seconds(minutes * 60)
}

/// An observation in the first project; its id follows from its contents.
pub(super) fn observation(
    session: &str,
    user: &str,
    minutes: i64,
    kind: ObservationKind,
) -> SessionObservation {
    let name = format!("{session} {user} {minutes} {kind:?}");
    SessionObservation {
        project_id: project_id(1),
        session_id: session.to_owned(),
        user_id: user.to_owned(),
        visitor_id: Some(format!("visitor of {session}")),
        at: at(minutes),
        event_id: EventId(Uuid::new_v5(&Uuid::NAMESPACE_OID, name.as_bytes())),
        kind,
        entry_page: Some("https://shop.test/".to_owned()),
        device: Device { kind: Some("mobile".to_owned()), ..Device::default() },
        place: Place::default(),
    }
}

pub(super) fn fact(user: &str, minutes: i64, number: u128, action: CustomerAction) -> CustomerFact {
    CustomerFact {
        project_id: project_id(1),
        user_id: user.to_owned(),
        at: at(minutes),
        event_id: EventId(Uuid::from_u128(number)),
        email: Some(format!("{user}{number}@shop.test")),
        name: None,
        action,
    }
}

pub(super) fn purchase(id: &str, minor: i64) -> Purchase {
    Purchase {
        id: id.to_owned(),
        amount: Some(Money { minor, currency: Currency::parse("TZS").unwrap() }),
        status: "completed".to_owned(),
        service: Some(format!("service of {id}")),
    }
}

pub(super) fn all(sort_by: SortBy, is_descending: bool) -> CustomerQuery {
    CustomerQuery {
        sort_by,
        is_descending,
        active_since: None,
        search: None,
        after: None,
        limit: 100,
    }
}

pub(super) async fn everything(
    ports: &Ports,
    project: ProjectId,
) -> Vec<(CustomerRow, Vec<SessionRow>)> {
    let rows = ports.customers.page(project, &all(SortBy::Sessions, false)).await.unwrap();
    let user_ids: Vec<_> = rows.iter().map(|row| row.user_id.as_str()).collect();
    let mut sessions = ports.customers.sessions(project, &user_ids, EVER, 100).await.unwrap();
    let with_sessions = |row: CustomerRow| {
        let sessions = sessions.remove(&row.user_id).unwrap_or_default();
        (row, sessions)
    };
    rows.into_iter().map(with_sessions).collect()
}

/// The sessions of one customer, latest first.
pub(super) async fn sessions_of(
    ports: &Ports,
    project: ProjectId,
    user_id: &str,
) -> Vec<SessionRow> {
    let mut found = ports.customers.sessions(project, &[user_id], EVER, 100).await.unwrap();
    found.remove(user_id).unwrap_or_default()
}

/// Each customer of a page gets their own latest sessions, as many as wanted, since when wanted.
pub async fn the_latest_sessions_of_many_customers_are_read_at_once<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    let names: Vec<_> = (0..130).map(|number| format!("customer {number}")).collect();
    let observations: Vec<_> = (0..4)
        .flat_map(|visit| {
            names.iter().map(move |name| {
                let session = format!("{name}, visit {visit}");
                observation(&session, name, visit * 100, ObservationKind::Start)
            })
        })
        .collect();
    ports.sessions.apply(&observations, &[], 1).await.unwrap();
    let mut user_ids: Vec<_> = names.iter().map(String::as_str).collect();
    user_ids.extend(["nobody", "nul\0"]);
    let found = ports.customers.sessions(project_id(1), &user_ids, at(100), 2).await.unwrap();
    assert_eq!(found.len(), names.len());
    for (name, sessions) in &found {
        let ids: Vec<_> = sessions.iter().map(|session| session.session_id.as_str()).collect();
        assert_eq!(ids, [format!("{name}, visit 3"), format!("{name}, visit 2")]);
    }
    let found = ports.customers.sessions(project_id(1), &user_ids, at(300), 9).await.unwrap();
    assert!(found.values().all(|sessions| sessions.len() == 1), "since then");
    assert_eq!(ports.customers.sessions(project_id(2), &user_ids, EVER, 9).await.unwrap().len(), 0);
    assert_eq!(ports.customers.sessions(project_id(1), &[], EVER, 9).await.unwrap().len(), 0);
}

/// Starts, ends of somebody and of nobody, switches, orders and sign-ins, in pieces of every size and
/// in both directions, some repeated.
pub async fn any_order_and_any_repetition_give_the_same_rows<S: CatalogHarness>() {
    let observations = [
        observation("s", "asha", 0, ObservationKind::Start),
        observation("s", "asha", 10, ObservationKind::Activity),
        observation("s", "baraka", 20, ObservationKind::Start),
        observation("s", "baraka", 35, ObservationKind::Activity),
        observation("s", "", 36, ObservationKind::End(EndReason::PageUnload)),
        observation("t", "asha", 100, ObservationKind::Activity),
        observation("t", "asha", 110, ObservationKind::End(EndReason::SignOut)),
        observation("t", "asha", 200, ObservationKind::Activity),
        observation("t", "asha", 200, ObservationKind::End(EndReason::Idle)),
    ];
    let facts = [
        fact("asha", 5, 1, CustomerAction::Order(purchase("o1", 100))),
        fact("asha", 7, 2, CustomerAction::Order(purchase("o2", 200))),
        fact("asha", 6, 3, CustomerAction::Order(purchase("o1", 150))),
        fact("asha", 3, 4, CustomerAction::Booking(purchase("b1", 1))),
        fact("asha", 4, 5, CustomerAction::Review("r1".to_owned())),
        fact("asha", 1, 6, CustomerAction::Registration),
        fact("baraka", 2, 7, CustomerAction::Login),
    ];
    let mut expected = None;
    for round in 0..6_usize {
        let (_store, ports) = two_projects::<S>().await;
        let (mut observations, mut facts) = (observations.to_vec(), facts.to_vec());
        observations.rotate_left(round);
        facts.rotate_left(round);
        if round % 2 == 1 {
            observations.reverse();
            facts.reverse();
        }
        observations.extend_from_within(..round);
        facts.extend_from_within(..round);
        let mut position = 0;
        for piece in observations.chunks(round + 1) {
            position += 1;
            ports.sessions.apply(piece, &[], position).await.unwrap();
        }
        for piece in facts.chunks(round + 1) {
            position += 1;
            ports.sessions.apply(&[], piece, position).await.unwrap();
        }
        let rows = everything(&ports, project_id(1)).await;
        assert_eq!(expected.get_or_insert_with(|| rows.clone()), &rows, "round {round}");
    }
    let rows = expected.unwrap();
    let (asha, sessions) = rows.iter().find(|(row, _)| row.user_id == "asha").unwrap();
    assert_eq!((asha.total_orders, asha.total_bookings, asha.total_reviews), (2, 1, 1));
    assert_eq!(asha.last_order.as_ref().map(|money| money.minor), Some(200));
    assert_eq!(asha.email.as_deref(), Some("asha2@shop.test"), "of the latest event");
    assert_eq!(asha.registered_at, Some(at(1)));
    assert_eq!(asha.last_login_at, Some(at(200)));
    let read_back: Vec<_> = sessions
        .iter()
        .map(|session| (session.started_at, session.ended_at, session.ended_reason))
        .collect();
    let ended = |start, end, reason| (at(start), Some(at(end)), Some(reason));
    assert_eq!(
        read_back,
        [
            ended(200, 200, EndReason::Idle),
            ended(100, 110, EndReason::SignOut),
            ended(0, 20, EndReason::UserSwitch),
        ]
    );
    assert_eq!(asha.total_sessions, 3);
    let (_, sessions) = rows.iter().find(|(row, _)| row.user_id == "baraka").unwrap();
    assert_eq!(sessions[0].ended_reason, Some(EndReason::PageUnload), "whoever was there");
}

/// Nothing is applied twice.
pub async fn a_stale_position_changes_no_session<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    assert_eq!(ports.sessions.position().await.unwrap(), 0);
    ports
        .sessions
        .apply(&[observation("s", "u", 0, ObservationKind::Start)], &[], 5)
        .await
        .unwrap();
    ports
        .sessions
        .apply(&[observation("t", "u", 0, ObservationKind::Start)], &[], 5)
        .await
        .unwrap();
    assert_eq!(ports.sessions.position().await.unwrap(), 5);
    assert!(ports.sessions.is_known(project_id(1), "s", None).await.unwrap());
    assert!(!ports.sessions.is_known(project_id(1), "t", None).await.unwrap());
}

/// One browser, two sessions: the second customer's opening ends the first one's.
pub async fn another_customer_on_the_same_browser_ends_the_session<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    let on_browser = |session: &str, user: &str, minutes| SessionObservation {
        visitor_id: Some("browser".to_owned()),
        ..observation(session, user, minutes, ObservationKind::Activity)
    };
    let second = on_browser("s2", "baraka", 12);
    ports.sessions.apply(&[second, on_browser("s1", "asha", 0)], &[], 1).await.unwrap();
    let sessions = sessions_of(&ports, project_id(1), "asha").await;
    assert_eq!(sessions[0].ended_at, Some(at(12)));
    assert_eq!(sessions[0].ended_reason, Some(EndReason::UserSwitch));
}

/// A session id belongs to a customer of a project; those of nobody to everybody.
pub async fn a_session_is_known_by_project_and_customer<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    let anonymous = observation("n", "", 0, ObservationKind::Start);
    ports
        .sessions
        .apply(&[observation("s", "u", 0, ObservationKind::Start), anonymous], &[], 1)
        .await
        .unwrap();
    let known = async |project, session, user| {
        ports.sessions.is_known(project_id(project), session, user).await.unwrap()
    };
    assert!(known(1, "s", None).await && known(1, "s", Some("u")).await);
    assert!(known(1, "n", Some("anybody")).await);
    assert!(!known(1, "s", Some("v")).await);
    assert!(!known(2, "s", None).await && !known(2, "s", Some("u")).await);
}

/// Silent ones only, and each once it is ended no more.
pub async fn sessions_that_fell_silent_are_found<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    let open = [
        observation("s", "u", 0, ObservationKind::Start),
        observation("t", "v", 10, ObservationKind::Start),
    ];
    ports.sessions.apply(&open, &[], 1).await.unwrap();
    let silent = ports.sessions.idle(at(5), 10).await.unwrap();
    assert_eq!(silent.len(), 1);
    assert_eq!((silent[0].session_id.as_str(), silent[0].last_activity_at), ("s", at(0)));
    let end = observation("s", "u", 0, ObservationKind::End(EndReason::Idle));
    ports.sessions.apply(&[end], &[], 2).await.unwrap();
    assert_eq!(ports.sessions.idle(at(5), 10).await.unwrap(), []);
}

/// A page that gives all its visitors one session id: each has their own session all the same.
pub async fn a_session_id_of_everybody_is_a_session_of_each<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    let everybody: Vec<SessionObservation> = (0..1_100)
        .map(|number| SessionObservation {
            visitor_id: None,
            ..observation("s", &format!("u{number}"), 0, ObservationKind::Start)
        })
        .collect();
    let (most, last) = everybody.split_at(1_050);
    ports.sessions.apply(most, &[], 1).await.unwrap();
    ports.sessions.apply(last, &[], 2).await.unwrap();
    let query = CustomerQuery { limit: 2_000, ..all(SortBy::Sessions, false) };
    let rows = ports.customers.page(project_id(1), &query).await.unwrap();
    assert_eq!(rows.len(), everybody.len());
    assert!(rows.iter().all(|row| row.total_sessions == 1));
}
