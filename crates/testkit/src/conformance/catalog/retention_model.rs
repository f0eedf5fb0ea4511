//! Removals among any arrivals: the rows left are the ones a filter of all rows leaves, and nothing else
//! changes.

use domain::crm::{ContactFact, RuleHistory, fold};
use domain::retention::RetentionKind;
use domain::session::{EndReason, ObservationKind, SessionObservation};
use domain::time::Timestamp;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;

use super::CatalogHarness;
use super::crm_fixtures::{contact_of, event, facts, open_tasks};
use super::fixtures::{project_id, two_projects};
use super::retention::remove;
use super::sessions::{at, everything, observation};

const DAY: i64 = 1_440;
const NAMES: [&str; 6] = [
    "customer.login",
    "booking.started",
    "booking.abandoned",
    "booking.completed",
    "payment.failed",
    "page.viewed",
];

/// A thing that happens.
#[derive(Debug, Clone)]
enum Step<T> {
    /// These arrive; rows before the floor are too late.
    Arrive(Vec<T>),
    /// All that has arrived arrives again.
    Repeat,
    /// The days before this one are removed.
    Remove(i64),
}

fn steps<T: Clone + std::fmt::Debug + 'static>(
    one: impl Strategy<Value = T> + 'static,
) -> impl Strategy<Value = Vec<Step<T>>> {
    let step = prop_oneof![
        4 => prop::collection::vec(one, 1..6).prop_map(Step::Arrive),
        1 => Just(Step::Repeat),
        2 => (0..5_i64).prop_map(Step::Remove),
    ];
    prop::collection::vec(step, 1..10)
}

/// Midnight before so many days after noon, twelve hours after the sessions of a day.
fn border(day: i64) -> Timestamp {
    at(day * DAY - 720)
}

fn run<S: CatalogHarness, V: std::fmt::Debug>(
    of: u32,
    values: &impl Strategy<Value = V>,
    check: impl Fn(V) -> Result<(), TestCaseError>,
) {
    let config =
        ProptestConfig { cases: S::cases(of), failure_persistence: None, ..<_>::default() };
    if let Err(failure) = TestRunner::new(config).run(values, check) {
        panic!("{failure}");
    }
}

/// Sessions: the ones active since are left, and customers' figures count all.
pub fn any_removals_leave_the_sessions_of_a_filter<S: CatalogHarness>() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    // At noon, and on both sides of the border.
    let minute = prop_oneof![0..90_i64, 660..780_i64];
    let one = (0..5_i64, minute, 0..3_usize, 0..3_usize, 0..5_u8).prop_map(
        |(day, minute, session, user, kind)| {
            let kind = match kind {
                0 => ObservationKind::Start,
                1 => ObservationKind::End(EndReason::SignOut),
                _ => ObservationKind::Activity,
            };
            let (session, user) = (["r", "s", "t"][session], ["", "asha", "baraka"][user]);
            observation(session, user, day * DAY + minute, kind)
        },
    );
    run::<S, _>(32, &steps(one), |steps| runtime.block_on(check_sessions::<S>(steps)));
}

async fn check_sessions<S: CatalogHarness>(
    steps: Vec<Step<SessionObservation>>,
) -> Result<(), TestCaseError> {
    let (_store, ports) = two_projects::<S>().await;
    let (_other, all) = two_projects::<S>().await;
    let (mut arrived, mut floor) = (Vec::new(), None);
    for (position, step) in (1..).zip(steps) {
        match step {
            Step::Arrive(observations) => {
                ports.sessions.apply(&observations, &[], position).await.unwrap();
                let in_time = observations.into_iter().filter(|it| Some(it.at) >= floor);
                let in_time: Vec<_> = in_time.collect();
                all.sessions.apply(&in_time, &[], position).await.unwrap();
                arrived.extend(in_time);
            }
            Step::Repeat => ports.sessions.apply(&arrived, &[], position).await.unwrap(),
            Step::Remove(day) => {
                // A project that keeps more is no removal.
                floor = floor.max(Some(border(day)));
                remove(&ports, RetentionKind::Sessions, floor.unwrap_or(border(day))).await;
            }
        }
    }
    let mut expected = everything(&all, project_id(1)).await;
    for (_, sessions) in &mut expected {
        sessions.retain(|session| Some(session.last_activity_at) >= floor);
    }
    prop_assert_eq!(everything(&ports, project_id(1)).await, expected);
    Ok(())
}

/// Activities: the timeline is that of a filter, and the contact and its tasks follow from all facts.
pub fn any_removals_leave_the_contacts_of_the_fold<S: CatalogHarness>() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let one = (any::<u64>(), 0..5_i64, 0..DAY, prop::sample::select(NAMES.to_vec())).prop_map(
        |(number, day, minute, name)| {
            let both = Some("u@shop.test");
            event(u128::from(number) >> 8, day * DAY + minute - 720, name, Some("u"), both)
        },
    );
    run::<S, _>(32, &steps(one), |steps| runtime.block_on(check_contacts::<S>(steps)));
}

async fn check_contacts<S: CatalogHarness>(
    steps: Vec<Step<ContactFact>>,
) -> Result<(), TestCaseError> {
    let (_store, ports) = two_projects::<S>().await;
    let (mut arrived, mut floor) = (Vec::new(), None);
    for (position, step) in (1..).zip(steps) {
        match step {
            Step::Arrive(batch) => {
                let in_time = batch.into_iter().filter(|it| Some(it.occurred_at) >= floor);
                let in_time: Vec<_> = in_time.collect();
                ports.crm.apply(&facts(&in_time), position).await.unwrap();
                arrived.extend(in_time);
            }
            Step::Repeat => ports.crm.apply(&facts(&arrived), position).await.unwrap(),
            Step::Remove(day) => {
                floor = floor.max(Some(border(day)));
                remove(&ports, RetentionKind::Activities, floor.unwrap_or(border(day))).await;
            }
        }
    }
    let Some(contact) = contact_of(&ports, "u").await else {
        prop_assert!(arrived.is_empty());
        return Ok(());
    };
    let expected = fold(project_id(1), arrived.clone(), &RuleHistory::default());
    let is_open = |task: &&domain::crm::Task| task.done_at.is_none();
    prop_assert_eq!(open_tasks(&ports).await.len(), expected.tasks.iter().filter(is_open).count());
    prop_assert_eq!(&contact.state, &expected);
    // A page view is no entry of a timeline.
    let mut shown: Vec<_> = arrived
        .iter()
        .filter(|fact| Some(fact.occurred_at) >= floor && fact.name() != "page.viewed")
        .map(|fact| fact.occurred_at)
        .collect();
    shown.sort();
    shown.reverse();
    let entries = ports.contacts.timeline(project_id(1), contact.id, None, 999).await.unwrap();
    let entries: Vec<_> = entries.into_iter().map(|entry| entry.occurred_at).collect();
    prop_assert_eq!(entries, shown);
    Ok(())
}
