//! The rows of the list: what happened in each of these visits.

use std::collections::HashMap;
use std::fmt::Write as _;

use domain::friction::Kind;
use domain::question::{Scope, SessionSummary};
use engine::ports::lake::Error;
use futures::try_join;

use super::{Listed, conditions_of_period};
use crate::query::{QueryResult, Question, instant};
use crate::questions::scope::{IS_ERROR, PAGE_VIEW, PeriodScope, is_friction, params};
use crate::questions::session_filters::{IN_ORDER, edge, referrer_host, whole};

/// The hashes of the sessions of a page of the list.
const LISTED: &str = "listed_sessions";

/// The rows of these sessions, in their order.
pub(super) async fn summaries(
    question: &Question,
    scope: &Scope,
    listed: &[Listed],
) -> Result<Vec<SessionSummary>, Error> {
    let first = listed.iter().map(|session| session.started_at).min();
    let last = listed.iter().map(|session| session.last_event_at).max();
    let (Some(first), Some(last)) = (first, last) else { return Ok(Vec::new()) };
    question.register_hashes(LISTED, listed.iter().map(|session| session.hash).collect());
    let whole = whole(scope);
    let rows = format!(
        "{} AND session_id IS NOT NULL AND session_hash IN (SELECT session_hash FROM {LISTED})",
        conditions_of_period(&whole)
    );
    let mut values = params(&whole, PeriodScope::Period);
    values.insert("split", instant(first));
    values.insert("from", instant(first));
    values.insert("to", instant(last.plus_micros(1)));
    let details = details(&whole, &rows);
    let paths = paths(&rows);
    let (details, paths) =
        try_join!(question.ask(&details, values.clone()), question.ask(&paths, values))?;
    let mut paths_of: HashMap<i64, Vec<String>> = HashMap::new();
    for row in paths.rows() {
        if let (Some(hash), Some(path)) =
            (paths.integer("session_hash", row), paths.text("path", row))
        {
            paths_of.entry(hash).or_default().push(path);
        }
    }
    let mut found: HashMap<i64, SessionSummary> = HashMap::new();
    for row in details.rows() {
        let hash = details.integer("session_hash", row).unwrap_or_default();
        let paths = paths_of.remove(&hash).unwrap_or_default();
        found.insert(hash, summary(&details, row, paths));
    }
    Ok(listed.iter().filter_map(|session| found.remove(&session.hash)).collect())
}

fn details(whole: &Scope, rows: &str) -> String {
    let mut columns = String::new();
    for column in [
        "visitor_id",
        "utm_source",
        "utm_medium",
        "utm_campaign",
        "browser",
        "os",
        "device_type",
        "country",
        "city",
        "bot",
    ] {
        let value = edge("first_value", column, &format!("{column} IS NOT NULL"));
        let _ = write!(columns, ", {value} AS {column}");
    }
    let friction = is_friction(whole);
    for kind in Kind::ALL {
        let name = kind.as_str();
        let _ =
            write!(columns, ", count(*) FILTER (WHERE {friction} AND name = '{name}') AS {name}");
    }
    format!(
        "SELECT session_hash, min(session_id) AS session_id,
                min(occurred_at) AS started_at, max(occurred_at) AS last_event_at,
                count(*) AS events, count(*) FILTER (WHERE {PAGE_VIEW}) AS page_views,
                count(*) FILTER (WHERE {friction}) AS friction,
                count(*) FILTER (WHERE category = 'friction' AND {IS_ERROR}) AS errors,
                {entry} AS entry_path, {exit} AS exit_path, {referrer} AS referrer_host,
                {user} AS user_id{columns}
         FROM events WHERE {rows} GROUP BY session_hash",
        entry = edge("first_value", "path", "path IS NOT NULL"),
        exit = edge("last_value", "path", "path IS NOT NULL"),
        referrer = referrer_host(),
        user = edge("last_value", "user_id", "user_id IS NOT NULL"),
    )
}

fn paths(rows: &str) -> String {
    format!(
        "WITH views AS (
           SELECT session_hash, path, occurred_at, seq, id,
                  lag(path) OVER (PARTITION BY session_hash {IN_ORDER}) AS path_before
           FROM events WHERE {rows} AND {PAGE_VIEW} AND path IS NOT NULL),
         steps AS (
           SELECT session_hash, path,
                  row_number() OVER (PARTITION BY session_hash {IN_ORDER}) AS step
           FROM views WHERE path_before IS DISTINCT FROM path)
         SELECT session_hash, path FROM steps WHERE step <= {most} ORDER BY session_hash, step",
        most = SessionSummary::MAX_PATHS,
    )
}

fn summary(answer: &QueryResult, row: usize, paths: Vec<String>) -> SessionSummary {
    let text = |column: &str| answer.text(column, row).filter(|text| !text.is_empty());
    let mut kinds: Vec<Kind> =
        Kind::ALL.into_iter().filter(|kind| answer.count(kind.as_str(), row) > 0).collect();
    kinds.sort_by_key(|kind| std::cmp::Reverse(kind.weight()));
    SessionSummary {
        session_id: answer.text("session_id", row).unwrap_or_default(),
        visitor_id: text("visitor_id"),
        user_id: text("user_id"),
        started_at: answer.instant("started_at", row),
        last_event_at: answer.instant("last_event_at", row),
        events: answer.count("events", row),
        page_views: answer.count("page_views", row),
        entry_path: text("entry_path"),
        exit_path: text("exit_path"),
        paths,
        referrer_host: text("referrer_host"),
        utm_source: text("utm_source"),
        utm_medium: text("utm_medium"),
        utm_campaign: text("utm_campaign"),
        friction: answer.count("friction", row),
        friction_kinds: kinds,
        errors: answer.count("errors", row),
        browser: text("browser"),
        os: text("os"),
        device: text("device_type"),
        country: text("country"),
        city: text("city"),
        bot: text("bot"),
    }
}
