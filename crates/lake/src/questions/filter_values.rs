//! Which values may a filter have, and how many sessions have each?

use std::fmt::Write as _;

use datafusion::common::ScalarValue;
use domain::question::{FilterDimension, FilterLevel, FilterValue, Scope, SessionBehavior};
use engine::ports::lake::Error;

use super::filters::{Needs, behavior, column, session_value};
use super::scope::{IS_ERROR, PeriodScope, conditions, is_friction, params};
use super::session_filters::{having, whole};
use crate::query::Question;

/// One statement: over the events of the scope, or over its sessions where the dimension is of sessions.
pub(crate) async fn filter_values(
    question: &Question,
    scope: &Scope,
    dimension: FilterDimension,
    search: &str,
    limit: u32,
) -> Result<Vec<FilterValue>, Error> {
    if dimension == FilterDimension::Session {
        return behaviors(question, scope, search, limit).await;
    }
    question.find_out(scope, PeriodScope::Period, Needs::default()).await?;
    let source = match (dimension.level(), session_value(dimension)) {
        (FilterLevel::Session, Some(value)) => format!(
            "SELECT coalesce(value, '') AS value, count(*) AS sessions
             FROM (SELECT {value} AS value {sessions}) GROUP BY coalesce(value, '')",
            sessions = sessions(scope),
        ),
        _ => of_events(scope, dimension),
    };
    let mut values = params(scope, PeriodScope::Period);
    let mut found = "sessions > 0";
    if !search.is_empty() {
        found = "sessions > 0 AND contains(lower(value), $search)";
        values.insert("search", ScalarValue::from(search.to_lowercase()));
    }
    let sql = format!(
        "SELECT value, sessions FROM ({source}) WHERE {found}
         ORDER BY sessions DESC, value LIMIT {limit}"
    );
    let answer = question.ask(&sql, values).await?;
    let value = |row| FilterValue {
        value: answer.text("value", row).unwrap_or_default(),
        sessions: answer.count("sessions", row),
    };
    Ok(answer.rows().map(value).collect())
}

/// The sessions of the scope, as the end of a statement with a row for each.
fn sessions(scope: &Scope) -> String {
    format!(
        "FROM events WHERE {} AND session_id IS NOT NULL GROUP BY session_hash{}",
        conditions(&whole(scope)),
        having(scope, "true"),
    )
}

/// Values of the events of the scope.
fn of_events(scope: &Scope, dimension: FilterDimension) -> String {
    let column = column(dimension);
    let mut rows = conditions(scope);
    if dimension.level() == FilterLevel::Friction {
        let _ = write!(rows, " AND {}", is_friction(scope));
    }
    match dimension {
        FilterDimension::Selector => {
            let _ = write!(rows, " AND NOT {IS_ERROR}");
        }
        FilterDimension::ErrorGroup => {
            let _ = write!(rows, " AND {IS_ERROR}");
        }
        _ => {}
    }
    format!(
        "SELECT {column} AS value, count(DISTINCT session_hash) AS sessions FROM events
         WHERE {rows} AND {column} IS NOT NULL AND {column} <> '' GROUP BY {column}"
    )
}

/// Behaviours of sessions, most frequent first.
async fn behaviors(
    question: &Question,
    scope: &Scope,
    search: &str,
    limit: u32,
) -> Result<Vec<FilterValue>, Error> {
    question.find_out(scope, PeriodScope::Period, Needs::all()).await?;
    let (mut counts, mut columns) = (String::new(), String::new());
    for it in SessionBehavior::all() {
        let comma = if counts.is_empty() { "" } else { ", " };
        let name = it.as_str();
        let _ = write!(counts, "{comma}count(*) FILTER (WHERE {name}) AS {name}");
        let _ = write!(columns, "{comma}{} AS {name}", behavior(it, scope, "true"));
    }
    let sql = format!("SELECT {counts} FROM (SELECT {columns} {})", sessions(scope));
    let answer = question.ask(&sql, params(scope, PeriodScope::Period)).await?;
    let search = search.to_lowercase();
    let found = SessionBehavior::all().filter(|it| it.as_str().contains(&search));
    let mut values: Vec<FilterValue> = found
        .map(|it| FilterValue {
            value: it.as_str().to_owned(),
            sessions: answer.count(it.as_str(), 0),
        })
        .collect();
    values.sort_by_key(|value| std::cmp::Reverse(value.sessions));
    values.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    Ok(values)
}
