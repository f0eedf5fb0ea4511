//! Sessions and figures: told from facts in any order, by project.

use domain::customer_fact::{CustomerFact, Deed, Purchase};
use domain::event::{Device, Place};
use domain::id::{EventId, ProjectId};
use domain::money::{Currency, Money};
use domain::session::{EndReason, Mark, Sighting};
use domain::time::Timestamp;
use engine::ports::catalog::{CustomerQuery, CustomerRow, SessionRow, SortBy};
use uuid::Uuid;

use super::given::{NOON, project_id, two_projects};
use super::{Ports, Store};

pub(super) const EVER: Timestamp = Timestamp::from_micros(i64::MIN);

pub(super) fn at(minutes: i64) -> Timestamp {
    NOON.plus_seconds(minutes * 60)
}

/// A sighting of the first project, named by its contents.
pub(super) fn sighting(session: &str, user: &str, minutes: i64, mark: Mark) -> Sighting {
    let name = format!("{session} {user} {minutes} {mark:?}");
    Sighting {
        project_id: project_id(1),
        session_id: session.to_owned(),
        user_id: user.to_owned(),
        visitor_id: Some(format!("visitor of {session}")),
        at: at(minutes),
        event_id: EventId(Uuid::new_v5(&Uuid::NAMESPACE_OID, name.as_bytes())),
        mark,
        entry_page: Some("https://shop.test/".to_owned()),
        device: Device { kind: Some("mobile".to_owned()), ..Device::default() },
        place: Place::default(),
    }
}

pub(super) fn fact(user: &str, minutes: i64, number: u128, deed: Deed) -> CustomerFact {
    CustomerFact {
        project_id: project_id(1),
        user_id: user.to_owned(),
        at: at(minutes),
        event_id: EventId(Uuid::from_u128(number)),
        email: Some(format!("{user}{number}@shop.test")),
        name: None,
        deed,
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
    let mut rows = Vec::new();
    for row in ports.customers.page(project, &all(SortBy::Sessions, false)).await.unwrap() {
        let sessions = ports.customers.sessions(project, &row.user_id, EVER, 100).await.unwrap();
        rows.push((row, sessions));
    }
    rows
}

/// Starts, ends of somebody and of nobody, switches, orders and sign-ins, in pieces of every size and
/// in both directions, some repeated.
pub async fn any_order_and_any_repetition_give_the_same_rows<S: Store>() {
    let sightings = [
        sighting("s", "asha", 0, Mark::Start),
        sighting("s", "asha", 10, Mark::Activity),
        sighting("s", "baraka", 20, Mark::Start),
        sighting("s", "baraka", 35, Mark::Activity),
        sighting("s", "", 36, Mark::End(EndReason::PageUnload)),
        sighting("t", "asha", 100, Mark::Activity),
        sighting("t", "asha", 110, Mark::End(EndReason::SignOut)),
        sighting("t", "asha", 200, Mark::Activity),
        sighting("t", "asha", 200, Mark::End(EndReason::Idle)),
    ];
    let facts = [
        fact("asha", 5, 1, Deed::Order(purchase("o1", 100))),
        fact("asha", 7, 2, Deed::Order(purchase("o2", 200))),
        fact("asha", 6, 3, Deed::Order(purchase("o1", 150))),
        fact("asha", 3, 4, Deed::Booking(purchase("b1", 1))),
        fact("asha", 4, 5, Deed::Review("r1".to_owned())),
        fact("asha", 1, 6, Deed::Registration),
        fact("baraka", 2, 7, Deed::Login),
    ];
    let mut expected = None;
    for round in 0..6_usize {
        let (_store, ports) = two_projects::<S>().await;
        let (mut sightings, mut facts) = (sightings.to_vec(), facts.to_vec());
        sightings.rotate_left(round);
        facts.rotate_left(round);
        if round % 2 == 1 {
            sightings.reverse();
            facts.reverse();
        }
        sightings.extend_from_within(..round);
        facts.extend_from_within(..round);
        let mut position = 0;
        for piece in sightings.chunks(round + 1) {
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
    let told: Vec<_> = sessions
        .iter()
        .map(|session| (session.started_at, session.ended_at, session.ended_reason))
        .collect();
    let ended = |start, end, reason| (at(start), Some(at(end)), Some(reason));
    assert_eq!(
        told,
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
pub async fn a_stale_position_changes_no_session<S: Store>() {
    let (_store, ports) = two_projects::<S>().await;
    assert_eq!(ports.sessions.position().await.unwrap(), 0);
    ports.sessions.apply(&[sighting("s", "u", 0, Mark::Start)], &[], 5).await.unwrap();
    ports.sessions.apply(&[sighting("t", "u", 0, Mark::Start)], &[], 5).await.unwrap();
    assert_eq!(ports.sessions.position().await.unwrap(), 5);
    assert!(ports.sessions.is_known(project_id(1), "s", None).await.unwrap());
    assert!(!ports.sessions.is_known(project_id(1), "t", None).await.unwrap());
}

/// One browser, two sessions: the second customer's opening ends the first one's.
pub async fn another_customer_on_the_same_browser_ends_the_session<S: Store>() {
    let (_store, ports) = two_projects::<S>().await;
    let on_browser = |session: &str, user: &str, minutes| Sighting {
        visitor_id: Some("browser".to_owned()),
        ..sighting(session, user, minutes, Mark::Activity)
    };
    let second = on_browser("s2", "baraka", 12);
    ports.sessions.apply(&[second, on_browser("s1", "asha", 0)], &[], 1).await.unwrap();
    let sessions = ports.customers.sessions(project_id(1), "asha", EVER, 9).await.unwrap();
    assert_eq!(sessions[0].ended_at, Some(at(12)));
    assert_eq!(sessions[0].ended_reason, Some(EndReason::UserSwitch));
}

/// A session id belongs to a customer of a project; those of nobody to everybody.
pub async fn a_session_is_known_by_project_and_customer<S: Store>() {
    let (_store, ports) = two_projects::<S>().await;
    let nobody = sighting("n", "", 0, Mark::Start);
    ports.sessions.apply(&[sighting("s", "u", 0, Mark::Start), nobody], &[], 1).await.unwrap();
    let known = async |project, session, user| {
        ports.sessions.is_known(project_id(project), session, user).await.unwrap()
    };
    assert!(known(1, "s", None).await && known(1, "s", Some("u")).await);
    assert!(known(1, "n", Some("anybody")).await);
    assert!(!known(1, "s", Some("v")).await);
    assert!(!known(2, "s", None).await && !known(2, "s", Some("u")).await);
}

/// Silent ones only, and each once it is ended no more.
pub async fn sessions_that_fell_silent_are_found<S: Store>() {
    let (_store, ports) = two_projects::<S>().await;
    let open = [sighting("s", "u", 0, Mark::Start), sighting("t", "v", 10, Mark::Start)];
    ports.sessions.apply(&open, &[], 1).await.unwrap();
    let silent = ports.sessions.idle(at(5), 10).await.unwrap();
    assert_eq!(silent.len(), 1);
    assert_eq!((silent[0].session_id.as_str(), silent[0].last_activity_at), ("s", at(0)));
    let end = sighting("s", "u", 0, Mark::End(EndReason::Idle));
    ports.sessions.apply(&[end], &[], 2).await.unwrap();
    assert_eq!(ports.sessions.idle(at(5), 10).await.unwrap(), []);
}

/// Figures outlast the sessions they counted.
pub async fn old_sessions_are_forgotten_and_stay_counted<S: Store>() {
    let (_store, ports) = two_projects::<S>().await;
    let seen = [sighting("s", "u", 0, Mark::Start), sighting("t", "u", 100, Mark::Start)];
    ports.sessions.apply(&seen, &[], 1).await.unwrap();
    assert_eq!(ports.sessions.prune(at(50)).await.unwrap(), 1);
    let rows = everything(&ports, project_id(1)).await;
    assert_eq!((rows[0].0.total_sessions, rows[0].1.len()), (2, 1));
    assert!(!ports.sessions.is_known(project_id(1), "s", None).await.unwrap());
    assert!(ports.sessions.is_known(project_id(1), "t", None).await.unwrap());
}

/// A page that gives all its visitors one session id: each has their own session all the same.
pub async fn a_session_id_of_everybody_is_a_session_of_each<S: Store>() {
    let (_store, ports) = two_projects::<S>().await;
    let everybody: Vec<Sighting> = (0..1_100)
        .map(|number| Sighting {
            visitor_id: None,
            ..sighting("s", &format!("u{number}"), 0, Mark::Start)
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
