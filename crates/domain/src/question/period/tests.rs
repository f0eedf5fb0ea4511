//! Known answers, worked out with a calendar.

use proptest::prelude::*;

use super::*;

fn at(text: &str) -> Timestamp {
    Timestamp::parse(text).expect("an instant")
}

fn zone(name: &str) -> Zone {
    Zone::parse(name).expect("a zone")
}

fn period(from: &str, to: &str, zone_name: &str) -> Period {
    Period::new(at(from), at(to)).expect("a period").in_zone(zone(zone_name))
}

/// The dashboard's periods at 17:00 on Tuesday 17 November 2026, in UTC.
#[test]
fn every_preset_is_compared_with_the_same_weekdays_and_hours() {
    let to = "2026-11-17T17:01:00Z";
    let presets = [
        // Today, with the Tuesday before.
        ("2026-11-17T00:00:00Z", "2026-11-10T00:00:00Z", "2026-11-10T17:01:00Z", 18),
        // The last 24 hours.
        ("2026-11-16T18:00:00Z", "2026-11-09T18:00:00Z", "2026-11-10T17:01:00Z", 24),
        // The last 7 days: Wednesday to Tuesday, with Wednesday to Tuesday.
        ("2026-11-11T00:00:00Z", "2026-11-04T00:00:00Z", "2026-11-10T17:01:00Z", 7),
        // The last 30 days, with those that began five weeks before: Monday with Monday.
        ("2026-10-19T00:00:00Z", "2026-09-14T00:00:00Z", "2026-10-13T17:01:00Z", 30),
        // The last 90 days, with those that began 13 weeks before.
        ("2026-08-20T00:00:00Z", "2026-05-21T00:00:00Z", "2026-08-18T17:01:00Z", 90),
    ];
    for (from, previous_from, previous_to, buckets) in presets {
        let period = period(from, to, "UTC");
        let previous = period.previous();
        assert_eq!(
            (previous.from(), previous.to()),
            (at(previous_from), at(previous_to)),
            "{from}"
        );
        assert_eq!(period.buckets().len(), buckets, "{from}");
        assert_eq!(previous.buckets().len(), buckets, "{from}");
    }
}

/// The last 30 days in Berlin, where clocks were put back on 25 October.
#[test]
fn a_changed_clock_moves_no_bucket() {
    let period = period("2026-10-18T22:00:00Z", "2026-11-17T17:01:00Z", "Europe/Berlin");
    let previous = period.previous();
    assert_eq!(previous.from(), at("2026-09-13T22:00:00Z"));
    assert_eq!(previous.to(), at("2026-10-13T16:01:00Z"));
    let days = period.buckets();
    assert_eq!(days.len(), 30);
    assert_eq!(days[6], at("2026-10-24T22:00:00Z"));
    assert_eq!(days[7], at("2026-10-25T23:00:00Z"));
    assert_eq!(days[29], at("2026-11-16T23:00:00Z"));
    assert_eq!(previous.buckets().len(), 30);
}

#[test]
fn hours_begin_when_the_clock_shows_a_whole_hour() {
    let kolkata = period("2026-11-17T05:00:00Z", "2026-11-17T07:00:00Z", "Asia/Kolkata");
    let hours = ["2026-11-17T04:30:00Z", "2026-11-17T05:30:00Z", "2026-11-17T06:30:00Z"];
    assert_eq!(kolkata.buckets(), hours.map(at));
    let dar = period("2026-11-09T21:00:00Z", "2026-11-16T21:00:00Z", "Africa/Dar_es_Salaam");
    let days = dar.buckets();
    assert_eq!((days.len(), days[0], days[6]), (7, dar.from(), at("2026-11-15T21:00:00Z")));
}

/// Clocks were put forward on 8 March: the week in between has an hour more on them.
#[test]
fn seven_times_24_hours_are_compared_with_the_seven_before() {
    let week = period("2026-03-05T15:00:00Z", "2026-03-12T15:00:00Z", "America/New_York");
    let previous = week.previous();
    assert_eq!(
        (previous.from(), previous.to()),
        (at("2026-02-26T15:00:00Z"), at("2026-03-05T15:00:00Z"))
    );
}

/// The end lies in an hour that no clock showed a week earlier.
#[test]
fn hours_are_compared_with_hours() {
    let three = period("2026-03-12T06:30:00Z", "2026-03-15T06:30:00Z", "America/New_York");
    let buckets = crate::question::SeriesBuckets::of(three);
    assert_eq!((buckets.current().len(), buckets.previous().len()), (73, 73));
    let missing = buckets.counterparts().iter().filter(|index| index.is_none()).count();
    assert_eq!(missing, 1, "02:00 on 8 March");
}

/// Lord Howe Island changes its clocks by half an hour: 02:00 to 02:30, and 02:00 to 01:30.
#[test]
fn a_change_by_half_an_hour_begins_a_bucket_of_its_own() {
    let forward = period("2026-10-03T14:40:00Z", "2026-10-03T17:00:00Z", "Australia/Lord_Howe");
    let starts = ["2026-10-03T14:30:00Z", "2026-10-03T15:30:00Z", "2026-10-03T16:00:00Z"].map(at);
    assert_eq!(forward.buckets(), starts);
    let from_the_change =
        period("2026-10-03T15:40:00Z", "2026-10-03T17:00:00Z", "Australia/Lord_Howe");
    assert_eq!(from_the_change.buckets(), starts[1..]);
    let back = period("2026-04-04T14:10:00Z", "2026-04-04T16:00:00Z", "Australia/Lord_Howe");
    let starts = ["2026-04-04T14:00:00Z", "2026-04-04T15:00:00Z", "2026-04-04T15:30:00Z"].map(at);
    assert_eq!(back.buckets(), starts);
}

#[test]
fn three_days_are_drawn_by_the_hour_and_more_by_the_day() {
    let three = period("2026-11-01T00:00:00Z", "2026-11-04T00:00:00Z", "UTC");
    assert_eq!((three.bucket_seconds(), three.buckets().len()), (3_600, 72));
    let more = period("2026-11-01T00:00:00Z", "2026-11-04T00:00:01Z", "UTC");
    assert_eq!((more.bucket_seconds(), more.buckets().len()), (86_400, 4));
    // Three days in Berlin, one with 25 hours.
    let long = period("2026-10-23T22:00:00Z", "2026-10-26T23:00:00Z", "Europe/Berlin");
    assert_eq!((long.bucket_seconds(), long.buckets().len()), (3_600, 73));
}

#[test]
fn empty_and_endless_periods_are_refused() {
    let at = Timestamp::from_seconds;
    assert_eq!(Period::new(at(5), at(5)), Err(InvalidPeriod::Empty));
    assert_eq!(Period::new(at(0), at(776 * 86_400)), Err(InvalidPeriod::TooLong));
}

/// Zones with every kind of rule: none, whole hours, half hours, quarters, a change by half an hour, a change
/// at midnight, a day that was left out.
pub(in crate::question) const ZONES: [&str; 9] = [
    "UTC",
    "Africa/Dar_es_Salaam",
    "Europe/Berlin",
    "America/New_York",
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Africa/Cairo",
    "Pacific/Apia",
];

pub(in crate::question) fn any_period() -> impl Strategy<Value = Period> {
    // From 2011, when Apia left out a day, to 2027, at any second.
    let from = 1_300_000_000_i64..1_800_000_000;
    let length = prop_oneof![1_i64..7_200, 1_i64..400_000, 1_i64..9_000_000];
    (from, length, proptest::sample::select(&ZONES[..])).prop_map(|(from, length, name)| {
        let second = Timestamp::from_seconds;
        Period::new(second(from), second(from + length)).expect("a period").in_zone(zone(name))
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    /// Buckets begin in order, at a whole hour or where clocks are changed, and leave no instant out; the comparison ends where the period begins or earlier,
    /// and is as long but for changed clocks.
    #[test]
    fn buckets_share_out_a_period_and_its_comparison_lies_before_it(period in any_period()) {
        let previous = period.previous();
        prop_assert!(previous.to() <= period.from(), "{:?}", previous);
        let hours = |length: i64| length / 3_600_000_000;
        let lengths = [period, previous].map(|period| period.to().micros_since(period.from()));
        prop_assert!(lengths[1] > 0);
        // Apia's comparison may lack a day.
        prop_assert!(hours(lengths[0]).abs_diff(hours(lengths[1])) <= 25, "{:?}", lengths);
        let is_hourly = period.is_hourly();
        for period in [period, previous] {
            let starts = period.buckets_by(is_hourly);
            let clock = |at: Timestamp| period.zone().clock_micros(at);
            let begins = |at: &Timestamp| {
                clock(*at).rem_euclid(3_600_000_000) == 0 || clock(*at) - clock(at.plus_micros(-1)) != 1
            };
            prop_assert!(starts.iter().all(begins), "{:?}", starts);
            prop_assert!(starts[0] <= period.from());
            prop_assert!(starts.windows(2).all(|pair| pair[0] < pair[1]), "{:?}", starts);
            prop_assert!(starts.iter().skip(1).all(|start| *start > period.from()), "{:?}", starts);
            let longest = if is_hourly { 2 * 3_600 } else { 25 * 3_600 };
            let ends = starts.iter().skip(1).copied().chain([period.to()]);
            for (start, end) in starts.iter().zip(ends) {
                prop_assert!(end.micros_since(*start) <= longest * 1_000_000, "{start} {end}");
            }
        }
    }
}
