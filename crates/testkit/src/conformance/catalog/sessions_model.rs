//! Sessions and figures in batches: what many facts at once give is what they give one by one.

use domain::customer_fact::{CustomerFact, Deed};
use domain::session::{EndReason, Mark, Sighting};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;

use super::given::{project_id, two_projects};
use super::sessions::{at, everything, fact, purchase, sighting};
use super::{Ports, Store};

/// What one event says.
type Said = (Option<Sighting>, Option<CustomerFact>);

/// Checks generated events of a few customers, sessions and browsers, in batches of any size, each event
/// twice.
pub fn any_batches_yield_the_rows_of_one_by_one<S: Store>() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let config =
        ProptestConfig { cases: S::cases(32), failure_persistence: None, ..<_>::default() };
    let checked = TestRunner::new(config)
        .run(&arrivals(), |(all, batches)| runtime.block_on(check::<S>(&all, &batches)));
    if let Err(failure) = checked {
        panic!("{failure}");
    }
}

async fn check<S: Store>(all: &[Said], batches: &[Vec<Said>]) -> Result<(), TestCaseError> {
    let (_one, one_by_one) = two_projects::<S>().await;
    for (position, said) in (1..).zip(all) {
        apply(&one_by_one, std::slice::from_ref(said), position).await;
    }
    let (_other, together) = two_projects::<S>().await;
    for (position, batch) in (1..).zip(batches) {
        apply(&together, batch, position).await;
    }
    let expected = everything(&one_by_one, project_id(1)).await;
    prop_assert_eq!(everything(&together, project_id(1)).await, expected);
    Ok(())
}

async fn apply(ports: &Ports, said: &[Said], position: u64) {
    let sightings: Vec<_> = said.iter().filter_map(|(sighting, _)| sighting.clone()).collect();
    let facts: Vec<_> = said.iter().filter_map(|(_, fact)| fact.clone()).collect();
    ports.sessions.apply(&sightings, &facts, position).await.unwrap();
}

fn arrivals() -> impl Strategy<Value = (Vec<Said>, Vec<Vec<Said>>)> {
    let drawn = (0..3_usize, 0..4_usize, 0..4_u8, 0..90_i64, 0..7_u8, 0..6_u8);
    let all = prop::collection::vec(drawn, 1..24).prop_map(|drawn| {
        let numbered = drawn.into_iter().zip(1..);
        numbered.map(|(drawn, number)| said(drawn, number)).collect::<Vec<Said>>()
    });
    all.prop_flat_map(|all| {
        let twice: Vec<Said> = all.iter().chain(&all).cloned().collect();
        let batches = (Just(twice).prop_shuffle(), 1..48_usize)
            .prop_map(|(twice, size)| twice.chunks(size).map(<[Said]>::to_vec).collect());
        (Just(all), batches)
    })
}

fn said(drawn: (usize, usize, u8, i64, u8, u8), number: u128) -> Said {
    let (session, user, browser, minute, mark, deed) = drawn;
    let (session, user) = (["r", "s", "t"][session], ["", "asha", "baraka", "chika"][user]);
    let mark = match mark {
        0 => Mark::Start,
        1 => Mark::End(EndReason::SignOut),
        2 => Mark::End(EndReason::Idle),
        3 => Mark::End(EndReason::PageUnload),
        _ => Mark::Activity,
    };
    let visitor_id = (browser > 0).then(|| format!("browser {browser}"));
    let seen = Sighting { visitor_id, ..sighting(session, user, minute, mark) };
    let deed = match deed {
        0 => Deed::Order(purchase(&format!("o{}", number % 3), i64::from(browser))),
        1 => Deed::Booking(purchase(&format!("b{}", number % 3), i64::from(browser))),
        2 => Deed::Review(format!("r{}", number % 2)),
        3 => Deed::Login,
        4 => Deed::Registration,
        _ => return (Some(seen), None),
    };
    let told = (!user.is_empty()).then(|| fact(user, minute, number, deed));
    (Some(Sighting { at: at(minute), ..seen }), told)
}
