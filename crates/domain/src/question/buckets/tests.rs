//! Buckets and their counterparts, worked out with a calendar and for any period.

use proptest::prelude::*;

use super::*;
use crate::question::Period;
use crate::question::period::tests::any_period;
use crate::zone::Zone;

fn buckets(from: &str, to: &str, zone: &str) -> SeriesBuckets {
    let at = |text: &str| Timestamp::parse(text).expect("an instant");
    let zone = Zone::parse(zone).expect("a zone");
    SeriesBuckets::of(Period::new(at(from), at(to)).expect("a period").in_zone(zone))
}

#[test]
fn tuesday_is_compared_with_tuesday() {
    let buckets = buckets("2026-11-11T00:00:00Z", "2026-11-17T17:01:00Z", "UTC");
    assert_eq!(buckets.counterparts(), (0..7).map(Some).collect::<Vec<_>>());
    let tuesdays = [buckets.current()[6], buckets.previous()[6]].map(Timestamp::to_rfc3339);
    assert_eq!(tuesdays, ["2026-11-17T00:00:00.000Z", "2026-11-10T00:00:00.000Z"]);
    assert_eq!(buckets.number(buckets.current()[6]), 6);
    assert_eq!(buckets.number(buckets.previous()[6]), -7);
}

/// On 25 October Berlin's clocks show two o'clock twice, on 29 March never.
#[test]
fn an_hour_that_was_shown_twice_or_never_moves_no_other() {
    let back = buckets("2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z", "Europe/Berlin");
    let expected: Vec<_> =
        [Some(0), Some(1), Some(2), None].into_iter().chain((3..24).map(Some)).collect();
    assert_eq!(back.counterparts(), expected);
    let forward = buckets("2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z", "Europe/Berlin");
    let expected: Vec<_> = [Some(0), Some(1)].into_iter().chain((3..24).map(Some)).collect();
    assert_eq!(forward.counterparts(), expected);
}

#[test]
fn a_day_that_begins_at_one_is_compared_with_one_that_begins_at_midnight() {
    let cairo = buckets("2026-04-19T22:00:00Z", "2026-04-26T21:00:00Z", "Africa/Cairo");
    assert_eq!(cairo.counterparts(), (0..7).map(Some).collect::<Vec<_>>());
}

/// Apia's clocks went from 29 to 31 December 2011.
#[test]
fn hours_of_a_day_that_was_left_out_are_compared_with_none() {
    let apia = buckets("2012-01-05T08:00:00Z", "2012-01-05T12:00:00Z", "Pacific/Apia");
    assert_eq!(apia.counterparts(), [Some(0), Some(1), None, None]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    /// An instant's number is that of the last bucket that began before it, and holds over its range.
    #[test]
    fn every_instant_has_the_bucket_it_lies_in(period in any_period(), share in 0.0_f64..1.0) {
        let buckets = SeriesBuckets::of(period);
        for (range, starts) in [(period, buckets.current()), (period.previous(), buckets.previous())] {
            let length = range.to().micros_since(range.from());
            #[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "a place in a period")]
            let at = range.from().plus_micros((length as f64 * share) as i64);
            let last = starts.iter().rposition(|start| *start <= at).expect("a bucket");
            let last = i64::try_from(last).expect("small");
            let number = if range == period { last } else { -1 - last };
            let (found, from, to) = buckets.range(at);
            prop_assert_eq!(found, number);
            prop_assert!(from <= at && at < to);
            prop_assert_eq!(buckets.number(from.max(range.from())), number);
            let end = to.plus_micros(-1);
            prop_assert!(end >= range.to() || buckets.number(end) == number);
        }
    }

    /// Counterparts show the same on the clock, each once.
    #[test]
    fn counterparts_have_the_same_weekday_and_hour(period in any_period()) {
        let buckets = SeriesBuckets::of(period);
        let counterparts = buckets.counterparts();
        prop_assert_eq!(counterparts.len(), buckets.current().len());
        let mut last = None;
        for (start, counterpart) in buckets.current().iter().zip(&counterparts) {
            let Some(index) = *counterpart else { continue };
            prop_assert!(last < Some(index));
            last = Some(index);
            let [now, then] = [*start, buckets.previous()[index]].map(|at| period.zone().civil(at));
            prop_assert_eq!(now.date().weekday(), then.date().weekday());
            prop_assert!(!period.is_hourly() || now.time() == then.time());
        }
        let days = jiff::Span::new().days(period.days_to_previous());
        let was_shown = |start: Timestamp| {
            let wanted = period.zone().civil(start).checked_sub(days).expect("a time");
            period.zone().civil(period.zone().instant(wanted)) == wanted
        };
        let starts = buckets.current().iter().zip(&counterparts);
        let missing =
            starts.filter(|(start, found)| found.is_none() && was_shown(**start)).count();
        prop_assert!(missing <= 2, "{} of {:?}", missing, counterparts);
    }
}
