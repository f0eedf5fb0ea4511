//! Sessions and figures in batches: what many facts at once give is what they give one by one.

use domain::customer_fact::{CustomerAction, CustomerFact};
use domain::session::{EndReason, ObservationKind, SessionObservation};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;

use super::fixtures::{project_id, two_projects};
use super::sessions::{at, everything, fact, observation, purchase};
use super::{CatalogHarness, Ports};

/// What one event says.
type DrawnEvent = (Option<SessionObservation>, Option<CustomerFact>);

/// Checks generated events of a few customers, sessions and browsers, in batches of any size, each event
/// twice.
pub fn any_batches_yield_the_rows_of_one_by_one<S: CatalogHarness>() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let config =
        ProptestConfig { cases: S::cases(32), failure_persistence: None, ..<_>::default() };
    let checked = TestRunner::new(config)
        .run(&arrivals(), |(all, batches)| runtime.block_on(check::<S>(&all, &batches)));
    if let Err(failure) = checked {
        panic!("{failure}");
    }
}

async fn check<S: CatalogHarness>(
    all: &[DrawnEvent],
    batches: &[Vec<DrawnEvent>],
) -> Result<(), TestCaseError> {
    let (_one, one_by_one) = two_projects::<S>().await;
    for (position, drawn) in (1..).zip(all) {
        apply(&one_by_one, std::slice::from_ref(drawn), position).await;
    }
    let (_other, together) = two_projects::<S>().await;
    for (position, batch) in (1..).zip(batches) {
        apply(&together, batch, position).await;
    }
    let expected = everything(&one_by_one, project_id(1)).await;
    prop_assert_eq!(everything(&together, project_id(1)).await, expected);
    Ok(())
}

async fn apply(ports: &Ports, drawn: &[DrawnEvent], position: u64) {
    let observations: Vec<_> =
        drawn.iter().filter_map(|(observation, _)| observation.clone()).collect();
    let facts: Vec<_> = drawn.iter().filter_map(|(_, fact)| fact.clone()).collect();
    ports.sessions.apply(&observations, &facts, position).await.unwrap();
}

fn arrivals() -> impl Strategy<Value = (Vec<DrawnEvent>, Vec<Vec<DrawnEvent>>)> {
    let drawn = (0..3_usize, 0..4_usize, 0..4_u8, 0..90_i64, 0..7_u8, 0..6_u8);
    let all = prop::collection::vec(drawn, 1..24).prop_map(|drawn| {
        let numbered = drawn.into_iter().zip(1..);
        numbered.map(|(drawn, number)| draw(drawn, number)).collect::<Vec<DrawnEvent>>()
    });
    all.prop_flat_map(|all| {
        let twice: Vec<DrawnEvent> = all.iter().chain(&all).cloned().collect();
        let batches = (Just(twice).prop_shuffle(), 1..48_usize)
            .prop_map(|(twice, size)| twice.chunks(size).map(<[DrawnEvent]>::to_vec).collect());
        (Just(all), batches)
    })
}

fn draw(drawn: (usize, usize, u8, i64, u8, u8), number: u128) -> DrawnEvent {
    let (session, user, browser, minute, kind, action) = drawn;
    let (session, user) = (["r", "s", "t"][session], ["", "asha", "baraka", "chika"][user]);
    let kind = match kind {
        0 => ObservationKind::Start,
        1 => ObservationKind::End(EndReason::SignOut),
        2 => ObservationKind::End(EndReason::Idle),
        3 => ObservationKind::End(EndReason::PageUnload),
        _ => ObservationKind::Activity,
    };
    let visitor_id = (browser > 0).then(|| format!("browser {browser}"));
    let seen = SessionObservation { visitor_id, ..observation(session, user, minute, kind) };
    let action = match action {
        0 => CustomerAction::Order(purchase(&format!("o{}", number % 3), i64::from(browser))),
        1 => CustomerAction::Booking(purchase(&format!("b{}", number % 3), i64::from(browser))),
        2 => CustomerAction::Review(format!("r{}", number % 2)),
        3 => CustomerAction::Login,
        4 => CustomerAction::Registration,
        _ => return (Some(seen), None),
    };
    let fact = (!user.is_empty()).then(|| fact(user, minute, number, action));
    (Some(SessionObservation { at: at(minute), ..seen }), fact)
}
