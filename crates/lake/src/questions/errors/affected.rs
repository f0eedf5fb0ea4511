//! Sessions and people that met a group of errors in the period.

use std::fmt::Write as _;

use domain::question::errors::{Counted, ErrorPerson, ErrorSender, ErrorSession};
use domain::question::{PageRange, Scope};
use engine::ports::lake::Error;

use super::{grouped, of_group};
use crate::query::{QueryResult, Question};
use crate::questions::scope::{CURRENT, PeriodScope, params};
use crate::questions::session_filters::IN_ORDER;

/// Sessions, the one that met it last first.
pub(super) async fn error_sessions(
    question: &Question,
    scope: &Scope,
    group: &str,
    slice: PageRange,
) -> Result<Counted<ErrorSession>, Error> {
    let columns = format!(
        "min(session_id) AS session_id, min(occurred_at) AS occurred_at,
         first_value(id {IN_ORDER}) AS event_id, first_value(path {IN_ORDER}) AS path"
    );
    let session = |answer: &QueryResult, row| ErrorSession {
        session_id: answer.text("session_id", row).unwrap_or_default(),
        event_id: answer.text("event_id", row).unwrap_or_default(),
        occurred_at: answer.instant("occurred_at", row),
        count: answer.count("count", row),
        path: answer.text("path", row),
        sender: sender(answer, row),
    };
    let by = AffectedBy { id: "session_id", hash: "session_hash", columns: &columns };
    by.ask(question, scope, group, slice, session).await
}

/// Visitors, the one who met it last first.
pub(super) async fn error_people(
    question: &Question,
    scope: &Scope,
    group: &str,
    slice: PageRange,
) -> Result<Counted<ErrorPerson>, Error> {
    let columns = "count(DISTINCT session_hash) AS sessions, min(occurred_at) AS first_seen";
    let person = |answer: &QueryResult, row| ErrorPerson {
        count: answer.count("count", row),
        sessions: answer.count("sessions", row),
        first_seen: answer.instant("first_seen", row),
        last_seen: answer.instant("last_seen", row),
        sender: sender(answer, row),
    };
    let by = AffectedBy { id: "visitor_id", hash: "visitor_hash", columns };
    by.ask(question, scope, group, slice, person).await
}

/// The id that occurrences are gathered by.
struct AffectedBy<'a> {
    id: &'static str,
    hash: &'static str,
    /// Columns of this list only.
    columns: &'a str,
}

impl AffectedBy<'_> {
    async fn ask<T>(
        &self,
        question: &Question,
        scope: &Scope,
        group: &str,
        slice: PageRange,
        read: impl Fn(&QueryResult, usize) -> T,
    ) -> Result<Counted<T>, Error> {
        let scope = of_group(scope, group);
        let ranked = self.ranked(&scope);
        let values = params(&scope, PeriodScope::Period);
        let sliced = format!("{ranked} LIMIT {} OFFSET {}", slice.limit(), slice.offset);
        let mut answer = question.ask(&sliced, values.clone()).await?;
        let rows: Vec<T> = answer.rows().map(|row| read(&answer, row)).collect();
        if rows.is_empty() && slice.offset > 0 {
            // Past the end no row carries the total.
            answer = question.ask(&format!("{ranked} LIMIT 1"), values).await?;
        }
        let total = if answer.rows().is_empty() { 0 } else { answer.count("total", 0) };
        Ok(Counted { rows, total })
    }

    fn ranked(&self, scope: &Scope) -> String {
        let Self { id, hash, columns } = self;
        let mut last_values = String::new();
        for column in ["user_id", "browser", "os", "device_type", "country"] {
            let _ = write!(
                last_values,
                ", last_value({column} ORDER BY occurred_at, {column})
                   FILTER (WHERE {column} IS NOT NULL) AS {column}"
            );
        }
        format!(
            "SELECT *, count(*) OVER () AS total FROM (
               SELECT {columns}, count(*) AS count, max(occurred_at) AS last_seen,
                      min(visitor_id) AS visitor_id{last_values}
               FROM events WHERE {grouped} AND {CURRENT} AND {id} IS NOT NULL
               GROUP BY {hash}) AS affected
             ORDER BY last_seen DESC, {id}",
            grouped = grouped(scope),
        )
    }
}

fn sender(answer: &QueryResult, row: usize) -> ErrorSender {
    ErrorSender {
        visitor_id: answer.text("visitor_id", row),
        user_id: answer.text("user_id", row),
        browser: answer.text("browser", row),
        os: answer.text("os", row),
        device: answer.text("device_type", row),
        country: answer.text("country", row),
    }
}
