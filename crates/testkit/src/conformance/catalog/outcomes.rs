//! The account of outcomes and its position.

use domain::outcome::{Contract, Outcome, RejectionReason};
use engine::ports::catalog::{NewFailedEvent, OutcomeCount, OutcomeDelta, OutcomeStore};
use tokio::task::JoinSet;

use super::CatalogHarness;
use super::fixtures::{NOON, project_id};

/// So many accepted items of project 1 on a day.
fn accepted(day: i32, count: u64) -> OutcomeDelta {
    OutcomeDelta { project_id: project_id(1), day, outcome: Outcome::Accepted, count }
}

/// A refused item of project 1.
fn refused(position: u64) -> NewFailedEvent {
    NewFailedEvent {
        position,
        project_id: project_id(1),
        received_at: NOON,
        contract: Contract::Friction,
        reason: RejectionReason::TooOld,
        detail: "occurred_at".into(),
        bytes: b"{}".to_vec(),
    }
}

fn row(day: i32, outcome: &str, reason: &str, count: u64) -> OutcomeCount {
    OutcomeCount { day, outcome: outcome.into(), reason: reason.into(), count }
}

/// Everything counted for project 1.
async fn account(accounts: &dyn OutcomeStore) -> Vec<OutcomeCount> {
    accounts.outcomes(project_id(1), i32::MIN, i32::MAX).await.unwrap()
}

/// Rows and position are one; no project need exist.
pub async fn the_position_is_zero_at_first_and_moves_with_the_rows<S: CatalogHarness>() {
    let store = S::fresh().await;
    let accounts = store.ports().accounts;
    assert_eq!(accounts.position().await.unwrap(), 0);
    assert_eq!(account(&*accounts).await, []);
    accounts.apply(&[accepted(1, 5)], &[refused(3)], 6).await.unwrap();
    assert_eq!(accounts.position().await.unwrap(), 6);
    assert_eq!(account(&*accounts).await, [row(1, "accepted", "", 5)]);
    assert_eq!(accounts.failed(project_id(1), None, 10).await.unwrap().len(), 1);
    accounts.apply(&[], &[], 9).await.unwrap();
    assert_eq!(accounts.position().await.unwrap(), 9);
}

/// To the unit.
pub async fn counts_add_up_within_and_across_calls<S: CatalogHarness>() {
    let store = S::fresh().await;
    let accounts = store.ports().accounts;
    accounts.apply(&[accepted(1, 5), accepted(1, 6), accepted(2, 1)], &[], 1).await.unwrap();
    accounts.apply(&[accepted(1, 1 << 40)], &[], 2).await.unwrap();
    let expected = [row(1, "accepted", "", 11 + (1 << 40)), row(2, "accepted", "", 1)];
    assert_eq!(account(&*accounts).await, expected);
}

/// Nothing of such a call is stored: no count, no event, no position.
pub async fn a_repeated_or_earlier_position_changes_nothing<S: CatalogHarness>() {
    let store = S::fresh().await;
    let accounts = store.ports().accounts;
    accounts.apply(&[accepted(1, 5)], &[refused(0)], 0).await.unwrap();
    assert_eq!(account(&*accounts).await, []);
    accounts.apply(&[accepted(1, 5)], &[], 10).await.unwrap();
    for stale in [10, 9, 1, 0] {
        accounts.apply(&[accepted(1, 7)], &[refused(stale)], stale).await.unwrap();
    }
    assert_eq!(accounts.position().await.unwrap(), 10);
    assert_eq!(account(&*accounts).await, [row(1, "accepted", "", 5)]);
    assert_eq!(accounts.failed(project_id(1), None, 10).await.unwrap(), []);
}

/// Also when the same records are counted by several at once.
pub async fn concurrent_repetitions_count_once<S: CatalogHarness>() {
    let store = S::fresh().await;
    let mut calls = JoinSet::new();
    for repetition in 0..40_u64 {
        let accounts = store.ports().accounts;
        let position = repetition % 2 + 1;
        calls
            .spawn(async move { accounts.apply(&[accepted(1, 1)], &[refused(0)], position).await });
    }
    for applied in calls.join_all().await {
        applied.unwrap();
    }
    let accounts = store.ports().accounts;
    assert_eq!(accounts.position().await.unwrap(), 2);
    let counted = account(&*accounts).await;
    // One or two: position 1 counts only when it comes before position 2.
    assert!(matches!(&counted[..], [only] if (1..=2).contains(&only.count)), "{counted:?}");
    assert_eq!(accounts.failed(project_id(1), None, 10).await.unwrap().len(), 1);
}

/// By day, outcome and reason, from the first to the last day asked for.
pub async fn the_account_is_ordered_and_includes_both_ends<S: CatalogHarness>() {
    let store = S::fresh().await;
    let accounts = store.ports().accounts;
    let outcome = |day, outcome| OutcomeDelta { outcome, ..accepted(day, 1) };
    let deltas = [
        outcome(2, Outcome::Rejected(RejectionReason::InvalidField)),
        outcome(2, Outcome::Rejected(RejectionReason::Incomplete)),
        outcome(2, Outcome::Rejected(RejectionReason::InTheFuture)),
        outcome(2, Outcome::Duplicate),
        outcome(2, Outcome::Accepted),
        outcome(3, Outcome::Accepted),
        outcome(-1, Outcome::Accepted),
        outcome(4, Outcome::Accepted),
        outcome(1, Outcome::Accepted),
    ];
    accounts.apply(&deltas, &[], 1).await.unwrap();
    let expected = [
        row(2, "accepted", "", 1),
        row(2, "duplicate", "", 1),
        row(2, "refused", "in_the_future", 1),
        row(2, "refused", "incomplete", 1),
        row(2, "refused", "invalid_field", 1),
        row(3, "accepted", "", 1),
    ];
    assert_eq!(accounts.outcomes(project_id(1), 2, 3).await.unwrap(), expected);
    assert_eq!(accounts.outcomes(project_id(1), 3, 2).await.unwrap(), []);
    assert_eq!(account(&*accounts).await.len(), deltas.len());
}

/// And goes on counting from where it was.
pub async fn the_account_outlasts_a_restart<S: CatalogHarness>() {
    let mut store = S::fresh().await;
    store.ports().accounts.apply(&[accepted(1, 5)], &[], 10).await.unwrap();
    store.reopen().await;
    let accounts = store.ports().accounts;
    assert_eq!(accounts.position().await.unwrap(), 10);
    accounts.apply(&[accepted(1, 5)], &[], 10).await.unwrap();
    accounts.apply(&[accepted(1, 1)], &[], 11).await.unwrap();
    assert_eq!(account(&*accounts).await, [row(1, "accepted", "", 6)]);
}
