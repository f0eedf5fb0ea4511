//! Which kinds of friction occur, and is each more or less than before?

use std::collections::HashMap;

use domain::friction::Kind;
use domain::question::{FilterCondition, FilterDimension, Filters, FrictionKind, Scope};
use engine::ports::lake::Error;

use super::rolled::Hashes;
use super::scope::{CURRENT, PeriodScope, conditions, is_friction, params};
use super::sources::QuestionSources;
use crate::query::{QueryResult, Question};
use crate::rollup::{Aggregates, Cover, Dimension, Section, Unit, Value};

/// A kind that occurred only in the period before is there, with a count of 0. From rollups as far as
/// they go, else from the events alone.
pub(crate) async fn friction_kinds(
    question: &Question,
    scope: &Scope,
) -> Result<Vec<FrictionKind>, Error> {
    match of_rollups(question, scope).await? {
        Some(kinds) => Ok(kinds),
        None => of_events(question, scope).await,
    }
}

/// One scan of the friction events.
async fn of_events(question: &Question, scope: &Scope) -> Result<Vec<FrictionKind>, Error> {
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
    let answer = question.ask(&sql, params(scope, PeriodScope::WithPrevious)).await?;
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
            distinct_error: 0.0,
        })
    };
    // `Kind::ALL` has the heaviest first.
    Ok(Kind::ALL.into_iter().filter_map(found).collect())
}

/// What is counted of one kind: of the period before, and of the period.
#[derive(Default)]
struct Counted {
    previous: u64,
    current: Aggregates,
}

/// Whole days from rollups, the ends from the events; none when rollups know nothing of such a question.
async fn of_rollups(
    question: &Question,
    scope: &Scope,
) -> Result<Option<Vec<FrictionKind>>, Error> {
    if scope.filters.without(FilterDimension::FrictionKind) != Filters::default() {
        return Ok(None);
    }
    let is_wanted = |kind: &Kind| {
        let names = |filter: &FilterCondition| filter.values().iter().any(|it| it == kind.as_str());
        let meets = |filter: &FilterCondition| names(filter) != filter.operator().is_negated();
        scope.filters.list.iter().all(meets)
    };
    let cover = Cover::new(scope.period, true);
    let sources = QuestionSources::read(question, scope, &cover, &[Section::Dimensions]).await?;
    if sources.is_all_fresh() {
        return Ok(None);
    }
    let mut kinds: HashMap<Kind, Counted> = HashMap::new();
    for rolled in sources.rolled.iter().flatten().flatten() {
        let Some(days) = rolled.days() else { return Ok(None) };
        for day in &days {
            let Some(start) = cover.whole(Unit::Day, day.day) else { continue };
            for kind in Kind::ALL.into_iter().filter(is_wanted) {
                let row = match day.value(Dimension::Kind, kind.as_str()) {
                    Value::Row(row) => row,
                    Value::Nothing => continue,
                    Value::Unknown => return Ok(None),
                };
                let counted = kinds.entry(kind).or_default();
                if start < scope.period.from() {
                    counted.previous += row.events;
                } else if !counted.current.add(&row) {
                    return Ok(None);
                }
            }
        }
    }
    if let Some((source, values)) = sources.events(question, scope, &cover.rest(Unit::Day)) {
        let sql = format!(
            "SELECT name, {CURRENT} AS is_current, visitor_hash, session_hash, count(*) AS events
             FROM ({source}) WHERE {friction}
             GROUP BY name, is_current, visitor_hash, session_hash",
            friction = is_friction(scope),
        );
        add_events(&mut kinds, &question.ask(&sql, values).await?);
    }
    let found = |kind: Kind| {
        let Counted { previous, current } = kinds.get(&kind)?;
        Some(FrictionKind {
            kind,
            count: current.events,
            previous_count: *previous,
            sessions: current.sessions.count(),
            visitors: current.visitors.count(),
            distinct_error: current.relative_error(),
        })
    };
    Ok(Some(Kind::ALL.into_iter().filter_map(found).collect()))
}

fn add_events(kinds: &mut HashMap<Kind, Counted>, answer: &QueryResult) {
    let mut hashes: HashMap<Kind, Hashes> = HashMap::new();
    for row in answer.rows() {
        let Some(kind) = answer.text("name", row).as_deref().and_then(Kind::parse) else {
            continue;
        };
        let (counted, events) = (kinds.entry(kind).or_default(), answer.count("events", row));
        if answer.integer("is_current", row) == Some(1) {
            counted.current.events += events;
            hashes.entry(kind).or_default().add(answer, row, false);
        } else {
            counted.previous += events;
        }
    }
    for (kind, hashes) in hashes {
        hashes.count_in(&mut kinds.entry(kind).or_default().current);
    }
}
