//! The events of one visit, in order.

use std::fmt::Write as _;

use datafusion::common::ScalarValue;
use domain::event::Vitals;
use domain::id::ProjectId;
use domain::question::{SessionEvent, SessionEventRange};
use engine::ports::lake::Error;

use super::events::{COLUMNS, event};
use crate::query::{Params, QueryResult, Question, instant};

/// Stands for the count of an event without one, so that it comes last of its instant.
const NO_SEQ: i64 = i64::MAX;

/// One statement; filters of the files' session ids leave out most of them.
pub(crate) async fn session_events(
    question: &Question,
    project: ProjectId,
    session_id: &str,
    range: SessionEventRange,
) -> Result<Vec<SessionEvent>, Error> {
    let mut values = Params::from([
        ("project", ScalarValue::from(project.to_string())),
        ("session_id", ScalarValue::from(session_id)),
    ]);
    let mut conditions = "project_id = $project AND session_id = $session_id".to_owned();
    let seq = format!("coalesce(seq, {NO_SEQ})");
    if let Some(after) = range.after {
        let _ = write!(
            conditions,
            " AND occurred_at >= $after AND (occurred_at > $after OR {seq} > $after_seq
              OR ({seq} = $after_seq AND id > $after_id))"
        );
        values.insert("after", instant(after.occurred_at));
        values.insert("after_seq", ScalarValue::from(after.seq));
        values.insert("after_id", ScalarValue::from(after.id.0.to_string()));
    }
    let sql = format!(
        "SELECT {COLUMNS}, {seq} AS seq, value, currency, load_time, first_contentful_paint,
                time_to_interactive, largest_contentful_paint, interaction_to_next_paint,
                cumulative_layout_shift, time_to_first_byte
         FROM events WHERE {conditions} ORDER BY occurred_at, seq, id LIMIT {}",
        range.limit(),
    );
    let answer = question.ask(&sql, values).await?;
    Ok(answer.rows().map(|row| session_event(&answer, row)).collect())
}

fn session_event(answer: &QueryResult, row: usize) -> SessionEvent {
    let number = |column: &str| answer.double(column, row);
    SessionEvent {
        row: event(answer, row),
        seq: answer.integer("seq", row).unwrap_or(NO_SEQ),
        value: number("value"),
        currency: answer.text("currency", row),
        vitals: Vitals {
            load_time: number("load_time"),
            first_contentful_paint: number("first_contentful_paint"),
            time_to_interactive: number("time_to_interactive"),
            largest_contentful_paint: number("largest_contentful_paint"),
            interaction_to_next_paint: number("interaction_to_next_paint"),
            cumulative_layout_shift: number("cumulative_layout_shift"),
            time_to_first_byte: number("time_to_first_byte"),
        },
    }
}
