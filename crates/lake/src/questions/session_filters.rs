//! Shared SQL of questions about visits: which ones, and values of their first and last events.

use datafusion::common::ScalarValue;
use domain::question::{Scope, SessionFilters};

use super::filters::{EventFilters, of_sessions};
use super::scope::{IS_ERROR, PAGE_VIEW, PeriodScope, params};
use crate::query::Params;

/// The order of a visit's events: by instant, then by the page's count.
pub(super) const IN_ORDER: &str = "ORDER BY occurred_at, seq, id";

/// The scope without its filters: whatever else happened in a session that has an event of the scope.
pub(super) fn whole(scope: &Scope) -> Scope {
    Scope { filters: scope.filters.nothing_filtered(), ..scope.clone() }
}

/// The first or last value of a column in a session. Of events that the page's count does not order either, the value
/// decides: reading their ids takes as long as all other columns.
pub(super) fn edge(function: &str, column: &str, condition: &str) -> String {
    format!("{function}({column} ORDER BY occurred_at, seq, {column}) FILTER (WHERE {condition})")
}

/// The first value of a column in a session.
pub(super) fn first(column: &str) -> String {
    edge("first_value", column, &format!("{column} IS NOT NULL"))
}

/// The host that links to a session's first page: null where somebody typed the address.
pub(super) fn referrer_host() -> String {
    format!("split_part({}, '/', 3)", edge("first_value", "referrer", PAGE_VIEW))
}

/// The host of a session's first page.
pub(super) fn page_host() -> String {
    format!("split_part({}, '/', 3)", edge("first_value", "url", PAGE_VIEW))
}

/// The width of a session's first page view that has one.
pub(super) fn viewport_width() -> String {
    let condition = format!("{PAGE_VIEW} AND viewport_width IS NOT NULL");
    edge("first_value", "viewport_width", &condition)
}

/// From a session's first to its last event, in microseconds.
pub(super) const DURATION: &str =
    "CAST(max(occurred_at) AS BIGINT) - CAST(min(occurred_at) AS BIGINT)";

/// The conditions of a scope's filters on a whole session, as the last clause of a statement that groups by session.
/// `is_current` says of a row whether it is of the period.
pub(super) fn having(scope: &Scope, is_current: &str) -> String {
    clause(&conditions_on_session(scope, is_current))
}

/// The same with the conditions of the list of sessions. `friction` counts a session's friction.
pub(super) fn having_listed(scope: &Scope, which: &SessionFilters, friction: &str) -> String {
    let mut needed = conditions_on_session(scope, "true");
    let any = |column: &str| format!("count(*) FILTER (WHERE {column} = ${column}) > 0");
    let conditions = [
        (which.user_id.is_some(), any("user_id")),
        (which.visitor_id.is_some(), any("visitor_id")),
        (which.min_seconds.is_some(), format!("{DURATION} >= $min_micros")),
        (which.max_seconds.is_some(), format!("{DURATION} <= $max_micros")),
        (which.has_friction, format!("{friction} > 0")),
        (
            which.has_error,
            format!("count(*) FILTER (WHERE category = 'friction' AND {IS_ERROR}) > 0"),
        ),
    ];
    needed.extend(conditions.into_iter().filter(|(is_wanted, _)| *is_wanted).map(|(_, text)| text));
    clause(&needed)
}

fn conditions_on_session(scope: &Scope, is_current: &str) -> Vec<String> {
    [EventFilters::of(scope).conditions(), of_sessions(scope, is_current)].concat()
}

fn clause(needed: &[String]) -> String {
    if needed.is_empty() { String::new() } else { format!(" HAVING {}", needed.join(" AND ")) }
}

/// The values of the scope and of everything [`having_listed`] names.
pub(super) fn session_params(
    scope: &Scope,
    which: &SessionFilters,
    periods: PeriodScope,
) -> Params {
    let mut values = params(scope, periods);
    let texts = [
        ("user_id", &which.user_id),
        ("visitor_id", &which.visitor_id),
        ("session_id", &which.session_id),
    ];
    let texts =
        texts.into_iter().filter_map(|(name, value)| Some((name, value.as_deref()?.into())));
    values.extend(texts);
    let micros = |seconds: u32| ScalarValue::from(i64::from(seconds) * 1_000_000);
    values.extend(which.min_seconds.map(|seconds| ("min_micros", micros(seconds))));
    values.extend(which.max_seconds.map(|seconds| ("max_micros", micros(seconds))));
    values
}
