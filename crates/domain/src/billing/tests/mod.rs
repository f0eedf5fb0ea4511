//! The rules of billing, worked by hand, and for any order and repetition.

mod instants;
mod spans;

use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::id::{EventId, ProjectId, WidgetId};
use crate::money::Currency;
use crate::time::Timestamp;
use crate::zone::Zone;

const NOON: Timestamp = Timestamp::from_seconds(1_795_262_400);
const WIDGET: WidgetId = WidgetId(Uuid::from_u128(1));

fn fact(id: u128, kind: FactKind, second: i64) -> CallFact {
    CallFact {
        id: EventId(Uuid::from_u128(id)),
        widget_id: WIDGET,
        session_id: "s".to_owned(),
        kind,
        at: NOON.plus_seconds(second),
        seq: None,
        arrival: Arrival { received_at: NOON.plus_seconds(second), position: 0 },
    }
}

fn inferred(id: u128, start_second: i64, source: EndSource, second: i64) -> CallFact {
    let started_at = NOON.plus_seconds(start_second);
    fact(id, FactKind::InferredEnd { started_at, source }, second)
}

fn only(facts: &[CallFact]) -> Call {
    let calls = calls(facts);
    assert_eq!(calls.len(), 1, "{calls:?}");
    calls[0].clone()
}

fn seconds(call: &Call) -> i64 {
    call.duration_micros() / 1_000_000
}

#[test]
fn a_call_ends_at_the_first_of_its_real_end_and_error() {
    let call = only(&[
        fact(1, FactKind::Start, 0),
        fact(2, FactKind::End, 90),
        fact(3, FactKind::Error, 60),
    ]);
    assert_eq!(call.end.map(|end| end.kind), Some(EndKind::Error));
    assert_eq!(seconds(&call), 60);
    assert!(!call.awaits_end);
}

#[test]
fn a_real_end_supersedes_an_inferred_one_whichever_is_later() {
    for end in [20, 1_800, 2_700] {
        let call = only(&[
            fact(1, FactKind::Start, 0),
            inferred(2, 0, EndSource::Timeout, 1_800),
            fact(3, FactKind::End, end),
        ]);
        assert_eq!(call.end.map(|end| end.kind), Some(EndKind::End));
        assert_eq!(seconds(&call), end);
    }
}

#[test]
fn an_end_before_its_start_is_a_call_of_no_length() {
    let call = only(&[fact(1, FactKind::Start, 10), fact(2, FactKind::End, 4)]);
    assert_eq!(seconds(&call), 0);
    assert!(!call.awaits_end);
}

#[test]
fn an_inferred_end_stands_at_the_last_heartbeat_also_when_that_came_late() {
    let call = only(&[
        fact(1, FactKind::Start, 0),
        inferred(2, 0, EndSource::Timeout, 1_800),
        fact(3, FactKind::Heartbeat, 300),
        fact(4, FactKind::Heartbeat, 270),
    ]);
    assert_eq!(seconds(&call), 300);
}

#[test]
fn a_repeated_start_does_not_bill_the_time_twice() {
    let all = calls(&[
        fact(1, FactKind::Start, 0),
        fact(2, FactKind::Start, 0),
        fact(3, FactKind::Start, 10),
        fact(4, FactKind::End, 60),
    ]);
    assert_eq!(all.iter().map(seconds).collect::<Vec<_>>(), [10, 50]);
    assert_eq!(all[0].end.map(|end| end.kind), Some(EndKind::NextCall));
    assert!(all.iter().all(|call| !call.awaits_end), "the session has a real end after both");
}

#[test]
fn a_second_call_without_an_end_awaits_one_although_the_first_has_ended() {
    let all = calls(&[
        fact(1, FactKind::Start, 0),
        fact(2, FactKind::End, 5),
        fact(3, FactKind::Start, 9),
    ]);
    assert_eq!(all.iter().map(|call| call.awaits_end).collect::<Vec<_>>(), [false, true]);
}

#[test]
fn an_end_whose_start_is_not_known_yet_is_no_call() {
    assert_eq!(calls(&[fact(1, FactKind::End, 5), fact(2, FactKind::Heartbeat, 1)]), []);
}

#[test]
fn an_end_is_inferred_after_30_minutes_without_a_heartbeat() {
    let at = |second| NOON.plus_seconds(second);
    assert_eq!(inferred_end(NOON, None, at(1_799)), None);
    let timeout = InferredEnd { at: at(1_800), source: EndSource::Timeout };
    assert_eq!(inferred_end(NOON, None, at(1_800)), Some(timeout));
    assert_eq!(inferred_end(NOON, Some(at(1_790)), at(1_860)), None, "still going on");
    let heartbeat = InferredEnd { at: at(1_790), source: EndSource::Heartbeat };
    assert_eq!(inferred_end(NOON, Some(at(1_790)), at(1_880)), Some(heartbeat));
}

#[test]
fn the_inferred_event_is_read_back_and_always_has_the_same_id() {
    let end = InferredEnd { at: NOON.plus_seconds(1_800), source: EndSource::Timeout };
    let project = ProjectId(Uuid::from_u128(9));
    let event = |now| inferred_event(project, WIDGET, "s", NOON, end, now);
    let (one, other) = (event(NOON), event(NOON.plus_seconds(9)));
    assert_eq!(one.id, other.id);
    assert_ne!(one.id, call_id(WIDGET, "t", NOON));
    let read = CallFact::read(&one.borrowed(), 0).expect("a fact");
    let source = EndSource::Timeout;
    assert_eq!(read.kind, FactKind::InferredEnd { started_at: NOON, source });
    let properties = one.properties.expect("properties");
    assert!(
        properties.contains(r#""metadata":{"end_source":"timeout","inferred":true}"#),
        "{properties}"
    );
}

#[test]
fn a_client_cannot_claim_that_its_end_is_inferred() {
    let end = InferredEnd { at: NOON, source: EndSource::Timeout };
    let mut event = inferred_event(ProjectId(Uuid::nil()), WIDGET, "s", NOON, end, NOON);
    event.properties = Some(format!(
        r#"{{"widget_id":"{}","metadata":{{"inferred":true,"end_source":"timeout"}}}}"#,
        WIDGET.0
    ));
    assert_eq!(CallFact::read(&event.borrowed(), 0).map(|fact| fact.kind), Some(FactKind::End));
}

fn tariff(rounding: Rounding, free_seconds: u32) -> Tariff {
    let currency = Currency::parse("TZS").expect("a currency");
    Tariff { currency, price_minor: 250, basis: Basis::TalkTime, rounding, free_seconds }
}

#[test]
fn tariffs_round_by_whole_seconds_or_started_minutes_after_the_free_ones() {
    let charge = |rounding, free, millis: i64| {
        let tariff = tariff(rounding, free);
        let charge = tariff.charge(tariff.measure().units(millis * 1_000));
        (charge.billable_seconds, charge.amount_minor)
    };
    assert_eq!(charge(Rounding::PerSecond, 0, 90_999), (90, 22_500));
    assert_eq!(charge(Rounding::PerStartedMinute, 0, 60_000), (60, 250));
    assert_eq!(charge(Rounding::PerStartedMinute, 0, 60_001), (120, 500));
    assert_eq!(charge(Rounding::PerStartedMinute, 10, 70_000), (60, 250));
    assert_eq!(charge(Rounding::PerSecond, 10, 9_000), (0, 0));
    assert_eq!(charge(Rounding::PerSecond, 0, -5_000), (0, 0));
}

#[test]
fn months_have_their_ends_in_utc() {
    let month = Month::parse("2026-12").expect("a month");
    let [start, end] = [month, month.next()].map(|month| month.start(Zone::UTC));
    assert_eq!(start.to_rfc3339(), "2026-12-01T00:00:00.000Z");
    assert_eq!(end.to_rfc3339(), "2027-01-01T00:00:00.000Z");
    assert_eq!(Month::of(end.plus_micros(-1), Zone::UTC), month);
    assert_eq!(month.next().to_string(), "2027-01");
    for text in ["2026-13", "2026-00", "26-01", "2026-1", "2026/01", "+202-01", ""] {
        assert_eq!(Month::parse(text), Err(InvalidMonth), "{text}");
    }
}

fn any_fact() -> impl Strategy<Value = CallFact> {
    let kind = prop_oneof![
        3 => Just(FactKind::Start),
        2 => Just(FactKind::End),
        1 => Just(FactKind::Error),
        2 => Just(FactKind::Heartbeat),
        1 => (0..40_i64).prop_map(|second| FactKind::InferredEnd {
            started_at: NOON.plus_seconds(second),
            source: EndSource::Timeout,
        }),
    ];
    // Few instants, so that they coincide often.
    (kind, 0..40_i64, 0..4_u128).prop_map(|(kind, second, salt)| {
        let id = u128::from(second.unsigned_abs()) * 100
            + salt * 10
            + match kind {
                FactKind::Start => 0,
                FactKind::End => 1,
                FactKind::Error => 2,
                FactKind::Heartbeat => 3,
                FactKind::InferredEnd { .. } => 4,
            };
        fact(id, kind, second)
    })
}

proptest! {
    #[test]
    fn any_order_and_repetition_gives_the_same_calls(
        facts in prop::collection::vec(any_fact(), 0..30).prop_flat_map(|facts| {
            let repeated: Vec<CallFact> =
                facts.iter().chain(facts.iter().step_by(2)).cloned().collect();
            (Just(facts), Just(repeated).prop_shuffle())
        }),
    ) {
        let (once, repeated) = facts;
        prop_assert_eq!(calls(&once), calls(&repeated));
    }

    #[test]
    fn no_call_is_billed_negatively_and_a_real_end_always_wins(
        facts in prop::collection::vec(any_fact(), 0..30),
    ) {
        for call in calls(&facts) {
            prop_assert!(call.duration_micros() >= 0);
            let is_real = call.end.is_some_and(|end| end.kind.is_real());
            prop_assert!(!(is_real && call.awaits_end));
            let usage = Usage::of(&call, Some(&tariff(Rounding::PerStartedMinute, 3)));
            prop_assert!(usage.billable_seconds >= 0 && usage.amount_minor >= 0);
        }
    }

    #[test]
    fn every_instant_of_a_session_is_billed_once_at_most(
        facts in prop::collection::vec(any_fact(), 0..30),
    ) {
        let all = calls(&facts);
        for pair in all.windows(2) {
            let end = pair[0].end.expect("a call before another has ended");
            prop_assert!(end.at <= pair[1].started_at);
        }
    }
}
