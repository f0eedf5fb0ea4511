//! Answers worked by hand.

mod groups;

use super::*;
use crate::question::Period;
use crate::zone::Zone;

fn at(text: &str) -> Timestamp {
    Timestamp::parse(text).expect("an instant")
}

fn calendar(from: &str, to: &str, zone: &str, unit: RetentionUnit) -> CohortCalendar {
    let zone = Zone::parse(zone).expect("a zone");
    let period = Period::new(at(from), at(to)).expect("a period").in_zone(zone);
    CohortCalendar::of(period, unit).expect("few units")
}

fn starts(calendar: &CohortCalendar) -> Vec<String> {
    let units = calendar.begun(calendar.to());
    units.iter().take_while(|(from, _)| *from < calendar.to()).map(|it| it.0.to_rfc3339()).collect()
}

fn set(numbers: &[i64]) -> UnitSet {
    let mut set = UnitSet::default();
    for number in numbers {
        set.insert(*number);
    }
    set
}

/// Clocks go back in New York on 2026-11-01, which has 25 hours.
#[test]
fn units_are_those_of_the_zone_that_the_period_touches() {
    let zone = "America/New_York";
    let (from, to) = ("2026-10-31T12:00:00Z", "2026-11-02T05:00:01Z");
    let days = calendar(from, to, zone, RetentionUnit::Day);
    let midnights = ["2026-10-31T04:00:00Z", "2026-11-01T04:00:00Z", "2026-11-02T05:00:00Z"];
    assert_eq!(starts(&days).iter().map(|it| at(it)).collect::<Vec<_>>(), midnights.map(at));
    assert_eq!(days.to(), at("2026-11-03T05:00:00Z"));
    let weeks = calendar(from, to, zone, RetentionUnit::Week);
    assert_eq!(
        (weeks.from(), weeks.to()),
        (at("2026-10-26T04:00:00Z"), at("2026-11-09T05:00:00Z"))
    );
    assert_eq!(starts(&weeks).len(), 2);
    let months = calendar(from, to, zone, RetentionUnit::Month);
    assert_eq!(
        (months.from(), months.to()),
        (at("2026-10-01T04:00:00Z"), at("2026-12-01T05:00:00Z"))
    );
    // A period that ends as a day does touches nothing of the next one.
    let exact = calendar("2026-11-02T00:00:00Z", "2026-11-03T00:00:00Z", "UTC", RetentionUnit::Day);
    assert_eq!((starts(&exact).len(), exact.to()), (1, at("2026-11-03T00:00:00Z")));
}

/// Samoa had no 2011-12-30.
#[test]
fn a_day_that_a_zone_leaves_out_is_no_unit() {
    let (from, to) = ("2011-12-29T12:00:00Z", "2012-01-01T00:00:00Z");
    let days = calendar(from, to, "Pacific/Apia", RetentionUnit::Day);
    let units = days.begun(days.to());
    assert!(units.iter().all(|(from, to)| from < to), "{units:?}");
    assert_eq!(starts(&days).len(), 3, "29, 31, 1: {units:?}");
}

#[test]
fn instants_have_the_number_of_their_unit() {
    let days = calendar("2026-11-01T00:00:00Z", "2026-11-04T00:00:00Z", "UTC", RetentionUnit::Day);
    for (text, number) in [
        ("2026-10-31T23:59:59.999999Z", -1),
        ("2026-11-01T00:00:00Z", 0),
        ("2026-11-02T23:59:59Z", 1),
        ("2026-11-03T00:00:00Z", 2),
        ("2026-11-03T23:59:59Z", 2),
    ] {
        let (found, from, to) = days.range(at(text));
        assert_eq!(found, number, "{text}");
        assert!(from <= at(text) && at(text) < to, "{text}");
    }
    let period = |days: i64| {
        let from = at("2026-01-01T00:00:00Z");
        Period::new(from, from.plus_seconds(days * 86_400)).expect("a period")
    };
    assert!(CohortCalendar::of(period(200), RetentionUnit::Day).is_ok());
    assert_eq!(CohortCalendar::of(period(201), RetentionUnit::Day), Err(TooManyUnits));
    assert!(CohortCalendar::of(period(775), RetentionUnit::Week).is_ok());
}

/// Four days. Visitors: new on day 0, back on 1 and 3; new on 0, never back; new on 1, back on 2; known before; new on 3,
/// which goes on. Offset 0: 3 of 3; offset 1: 2 of 3 (days 0 and 1); offset 2, of day 0: 0 of 2; offset 3 is not over.
#[test]
fn cohorts_and_their_average_are_worked_by_hand() {
    let days = calendar("2026-11-01T00:00:00Z", "2026-11-05T00:00:00Z", "UTC", RetentionUnit::Day);
    let mut tally = RetentionTally::new(&days, at("2026-11-04T12:00:00Z"));
    for visits in [set(&[0, 1, 3]), set(&[0]), set(&[1, 2]), set(&[-1, 0, 1]), set(&[3]), set(&[])]
    {
        tally.add(&visits, &visits, None);
    }
    let found = tally.finish(0);
    let cohorts: Vec<(u64, Vec<u64>)> =
        found.cohorts.iter().map(|it| (it.visitors, it.returned.clone())).collect();
    let expected = [(2, vec![2, 1, 0, 1]), (1, vec![1, 1, 0]), (0, vec![0, 0]), (1, vec![1])];
    assert_eq!(cohorts, expected);
    assert!(found.is_last_partial);
    assert_eq!(found.cohorts[3].to, at("2026-11-05T00:00:00Z"));
    let counts: Vec<_> =
        found.average.iter().map(|it| (it.offset, it.returned, it.visitors)).collect();
    assert_eq!(counts, [(0, 3, 3), (1, 2, 3), (2, 0, 2)]);
    assert!(found.groups.is_empty());
    assert!((found.average[0].share - 1.0).abs() < 1e-12);
    assert!((found.average[1].share - 2.0 / 3.0).abs() < 1e-12);
    assert!(found.average[2].share.abs() < 1e-12 && found.average[2].low.abs() < 1e-12);
}

/// The same when the fourth day is over, and when it has not begun.
#[test]
fn units_that_have_not_begun_are_left_out() {
    let days = calendar("2026-11-01T00:00:00Z", "2026-11-05T00:00:00Z", "UTC", RetentionUnit::Day);
    let finish = |now: &str| {
        let mut tally = RetentionTally::new(&days, at(now));
        tally.add(&set(&[0, 1, 3]), &set(&[0, 1, 3]), None);
        tally.finish(0)
    };
    let over = finish("2026-11-05T00:00:00Z");
    assert_eq!((over.cohorts.len(), over.is_last_partial), (4, false));
    assert_eq!(over.average.iter().map(|it| it.share).collect::<Vec<_>>(), [1.0, 1.0, 0.0, 1.0]);
    let early = finish("2026-11-03T00:00:00Z");
    assert_eq!((early.cohorts.len(), early.is_last_partial), (3, true));
    assert_eq!(early.cohorts[0].returned, [1, 1, 0]);
    let none = finish("2026-10-01T00:00:00Z");
    assert_eq!((none.cohorts.len(), none.average.len(), none.is_last_partial), (0, 0, false));
}

/// New by a visit, back by an order: the order before the first visit of the same day counts for the day.
#[test]
fn the_first_action_and_the_returning_one_may_differ() {
    let days = calendar("2026-11-01T00:00:00Z", "2026-11-04T00:00:00Z", "UTC", RetentionUnit::Day);
    let mut tally = RetentionTally::new(&days, days.to());
    tally.add(&set(&[1, 2]), &set(&[0, 2]), None);
    tally.add(&set(&[1]), &set(&[-1, 1]), None);
    tally.add(&set(&[]), &set(&[1]), None);
    let found = tally.finish(5);
    assert_eq!((found.cohorts[1].visitors, &*found.cohorts[1].returned), (2, &[1, 1][..]));
    assert_eq!((found.cohorts[0].visitors, found.unattributed_conversions), (0, 5));
}

/// 10 of 100: Wilson's interval is 0.0552 to 0.1744. Nobody of 5: 0 to 0.4345; all of 5: 0.5655 to 1.
#[test]
fn intervals_are_wilsons() {
    let days = calendar("2026-11-01T00:00:00Z", "2026-11-03T00:00:00Z", "UTC", RetentionUnit::Day);
    for (returned, visitors, low, high) in
        [(10, 100, 0.0552, 0.1744), (0, 5, 0.0, 0.4345), (5, 5, 0.5655, 1.0)]
    {
        let mut tally = RetentionTally::new(&days, days.to());
        for visitor in 0..visitors {
            let visits = if visitor < returned { set(&[0, 1]) } else { set(&[0]) };
            tally.add(&visits, &visits, None);
        }
        let average = tally.finish(0).average[1];
        assert!((average.low - low).abs() < 5e-5, "{average:?}");
        assert!((average.high - high).abs() < 5e-5, "{average:?}");
    }
}
