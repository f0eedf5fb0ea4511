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

/// The last 30 days in Berlin, whose clocks were put back on 25 October.
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

#[test]
fn three_days_are_drawn_by_the_hour_and_more_by_the_day() {
    let three = period("2026-11-01T00:00:00Z", "2026-11-04T00:00:00Z", "UTC");
    assert_eq!((three.bucket_seconds(), three.buckets().len()), (3_600, 72));
    let more = period("2026-11-01T00:00:00Z", "2026-11-04T00:00:01Z", "UTC");
    assert_eq!((more.bucket_seconds(), more.buckets().len()), (86_400, 4));
    // Three days of Berlin, one of which has 25 hours.
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

    /// SeriesBuckets begin in order and leave no instant out; the comparison ends where the period begins or earlier,
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
        for period in [period, previous] {
            let starts = period.buckets();
            prop_assert!(starts[0] <= period.from());
            prop_assert!(starts.windows(2).all(|pair| pair[0] < pair[1]), "{:?}", starts);
            prop_assert!(starts.iter().skip(1).all(|start| *start > period.from()), "{:?}", starts);
            let longest = if period.is_hourly() { 2 * 3_600 } else { 25 * 3_600 };
            let ends = starts.iter().skip(1).copied().chain([period.to()]);
            for (start, end) in starts.iter().zip(ends) {
                prop_assert!(end.micros_since(*start) <= longest * 1_000_000, "{start} {end}");
            }
        }
    }
}
