//! How much is going on? Counts, distinct visitors and sessions, for two periods and their buckets.

use std::sync::Arc;

use domain::question::{Bucket, Overview, Scope, SeriesBuckets, Totals};
use domain::time::Timestamp;
use engine::ports::lake::Error;

use super::buckets::{self, BUCKET};
use super::rolled::Sums;
use super::scope::{CURRENT, PAGE_VIEW, PeriodScope, conditions, is_friction, params};
use crate::query::{QueryResult, Question};
use crate::rollup::Aggregates;

/// From rollups as far as they go, else from the events alone.
pub(crate) async fn overview(question: &Question, scope: &Scope) -> Result<Overview, Error> {
    let buckets = Arc::new(SeriesBuckets::of(scope.period));
    buckets::register(question, &buckets);
    match Sums::of(question, scope, &buckets).await? {
        Some(sums) => Ok(of_sums(&buckets, &sums)),
        None => of_events(question, scope, &buckets).await,
    }
}

fn of_sums(buckets: &SeriesBuckets, sums: &Sums) -> Overview {
    let [previous, totals] = &sums.totals;
    let mut overview = Overview {
        totals: counts(totals),
        previous: counts(previous),
        distinct_error: totals.relative_error().max(previous.relative_error()),
        ..empty(buckets)
    };
    for (number, measures) in &sums.buckets {
        if let Some(bucket) = bucket(&mut overview, *number) {
            bucket.totals = counts(measures);
        }
    }
    overview
}

fn counts(measures: &Aggregates) -> Totals {
    Totals {
        events: measures.events,
        page_views: measures.page_views,
        visitors: measures.visitors.count(),
        sessions: measures.sessions.count(),
        friction: measures.friction,
        friction_sessions: measures.friction_sessions.count(),
    }
}

/// The bucket of this number: see [`SeriesBuckets::number`].
fn bucket(overview: &mut Overview, number: i64) -> Option<&mut Bucket> {
    let (series, index) = if number >= 0 {
        (&mut overview.series, number)
    } else {
        (&mut overview.previous_series, -1 - number)
    };
    series.get_mut(usize::try_from(index).ok()?)
}

/// One scan. The inner level brings a bucket's events of one session down to a row, so that the
/// distinct counts, for buckets and for whole periods, work on few rows.
async fn of_events(
    question: &Question,
    scope: &Scope,
    buckets: &SeriesBuckets,
) -> Result<Overview, Error> {
    let sql = format!(
        "WITH visits AS (
           SELECT {CURRENT} AS is_current, {BUCKET} AS bucket, visitor_hash, session_hash,
                  count(*) AS events,
                  count(*) FILTER (WHERE {PAGE_VIEW}) AS page_views,
                  count(*) FILTER (WHERE {friction}) AS friction
           FROM events WHERE {conditions}
           GROUP BY is_current, bucket, visitor_hash, session_hash)
         SELECT is_current, bucket,
                CAST(sum(events) AS BIGINT) AS events,
                CAST(sum(page_views) AS BIGINT) AS page_views,
                CAST(sum(friction) AS BIGINT) AS friction,
                count(DISTINCT visitor_hash) AS visitors,
                count(DISTINCT session_hash) AS sessions,
                count(DISTINCT CASE WHEN friction > 0 THEN session_hash END) AS friction_sessions
         FROM visits GROUP BY GROUPING SETS ((is_current, bucket), (is_current))",
        conditions = conditions(scope),
        friction = is_friction(scope),
    );
    let answer = question.ask(&sql, params(scope, PeriodScope::WithPrevious)).await?;
    Ok(fold(buckets, &answer))
}

fn fold(buckets: &SeriesBuckets, answer: &QueryResult) -> Overview {
    let mut overview = empty(buckets);
    for row in answer.rows() {
        let totals = Totals {
            events: answer.count("events", row),
            page_views: answer.count("page_views", row),
            visitors: answer.count("visitors", row),
            sessions: answer.count("sessions", row),
            friction: answer.count("friction", row),
            friction_sessions: answer.count("friction_sessions", row),
        };
        let is_current = answer.integer("is_current", row) == Some(1);
        let Some(number) = answer.integer("bucket", row) else {
            *(if is_current { &mut overview.totals } else { &mut overview.previous }) = totals;
            continue;
        };
        if let Some(bucket) = bucket(&mut overview, number) {
            bucket.totals = totals;
        }
    }
    overview
}

/// Nothing happened.
fn empty(buckets: &SeriesBuckets) -> Overview {
    Overview {
        totals: Totals::default(),
        previous: Totals::default(),
        distinct_error: 0.0,
        series: empty_series(buckets.current()),
        previous_series: empty_series(buckets.previous()),
    }
}

fn empty_series(starts: &[Timestamp]) -> Vec<Bucket> {
    starts.iter().map(|at| Bucket { at: *at, totals: Totals::default() }).collect()
}
