//! Which kinds of friction occur, and is each more or less than before?

use domain::friction::Kind;
use domain::question::{FrictionKind, Scope};
use engine::ports::lake::Error;

use super::scope::{CURRENT, Span, conditions, is_friction, params};
use crate::query::Question;

/// One scan of the friction events. A kind that occurred only in the period before is there, with
/// a count of 0.
pub(crate) async fn friction_kinds(
    question: &Question,
    scope: &Scope,
) -> Result<Vec<FrictionKind>, Error> {
    let sql = format!(
        "SELECT name,
                count(*) FILTER (WHERE {CURRENT}) AS count,
                count(*) FILTER (WHERE NOT {CURRENT}) AS previous_count,
                count(DISTINCT CASE WHEN {CURRENT} THEN session_hash END) AS sessions,
                count(DISTINCT CASE WHEN {CURRENT} THEN visitor_hash END) AS visitors
         FROM events WHERE {conditions} AND {friction} GROUP BY name",
        conditions = conditions(scope),
        friction = is_friction(scope),
    );
    let answer = question.ask(&sql, params(scope, Span::WithPrevious)).await?;
    let found = |kind: Kind| {
        let row = answer
            .rows()
            .find(|&row| answer.text("name", row).as_deref() == Some(kind.as_str()))?;
        Some(FrictionKind {
            kind,
            count: answer.count("count", row),
            previous_count: answer.count("previous_count", row),
            sessions: answer.count("sessions", row),
            visitors: answer.count("visitors", row),
        })
    };
    // `Kind::ALL` has the heaviest first.
    Ok(Kind::ALL.into_iter().filter_map(found).collect())
}
