//! Answers worked by hand.

use super::*;

const ORDERED: FunnelOrder = FunnelOrder::Ordered;
const STRICT: FunnelOrder = FunnelOrder::Strict;
const ANY: FunnelOrder = FunnelOrder::Any;

/// The seconds at which the steps are reached within ten seconds.
fn reached(events: &[FunnelEvent], steps: usize, order: FunnelOrder) -> Vec<i64> {
    let best = FunnelAttempt::best(events, steps, order, 10);
    let indexes = best.map(|attempt| attempt.reached().to_vec()).unwrap_or_default();
    indexes.into_iter().map(|index| events[index].at.seconds()).collect()
}

#[test]
fn who_never_takes_the_first_step_never_enters() {
    assert!(reached(&[], 2, ORDERED).is_empty());
    assert!(reached(&[event(0, &[1])], 2, ORDERED).is_empty());
    assert!(reached(&[event(0, &[1])], 2, STRICT).is_empty());
    assert_eq!(reached(&[event(0, &[1])], 2, ANY), [0]);
}

#[test]
fn steps_in_the_wrong_order_do_not_count() {
    let events = [event(0, &[1]), event(1, &[0]), event(2, &[2])];
    assert_eq!(reached(&events, 3, ORDERED), [1]);
    assert_eq!(reached(&events, 3, ANY), [0, 1, 2]);
}

#[test]
fn exactly_the_window_later_still_counts() {
    let just = [event(0, &[0]), event(10, &[1])];
    assert_eq!(reached(&just, 2, ORDERED), [0, 10]);
    assert_eq!(reached(&just, 2, STRICT), [0, 10]);
    assert_eq!(reached(&just, 2, ANY), [0, 10]);
    let later = FunnelEvent { at: Timestamp::from_micros(10_000_001), ..just[1] };
    for order in [ORDERED, STRICT, ANY] {
        assert_eq!(reached(&[just[0], later], 2, order), [0], "{order:?}");
    }
}

#[test]
fn the_window_begins_at_the_entry_not_at_the_step_before() {
    let events = [event(0, &[0]), event(8, &[1]), event(12, &[2])];
    assert_eq!(reached(&events, 3, ORDERED), [0, 8]);
}

#[test]
fn events_of_one_instant_go_by_their_order() {
    assert_eq!(reached(&[event(5, &[0]), event(5, &[1])], 2, ORDERED), [5, 5]);
    assert_eq!(reached(&[event(5, &[1]), event(5, &[0])], 2, ORDERED), [5]);
}

#[test]
fn an_event_that_matches_two_steps_counts_for_one() {
    assert_eq!(reached(&[event(0, &[0, 1])], 2, ORDERED), [0]);
    assert_eq!(reached(&[event(0, &[0, 1]), event(3, &[0, 1])], 2, ORDERED), [0, 3]);
    assert_eq!(reached(&[event(0, &[0, 1]), event(3, &[0])], 2, ANY), [0, 3]);
    assert_eq!(reached(&[event(0, &[0, 1])], 2, ANY), [0]);
}

/// A, A, B: the same page twice, then another.
#[test]
fn a_repeated_step_needs_repeated_events() {
    assert_eq!(reached(&[event(0, &[0, 1]), event(2, &[2])], 3, ORDERED), [0]);
    let twice = [event(0, &[0, 1]), event(1, &[0, 1]), event(2, &[2])];
    assert_eq!(reached(&twice, 3, ORDERED), [0, 1, 2]);
}

#[test]
fn the_attempt_that_gets_furthest_counts_though_a_later_one() {
    let events =
        [event(0, &[0]), event(3, &[1]), event(20, &[0]), event(21, &[1]), event(22, &[2])];
    assert_eq!(reached(&events, 3, ORDERED), [20, 21, 22]);
    assert_eq!(reached(&events[..4], 3, ORDERED), [0, 3], "the earliest of equal ones");
}

/// The first entry is too early for the last step, the second is not; the third is not the earliest.
#[test]
fn of_overlapping_entries_the_earliest_that_gets_furthest_counts() {
    let events = [event(0, &[0]), event(4, &[0]), event(5, &[0]), event(6, &[1]), event(13, &[2])];
    assert_eq!(reached(&events, 3, ORDERED), [4, 6, 13]);
}

#[test]
fn a_page_view_between_two_steps_breaks_a_strict_attempt_only() {
    let events = [event(0, &[0]), event(1, &[]), event(2, &[1])];
    assert_eq!(reached(&events, 2, ORDERED), [0, 2]);
    assert_eq!(reached(&events, 2, STRICT), [0]);
    assert_eq!(reached(&events, 2, ANY), [0, 2]);
}

#[test]
fn a_repeated_first_step_and_friction_do_not_break_a_strict_attempt() {
    let again = [event(0, &[0]), event(1, &[0]), event(2, &[1])];
    assert_eq!(reached(&again, 2, STRICT), [1, 2], "begun anew by the second");
    let friction = [event(0, &[0]), friction(1, Kind::RageClick), event(2, &[1])];
    assert_eq!(reached(&friction, 2, STRICT), [0, 2]);
    let skipped = [event(0, &[0]), event(1, &[2]), event(2, &[1])];
    assert_eq!(reached(&skipped, 3, STRICT), [0], "an event of another step");
}

#[test]
fn any_order_counts_different_steps_within_the_window() {
    let events = [event(0, &[2]), event(4, &[2]), event(11, &[0]), event(13, &[1])];
    assert_eq!(reached(&events, 3, ANY), [4, 11, 13]);
}

/// The first step of all takes the event that matches only it, so that the other is free for the second.
#[test]
fn any_order_shares_events_out_so_that_most_steps_are_covered() {
    let events = [event(0, &[0, 1]), event(1, &[0]), event(2, &[1, 2])];
    assert_eq!(reached(&events, 3, ANY), [0, 1, 2]);
}

/// Four visitors; they reach the second step after 2, 4 and 10 s, and one of them the third after 7 s.
/// Median of 2, 4, 10: 4. The 90th percentile lies 0.8 of the way from 4 to 10: 8.8.
#[test]
fn figures_of_steps_are_units_shares_and_times() {
    let funnel = funnel(3, 60, ORDERED);
    let mut tally = FunnelTally::new(&funnel);
    let histories = [
        vec![event(0, &[0]), event(2, &[1]), event(9, &[2])],
        vec![event(5, &[0]), event(9, &[1])],
        vec![event(0, &[0]), event(10, &[1])],
        vec![event(0, &[0])],
        vec![event(0, &[1])],
    ];
    for events in &histories {
        tally.add(events).expect("few");
    }
    let (steps, groups) = tally.finish(&[]);
    assert!(groups.is_empty());
    let units: Vec<(u64, u64)> = steps.iter().map(|step| (step.units, step.dropped)).collect();
    assert_eq!(units, [(4, 1), (3, 2), (1, 0)]);
    assert_eq!(steps[0].share_of_first, Some(1.0));
    assert_eq!((steps[0].share_of_previous, steps[0].median_seconds), (None, None));
    assert_eq!((steps[1].share_of_first, steps[1].share_of_previous), (Some(0.75), Some(0.75)));
    assert_eq!(steps[2].share_of_first, Some(0.25));
    assert!((steps[2].share_of_previous.expect("a share") - 1.0 / 3.0).abs() < 1e-12);
    assert_eq!((steps[1].median_seconds, steps[1].p90_seconds), (Some(4.0), Some(8.8)));
    assert_eq!((steps[2].median_seconds, steps[2].p90_seconds), (Some(7.0), Some(7.0)));
}

#[test]
fn nobody_makes_no_shares() {
    let funnel = funnel(2, 60, ORDERED);
    let (steps, _) = FunnelTally::new(&funnel).finish(&[]);
    assert_eq!(steps, [StepFigures::default(), StepFigures::default()]);
}

/// One unit drops after a rage click and, in another session, an error; one goes on after a rage click, and meets
/// a dead click only after the second step, as does the one who drops there; one meets friction after the window.
#[test]
fn friction_on_the_way_is_counted_by_units_that_dropped_and_continued() {
    let funnel = funnel(3, 10, ORDERED);
    let mut tally = FunnelTally::new(&funnel);
    let rage = |second| friction(second, Kind::RageClick);
    let dead = |second| friction(second, Kind::DeadClick);
    let error = FunnelEvent { session: Some(2), ..friction(3, Kind::JavascriptError) };
    let histories = [
        vec![rage(0), event(1, &[0]), rage(2), rage(2), error],
        vec![event(1, &[0]), rage(2), event(3, &[1]), dead(4), event(5, &[2]), rage(6)],
        vec![event(1, &[0]), event(3, &[1]), dead(4)],
        vec![event(1, &[0]), rage(12)],
    ];
    for events in &histories {
        tally.add(events).expect("few");
    }
    let (steps, _) = tally.finish(&[]);
    let counts = |kind, dropped_units, continued_units| FrictionOnTheWay {
        kind,
        dropped_units,
        continued_units,
    };
    assert_eq!(steps[0].friction, [counts(Kind::RageClick, 1, 1)]);
    assert_eq!(steps[1].friction, [counts(Kind::DeadClick, 1, 1)]);
    assert_eq!(steps[2].friction, []);
}

/// Twelve values: the third has 3 entries, the others one each, of which ten are shown by their names' order.
#[test]
fn a_breakdown_shows_the_ten_most_frequent_values_of_the_entry() {
    let breakdown = Some(FunnelBreakdown::Country);
    let funnel = Funnel { breakdown, ..funnel(2, 60, ORDERED) };
    let mut tally = FunnelTally::new(&funnel);
    let values: Vec<String> = (b'A'..=b'L').map(|letter| char::from(letter).to_string()).collect();
    let entry = |group| FunnelEvent { group, ..event(0, &[0]) };
    for index in 0..12 {
        tally.add(&[entry(FunnelTally::group_of(index))]).expect("few");
    }
    // The value of the second step is another one, which does not count.
    let moved = FunnelEvent { group: FunnelTally::group_of(0), ..event(4, &[1]) };
    let third = entry(FunnelTally::group_of(2));
    tally.add(&[third, moved]).expect("few");
    tally.add(&[third, moved]).expect("few");
    tally.add(&[entry(UNKNOWN_GROUP)]).expect("few");
    tally.add(&[entry(FunnelTally::group_of(MAX_GROUPS))]).expect("few");
    let (steps, groups) = tally.finish(&values);
    assert_eq!((steps[0].units, steps[1].units), (16, 2));
    let shown: Vec<(GroupValue, u64)> =
        groups.iter().map(|group| (group.value.clone(), group.steps[0].units)).collect();
    let known = |letter: &str| GroupValue::Known(letter.to_owned());
    assert_eq!(shown[..3], [(known("C"), 3), (known("A"), 1), (known("B"), 1)]);
    assert_eq!(shown[9], (known("J"), 1));
    assert_eq!(shown[10..], [(GroupValue::Other, 3), (GroupValue::Unknown, 1)]);
    assert_eq!((groups[0].steps[1].units, groups[0].steps[1].median_seconds), (2, Some(4.0)));
    assert_eq!(groups[1].steps[1].units, 0);
}

#[test]
fn funnels_and_paths_out_of_bounds_are_none() {
    for steps in [0, 1, 9] {
        let made = Funnel::new(vec![page("/"); steps], 60, ORDERED);
        assert_eq!(made.err(), Some(InvalidFunnel::Steps), "{steps}");
    }
    for window in [0, MAX_WINDOW_SECONDS + 1] {
        let made = Funnel::new(vec![page("/"); 2], window, ORDERED);
        assert_eq!(made.err(), Some(InvalidFunnel::Window), "{window}");
    }
    let with = |step, limit| funnel(3, 60, ORDERED).with_dropped(DroppedRange { step, limit });
    assert!(with(1, 100).is_ok());
    assert_eq!(with(2, 100).err(), Some(InvalidFunnel::DroppedStep));
    assert_eq!(with(1, 0).err(), Some(InvalidFunnel::DroppedLimit));
    assert_eq!(with(1, 101).err(), Some(InvalidFunnel::DroppedLimit));
    let parse = PathPattern::parse;
    assert_eq!(parse("/a"), Ok(PathPattern::Exact("/a".to_owned())));
    assert_eq!(parse("/a/*"), Ok(PathPattern::Prefix("/a/".to_owned())));
    assert_eq!(parse("*"), Ok(PathPattern::Prefix(String::new())));
    for text in ["", "a", "/*/a", "/a**", "https://shop.test/a"] {
        assert_eq!(parse(text), Err(InvalidPathPattern), "{text}");
    }
}
