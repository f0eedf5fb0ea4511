//! Which views of a page were recorded?

use datafusion::common::ScalarValue;
use domain::question::heatmap::{RecordedView, WidthRange};
use domain::question::{FilterDimension, Scope};
use engine::ports::lake::Error;

use super::statement::width_condition;
use crate::id_hash::hash_id;
use crate::query::{QueryResult, Question};
use crate::questions::scope::{PAGE_VIEW, PeriodScope, conditions, params};

/// The hashes of recorded sessions.
const RECORDED: &str = "recorded_sessions";

/// One statement over the page views of these sessions.
pub(crate) async fn recorded_views(
    question: &Question,
    scope: &Scope,
    sessions: &[String],
    widths: WidthRange,
    limit: u32,
) -> Result<Vec<RecordedView>, Error> {
    let hashes = sessions.iter().map(|id| hash_id(id.as_bytes())).collect();
    question.register_hashes(RECORDED, hashes);
    // The page after may be any.
    let filters = scope.filters.without(FilterDimension::Path);
    let anywhere = Scope { filters, ..scope.clone() };
    let mut values = params(&anywhere, PeriodScope::Period);
    let widths = width_condition(widths, &mut values);
    let mut path = "";
    if let Some(page) = scope.filters.single_value(FilterDimension::Path) {
        path = " AND path = $path";
        values.insert("path", ScalarValue::from(page));
    }
    let sql = format!(
        "WITH views AS (
           SELECT session_id, path, occurred_at, viewport_width AS width, viewport_height, document_height,
                  lead(occurred_at) OVER (PARTITION BY session_hash ORDER BY occurred_at, seq, id) AS until
           FROM events
           WHERE {conditions} AND {PAGE_VIEW} AND session_id IS NOT NULL
                 AND session_hash IN (SELECT session_hash FROM {RECORDED}))
         SELECT * FROM views WHERE true{path}{widths}
         ORDER BY occurred_at DESC, session_id LIMIT {limit}",
        conditions = conditions(&anywhere),
    );
    let answer = question.ask(&sql, values).await?;
    Ok(answer.rows().filter_map(|row| view(&answer, row)).collect())
}

fn view(answer: &QueryResult, row: usize) -> Option<RecordedView> {
    let pixels = |column| answer.integer(column, row).and_then(|pixels| u32::try_from(pixels).ok());
    Some(RecordedView {
        session_id: answer.text("session_id", row)?,
        at: answer.instant("occurred_at", row),
        until: answer.integer("until", row).map(|_| answer.instant("until", row)),
        viewport_width: pixels("width"),
        viewport_height: pixels("viewport_height"),
        document_height: pixels("document_height"),
    })
}
