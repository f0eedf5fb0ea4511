//! How much is going on? Counts, distinct visitors and sessions, for two periods and their buckets.

use domain::question::{Bucket, Overview, Period, Scope, Totals};
use engine::ports::lake::Error;

use super::scope::{
    BUCKET, CURRENT, PAGE_VIEW, Span, bucket_params, conditions, is_friction, params,
};
use crate::query::{Answer, Question};

/// One scan. The inner level brings a bucket's events of one session down to a row, so that the
/// distinct counts, for buckets and for whole periods, work on few rows.
pub(crate) async fn overview(question: &Question, scope: &Scope) -> Result<Overview, Error> {
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
    let mut values = params(scope, Span::WithPrevious);
    values.extend(bucket_params(scope.period));
    let answer = question.ask(&sql, values).await?;
    Ok(fold(scope.period, &answer))
}

fn fold(period: Period, answer: &Answer) -> Overview {
    let mut overview = Overview {
        totals: Totals::default(),
        previous: Totals::default(),
        series: empty_series(period),
        previous_series: empty_series(period.previous()),
    };
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
        let Some(bucket) = answer.integer("bucket", row) else {
            *(if is_current { &mut overview.totals } else { &mut overview.previous }) = totals;
            continue;
        };
        let (series, index) = if is_current {
            (&mut overview.series, bucket)
        } else {
            (&mut overview.previous_series, -1 - bucket)
        };
        if let Some(bucket) = usize::try_from(index).ok().and_then(|index| series.get_mut(index)) {
            bucket.totals = totals;
        }
    }
    overview
}

fn empty_series(period: Period) -> Vec<Bucket> {
    period.buckets().map(|at| Bucket { at, totals: Totals::default() }).collect()
}
