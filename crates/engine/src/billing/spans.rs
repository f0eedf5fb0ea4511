//! Adding calls up by day or month: the store counts, and nothing but the sums is read.

use std::collections::HashMap;

use domain::billing::{Measure, Month, Usage, measure};
use domain::id::ProjectId;
use domain::question::Period;
use domain::time::Timestamp;

use super::Tariffs;
use super::report::{Bucket, UsageReport, UsageRow};
use crate::Error;
use crate::ports::catalog::{Adjustment, CallFilter, CallTotals, Calls};

const SECONDS_PER_DAY: i64 = 86_400;

/// The part of a period that lies in one bucket.
pub(super) struct Span {
    bucket: Bucket,
    period: Period,
}

/// The days of a period in UTC, the first and the last perhaps in part.
pub(super) fn days(period: Period) -> Vec<Span> {
    split(period, |at| {
        let day = at.day();
        (Bucket::Day(day), Timestamp::from_seconds((i64::from(day) + 1) * SECONDS_PER_DAY))
    })
}

/// The months of a period in UTC, the first and the last perhaps in part.
pub(super) fn months(period: Period) -> Vec<Span> {
    split(period, |at| {
        let month = Month::of(at);
        (Bucket::Month(month), month.end())
    })
}

/// Cuts a period at the ends of buckets; `bucket_of` names an instant's bucket and its end.
fn split(period: Period, bucket_of: impl Fn(Timestamp) -> (Bucket, Timestamp)) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut from = period.from();
    while from < period.to() {
        let (bucket, end) = bucket_of(from);
        let to = end.min(period.to());
        let Ok(period) = Period::new(from, to) else { break };
        spans.push(Span { bucket, period });
        from = to;
    }
    spans
}

/// The report of these spans; those without calls have no row.
pub(super) async fn report(
    calls: &dyn Calls,
    project: ProjectId,
    filter: CallFilter,
    tariffs: &Tariffs,
    adjustments: &[Adjustment],
    spans: Vec<Span>,
) -> Result<UsageReport, Error> {
    let filters: Vec<(CallFilter, Measure)> = spans
        .iter()
        .map(|span| {
            let tariff = tariffs.of(Month::of(span.period.from()));
            (CallFilter { period: span.period, ..filter }, measure(tariff))
        })
        .collect();
    let totals = calls.totals(project, &filters).await?;
    let adjusted = by_span(&spans, filter, adjustments);
    let rows = spans.into_iter().zip(totals).enumerate().filter_map(|(index, (span, totals))| {
        let tariff = tariffs.of(Month::of(span.period.from()));
        let adjusted = adjusted.get(&index).copied().unwrap_or_default();
        row(span.bucket, &totals, totals.usage(tariff), adjusted)
    });
    Ok(UsageReport::new(tariffs, rows.collect(), None))
}

/// What the adjustments of each span's calls come to, by the span's index.
fn by_span(
    spans: &[Span],
    filter: CallFilter,
    adjustments: &[Adjustment],
) -> HashMap<usize, Usage> {
    let mut sums: HashMap<usize, Usage> = HashMap::new();
    let is_asked = |row: &&Adjustment| filter.widget_id.is_none_or(|id| id == row.widget_id);
    for adjustment in adjustments.iter().filter(is_asked) {
        let index = spans.partition_point(|span| span.period.to() <= adjustment.started_at);
        *sums.entry(index).or_default() += adjustment.difference;
    }
    sums
}

/// The row of a bucket with calls: a closed month's usage is what it was without its adjustments.
fn row(bucket: Bucket, totals: &CallTotals, usage: Usage, adjusted: Usage) -> Option<UsageRow> {
    let have_all_ended = totals.with_end == totals.calls;
    Some(UsageRow {
        bucket,
        usage: usage - adjusted,
        adjustments: adjusted,
        started_at: totals.first_started_at?,
        ended_at: totals.last_ended_at.filter(|_| have_all_ended),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn instant(text: &str) -> Timestamp {
        Timestamp::parse(text).expect("a time")
    }

    #[test]
    fn a_period_is_cut_at_the_ends_of_days_and_months() {
        let period = Period::new(instant("2026-10-30T12:00:00Z"), instant("2026-11-01T06:00:00Z"));
        let period = period.expect("a period");
        let hours = |spans: Vec<Span>| -> Vec<i64> {
            let length = |period: Period| period.to().micros_since(period.from()) / 3_600_000_000;
            spans.into_iter().map(|span| length(span.period)).collect()
        };
        assert_eq!(hours(days(period)), [12, 24, 6]);
        assert_eq!(hours(months(period)), [36, 6]);
        let second = &months(period)[1];
        assert_eq!(second.bucket, Bucket::Month(Month::parse("2026-11").expect("a month")));
        assert_eq!(second.period.to(), period.to());
    }
}
