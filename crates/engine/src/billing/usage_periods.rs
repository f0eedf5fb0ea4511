//! Adding calls up by day or month: the store counts, and nothing but the sums is read.

use std::collections::HashMap;

use domain::billing::{Calendar, Measure, Usage, measure};
use domain::id::ProjectId;
use domain::question::Period;
use domain::time::Timestamp;

use super::TariffSchedule;
use super::report::{UsageBucket, UsageReport, UsageRow, UsageTimes};
use crate::Error;
use crate::ports::catalog::{Adjustment, CallFilter, CallStore, CallTotals};

/// The part of a period that lies in one bucket and in one month.
pub(super) struct UsagePeriod {
    bucket: UsageBucket,
    period: Period,
}

/// The days of a period, the first and the last perhaps in part. A day on which a month ends that was closed
/// in another zone has two parts.
pub(super) fn days(period: Period, calendar: &Calendar) -> Vec<UsagePeriod> {
    let zone = period.zone();
    split(period, |at| {
        let (_, month_ends_at) = calendar.bounds(calendar.month_of(at));
        (UsageBucket::Day(zone.day(at)), zone.start_of_next_day(at).min(month_ends_at))
    })
}

/// The months of a period, the first and the last perhaps in part.
pub(super) fn months(period: Period, calendar: &Calendar) -> Vec<UsagePeriod> {
    split(period, |at| {
        let month = calendar.month_of(at);
        (UsageBucket::Month(month), calendar.bounds(month).1)
    })
}

/// Cuts a period at the ends of buckets; `bucket_of` names an instant's bucket and its end.
fn split(
    period: Period,
    bucket_of: impl Fn(Timestamp) -> (UsageBucket, Timestamp),
) -> Vec<UsagePeriod> {
    let mut periods = Vec::new();
    let mut from = period.from();
    while from < period.to() {
        let (bucket, end) = bucket_of(from);
        let to = end.min(period.to());
        let Ok(period) = Period::new(from, to) else { break };
        periods.push(UsagePeriod { bucket, period });
        from = to;
    }
    periods
}

/// The report of these spans; those without calls have no row.
pub(super) async fn report(
    calls: &dyn CallStore,
    project: ProjectId,
    filter: CallFilter,
    tariffs: &TariffSchedule,
    adjustments: &[Adjustment],
    periods: Vec<UsagePeriod>,
) -> Result<UsageReport, Error> {
    let filters: Vec<(CallFilter, Measure)> = periods
        .iter()
        .map(|period| {
            let tariff = tariffs.of(period.period.from());
            (CallFilter { period: period.period, ..filter }, measure(tariff))
        })
        .collect();
    let totals = calls.totals(project, &filters).await?;
    let adjusted = adjustments_by_period(&periods, filter, adjustments);
    let rows = periods.into_iter().zip(totals).enumerate().filter_map(|(index, (span, totals))| {
        let tariff = tariffs.of(span.period.from());
        let adjusted = adjusted.get(&index).copied().unwrap_or_default();
        row(span.bucket, &totals, totals.usage(tariff), adjusted)
    });
    Ok(UsageReport::new(tariffs, joined(rows), None))
}

/// One row for each bucket: parts of a day that follow each other are added up.
fn joined(parts: impl Iterator<Item = UsageRow>) -> Vec<UsageRow> {
    let mut rows: Vec<UsageRow> = Vec::new();
    for part in parts {
        match rows.last_mut() {
            Some(row) if row.bucket == part.bucket => {
                row.usage += part.usage;
                row.adjustments += part.adjustments;
                row.times += part.times;
                row.ended_at = row.ended_at.zip(part.ended_at).map(|(one, other)| one.max(other));
            }
            _ => rows.push(part),
        }
    }
    rows
}

/// Sums of adjustments, by index of the period.
fn adjustments_by_period(
    periods: &[UsagePeriod],
    filter: CallFilter,
    adjustments: &[Adjustment],
) -> HashMap<usize, Usage> {
    let mut sums: HashMap<usize, Usage> = HashMap::new();
    let matches_widget = |row: &&Adjustment| filter.widget_id.is_none_or(|id| id == row.widget_id);
    for adjustment in adjustments.iter().filter(matches_widget) {
        let index = periods.partition_point(|period| period.period.to() <= adjustment.started_at);
        *sums.entry(index).or_default() += adjustment.difference;
    }
    sums
}

/// The row of a bucket with calls: a closed month's usage is what it was without its adjustments.
fn row(
    bucket: UsageBucket,
    totals: &CallTotals,
    usage: Usage,
    adjusted: Usage,
) -> Option<UsageRow> {
    let have_all_ended = totals.with_end == totals.calls;
    Some(UsageRow {
        bucket,
        usage: usage - adjusted,
        adjustments: adjusted,
        started_at: totals.first_started_at?,
        ended_at: totals.last_ended_at.filter(|_| have_all_ended),
        times: UsageTimes {
            talk_micros: totals.talk_micros,
            span_micros: totals.span_micros,
            differing_sessions: totals.differing_sessions,
        },
        differences: Vec::new(),
    })
}

#[cfg(test)]
mod tests {
    use domain::billing::{ClosedMonth, Month};
    use domain::zone::Zone;

    use super::*;

    fn instant(text: &str) -> Timestamp {
        Timestamp::parse(text).expect("a time")
    }

    fn hours(periods: &[UsagePeriod]) -> Vec<i64> {
        let length = |period: Period| period.to().micros_since(period.from()) / 3_600_000_000;
        periods.iter().map(|part| length(part.period)).collect()
    }

    #[test]
    fn a_period_is_cut_at_the_ends_of_days_and_months() {
        let period = Period::new(instant("2026-10-30T12:00:00Z"), instant("2026-11-01T06:00:00Z"));
        let (period, calendar) = (period.expect("a period"), Calendar::default());
        assert_eq!(hours(&days(period, &calendar)), [12, 24, 6]);
        assert_eq!(hours(&months(period, &calendar)), [36, 6]);
        let second = &months(period, &calendar)[1];
        assert_eq!(second.bucket, UsageBucket::Month(Month::parse("2026-11").expect("a month")));
        assert_eq!(second.period.to(), period.to());
    }

    #[test]
    fn days_are_those_of_the_zone_and_end_with_a_month_that_was_closed_in_another() {
        let dar = Zone::parse("Africa/Dar_es_Salaam").expect("a zone");
        let period = Period::new(instant("2026-10-30T21:00:00Z"), instant("2026-11-01T21:00:00Z"));
        let period = period.expect("a period").in_zone(dar);
        let open = Calendar::new(dar, []);
        assert_eq!(hours(&days(period, &open)), [24, 24]);
        assert_eq!(hours(&months(period, &open)), [24, 24]);
        let october = ClosedMonth {
            month: Month::parse("2026-10").expect("a month"),
            starts_at: instant("2026-10-01T00:00:00Z"),
            ends_at: instant("2026-11-01T00:00:00Z"),
        };
        let closed = Calendar::new(dar, [october]);
        assert_eq!(hours(&days(period, &closed)), [24, 3, 21]);
        assert_eq!(hours(&months(period, &closed)), [27, 21]);
    }
}
