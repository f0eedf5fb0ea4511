//! A reference that tries every attempt, and random histories on which the matcher must agree with it.

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use super::*;

/// Every way to go on from `taken`, longest first, then by the earliest events.
fn longest(
    events: &[FunnelEvent],
    taken: &[usize],
    steps: usize,
    can_follow: &dyn Fn(usize, usize) -> bool,
) -> Vec<usize> {
    let last = *taken.last().expect("an entry");
    let mut best = taken.to_vec();
    if taken.len() == steps {
        return best;
    }
    for index in last + 1..events.len() {
        if events[index].steps.has(taken.len()) && can_follow(last, index) {
            let longer = [taken, &[index]].concat();
            let found = longest(events, &longer, steps, can_follow);
            if found.len() > best.len() {
                best = found;
            }
        }
    }
    best
}

fn is_considered(event: &FunnelEvent) -> bool {
    !event.steps.is_empty() || event.friction.is_none()
}

/// In how many different steps these events can be used, each event for one.
fn most_steps(events: &[FunnelEvent], free: &[usize]) -> usize {
    let Some((first, rest)) = events.split_first() else { return 0 };
    let unused = most_steps(rest, free);
    let used = free.iter().filter(|step| first.steps.has(**step)).map(|step| {
        let others: Vec<usize> = free.iter().copied().filter(|it| it != step).collect();
        1 + most_steps(rest, &others)
    });
    used.max().unwrap_or(0).max(unused)
}

fn in_any_order(events: &[FunnelEvent], entry: usize, steps: usize, window: i64) -> Vec<usize> {
    let all: Vec<usize> = (0..steps).collect();
    let is_late =
        |event: &FunnelEvent| event.at.micros_since(events[entry].at) > window * 1_000_000;
    let end = events.iter().position(is_late).unwrap_or(events.len());
    let covered = |until: usize| most_steps(&events[entry..until], &all);
    (entry..end).filter(|index| covered(index + 1) > covered(*index)).collect()
}

fn reference(
    events: &[FunnelEvent],
    steps: usize,
    order: FunnelOrder,
    window: i64,
) -> Option<Vec<usize>> {
    let mut best: Option<Vec<usize>> = None;
    for entry in 0..events.len() {
        let is_within =
            |index: usize| events[index].at.micros_since(events[entry].at) <= window * 1_000_000;
        let found = match order {
            FunnelOrder::Any if events[entry].steps.is_empty() => continue,
            FunnelOrder::Any => in_any_order(events, entry, steps, window),
            _ if !events[entry].steps.has(0) => continue,
            FunnelOrder::Ordered => longest(events, &[entry], steps, &|_, index| is_within(index)),
            FunnelOrder::Strict => longest(events, &[entry], steps, &|last, index| {
                is_within(index) && !events[last + 1..index].iter().any(is_considered)
            }),
        };
        if best.as_ref().is_none_or(|best| found.len() > best.len()) {
            best = Some(found);
        }
    }
    best
}

fn any_event(steps: usize) -> impl Strategy<Value = FunnelEvent> {
    // Few instants and steps, so that all happens: ties, repeated steps, and events of several steps.
    let masks = prop_oneof![
        4 => (0..steps).prop_map(|step| 1_u8 << step),
        2 => 0..=u8::MAX >> (8 - steps),
    ];
    (0..12_i64, masks, 0..4_u8).prop_map(|(second, mask, friction)| FunnelEvent {
        steps: StepSet(mask),
        friction: (friction == 0).then_some(Kind::RageClick),
        ..event(second, &[])
    })
}

fn any_history() -> impl Strategy<Value = (usize, i64, Vec<FunnelEvent>)> {
    (2..=4_usize, 1..8_i64).prop_flat_map(|(steps, window)| {
        let events = proptest::collection::vec(any_event(steps), 0..10).prop_map(|mut events| {
            events.sort_by_key(|event| event.at);
            events
        });
        (Just(steps), Just(window), events)
    })
}

fn agrees_on_random_histories(order: FunnelOrder) {
    let mut runner = TestRunner::new(Config { cases: 2_500, ..Config::default() });
    let result = runner.run(&any_history(), |(steps, window, events)| {
        let window_seconds = u32::try_from(window).expect("small");
        let found = FunnelAttempt::best(&events, steps, order, window_seconds);
        let found = found.map(|attempt| attempt.reached().to_vec());
        prop_assert_eq!(found, reference(&events, steps, order, window));
        Ok(())
    });
    result.expect("holds");
}

#[test]
fn the_counted_attempt_in_order_is_that_of_the_reference() {
    agrees_on_random_histories(FunnelOrder::Ordered);
}

#[test]
fn the_counted_attempt_in_strict_order_is_that_of_the_reference() {
    agrees_on_random_histories(FunnelOrder::Strict);
}

#[test]
fn the_counted_attempt_in_any_order_is_that_of_the_reference() {
    agrees_on_random_histories(FunnelOrder::Any);
}

/// The reference itself on one history, by hand: steps 0 and 1 at once are one step, the second event is the other.
#[test]
fn the_reference_uses_an_event_for_one_step() {
    let events = [event(0, &[0, 1]), event(1, &[0, 1])];
    for order in [FunnelOrder::Ordered, FunnelOrder::Strict, FunnelOrder::Any] {
        assert_eq!(reference(&events[..1], 2, order, 10), Some(vec![0]));
        assert_eq!(reference(&events, 2, order, 10), Some(vec![0, 1]));
        assert_eq!(reference(&events, 2, order, 0), Some(vec![0]));
    }
}
