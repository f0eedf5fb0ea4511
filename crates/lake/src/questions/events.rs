//! The latest events.

use datafusion::common::ScalarValue;
use domain::id::EventId;
use domain::question::{EventPage, EventRange, EventRow, Scope};
use domain::time::Timestamp;
use engine::ports::lake::Error;
use uuid::Uuid;

use super::scope::{PeriodScope, conditions, is_friction, params};
use crate::query::{QueryResult, Question, instant};

/// The columns that [`event`] reads.
pub(super) const COLUMNS: &str = "id, category, name, occurred_at, received_at, visitor_id, session_id, user_id, \
    path, element_selector, element_text, error_message, error_group, stack, severity, \
    browser, os, device_type, country, properties, bot";

/// Two statements: the first finds the instant of the last row wanted, reading one column; the
/// second reads whole rows, but only from that instant on.
pub(crate) async fn events(
    question: &Question,
    scope: &Scope,
    friction_only: bool,
    range: EventRange,
) -> Result<EventPage, Error> {
    let mut source = format!("FROM events WHERE {}", conditions(scope));
    let mut values = params(scope, PeriodScope::Period);
    if friction_only {
        source = format!("{source} AND {}", is_friction(scope));
    }
    if let Some(after) = range.after {
        source.push_str(" AND (occurred_at < $after OR id > $after_id)");
        let end = Timestamp::min(scope.period.to(), after.occurred_at.plus_micros(1));
        values.insert("to", instant(end));
        values.insert("after", instant(after.occurred_at));
        values.insert("after_id", ScalarValue::from(after.id.0.to_string()));
    }
    let last = range.limit() - 1;
    let oldest =
        format!("SELECT occurred_at {source} ORDER BY occurred_at DESC LIMIT 1 OFFSET {last}");
    let found = question.ask(&oldest, values.clone()).await?;
    if !found.rows().is_empty() {
        values.insert("from", instant(found.instant("occurred_at", 0)));
    }
    let rows =
        format!("SELECT {COLUMNS} {source} ORDER BY occurred_at DESC, id LIMIT {}", range.limit());
    let answer = question.ask(&rows, values).await?;
    Ok(EventPage { events: answer.rows().map(|row| event(&answer, row)).collect() })
}

/// How many events match: one scan of the columns that the filters name.
pub(crate) async fn event_count(
    question: &Question,
    scope: &Scope,
    friction_only: bool,
) -> Result<u64, Error> {
    let mut sql = format!("SELECT count(*) AS events FROM events WHERE {}", conditions(scope));
    if friction_only {
        sql = format!("{sql} AND {}", is_friction(scope));
    }
    let answer = question.ask(&sql, params(scope, PeriodScope::Period)).await?;
    Ok(answer.count("events", 0))
}

/// The event of a row of [`COLUMNS`].
pub(super) fn event(answer: &QueryResult, row: usize) -> EventRow {
    let text = |column: &str| answer.text(column, row);
    let id = text("id").and_then(|text| Uuid::parse_str(&text).ok()).unwrap_or_default();
    EventRow {
        id: EventId(id),
        category: text("category").unwrap_or_default(),
        name: text("name").unwrap_or_default(),
        occurred_at: answer.instant("occurred_at", row),
        received_at: answer.instant("received_at", row),
        visitor_id: text("visitor_id"),
        session_id: text("session_id"),
        user_id: text("user_id"),
        path: text("path"),
        element_selector: text("element_selector"),
        element_text: text("element_text"),
        error_message: text("error_message"),
        error_group: text("error_group"),
        stack: text("stack"),
        severity: text("severity"),
        browser: text("browser"),
        os: text("os"),
        device: text("device_type"),
        country: text("country"),
        properties: text("properties"),
        bot: text("bot"),
    }
}
