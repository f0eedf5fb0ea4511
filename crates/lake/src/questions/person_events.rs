//! The latest events of a customer: what they did, and the friction they met.

use std::fmt::Write as _;

use datafusion::common::ScalarValue;
use domain::question::{EventRow, PersonEventRange};
use engine::ports::lake::Error;

use super::events::{COLUMNS, event};
use super::scope::IS_ANSWERED;
use crate::query::{Params, Question, instant};

/// Two statements, as for [`events`](super::events::events): filters of the files' user ids leave out most of them.
pub(crate) async fn person_events(
    question: &Question,
    range: &PersonEventRange,
) -> Result<Vec<EventRow>, Error> {
    let mut values = Params::from([
        ("project", ScalarValue::from(range.project_id.to_string())),
        ("user_id", ScalarValue::from(range.user_id.as_str())),
    ]);
    let mut source = format!(
        "FROM events WHERE project_id = $project AND user_id = $user_id AND bot IS NULL AND ({})",
        kinds(range)
    );
    if let Some((at, id)) = &range.before {
        source
            .push_str(" AND occurred_at <= $before AND (occurred_at < $before OR id < $before_id)");
        values.insert("before", instant(*at));
        values.insert("before_id", ScalarValue::from(id.as_str()));
    }
    let last = range.limit() - 1;
    let oldest =
        format!("SELECT occurred_at {source} ORDER BY occurred_at DESC LIMIT 1 OFFSET {last}");
    let found = question.ask(&oldest, values.clone()).await?;
    if !found.rows().is_empty() {
        source.push_str(" AND occurred_at >= $oldest");
        values.insert("oldest", instant(found.instant("occurred_at", 0)));
    }
    let rows = format!(
        "SELECT {COLUMNS} {source} ORDER BY occurred_at DESC, id DESC LIMIT {}",
        range.limit()
    );
    let answer = question.ask(&rows, values).await?;
    Ok(answer.rows().map(|row| event(&answer, row)).collect())
}

fn kinds(range: &PersonEventRange) -> String {
    let mut text = "1 = 0".to_owned();
    if range.behavior {
        text.push_str(" OR category = 'behavior'");
    }
    if range.friction {
        let _ = write!(text, " OR (category = 'friction' AND NOT ({IS_ANSWERED}))");
    }
    text
}
