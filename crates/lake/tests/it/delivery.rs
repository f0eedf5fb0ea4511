//! Known answers: do the events that clients number arrive?

use domain::event::{Category, Event};
use domain::question::{Delivery, Period};
use engine::ports::lake::LakeQuestions as _;

use crate::support::{Fixture, PROJECT, at, event};

/// Events of one session with these numbers, one a second from `second` on.
fn visit(session: &str, category: Category, second: i64, numbers: &[u32]) -> Vec<Event> {
    let numbered = |(index, seq): (usize, &u32)| {
        let offset = i64::try_from(index).expect("a few");
        let id = u128::from(*seq) + 1_000 * session.bytes().map(u128::from).sum::<u128>();
        let id = id + u128::from(category == Category::Widget) * 1_000_000;
        Event {
            session_id: Some(session.to_owned()),
            seq: Some(*seq),
            ..event(id, second + offset, category, "pageview")
        }
    };
    numbers.iter().enumerate().map(numbered).collect()
}

fn hours(from: i64, to: i64) -> Period {
    Period::new(at(from * 3_600), at(to * 3_600)).expect("a period")
}

#[tokio::test]
async fn what_is_missing_below_the_highest_number_was_lost() {
    let heatmap = Category::Heatmap;
    let mut events = Vec::new();
    // Five short visits received whole: these were shown as 3 of 20.
    for (index, session) in ["a", "b", "c", "d", "e"].into_iter().enumerate() {
        events.extend(visit(
            session,
            heatmap,
            60 * i64::try_from(index).expect("a few"),
            &[1, 2, 3, 4],
        ));
    }
    let fixture = Fixture::holding(events.clone()).await;
    let ask = async |fixture: &Fixture, period, idle_since: i64| {
        let answer = fixture.lake.delivery(PROJECT, period, at(idle_since), None).await;
        answer.expect("an answer")
    };
    let whole =
        Delivery { visits: 5, complete_visits: 5, numbered: 20, received: 20, open_visits: 0 };
    assert_eq!(ask(&fixture, hours(0, 1), 3_600).await, whole);

    // One lost its first and its third event, in any order; two tabs gave a number twice.
    events.extend(visit("f", heatmap, 400, &[5, 2, 4]));
    let twice = Event { id: event(99, 0, heatmap, "x").id, ..events[0].clone() };
    events.push(twice);
    // A widget counts by itself, also where it has the visit's id, and so do clients that begin at 0.
    events.extend(visit("a", Category::Widget, 500, &[1, 3]));
    events.extend(visit("g", heatmap, 600, &[0, 1, 2]));
    // Events without a number, or of no visit, are nobody's.
    events.push(event(100, 10, heatmap, "pageview"));
    events.push(Event { seq: Some(50), session_id: None, ..event(101, 10, heatmap, "pageview") });
    let fixture = Fixture::holding(events.clone()).await;
    let expected = Delivery {
        visits: 8,
        complete_visits: 6,
        numbered: 20 + 5 + 3 + 3,
        received: 20 + 3 + 2 + 3,
        open_visits: 0,
    };
    assert_eq!(ask(&fixture, hours(0, 1), 3_600).await, expected);
    // The last second of "g" is 602: it goes on, and so does whatever came later.
    let open = ask(&fixture, hours(0, 1), 601).await;
    assert_eq!(
        open,
        Delivery { visits: 7, complete_visits: 5, numbered: 28, received: 25, open_visits: 1 }
    );
    let foreign = domain::id::ProjectId(uuid::Uuid::from_u128(9));
    let none =
        fixture.lake.delivery(foreign, hours(0, 1), at(3_600), None).await.expect("an answer");
    assert_eq!(none, Delivery::default());
}

/// Any sender can send the highest number there is: one such visit counts 1,000 missing events, not
/// 4,294,967,293.
#[tokio::test]
async fn a_forged_number_lowers_the_rate_by_a_thousand_events_at_most() {
    let heatmap = Category::Heatmap;
    let mut events = visit("whole", heatmap, 0, &[1, 2, 3, 4]);
    events.extend(visit("forged", heatmap, 60, &[1, u32::MAX]));
    let ask = async |events: &[Event]| {
        let fixture = Fixture::holding(events.to_vec()).await;
        let answer = fixture.lake.delivery(PROJECT, hours(0, 1), at(3_600), None).await;
        let answer = answer.expect("an answer");
        (answer.visits, answer.complete_visits, answer.numbered, answer.received)
    };
    assert_eq!(ask(&events).await, (2, 1, 4 + 2 + 1_000, 4 + 2));
    // As many as that may be missing: they are counted as they are.
    let lossy = visit("lossy", heatmap, 120, &[1, 1_001]);
    assert_eq!(ask(&lossy).await, (1, 0, 1_001, 2));
    let most = visit("most", heatmap, 120, &[1, 1_002]);
    assert_eq!(ask(&most).await, (1, 0, 1_002, 2));
    let more = visit("more", heatmap, 120, &[1, 1_003]);
    assert_eq!(ask(&more).await, (1, 0, 1_002, 2));
}

/// A visit across midnight, of which the events of the day before were removed.
#[tokio::test]
async fn removed_events_are_not_missing() {
    let mut events = visit("rest", Category::Heatmap, 60, &[40, 41, 43]);
    events.extend(visit("new", Category::Heatmap, 86_400, &[2, 3]));
    let fixture = Fixture::holding(events).await;
    let ask = async |removed_before| {
        let days = hours(0, 48);
        let answer = fixture.lake.delivery(PROJECT, days, at(172_800), removed_before).await;
        let answer = answer.expect("an answer");
        (answer.visits, answer.numbered, answer.received)
    };
    assert_eq!(ask(Some(at(0))).await, (2, 4 + 3, 5), "42 is missing, and 1 of the new visit");
    assert_eq!(ask(None).await, (2, 43 + 3, 5));
}

/// A visit belongs to the period it began in, whole.
#[tokio::test]
async fn a_visit_across_the_ends_of_a_period_is_counted_once() {
    let mut events = visit("late", Category::Heatmap, 3_599, &[1, 2, 3]);
    events.extend(visit("early", Category::Heatmap, -1, &[1, 2]));
    let fixture = Fixture::holding(events).await;
    let ask = async |from, to| {
        let answer = fixture.lake.delivery(PROJECT, hours(from, to), at(86_400), None).await;
        let answer = answer.expect("an answer");
        (answer.visits, answer.numbered, answer.received)
    };
    assert_eq!(ask(-1, 0).await, (1, 2, 2));
    assert_eq!(ask(0, 1).await, (1, 3, 3));
    assert_eq!(ask(1, 2).await, (0, 0, 0));
    assert_eq!(ask(-1, 2).await, (2, 5, 5));
}
