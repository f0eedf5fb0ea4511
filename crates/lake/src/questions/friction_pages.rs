//! On which pages do visitors get stuck?

use domain::friction;
use domain::question::{FrictionPage, Scope, Slice};
use engine::ports::lake::Error;

use super::scope::{CURRENT, Span, conditions, is_friction, params, weight};
use crate::query::Question;

/// One scan: the inner level has a row for each session on each page, so that the outer one counts
/// sessions by counting rows.
pub(crate) async fn friction_pages(
    question: &Question,
    scope: &Scope,
    slice: Slice,
) -> Result<Vec<FrictionPage>, Error> {
    let friction = is_friction(scope);
    let sql = format!(
        "WITH visits AS (
           SELECT path, session_hash,
                  count(*) FILTER (WHERE {CURRENT}) AS events,
                  count(*) FILTER (WHERE {CURRENT} AND {friction}) AS friction,
                  count(*) FILTER (WHERE NOT {CURRENT} AND {friction}) AS previous,
                  sum({weight}) FILTER (WHERE {CURRENT} AND {friction}) AS weighted
           FROM events WHERE {conditions} AND path IS NOT NULL
           GROUP BY path, session_hash),
         pages AS (
           SELECT path,
                  CAST(sum(friction) AS BIGINT) AS count,
                  CAST(sum(previous) AS BIGINT) AS previous_count,
                  count(session_hash) FILTER (WHERE friction > 0) AS friction_sessions,
                  count(session_hash) FILTER (WHERE events > 0) AS sessions,
                  CAST(sum(weighted) AS BIGINT) AS weighted
           FROM visits GROUP BY path)
         SELECT * FROM pages WHERE count > 0
         ORDER BY CASE WHEN sessions = 0 THEN 0.0
                       ELSE CAST(weighted AS DOUBLE) / sessions END DESC, path
         LIMIT {limit} OFFSET {offset}",
        weight = weight(),
        conditions = conditions(scope),
        limit = slice.limit(),
        offset = slice.offset,
    );
    let answer = question.ask(&sql, params(scope, Span::WithPrevious)).await?;
    let page = |row: usize| {
        let sessions = answer.count("sessions", row);
        FrictionPage {
            path: answer.text("path", row).unwrap_or_default(),
            count: answer.count("count", row),
            previous_count: answer.count("previous_count", row),
            friction_sessions: answer.count("friction_sessions", row),
            sessions,
            score: friction::score(answer.count("weighted", row), sessions),
        }
    };
    Ok(answer.rows().map(page).collect())
}
