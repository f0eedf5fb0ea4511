//! Several servers on one catalog, each with a journal of its own.

use catalog::Catalog;
use domain::billing::{Arrival, Basis, Calendar, CallFact, FactKind, Rounding, Tariff};
use domain::id::EventId;
use domain::money::Currency;
use domain::outcome::{Contract, Outcome, RejectionReason};
use domain::retention::RetentionKind;
use engine::ports::catalog::{
    Erasure, ErasureStore, NewFailedEvent, OutcomeDelta, OutcomeStore, ProjectCallFact,
    RetentionLease, RetentionRun, RetentionRunKey,
};
use testkit::conformance::catalog::erasures::erasure;
use testkit::conformance::catalog::fixtures::{
    NOON, failed_id, project_id, two_projects, widget_id,
};
use testkit::conformance::catalog::{CatalogHarness, Ports};
use testkit::postgres::PostgresServer;
use tokio::task::JoinSet;
use uuid::Uuid;

use super::Postgres;

async fn other_server(store: &Postgres) -> Catalog {
    Catalog::connect(&store.database.url(), Uuid::from_u128(2)).await.unwrap()
}

fn refused(position: u64, detail: &str) -> NewFailedEvent {
    NewFailedEvent {
        position,
        project_id: project_id(1),
        received_at: NOON,
        contract: Contract::Friction,
        reason: RejectionReason::TooOld,
        detail: detail.into(),
        bytes: b"{}".to_vec(),
    }
}

#[tokio::test]
async fn each_journal_has_its_position_and_its_failed_events() {
    let store = Postgres::fresh().await;
    let (here, there) = (store.catalog.clone(), other_server(&store).await);
    here.apply(&[], &[refused(3, "here")], 10).await.unwrap();
    assert_eq!(there.position().await.unwrap(), 0);
    there.apply(&[], &[refused(3, "there")], 4).await.unwrap();
    assert_eq!(here.position().await.unwrap(), 10);
    assert_eq!(there.position().await.unwrap(), 4);

    // Both servers show both, and each under a name of its own.
    let shown = here.failed(project_id(1), None, 10).await.unwrap();
    assert_eq!(there.failed(project_id(1), None, 10).await.unwrap(), shown);
    assert_eq!(shown.len(), 2);
    for event in &shown {
        let named = there.failed_event(project_id(1), event.id).await.unwrap();
        assert_eq!(named.as_ref(), Some(event));
    }
    there.mark_resent(project_id(1), failed_id(&store, 3), NOON).await.unwrap();
    let resent = here.failed(project_id(1), None, 10).await.unwrap();
    let marks: Vec<_> = resent.iter().map(|event| (&*event.detail, event.resent_at)).collect();
    assert!(marks.contains(&("here", Some(NOON))), "{marks:?}");
    assert!(marks.contains(&("there", None)), "{marks:?}");
    // One page after the other, across journals.
    let second = here.failed(project_id(1), Some(resent[0].cursor()), 1).await.unwrap();
    assert_eq!(second, resent[1..]);
    there.close().await;
}

/// A fact of one call, this many seconds after noon, received a day later.
fn late(id: u128, kind: FactKind, second: i64) -> ProjectCallFact {
    let at = NOON.plus_seconds(second);
    let fact = CallFact {
        id: EventId(Uuid::from_u128(id)),
        widget_id: widget_id(1),
        session_id: "s".to_owned(),
        kind,
        at,
        seq: None,
        arrival: Arrival { received_at: at.plus_seconds(86_400), position: 0 },
    };
    ProjectCallFact { project_id: project_id(1), fact }
}

#[tokio::test]
async fn what_journals_say_late_at_the_same_position_are_two_adjustments() {
    let store = Postgres::fresh().await;
    let (here, there) = (store.ports(), Ports::of(other_server(&store).await));
    let currency = Currency::parse("TZS").unwrap();
    let tariff = Tariff {
        currency,
        price_minor: 1,
        basis: Basis::TalkTime,
        rounding: Rounding::PerSecond,
        free_seconds: 0,
    };
    let calendar = Calendar::default();
    let month = calendar.closing(calendar.month_of(NOON));
    here.billing.close(project_id(1), month, &tariff, NOON).await.unwrap();
    here.calls.apply(&[late(1, FactKind::Start, 0)], 7).await.unwrap();
    there.calls.apply(&[late(2, FactKind::End, 60)], 7).await.unwrap();
    let listed = here.billing.list_adjustments(project_id(1), None, 10).await.unwrap();
    let adjustments: Vec<_> = listed
        .iter()
        .map(|row| (row.record.position, row.noted_at, row.difference.billable_seconds))
        .collect();
    let noted = |second: i64| NOON.plus_seconds(86_400 + second);
    assert_eq!(adjustments, [(7, noted(60), 60), (7, noted(0), 0)]);
    assert_ne!(listed[0].record, listed[1].record);
    let second =
        there.billing.list_adjustments(project_id(1), Some(listed[0].cursor()), 1).await.unwrap();
    assert_eq!(second, listed[1..]);
}

#[tokio::test]
async fn servers_know_of_each_other_until_one_is_struck_out() {
    let store = Postgres::fresh().await;
    let none = Catalog::connect(&store.database.url(), Uuid::nil()).await.unwrap();
    assert_eq!(store.catalog.other_journals().await.unwrap(), 0, "who follows none is no server");
    let there = other_server(&store).await;
    assert_eq!(store.catalog.other_journals().await.unwrap(), 1, "before anything is projected");
    assert_eq!(there.other_journals().await.unwrap(), 1);
    there.close().await;
    assert_eq!(none.other_journals().await.unwrap(), 2, "what is stopped may come back");
    store
        .database
        .run(&format!("DELETE FROM projection_positions WHERE journal = '{}'", Uuid::from_u128(2)));
    assert_eq!(store.catalog.other_journals().await.unwrap(), 0);
    none.close().await;
}

#[tokio::test]
async fn an_erasure_belongs_to_the_server_that_began_it() {
    let (store, here) = two_projects::<Postgres>().await;
    let there = Ports::of(other_server(&store).await).erasures;
    let begun = erasure(1, 1);
    here.erasures.begin_erasure(begun.clone(), &[[7; 32]]).await.unwrap();
    assert_eq!(there.unfinished_erasures().await.unwrap(), []);
    // Whoever is asked shows it, and lifts it.
    assert_eq!(there.erasures(project_id(1), None, 9).await.unwrap(), std::slice::from_ref(&begun));
    there.lift_erasure(project_id(1), begun.id, NOON).await.unwrap();
    let lifted = Erasure { lifted_at: Some(NOON), digests: 0, ..begun };
    assert_eq!(here.erasures.unfinished_erasures().await.unwrap(), [lifted]);
}

#[tokio::test]
async fn a_run_is_one_servers_until_its_lease_ends_and_events_are_each_servers() {
    let (store, here) = two_projects::<Postgres>().await;
    let there = Ports::of(other_server(&store).await);
    let key = |kind| RetentionRunKey { project_id: project_id(1), kind, day: 7 };
    let claim = async |ports: &Ports, kind, minute: i64| {
        let now = NOON.plus_seconds(minute * 60);
        let lease = RetentionLease { now, until: now.plus_seconds(600) };
        ports.retention.claim_retention_run(key(kind), NOON, lease).await.unwrap()
    };
    let begun = claim(&here, RetentionKind::Sessions, 0).await.unwrap();
    assert_eq!(claim(&there, RetentionKind::Sessions, 9).await, None);
    assert_eq!(claim(&there, RetentionKind::Sessions, 10).await, Some(begun));
    assert_eq!(claim(&here, RetentionKind::Sessions, 11).await, None, "it has gone over");
    for ports in [&here, &there] {
        let events = claim(ports, RetentionKind::Events, 0).await.unwrap();
        let finished = RetentionRun { finished_at: Some(NOON), ..events };
        let lease = RetentionLease { now: NOON, until: NOON };
        ports.retention.store_retention_run(&finished, lease).await.unwrap();
        let listed = ports.retention.finished_retention_runs(7).await.unwrap();
        assert_eq!(listed, [key(RetentionKind::Events)], "its own");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn servers_that_count_at_once_lose_nothing_and_do_not_block_each_other_for_ever() {
    let store = Postgres::fresh().await;
    let mut calls = JoinSet::new();
    for server in [store.catalog.clone(), other_server(&store).await] {
        calls.spawn(async move {
            for position in 1..=50_u64 {
                // In opposite orders, which would deadlock if both were at it at once.
                let mut days: Vec<i32> = (0..10).collect();
                if position % 2 == 0 {
                    days.reverse();
                }
                let outcome = Outcome::Accepted;
                let delta =
                    |day| OutcomeDelta { project_id: project_id(1), day, outcome, count: 1 };
                let deltas: Vec<_> = days.into_iter().map(delta).collect();
                server.apply(&deltas, &[], position).await.unwrap();
            }
        });
    }
    calls.join_all().await;
    let counted = store.catalog.outcomes(project_id(1), 0, 9).await.unwrap();
    assert_eq!(counted.iter().map(|row| row.count).collect::<Vec<_>>(), [100; 10]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn servers_that_start_at_once_all_start() {
    let database = PostgresServer::shared().database();
    let mut starting = JoinSet::new();
    for number in 0..6 {
        let url = database.url();
        starting.spawn(async move { Catalog::connect(&url, Uuid::from_u128(number)).await });
    }
    for started in starting.join_all().await {
        let catalog = started.unwrap();
        catalog.ping().await.unwrap();
        catalog.close().await;
    }
}
