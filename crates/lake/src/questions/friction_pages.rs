//! On which pages do visitors get stuck?

use domain::friction;
use domain::question::{FrictionPage, PageRange, Scope};
use engine::ports::lake::Error;

use super::scope::{CURRENT, PeriodScope, conditions, is_friction, params, weight};
use crate::query::Question;

/// One scan. Grouping by page and session first, to count rows instead of distinct sessions, was
/// slower: there are almost as many such groups as page views.
pub(crate) async fn friction_pages(
    question: &Question,
    scope: &Scope,
    slice: PageRange,
) -> Result<Vec<FrictionPage>, Error> {
    let friction = is_friction(scope);
    let sql = format!(
        "WITH pages AS (
           SELECT path,
                  count(*) FILTER (WHERE {CURRENT} AND {friction}) AS count,
                  count(*) FILTER (WHERE NOT {CURRENT} AND {friction}) AS previous_count,
                  count(DISTINCT CASE WHEN {CURRENT} AND {friction} THEN session_hash END)
                      AS friction_sessions,
                  count(DISTINCT CASE WHEN {CURRENT} THEN session_hash END) AS sessions,
                  sum({weight}) FILTER (WHERE {CURRENT} AND {friction}) AS weighted
           FROM events WHERE {conditions} AND path IS NOT NULL
           GROUP BY path)
         SELECT * FROM pages WHERE count > 0
         ORDER BY CASE WHEN sessions = 0 THEN 0.0
                       ELSE CAST(weighted AS DOUBLE) / sessions END DESC, path
         LIMIT {limit} OFFSET {offset}",
        weight = weight(),
        conditions = conditions(scope),
        limit = slice.limit(),
        offset = slice.offset,
    );
    let answer = question.ask(&sql, params(scope, PeriodScope::WithPrevious)).await?;
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
