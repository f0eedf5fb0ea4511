//! Clocks of whole seconds: several facts of one instant.

use proptest::prelude::*;

use super::*;

/// Facts that arrive in this order.
fn arriving<const COUNT: usize>(mut facts: [CallFact; COUNT]) -> [CallFact; COUNT] {
    for (fact, position) in facts.iter_mut().zip(0..) {
        fact.arrival = Arrival { received_at: NOON, position };
    }
    facts
}

/// A clock of whole seconds: 120 s were billed as 1,920 s.
#[test]
fn a_call_that_ends_at_the_instant_it_began_keeps_its_end() {
    let facts = arriving([
        fact(1, FactKind::Start, 0),
        fact(2, FactKind::End, 120),
        fact(3, FactKind::Start, 120),
        fact(4, FactKind::End, 120),
    ]);
    let all = calls(&facts);
    assert_eq!(all.iter().map(seconds).collect::<Vec<_>>(), [120, 0]);
    let ends: Vec<_> = all.iter().map(|call| call.end.map(|end| end.event.0.as_u128())).collect();
    assert_eq!(ends, [Some(2), Some(4)]);
    assert!(all.iter().all(|call| !call.awaits_end));
}

#[test]
fn a_call_that_fails_and_is_repeated_within_the_second_is_two_calls() {
    let facts = arriving([
        fact(1, FactKind::Start, 20),
        fact(2, FactKind::Error, 20),
        fact(3, FactKind::Start, 20),
        fact(4, FactKind::End, 140),
    ]);
    let all = calls(&facts);
    assert_eq!(all.iter().map(seconds).collect::<Vec<_>>(), [0, 120]);
    assert_eq!(all.iter().map(|call| call.ordinal).collect::<Vec<_>>(), [0, 1]);
}

#[test]
fn the_pages_own_numbers_go_before_the_order_of_arrival() {
    let mut facts = arriving([
        fact(4, FactKind::End, 140),
        fact(3, FactKind::Start, 20),
        fact(1, FactKind::Start, 20),
        fact(2, FactKind::Error, 20),
    ]);
    assert_eq!(calls(&facts).len(), 1, "a repeated start, as far as anyone can tell");
    for (fact, seq) in facts.iter_mut().zip([4, 3, 1, 2]) {
        fact.seq = Some(seq);
    }
    let all = calls(&facts);
    assert_eq!(all.iter().map(seconds).collect::<Vec<_>>(), [0, 120]);
    // Two starts that are numbered are two calls, also with nothing between them.
    assert_eq!(calls(&[facts[1].clone(), facts[2].clone()]).len(), 2);
}

/// One inferred end for an instant: it is named by the instant.
#[test]
fn of_the_calls_of_an_instant_the_last_awaits_the_end() {
    let mut facts = arriving([fact(1, FactKind::Start, 0), fact(2, FactKind::Start, 0)]);
    (facts[0].seq, facts[1].seq) = (Some(1), Some(2));
    let awaits = |facts: &[CallFact]| -> Vec<bool> {
        calls(facts).iter().map(|call| call.awaits_end).collect()
    };
    assert_eq!(awaits(&facts), [false, true]);
    let [first, second] = facts;
    let all = [first, second, inferred(3, 0, EndSource::Timeout, 1_800)];
    assert_eq!(awaits(&all), [false, false]);
    assert_eq!(calls(&all).iter().map(seconds).collect::<Vec<_>>(), [0, 1_800]);
}

/// One call of a history: microseconds before it, and of it; how it ended; whether its page reports a second end.
type CallPlan = (i64, i64, Option<FactKind>, bool);

fn call_plan() -> impl Strategy<Value = CallPlan> {
    let micros = || prop_oneof![1..900_000_i64, 1..9_000_000_i64];
    let end = prop_oneof![
        4 => Just(Some(FactKind::End)),
        1 => Just(Some(FactKind::Error)),
        1 => Just(None),
    ];
    (micros(), micros(), end, prop::bool::weighted(0.2))
}

/// The facts of a history as they happened, by a clock of microseconds.
fn history(plans: &[CallPlan]) -> Vec<CallFact> {
    let mut facts: Vec<CallFact> = Vec::new();
    let mut at = NOON;
    let mut report = |kind, at| {
        let number = facts.len() as u64 + 1;
        let arrival = Arrival { received_at: NOON, position: number };
        facts.push(CallFact { at, arrival, ..fact(u128::from(number), kind, 0) });
    };
    for (before, length, end, is_ended_twice) in plans {
        at = at.plus_micros(*before);
        report(FactKind::Start, at);
        let Some(end) = end else { continue };
        at = at.plus_micros(*length);
        report(*end, at);
        if *is_ended_twice {
            at = at.plus_micros(1);
            report(FactKind::End, at);
        }
    }
    facts
}

/// Each real end with the start it belongs to.
fn pairs(facts: &[CallFact]) -> Vec<(EventId, EventId)> {
    let real = |call: &Call| Some((call.end.filter(|end| end.kind.is_real())?.event, call.start));
    calls(facts).iter().filter_map(real).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn clocks_of_whole_seconds_pair_as_exact_ones(
        plans in prop::collection::vec(call_plan(), 0..8),
        numbered in prop::option::of(any::<u64>()),
    ) {
        let mut exact = history(&plans);
        if let Some(salt) = numbered {
            // Where the page counts, its events may arrive in any order.
            for (fact, seq) in exact.iter_mut().zip(0_u32..) {
                fact.seq = Some(seq);
                fact.arrival.position = (u64::from(seq) + 1).wrapping_mul(salt | 1);
            }
        }
        let rounded: Vec<CallFact> = exact
            .iter()
            .map(|fact| CallFact { at: fact.at.floor_to_seconds(1), ..fact.clone() })
            .collect();
        prop_assert_eq!(pairs(&rounded), pairs(&exact));
        let talk_micros = |facts: &[CallFact]| -> i64 {
            calls(facts).iter().map(Call::duration_micros).sum()
        };
        let calls = i64::try_from(plans.len()).expect("a few");
        let difference = (talk_micros(&rounded) - talk_micros(&exact)).abs();
        prop_assert!(difference <= calls * 1_000_000, "{} µs", difference);
    }
}
