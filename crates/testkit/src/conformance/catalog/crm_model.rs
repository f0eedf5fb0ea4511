//! Contacts against the fold: facts in any order, in batches of any size, each any number of times and
//! with restarts between them, make the contacts, statuses, counters and tasks of all facts at once.

use domain::crm::{ContactFact, RuleHistory, fold};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;

use super::CatalogHarness;
use super::crm_fixtures::{contact_of, event, facts, open_tasks};
use super::fixtures::project_id;

const NAMES: [&str; 8] = [
    "customer.created",
    "customer.login",
    "booking.started",
    "booking.step_completed",
    "booking.abandoned",
    "booking.completed",
    "payment.failed",
    "page.viewed",
];

/// Checks the sentence above for generated facts, each time on a store of its own.
pub fn any_order_yields_the_contacts_of_the_fold<S: CatalogHarness>() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let config =
        ProptestConfig { cases: S::cases(48), failure_persistence: None, ..<_>::default() };
    let checked = TestRunner::new(config)
        .run(&arrivals(), |(all, batches)| runtime.block_on(check::<S>(all, batches)));
    if let Err(failure) = checked {
        panic!("{failure}");
    }
}

async fn check<S: CatalogHarness>(
    all: Vec<ContactFact>,
    batches: Vec<Vec<ContactFact>>,
) -> Result<(), TestCaseError> {
    let mut store = S::fresh().await;
    for (position, batch) in (1..).zip(&batches) {
        store.ports().crm.apply(&facts(batch), position).await.unwrap();
        if position % 5 == 0 {
            store.reopen().await;
        }
    }
    let expected = fold(project_id(1), all, &RuleHistory::default());
    let ports = store.ports();
    let contact = contact_of(&ports, "u").await.unwrap();
    let mut open: Vec<_> = open_tasks(&ports).await.into_iter().map(|row| row.task).collect();
    open.sort_by_key(|task| task.seed.id);
    let mut tasks = expected.tasks.clone();
    tasks.retain(|task| task.done_at.is_none());
    tasks.sort_by_key(|task| task.seed.id);
    prop_assert_eq!(contact.state, expected);
    prop_assert_eq!(open, tasks);
    Ok(())
}

/// Facts that belong together at the latest by their last, and batches of them in any order, each
/// fact twice.
fn arrivals() -> impl Strategy<Value = (Vec<ContactFact>, Vec<Vec<ContactFact>>)> {
    let drawn = (0..30_i64, prop::sample::select(NAMES.to_vec()), 0..3_u8);
    let all = prop::collection::vec(drawn, 1..12).prop_map(|drawn| {
        let mut all: Vec<ContactFact> = drawn
            .into_iter()
            .zip(1..)
            .map(|((minute, name, who), number)| {
                let user = (who != 1).then_some("u");
                let email = (who != 0).then_some("u@shop.test");
                event(number, minute, name, user, email)
            })
            .collect();
        all.push(event(99, 15, "customer.updated", Some("u"), Some("u@shop.test")));
        all
    });
    all.prop_flat_map(|all| {
        let twice: Vec<ContactFact> = all.iter().chain(&all).cloned().collect();
        let batches = (Just(twice).prop_shuffle(), 1..6_usize)
            .prop_map(|(twice, size)| twice.chunks(size).map(<[ContactFact]>::to_vec).collect());
        (Just(all), batches)
    })
}
