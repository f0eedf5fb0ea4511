//! Which pages do visitors see?

use domain::question::{PageList, PageRange, PageRow, Scope};
use engine::ports::lake::Error;

use super::scope::{CURRENT, PAGE_VIEW, PeriodScope, conditions, is_friction, params};
use crate::query::Question;

/// One scan of page views and friction. Pages without a view in the period are left out.
pub(crate) async fn pages(
    question: &Question,
    scope: &Scope,
    slice: PageRange,
) -> Result<PageList, Error> {
    let sql = format!(
        "WITH pages AS (
           SELECT path,
                  count(*) FILTER (WHERE {CURRENT} AND {PAGE_VIEW}) AS views,
                  count(*) FILTER (WHERE NOT {CURRENT} AND {PAGE_VIEW}) AS previous_views,
                  count(DISTINCT CASE WHEN {CURRENT} AND {PAGE_VIEW} THEN visitor_hash END)
                      AS visitors,
                  count(DISTINCT CASE WHEN {CURRENT} AND {PAGE_VIEW} THEN session_hash END)
                      AS sessions,
                  count(*) FILTER (WHERE {CURRENT} AND {friction}) AS friction
           FROM events
           WHERE {conditions} AND path IS NOT NULL AND ({PAGE_VIEW} OR {friction})
           GROUP BY path)
         SELECT *, count(*) OVER () AS total FROM pages WHERE views > 0
         ORDER BY views DESC, path",
        conditions = conditions(scope),
        friction = is_friction(scope),
    );
    let sliced = format!("{sql} LIMIT {} OFFSET {}", slice.limit(), slice.offset);
    let values = params(scope, PeriodScope::WithPrevious);
    let mut answer = question.ask(&sliced, values.clone()).await?;
    let row = |row: usize| PageRow {
        path: answer.text("path", row).unwrap_or_default(),
        views: answer.count("views", row),
        previous_views: answer.count("previous_views", row),
        visitors: answer.count("visitors", row),
        sessions: answer.count("sessions", row),
        friction: answer.count("friction", row),
    };
    let pages: Vec<PageRow> = answer.rows().map(row).collect();
    if pages.is_empty() && slice.offset > 0 {
        // Past the end no row carries the total.
        answer = question.ask(&format!("{sql} LIMIT 1"), values).await?;
    }
    let total = if answer.rows().is_empty() { 0 } else { answer.count("total", 0) };
    Ok(PageList { pages, total })
}
