//! Which visits were there?

mod summaries;

use std::fmt::Write as _;

use domain::question::{PageRange, Scope, SessionFilters, SessionPage, SessionSort};
use domain::time::Timestamp;
use engine::ports::lake::Error;

use super::scope::{PAGE_VIEW, PeriodScope, conditions, is_friction};
use super::session_filters::{DURATION, having_listed, session_params, whole};
use crate::id_hash::hash_id;
use crate::query::{QueryResult, Question};

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
    let values = session_params(scope, which, PeriodScope::Period);
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
        SessionSort::Longest => (format!(", {DURATION} AS rank"), "rank DESC, "),
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
        having = having_listed(scope, which, &friction),
    )
}

/// The conditions of a scope, for its own period only.
fn conditions_of_period(scope: &Scope) -> String {
    format!("{} AND occurred_at >= $split", conditions(scope))
}
