//! Do visitors come back?
//!
//! One statement yields the units in which each visitor had events, visitor by visitor, over all stored events; where
//! conversions matter, others find these and their visitors first.

use std::collections::HashMap;

use domain::question::visitor_retention::{
    RetentionAnswer, RetentionTally, UnitSet, VisitorAction, VisitorRetention,
};
use domain::question::{Conversion, Scope};
use domain::time::Timestamp;
use engine::ports::lake::Error;

use super::buckets::numbering;
use super::conversions::conversions;
use super::filters::EventFilters;
use super::scope::{PeriodScope, not_bots, params};
use crate::query::{Params, Question, instant};

/// The hashes of the sessions whose conversions name no visitor.
const NAMELESS: &str = "nameless_sessions";

pub(crate) async fn visitor_retention(
    question: &Question,
    scope: &Scope,
    retention: &VisitorRetention,
    now: Timestamp,
) -> Result<RetentionAnswer, Error> {
    let VisitorRetention { calendar, first, returning } = retention;
    let units = calendar.clone();
    question.register_function(numbering("unit_of", move |at| units.range(at)));
    let mut values = params(scope, PeriodScope::Period);
    values.insert("to", instant(calendar.to()));
    values.insert("split", instant(Timestamp::EPOCH));
    let mut converted = HashMap::new();
    let mut unattributed = 0;
    if [*first, *returning].contains(&VisitorAction::Conversion) {
        let conditions = stored(scope);
        let [_, found] = conversions(question, &conditions, values.clone()).await?;
        let owners = owners(question, &conditions, &found, values.clone()).await?;
        for conversion in found {
            let owner = || conversion.session.and_then(|session| owners.get(&session).copied());
            let (number, ..) = calendar.range(conversion.at);
            match conversion.visitor.or_else(owner) {
                Some(visitor) => {
                    converted.entry(visitor).or_insert_with(UnitSet::default).insert(number);
                }
                None => unattributed += u64::from(number >= 0),
            }
        }
    }
    let mut rows = question.stream(&statement(scope), values).await?;
    let mut tally = RetentionTally::new(calendar);
    let mut visitor = Visitor::default();
    let nothing = UnitSet::default();
    let mut count = |visitor: &Visitor| {
        let conversions = visitor.hash.and_then(|hash| converted.get(&hash)).unwrap_or(&nothing);
        let units = |action: &VisitorAction| match action {
            VisitorAction::Visit => &visitor.visits,
            VisitorAction::Conversion => conversions,
        };
        if visitor.is_wanted && !visitor.is_excluded {
            tally.add(units(first), units(returning));
        }
    };
    while let Some(batch) = rows.next().await? {
        let column = |name| {
            let missing = || Error::Internal("a column of the visitors is missing".into());
            batch.integers(name).ok_or_else(missing)
        };
        let (hashes, numbers) = (column("visitor_hash")?, column("unit")?);
        let (wanted, excluded) = (column("wanted")?, column("excluded")?);
        for row in batch.rows() {
            let hash = Some(hashes.value(row));
            if visitor.hash != hash {
                count(&visitor);
                visitor = Visitor { hash, ..Visitor::default() };
            }
            visitor.visits.insert(numbers.value(row));
            visitor.is_wanted |= wanted.value(row) > 0;
            visitor.is_excluded |= excluded.value(row) > 0;
        }
    }
    count(&visitor);
    Ok(tally.finish(now, unattributed))
}

/// The visitor whose rows are read.
#[derive(Default)]
struct Visitor {
    hash: Option<i64>,
    visits: UnitSet,
    /// Whether an event meets the filters.
    is_wanted: bool,
    /// Whether filters exclude an event.
    is_excluded: bool,
}

/// The conditions of all stored events before the end of the last unit.
fn stored(scope: &Scope) -> String {
    format!("project_id = $project AND occurred_at < $to{}", not_bots(&scope.filters))
}

/// The units of each visitor, visitor by visitor.
fn statement(scope: &Scope) -> String {
    let EventFilters { wanted, excluded } = EventFilters::of(scope);
    let count = |condition: Option<String>, without: &str| {
        condition.map_or(without.to_owned(), |it| format!("count(*) FILTER (WHERE {it})"))
    };
    format!(
        "SELECT visitor_hash, unit_of(occurred_at) AS unit, {wanted} AS wanted, {excluded} AS excluded
         FROM events WHERE {stored} AND visitor_id IS NOT NULL
         GROUP BY visitor_hash, unit ORDER BY visitor_hash",
        wanted = count(wanted, "count(*)"),
        excluded = count(excluded, "0"),
        stored = stored(scope),
    )
}

/// The visitors that the sessions of these conversions name last, where the conversions name none.
async fn owners(
    question: &Question,
    conditions: &str,
    found: &[Conversion],
    values: Params,
) -> Result<HashMap<i64, i64>, Error> {
    let nameless = found.iter().filter(|conversion| conversion.visitor.is_none());
    let sessions: Vec<i64> = nameless.filter_map(|conversion| conversion.session).collect();
    if sessions.is_empty() {
        return Ok(HashMap::new());
    }
    question.register_hashes(NAMELESS, sessions);
    let sql = format!(
        "SELECT session_hash, last_value(visitor_hash ORDER BY occurred_at, visitor_hash) AS owner
         FROM events
         WHERE {conditions} AND visitor_id IS NOT NULL
           AND session_hash IN (SELECT session_hash FROM {NAMELESS})
         GROUP BY session_hash"
    );
    let answer = question.ask(&sql, values).await?;
    let owner = |row| Some((answer.integer("session_hash", row)?, answer.integer("owner", row)?));
    Ok(answer.rows().filter_map(owner).collect())
}
