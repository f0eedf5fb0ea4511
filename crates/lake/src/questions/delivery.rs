//! Do the events that clients number arrive?

use datafusion::common::ScalarValue;
use domain::id::ProjectId;
use domain::question::{Delivery, MAX_MISSING, Period};
use domain::time::Timestamp;
use engine::ports::lake::Error;

use crate::query::{Params, Question, instant};

/// No visit lasts longer, in seconds: events are looked for so far before and after the period.
const LONGEST_VISIT_SECONDS: i64 = 24 * 3_600;

/// One scan. A visit of pages and the session of a widget have a row each, whatever their ids. Some clients
/// count from 0.
const STATEMENT: &str = "
    WITH visits AS (
        SELECT min(occurred_at) AS first_at, max(occurred_at) AS last_at,
               least(CAST(max(seq) AS BIGINT) + 1
                         - CASE WHEN min(occurred_at) < $whole_since THEN min(seq) ELSE least(min(seq), 1) END,
                     count(DISTINCT seq) + $max_missing) AS numbered,
               count(DISTINCT seq) AS received
        FROM events
        WHERE project_id = $project AND occurred_at >= $first AND occurred_at < $last
          AND seq IS NOT NULL AND session_id IS NOT NULL
        GROUP BY session_id, category = 'widget'
    )
    SELECT count(*) FILTER (WHERE last_at <= $idle_since) AS visits,
           count(*) FILTER (WHERE last_at <= $idle_since AND received = numbered) AS complete_visits,
           coalesce(sum(numbered) FILTER (WHERE last_at <= $idle_since), 0) AS numbered,
           coalesce(sum(received) FILTER (WHERE last_at <= $idle_since), 0) AS received,
           count(*) FILTER (WHERE last_at > $idle_since) AS open_visits
    FROM visits WHERE first_at >= $from AND first_at < $to";

/// Visits begun in the period; those with an event after `idle_since` are open.
pub(crate) async fn delivery(
    question: &Question,
    project: ProjectId,
    period: Period,
    idle_since: Timestamp,
    removed_before: Option<Timestamp>,
) -> Result<Delivery, Error> {
    let whole_since = removed_before
        .map_or(Timestamp::from_micros(i64::MIN), |at| at.plus_seconds(LONGEST_VISIT_SECONDS));
    let params = Params::from([
        ("project", ScalarValue::from(project.to_string())),
        ("max_missing", ScalarValue::from(i64::from(MAX_MISSING))),
        ("first", instant(period.from().plus_seconds(-LONGEST_VISIT_SECONDS))),
        ("from", instant(period.from())),
        ("to", instant(period.to())),
        ("last", instant(period.to().plus_seconds(LONGEST_VISIT_SECONDS))),
        ("idle_since", instant(idle_since)),
        ("whole_since", instant(whole_since)),
    ]);
    let answer = question.ask(STATEMENT, params).await?;
    Ok(Delivery {
        visits: answer.count("visits", 0),
        complete_visits: answer.count("complete_visits", 0),
        numbered: answer.count("numbered", 0),
        received: answer.count("received", 0),
        open_visits: answer.count("open_visits", 0),
    })
}
