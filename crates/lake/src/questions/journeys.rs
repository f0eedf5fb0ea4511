//! Which pages do visitors see one after the other?
//!
//! One statement yields page views and friction by session and time, a batch after the other; the domain finds each
//! session's journey.

use datafusion::arrow::array::{Array, Int64Array, StringViewArray};
use domain::question::Scope;
use domain::question::journey::{Journey, JourneyAnswer, JourneyTally, SessionJourney};
use engine::ports::lake::Error;

use super::conversions::{by_session, conversions};
use super::scope::{PAGE_VIEW, PeriodScope, conditions, is_friction, params};
use super::session_filters::{IN_ORDER, having, whole};
use crate::query::{QueryResult, Question};

pub(crate) async fn journeys(
    question: &Question,
    scope: &Scope,
    journey: &Journey,
) -> Result<JourneyAnswer, Error> {
    let whole = whole(scope);
    let values = params(&whole, PeriodScope::Period);
    let [_, current] = conversions(question, &conditions(&whole), values).await?;
    let (converted, _) = by_session(current);
    let values = params(scope, PeriodScope::Period);
    let mut rows = question.stream(&statement(scope), values).await?;
    let mut reader = SessionReader::default();
    let mut tally = JourneyTally::new(journey);
    let count = |reader: &SessionReader, tally: &mut JourneyTally<'_>| {
        let Some(session) = reader.session else { return Ok(()) };
        let has_converted = converted.contains_key(&session);
        tally.count(&reader.journey, reader.has_friction, has_converted).map_err(too_many)
    };
    while let Some(batch) = rows.next().await? {
        let columns = ViewColumns::of(&batch)
            .ok_or_else(|| Error::Internal("a column of the journeys is missing".into()))?;
        for row in batch.rows() {
            let session = Some(columns.session.value(row));
            if reader.session != session {
                count(&reader, &mut tally)?;
                reader = SessionReader { session, ..SessionReader::default() };
            }
            reader.has_friction |= columns.friction.value(row) > 0;
            if !columns.path.is_null(row) {
                let path = columns.path.value(row);
                tally.read(&mut reader.journey, path).map_err(too_many)?;
            }
        }
    }
    count(&reader, &mut tally)?;
    Ok(tally.finish())
}

/// The session whose rows are read.
#[derive(Default)]
struct SessionReader {
    session: Option<i64>,
    journey: SessionJourney,
    has_friction: bool,
}

/// The columns of a batch.
struct ViewColumns<'a> {
    session: &'a Int64Array,
    path: &'a StringViewArray,
    friction: &'a Int64Array,
}

impl<'a> ViewColumns<'a> {
    fn of(rows: &'a QueryResult) -> Option<Self> {
        Some(Self {
            session: rows.integers("session_hash")?,
            path: rows.texts("viewed_path")?,
            friction: rows.integers("friction")?,
        })
    }
}

fn too_many<E>(_: E) -> Error {
    Error::Limit { limit: "memory" }
}

/// Page views and friction of the sessions, in order.
fn statement(scope: &Scope) -> String {
    let whole = whole(scope);
    let friction = is_friction(&whole);
    let rows = format!("{} AND session_id IS NOT NULL", conditions(&whole));
    let having = having(scope, "true");
    let chosen = if having.is_empty() {
        String::new()
    } else {
        format!(
            " AND session_hash IN (SELECT session_hash FROM events WHERE {rows}
                                  GROUP BY session_hash{having})"
        )
    };
    let order = IN_ORDER.replacen("ORDER BY", "ORDER BY session_hash,", 1);
    format!(
        "SELECT session_hash, CASE WHEN {PAGE_VIEW} THEN path END AS viewed_path,
                {friction} AS friction
         FROM events
         WHERE {rows} AND (({PAGE_VIEW} AND path IS NOT NULL) OR ({friction})){chosen}
         {order}"
    )
}
