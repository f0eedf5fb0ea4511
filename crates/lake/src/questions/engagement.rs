//! How engaged are visits, and what do they bring?
//!
//! One statement makes a row of each session, which the domain counts; another reads the conversions.

use domain::question::engagement::{EngagedSession, Engagement, EngagementTally};
use domain::question::{Scope, SeriesBuckets};
use domain::time::Timestamp;
use engine::ports::lake::Error;

use super::conversions::{conversions, lists_by_session};
use super::scope::{CURRENT, PAGE_VIEW, PeriodScope, conditions, params};
use super::session_filters::{DURATION, having, whole};
use crate::query::Question;

pub(crate) async fn engagement(question: &Question, scope: &Scope) -> Result<Engagement, Error> {
    let whole = whole(scope);
    let values = params(&whole, PeriodScope::WithPrevious);
    let found = conversions(question, &conditions(&whole), values).await?;
    let [(previous, _), (current, unattributed)] = found.map(lists_by_session);
    let values = params(scope, PeriodScope::WithPrevious);
    let mut rows = question.stream(&statement(scope), values).await?;
    let buckets = SeriesBuckets::of(scope.period);
    let mut tally = EngagementTally::new(&buckets);
    while let Some(batch) = rows.next().await? {
        let column = |name| {
            let missing = || Error::Internal(format!("the sessions have no {name}").into());
            batch.integers(name).ok_or_else(missing)
        };
        let (sessions, is_current) = (column("session_hash")?, column("is_current")?);
        let (begins, micros) = (column("begins")?, column("micros")?);
        let page_views = column("page_views")?;
        for row in batch.rows() {
            let converted = if is_current.value(row) > 0 { &current } else { &previous };
            tally.add(&EngagedSession {
                begins: Timestamp::from_micros(begins.value(row)),
                duration_micros: micros.value(row),
                page_views: page_views.value(row).unsigned_abs(),
                conversions: converted.get(&sessions.value(row)).map_or(&[], Vec::as_slice),
            });
        }
    }
    Ok(tally.finish(unattributed))
}

/// A row for each session, and for the part of it in the period before.
fn statement(scope: &Scope) -> String {
    let whole = whole(scope);
    format!(
        "SELECT session_hash, {CURRENT} AS is_current, CAST(min(occurred_at) AS BIGINT) AS begins,
                {DURATION} AS micros,
                count(*) FILTER (WHERE {PAGE_VIEW}) AS page_views
         FROM events WHERE {rows} AND session_id IS NOT NULL
         GROUP BY session_hash, is_current{having}",
        rows = conditions(&whole),
        having = having(scope, CURRENT),
    )
}
