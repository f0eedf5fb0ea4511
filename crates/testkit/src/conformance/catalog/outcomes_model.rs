//! The account against a model: any sequence of calls, with repeated and stale positions and
//! restarts between them, yields what a map in memory yields.

use std::collections::{BTreeMap, BTreeSet};

use domain::outcome::{Contract, Outcome, RejectionReason};
use engine::ports::catalog::{NewFailedEvent, OutcomeDelta};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;

use super::fixtures::{NOON, project_id};
use super::{CatalogHarness, Ports};

const PROJECTS: u128 = 3;

/// What is done to the account.
#[derive(Debug, Clone)]
enum Step {
    Apply { deltas: Vec<OutcomeDelta>, failed: BTreeSet<u64>, position: u64 },
    Restart,
}

/// The account in memory.
#[derive(Debug, Default)]
struct Model {
    position: u64,
    counts: BTreeMap<(u128, i32, &'static str, &'static str), u64>,
    failed: BTreeSet<u64>,
}

impl Model {
    fn apply(&mut self, deltas: &[OutcomeDelta], failed: &BTreeSet<u64>, position: u64) {
        if position <= self.position {
            return;
        }
        self.position = position;
        self.failed.extend(failed);
        for delta in deltas {
            let OutcomeDelta { project_id, day, outcome, count } = delta;
            let key = (project_id.0.as_u128(), *day, outcome.as_str(), outcome.reason_str());
            *self.counts.entry(key).or_default() += count;
        }
    }
}

/// Checks the sentence above for generated sequences, each on a store of its own.
pub fn any_sequence_yields_the_account<S: CatalogHarness>() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let config =
        ProptestConfig { cases: S::cases(64), failure_persistence: None, ..<_>::default() };
    let steps = proptest::collection::vec(step(), 1..24);
    let checked = TestRunner::new(config).run(&steps, |steps| runtime.block_on(check::<S>(steps)));
    if let Err(failure) = checked {
        panic!("{failure}");
    }
}

async fn check<S: CatalogHarness>(steps: Vec<Step>) -> Result<(), TestCaseError> {
    let mut store = S::fresh().await;
    let mut model = Model::default();
    for step in steps {
        match step {
            Step::Restart => store.reopen().await,
            Step::Apply { deltas, failed, position } => {
                let events: Vec<_> = failed.iter().copied().map(failed_event).collect();
                store.ports().accounts.apply(&deltas, &events, position).await.unwrap();
                model.apply(&deltas, &failed, position);
            }
        }
    }
    compare(&store.ports(), &model).await
}

async fn compare(ports: &Ports, model: &Model) -> Result<(), TestCaseError> {
    prop_assert_eq!(ports.accounts.position().await.unwrap(), model.position);
    let mut counts = Vec::new();
    for project in (0..PROJECTS).map(project_id) {
        for row in ports.accounts.outcomes(project, i32::MIN, i32::MAX).await.unwrap() {
            counts.push((project.0.as_u128(), row.day, row.outcome, row.reason, row.count));
        }
    }
    let expected: Vec<_> = model
        .counts
        .iter()
        .map(|(&(project, day, outcome, reason), &count)| {
            (project, day, outcome.to_owned(), reason.to_owned(), count)
        })
        .collect();
    prop_assert_eq!(counts, expected);
    let failed = ports.accounts.failed(project_id(0), None, u32::MAX).await.unwrap();
    let positions: Vec<u64> = failed.iter().map(|event| event.id.position).collect();
    prop_assert_eq!(positions, model.failed.iter().rev().copied().collect::<Vec<_>>());
    Ok(())
}

fn step() -> impl Strategy<Value = Step> {
    let apply = (
        proptest::collection::vec(delta(), 0..5),
        proptest::collection::btree_set(0..30_u64, 0..3),
        0..30_u64,
    )
        .prop_map(|(deltas, failed, position)| Step::Apply { deltas, failed, position });
    prop_oneof![8 => apply, 1 => Just(Step::Restart)]
}

fn delta() -> impl Strategy<Value = OutcomeDelta> {
    let outcome = prop_oneof![
        Just(Outcome::Accepted),
        Just(Outcome::Duplicate),
        proptest::sample::select(RejectionReason::ALL.to_vec()).prop_map(Outcome::Rejected),
    ];
    (0..PROJECTS, -2..3_i32, outcome, 1..1_000_u64).prop_map(|(project, day, outcome, count)| {
        OutcomeDelta { project_id: project_id(project), day, outcome, count }
    })
}

fn failed_event(position: u64) -> NewFailedEvent {
    NewFailedEvent {
        position,
        project_id: project_id(0),
        received_at: NOON,
        contract: Contract::Friction,
        reason: RejectionReason::TooOld,
        detail: String::new(),
        bytes: Vec::new(),
    }
}
