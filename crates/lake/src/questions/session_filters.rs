//! Shared SQL of questions about visits: which ones, and values of their first and last events.

use std::fmt::Write as _;

use datafusion::common::ScalarValue;
use domain::question::{Filters, Scope, SessionFilters};

use super::scope::{
    IS_ERROR, PAGE_VIEW, PeriodScope, equal_to_filters, is_friction, narrows_friction, params,
};
use crate::query::Params;

/// The order of a visit's events: by instant, then by the page's count.
pub(super) const IN_ORDER: &str = "ORDER BY occurred_at, seq, id";

/// The scope without its filters: whatever else happened in a session that has an event of the scope.
pub(super) fn whole(scope: &Scope) -> Scope {
    let Filters { include_bots, include_answered, .. } = scope.filters;
    let filters = Filters { include_bots, include_answered, ..Filters::default() };
    Scope { filters, ..scope.clone() }
}

/// The first or last value of a column in a session. Of events that the page's count does not order either, the value
/// decides: reading their ids takes as long as all other columns.
pub(super) fn edge(function: &str, column: &str, condition: &str) -> String {
    format!("{function}({column} ORDER BY occurred_at, seq, {column}) FILTER (WHERE {condition})")
}

/// The host that links to a session's first page: null where somebody typed the address.
pub(super) fn referrer_host() -> String {
    format!("split_part({}, '/', 3)", edge("first_value", "referrer", PAGE_VIEW))
}

/// The conditions on a whole session, as the last clause of a statement that groups by session. `friction` counts its
/// friction.
pub(super) fn having(scope: &Scope, which: &SessionFilters, friction: &str) -> String {
    let mut needed = Vec::new();
    let mut matching = equal_to_filters(&scope.filters);
    if narrows_friction(&scope.filters) {
        let _ = write!(matching, " AND {}", is_friction(scope));
    }
    if let Some(matching) = matching.strip_prefix(" AND ") {
        needed.push(format!("count(*) FILTER (WHERE {matching}) > 0"));
    }
    let first = |column: &str| edge("first_value", column, &format!("{column} IS NOT NULL"));
    let last = |column: &str| edge("last_value", column, &format!("{column} IS NOT NULL"));
    let any = |column: &str| format!("count(*) FILTER (WHERE {column} = ${column}) > 0");
    let seconds = "CAST(max(occurred_at) AS BIGINT) - CAST(min(occurred_at) AS BIGINT)";
    let conditions = [
        (which.entry_path.is_some(), format!("{} = $entry_path", first("path"))),
        (which.exit_path.is_some(), format!("{} = $exit_path", last("path"))),
        (which.referrer_host.is_some(), format!("{} = $referrer_host", referrer_host())),
        (which.utm_source.is_some(), format!("{} = $utm_source", first("utm_source"))),
        (which.utm_medium.is_some(), format!("{} = $utm_medium", first("utm_medium"))),
        (which.utm_campaign.is_some(), format!("{} = $utm_campaign", first("utm_campaign"))),
        (which.city.is_some(), any("city")),
        (which.user_id.is_some(), any("user_id")),
        (which.visitor_id.is_some(), any("visitor_id")),
        (which.min_seconds.is_some(), format!("{seconds} >= $min_micros")),
        (which.max_seconds.is_some(), format!("{seconds} <= $max_micros")),
        (which.has_friction, format!("{friction} > 0")),
        (
            which.has_error,
            format!("count(*) FILTER (WHERE category = 'friction' AND {IS_ERROR}) > 0"),
        ),
    ];
    needed.extend(conditions.into_iter().filter(|(is_wanted, _)| *is_wanted).map(|(_, text)| text));
    if needed.is_empty() { String::new() } else { format!(" HAVING {}", needed.join(" AND ")) }
}

/// The values of the scope and of everything [`having`] names.
pub(super) fn session_params(
    scope: &Scope,
    which: &SessionFilters,
    periods: PeriodScope,
) -> Params {
    let mut values = params(scope, periods);
    let texts = [
        ("entry_path", &which.entry_path),
        ("exit_path", &which.exit_path),
        ("referrer_host", &which.referrer_host),
        ("utm_source", &which.utm_source),
        ("utm_medium", &which.utm_medium),
        ("utm_campaign", &which.utm_campaign),
        ("city", &which.city),
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
