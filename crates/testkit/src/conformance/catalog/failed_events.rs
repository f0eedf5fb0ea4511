//! Failed events.

use domain::outcome::{Contract, RejectionReason};
use domain::time::Timestamp;
use engine::ports::catalog::{FailedEvent, FailedEventCursor, NewFailedEvent, RecordId};
use uuid::Uuid;

use super::CatalogHarness;
use super::fixtures::{NOON, failed_id, project_id};

/// A refused item of project 1, received `position` seconds after noon.
fn refused(position: u64, bytes: &[u8]) -> NewFailedEvent {
    NewFailedEvent {
        position,
        project_id: project_id(1),
        received_at: received_at(position),
        contract: Contract::Friction,
        reason: RejectionReason::InvalidField,
        detail: format!("element_x of item {position}"),
        bytes: bytes.to_vec(),
    }
}

fn received_at(position: u64) -> Timestamp {
    NOON.plus_seconds(i64::try_from(position).unwrap())
}

/// What [`refused`] becomes once it is kept.
fn stored_event<S: CatalogHarness>(store: &S, position: u64, bytes: &[u8]) -> FailedEvent {
    FailedEvent {
        id: failed_id(store, position),
        received_at: received_at(position),
        contract: Contract::Friction,
        reason: "invalid_field".into(),
        detail: format!("element_x of item {position}"),
        bytes: bytes.to_vec(),
        size_bytes: bytes.len() as u64,
        resent_at: None,
    }
}

/// A store with these failed events of project 1.
async fn with_failed<S: CatalogHarness>(positions: &[u64]) -> S {
    let store = S::fresh().await;
    let failed: Vec<_> = positions.iter().map(|position| refused(*position, b"x")).collect();
    store.ports().accounts.apply(&[], &failed, 1_000).await.unwrap();
    store
}

/// Where a page that ends with the event at this position ends, whether there is one or not.
fn cursor<S: CatalogHarness>(store: &S, position: u64) -> FailedEventCursor {
    let received_at = match i64::try_from(position) {
        Ok(seconds) => NOON.plus_seconds(seconds),
        Err(_) => Timestamp::from_micros(i64::MAX),
    };
    FailedEventCursor { received_at, id: failed_id(store, position) }
}

/// The positions kept of project 1, in the order they are given.
async fn positions<S: CatalogHarness>(store: &S, before: Option<u64>, limit: u32) -> Vec<u64> {
    let before = before.map(|position| cursor(store, position));
    let failed = store.ports().accounts.failed(project_id(1), before, limit).await.unwrap();
    failed.into_iter().map(|event| event.id.position).collect()
}

/// Whatever the bytes look like.
pub async fn failed_events_come_back_byte_for_byte<S: CatalogHarness>() {
    let store = S::fresh().await;
    let accounts = store.ports().accounts;
    let every_byte: Vec<u8> = (0..=255).collect();
    let large = vec![0xfe; 1 << 20];
    let bodies: [&[u8]; 6] = [b"", b"0123", b"1e5", b"\0", &every_byte, &large];
    let failed: Vec<_> = (0..).zip(bodies).map(|(at, bytes)| refused(at, bytes)).collect();
    accounts.apply(&[], &failed, 10).await.unwrap();
    for (position, bytes) in (0..).zip(bodies) {
        let found =
            accounts.failed_event(project_id(1), failed_id(&store, position)).await.unwrap();
        assert_eq!(found, Some(stored_event(&store, position, bytes)), "item {position}");
    }
    assert_eq!(accounts.failed_event(project_id(1), failed_id(&store, 6)).await.unwrap(), None);
    let listed = accounts.failed(project_id(1), None, 10).await.unwrap();
    assert_eq!(listed.len(), bodies.len());
    for (event, bytes) in listed.iter().rev().zip(bodies) {
        assert_eq!(event.bytes, &bytes[..bytes.len().min(2_048)], "the beginning");
        assert_eq!(event.size_bytes, bytes.len() as u64, "of the whole");
    }
}

/// Page by page every one is seen once.
pub async fn failed_events_are_paged_latest_first<S: CatalogHarness>() {
    let store = with_failed::<S>(&[7, 0, 3, 900, 5]).await;
    assert_eq!(positions(&store, None, 100).await, [900, 7, 5, 3, 0]);
    assert_eq!(positions(&store, None, 2).await, [900, 7]);
    assert_eq!(positions(&store, Some(7), 2).await, [5, 3]);
    assert_eq!(positions(&store, Some(3), 2).await, [0]);
    assert_eq!(positions(&store, Some(0), 2).await, [0_u64; 0]);
    assert_eq!(positions(&store, Some(6), 1).await, [5]);
    assert_eq!(positions(&store, None, 0).await, [0_u64; 0]);
    assert_eq!(positions(&store, None, u32::MAX).await.len(), 5);
}

/// Those that arrived at one instant come in the order of the journal, and pages split them well.
pub async fn failed_events_of_one_instant_are_paged_by_position<S: CatalogHarness>() {
    let store = S::fresh().await;
    let accounts = store.ports().accounts;
    let at_noon = |position| NewFailedEvent { received_at: NOON, ..refused(position, b"x") };
    accounts.apply(&[], &[1, 2, 3, 4, 5].map(at_noon), 6).await.unwrap();
    let (mut seen, mut before) = (Vec::new(), None);
    loop {
        let page = accounts.failed(project_id(1), before, 2).await.unwrap();
        let Some(last) = page.last() else { break };
        before = Some(last.cursor());
        seen.extend(page.into_iter().map(|event| event.id.position));
    }
    assert_eq!(seen, [5, 4, 3, 2, 1]);
}

/// Of another journal, or of the only one when each server has its own, nothing is known.
pub async fn an_event_of_another_journal_is_another_event<S: CatalogHarness>() {
    let store = with_failed::<S>(&[1]).await;
    let accounts = store.ports().accounts;
    for journal in [None, Some(Uuid::from_u128(77))].into_iter().filter(|id| *id != store.journal())
    {
        let id = RecordId { position: 1, journal };
        accounts.mark_resent(project_id(1), id, NOON).await.unwrap();
        assert_eq!(accounts.failed_event(project_id(1), id).await.unwrap(), None);
    }
    let all = accounts.failed(project_id(1), None, 10).await.unwrap();
    assert_eq!(all, [stored_event(&store, 1, b"x")]);
}

/// That one and no other.
pub async fn a_resent_event_has_its_time<S: CatalogHarness>() {
    let store = with_failed::<S>(&[1, 2]).await;
    let accounts = store.ports().accounts;
    let at = NOON.plus_micros(1);
    accounts.mark_resent(project_id(1), failed_id(&store, 2), at).await.unwrap();
    accounts.mark_resent(project_id(1), failed_id(&store, 3), at).await.unwrap();
    let resent = FailedEvent { resent_at: Some(at), ..stored_event(&store, 2, b"x") };
    assert_eq!(
        accounts.failed_event(project_id(1), failed_id(&store, 2)).await.unwrap(),
        Some(resent.clone())
    );
    let all = accounts.failed(project_id(1), None, 10).await.unwrap();
    assert_eq!(all, [resent, stored_event(&store, 1, b"x")]);
}

/// What arrived at that very instant stays.
pub async fn pruning_removes_what_arrived_before_and_counts_it<S: CatalogHarness>() {
    let store = with_failed::<S>(&[1, 2, 3, 4]).await;
    let accounts = store.ports().accounts;
    assert_eq!(accounts.prune_failed(received_at(3)).await.unwrap(), 2);
    assert_eq!(positions(&store, None, 10).await, [4, 3]);
    assert_eq!(accounts.prune_failed(received_at(3)).await.unwrap(), 0);
    assert_eq!(accounts.position().await.unwrap(), 1_000);
}

/// No position is too large to ask about.
pub async fn positions_beyond_all_are_only_unknown<S: CatalogHarness>() {
    let store = with_failed::<S>(&[1, 2]).await;
    let accounts = store.ports().accounts;
    assert_eq!(positions(&store, Some(u64::MAX), 10).await, [2, 1]);
    assert_eq!(
        accounts.failed_event(project_id(1), failed_id(&store, u64::MAX)).await.unwrap(),
        None
    );
    accounts.mark_resent(project_id(1), failed_id(&store, u64::MAX), NOON).await.unwrap();
}

/// With their marks, and what was pruned stays pruned.
pub async fn failed_events_outlast_a_restart<S: CatalogHarness>() {
    let mut store = with_failed::<S>(&[1, 2, 3]).await;
    let accounts = store.ports().accounts;
    accounts.mark_resent(project_id(1), failed_id(&store, 3), NOON).await.unwrap();
    accounts.prune_failed(received_at(2)).await.unwrap();
    let before = accounts.failed(project_id(1), None, 10).await.unwrap();
    assert_eq!(before.len(), 2);
    store.reopen().await;
    let after = store.ports().accounts.failed(project_id(1), None, 10).await.unwrap();
    assert_eq!(after, before);
}
