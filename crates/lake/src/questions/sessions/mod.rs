//! Which visits were there?

mod summaries;

use std::fmt::Write as _;

use datafusion::common::ScalarValue;
use domain::question::{Filters, PageRange, Scope, SessionFilters, SessionPage, SessionSort};
use domain::time::Timestamp;
use engine::ports::lake::Error;

use super::scope::{
    IS_ERROR, PAGE_VIEW, PeriodScope, conditions, equal_to_filters, is_friction, narrows_friction,
    params,
};
use crate::id_hash::hash_id;
use crate::query::{Params, QueryResult, Question};

/// The order of a visit's events: by instant, then by the page's count.
const IN_ORDER: &str = "ORDER BY occurred_at, seq, id";
/// The hashes of the sessions that the filters name.
const NAMED: &str = "named_sessions";

/// Three statements: which sessions the page of the list holds, from few columns of all events; then what
/// their rows say, and their paths, from the events of these sessions.
pub(crate) async fn sessions(
    question: &Question,
    scope: &Scope,
    which: &SessionFilters,
    sort: SessionSort,
    slice: PageRange,
) -> Result<SessionPage, Error> {
    if let Some(ids) = &which.session_ids {
        question.register_hashes(NAMED, ids.iter().map(|id| hash_id(id.as_bytes())).collect());
    }
    let ranked = ranked(scope, which, sort);
    let values = filter_params(scope, which);
    let sliced = format!("{ranked} LIMIT {} OFFSET {}", slice.limit(), slice.offset);
    let mut answer = question.ask(&sliced, values.clone()).await?;
    let listed: Vec<Listed> = answer.rows().filter_map(|row| Listed::read(&answer, row)).collect();
    if listed.is_empty() && slice.offset > 0 {
        // Past the end no row carries the total.
        answer = question.ask(&format!("{ranked} LIMIT 1"), values).await?;
    }
    let total = if answer.rows().is_empty() { 0 } else { answer.count("total", 0) };
    Ok(SessionPage { sessions: summaries::summaries(question, scope, &listed).await?, total })
}

/// A session of the page that is asked for.
#[derive(Debug)]
struct Listed {
    hash: i64,
    started_at: Timestamp,
    last_event_at: Timestamp,
}

impl Listed {
    fn read(answer: &QueryResult, row: usize) -> Option<Self> {
        Some(Self {
            hash: answer.integer("session_hash", row)?,
            started_at: answer.instant("started_at", row),
            last_event_at: answer.instant("last_event_at", row),
        })
    }
}

/// The scope without its filters: whatever else happened in a session that has an event of the scope.
fn whole(scope: &Scope) -> Scope {
    let Filters { include_bots, include_answered, .. } = scope.filters;
    let filters = Filters { include_bots, include_answered, ..Filters::default() };
    Scope { filters, ..scope.clone() }
}

/// The first or last value of a column in a session.
fn edge(function: &str, column: &str, condition: &str) -> String {
    format!("{function}({column} {IN_ORDER}) FILTER (WHERE {condition})")
}

/// The host that links to a session's first page: null where somebody typed the address.
fn referrer_host() -> String {
    format!("split_part({}, '/', 3)", edge("first_value", "referrer", PAGE_VIEW))
}

/// All sessions in order.
fn ranked(scope: &Scope, which: &SessionFilters, sort: SessionSort) -> String {
    let whole = whole(scope);
    let mut rows = format!("{} AND session_id IS NOT NULL", conditions_of_period(&whole));
    if which.session_id.is_some() {
        rows.push_str(" AND session_id = $session_id");
    }
    if which.session_ids.is_some() {
        let _ = write!(rows, " AND session_hash IN (SELECT session_hash FROM {NAMED})");
    }
    let friction = format!("count(*) FILTER (WHERE {})", is_friction(&whole));
    let (ranks, order) = match sort {
        SessionSort::Latest => (String::new(), ""),
        SessionSort::Longest => (
            ", CAST(max(occurred_at) AS BIGINT) - CAST(min(occurred_at) AS BIGINT) AS rank".into(),
            "rank DESC, ",
        ),
        SessionSort::Friction => (format!(", {friction} AS rank"), "rank DESC, "),
        SessionSort::Pages => {
            (format!(", count(*) FILTER (WHERE {PAGE_VIEW}) AS rank"), "rank DESC, ")
        }
    };
    format!(
        "WITH sessions AS (
           SELECT session_hash, min(occurred_at) AS started_at, max(occurred_at) AS last_event_at{ranks}
           FROM events WHERE {rows} GROUP BY session_hash{having})
         SELECT *, count(*) OVER () AS total FROM sessions
         ORDER BY {order}started_at DESC, session_hash",
        having = having(scope, which, &friction),
    )
}

/// The conditions on a whole session.
fn having(scope: &Scope, which: &SessionFilters, friction: &str) -> String {
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

/// The conditions of a scope, for its own period only.
fn conditions_of_period(scope: &Scope) -> String {
    format!("{} AND occurred_at >= $split", conditions(scope))
}

/// The values of everything [`ranked`] names.
fn filter_params(scope: &Scope, which: &SessionFilters) -> Params {
    let mut values = params(scope, PeriodScope::Period);
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
