//! Are widgets seen, opened and called?

use datafusion::common::ScalarValue;
use domain::id::{ProjectId, WidgetId};
use domain::question::{Period, WidgetActivity};
use engine::ports::lake::Error;

use crate::query::{Params, QueryResult, Question, instant};

/// One scan of the widgets' events. Bots are left out, as in other figures of visitors.
const STATEMENT: &str = "
    WITH sessions AS (
        SELECT json_get_text(properties, 'widget_id') AS widget_id, session_id,
               count(*) FILTER (WHERE name = 'widget_load') AS loads,
               count(*) FILTER (WHERE name = 'widget_open') AS opens,
               count(*) FILTER (WHERE name = 'call_start') AS calls
        FROM events
        WHERE project_id = $project AND occurred_at >= $from AND occurred_at < $to
          AND category = 'widget' AND name IN ('widget_load', 'widget_open', 'call_start')
          AND bot IS NULL
        GROUP BY json_get_text(properties, 'widget_id'), session_id
    )
    SELECT widget_id, sum(loads) AS loads, sum(opens) AS opens, sum(calls) AS calls,
           count(*) FILTER (WHERE loads > 0) AS loaded_sessions,
           count(*) FILTER (WHERE loads > 0 AND opens > 0) AS opened_sessions,
           count(*) FILTER (WHERE loads > 0 AND calls > 0) AS called_sessions
    FROM sessions WHERE widget_id IS NOT NULL GROUP BY widget_id ORDER BY widget_id";

pub(crate) async fn widget_activity(
    question: &Question,
    project: ProjectId,
    period: Period,
) -> Result<Vec<WidgetActivity>, Error> {
    let params = Params::from([
        ("project", ScalarValue::from(project.to_string())),
        ("from", instant(period.from())),
        ("to", instant(period.to())),
    ]);
    let answer = question.ask(STATEMENT, params).await?;
    Ok(answer.rows().filter_map(|row| activity(&answer, row)).collect())
}

/// None of a row whose id is no widget's.
fn activity(answer: &QueryResult, row: usize) -> Option<WidgetActivity> {
    let widget_id: WidgetId = answer.text("widget_id", row)?.parse().ok()?;
    Some(WidgetActivity {
        widget_id,
        loads: answer.count("loads", row),
        opens: answer.count("opens", row),
        calls: answer.count("calls", row),
        loaded_sessions: answer.count("loaded_sessions", row),
        opened_sessions: answer.count("opened_sessions", row),
        called_sessions: answer.count("called_sessions", row),
    })
}
