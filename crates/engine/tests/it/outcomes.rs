//! The account is a pure projection: received = accepted + duplicate + refused, whatever happens.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use domain::id::ProjectId;
use domain::outcome::{Contract, Outcome, RejectionReason};
use domain::time::Timestamp;
use engine::ingest::{Envelope, IncomingItem, Rejection, Sender};
use engine::ports::catalog::{
    Error, FailedEvent, FailedEventCursor, NewFailedEvent, OutcomeCount, OutcomeDelta,
    OutcomeStore, RecordId,
};
use engine::ports::journal::{Journal, Position};
use engine::project_zones::ProjectZones;
use engine::projections::{OutcomesProjection, run};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use crate::fixture::{ADDRESS, BROWSER, KEY, PROJECT, ingest, item, rage_click};

/// Accounts in memory whose first transactions fail, before or after they are stored.
#[derive(Default)]
struct FlakyOutcomeStore {
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    position: Position,
    counts: std::collections::BTreeMap<Outcome, u64>,
    days: BTreeSet<i32>,
    failed: Vec<NewFailedEvent>,
    calls: u32,
}

#[async_trait]
impl OutcomeStore for FlakyOutcomeStore {
    async fn position(&self) -> Result<Position, Error> {
        Ok(self.state.lock().expect("unpoisoned").position)
    }

    async fn apply(
        &self,
        outcomes: &[OutcomeDelta],
        failed: &[NewFailedEvent],
        position: Position,
    ) -> Result<(), Error> {
        let mut state = self.state.lock().expect("unpoisoned");
        state.calls += 1;
        let broken = || Err(Error::Unavailable("the connection broke".into()));
        if state.calls == 1 {
            return broken();
        }
        assert!(position > state.position, "never applied twice");
        for delta in outcomes {
            assert_eq!(delta.project_id, PROJECT);
            state.days.insert(delta.day);
            *state.counts.entry(delta.outcome).or_default() += delta.count;
        }
        state.failed.extend_from_slice(failed);
        state.position = position;
        // Stored, and the answer lost on the way.
        if state.calls == 2 { broken() } else { Ok(()) }
    }

    async fn outcomes(&self, _: ProjectId, _: i32, _: i32) -> Result<Vec<OutcomeCount>, Error> {
        Ok(Vec::new())
    }

    async fn failed(
        &self,
        _: ProjectId,
        _: Option<FailedEventCursor>,
        _: u32,
    ) -> Result<Vec<FailedEvent>, Error> {
        Ok(Vec::new())
    }

    async fn failed_event(&self, _: ProjectId, _: RecordId) -> Result<Option<FailedEvent>, Error> {
        Ok(None)
    }

    async fn mark_resent(&self, _: ProjectId, _: RecordId, _: Timestamp) -> Result<(), Error> {
        Ok(())
    }

    async fn prune_failed(&self, _: Timestamp) -> Result<u64, Error> {
        Ok(0)
    }
}

#[tokio::test]
async fn the_account_balances_although_transactions_fail_before_and_after_they_are_stored() {
    let fixture = ingest(20);
    // Past midnight in the project's zone.
    fixture.clock.set(Timestamp::parse("2026-11-20T21:30:00Z").expect("an instant"));
    let admitted = fixture.ingest.admit(Some(KEY), None).await.err();
    assert!(admitted.is_some(), "a page without an origin is not on the list");
    let admitted =
        fixture.ingest.admit(Some(KEY), Some("https://shop.test")).await.expect("admitted");
    let sender = Sender { user_agent: BROWSER, address: ADDRESS };
    let bad = || IncomingItem {
        raw: b"twelve bytes",
        event: Err(Rejection::new(RejectionReason::InvalidField, "x: not a number")),
    };
    for _ in 0..2 {
        let items = vec![item(rage_click("a")), item(rage_click("b")), bad()];
        fixture
            .ingest
            .accept(Contract::Friction, &admitted, sender, Envelope::default(), items)
            .await
            .expect("taken");
    }
    fixture
        .ingest
        .refuse(PROJECT, Contract::Friction, RejectionReason::RateLimited, "too often", 5, b"x")
        .await
        .expect("taken");

    let accounts = Arc::new(FlakyOutcomeStore::default());
    let (position, mut reached) = watch::channel(0);
    let stop = CancellationToken::new();
    let zones = ProjectZones::new(fixture.settings.clone());
    let projection = Arc::new(OutcomesProjection::new(accounts.clone(), zones));
    let running = tokio::spawn(run(fixture.journal.clone(), projection, position, stop.clone()));
    let end = fixture.journal.bounds().await.expect("bounds").next;
    reached.wait_for(|at| *at == end).await.expect("the projection arrives");
    stop.cancel();
    running.await.expect("ends");

    let state = accounts.state.lock().expect("unpoisoned");
    let count = |outcome| state.counts.get(&outcome).copied().unwrap_or(0);
    assert_eq!(count(Outcome::Accepted), 2);
    assert_eq!(count(Outcome::Duplicate), 2);
    assert_eq!(count(Outcome::Rejected(RejectionReason::InvalidField)), 2);
    assert_eq!(count(Outcome::Rejected(RejectionReason::RateLimited)), 5);
    assert_eq!(state.days, BTreeSet::from([20_778]), "21 November");
    assert_eq!(state.failed.len(), 1, "the second refusal is beyond the budget of 20 bytes");
}
