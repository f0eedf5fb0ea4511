//! How often are a project's goals reached?
//!
//! One statement counts each session's matching events, whose texts are bound values; another the sessions. Orders and
//! bookings are found as everywhere.

use std::collections::HashSet;
use std::fmt::Write as _;
use std::sync::Arc;

use domain::goal::{GoalMatcher, MAX_GOALS};
use domain::question::funnel::StepMatcher;
use domain::question::goals::{GoalAnswer, GoalQuestion, GoalTally};
use domain::question::{Conversion, Scope};
use engine::ports::lake::Error;

use super::conversions::conversions;
use super::matchers::{condition, register};
use super::scope::{CURRENT, PeriodScope, conditions, params};
use super::session_filters::{having, whole};
use crate::query::{Params, Question};

/// The parameter of each goal, which is also the column of its count.
const NAMES: [&str; MAX_GOALS] = [
    "goal_0", "goal_1", "goal_2", "goal_3", "goal_4", "goal_5", "goal_6", "goal_7", "goal_8",
    "goal_9", "goal_10", "goal_11", "goal_12", "goal_13", "goal_14", "goal_15", "goal_16",
    "goal_17", "goal_18", "goal_19",
];
/// Sessions of both periods that filters choose, at most.
const MAX_SESSIONS: usize = 4 << 20;

pub(crate) async fn goals(
    question: &Question,
    scope: &Scope,
    wanted: &GoalQuestion,
) -> Result<GoalAnswer, Error> {
    let chosen = ChosenSessions::find(question, scope).await?;
    let mut tallies = vec![GoalTally::default(); wanted.goals.len()];
    count_events(question, scope, wanted, &chosen, &mut tallies).await?;
    if wanted.goals.iter().any(|(matcher, _)| matches!(matcher, GoalMatcher::Purchase(_))) {
        count_purchases(question, scope, wanted, &chosen, &mut tallies).await?;
    }
    let values = wanted.goals.iter().map(|(_, value)| value.as_ref());
    let goals = tallies.into_iter().zip(values).map(|(tally, value)| tally.finish(value));
    let [previous_sessions, sessions] = chosen.counts;
    Ok(GoalAnswer { sessions, previous_sessions, goals: goals.collect() })
}

/// The sessions that the scope and the filters choose.
struct ChosenSessions {
    /// Of the period before, and of the period.
    counts: [u64; 2],
    /// With whether it is of the period; none where every session is chosen.
    only: Option<HashSet<(i64, bool)>>,
}

impl ChosenSessions {
    async fn find(question: &Question, scope: &Scope) -> Result<Self, Error> {
        let whole = whole(scope);
        let having = having(scope, CURRENT);
        let rows = format!("FROM events WHERE {} AND session_id IS NOT NULL", conditions(&whole));
        let values = params(scope, PeriodScope::WithPrevious);
        let mut found = Self { counts: [0; 2], only: None };
        if having.is_empty() {
            let sql = format!(
                "SELECT {CURRENT} AS is_current, count(DISTINCT session_hash) AS sessions {rows}
                 GROUP BY is_current"
            );
            let answer = question.ask(&sql, values).await?;
            for row in answer.rows() {
                let is_current = answer.count("is_current", row) > 0;
                found.counts[usize::from(is_current)] = answer.count("sessions", row);
            }
            return Ok(found);
        }
        let sql = format!(
            "SELECT session_hash, {CURRENT} AS is_current {rows}
             GROUP BY session_hash, is_current{having}"
        );
        let mut chosen = HashSet::new();
        let mut rows = question.stream(&sql, values).await?;
        while let Some(batch) = rows.next().await? {
            for row in batch.rows() {
                let Some(session) = batch.integer("session_hash", row) else { continue };
                let is_current = batch.count("is_current", row) > 0;
                found.counts[usize::from(is_current)] += 1;
                chosen.insert((session, is_current));
            }
            if chosen.len() > MAX_SESSIONS {
                return Err(Error::Limit { limit: "memory" });
            }
        }
        found.only = Some(chosen);
        Ok(found)
    }

    fn has(&self, session: i64, is_current: bool) -> bool {
        self.only.as_ref().is_none_or(|chosen| chosen.contains(&(session, is_current)))
    }
}

/// A column of the statement, and the goal it counts.
struct GoalColumn {
    goal: usize,
    condition: String,
}

async fn count_events(
    question: &Question,
    scope: &Scope,
    wanted: &GoalQuestion,
    chosen: &ChosenSessions,
    tallies: &mut [GoalTally],
) -> Result<(), Error> {
    let mut values = params(&whole(scope), PeriodScope::WithPrevious);
    let columns = columns(question, wanted, &mut values);
    if columns.is_empty() {
        return Ok(());
    }
    let mut rows = question.stream(&statement(scope, &columns), values).await?;
    while let Some(batch) = rows.next().await? {
        for row in batch.rows() {
            let session = batch.integer("session_hash", row);
            let is_current = batch.count("is_current", row) > 0;
            for column in &columns {
                let times = batch.count(NAMES[column.goal], row);
                let tally = &mut tallies[column.goal];
                match session {
                    Some(session) if chosen.has(session, is_current) => {
                        tally.add(is_current, times, []);
                    }
                    None if is_current => tally.add_unattributed(times),
                    Some(_) | None => {}
                }
            }
        }
    }
    Ok(())
}

/// The goals that single events reach.
fn columns(question: &Question, wanted: &GoalQuestion, values: &mut Params) -> Vec<GoalColumn> {
    let rules = Arc::new(wanted.rules.clone());
    let mut columns = Vec::new();
    for (goal, (matcher, _)) in wanted.goals.iter().enumerate().take(MAX_GOALS) {
        // A goal has one text at most.
        let names = [NAMES[goal]; 3];
        let step = match matcher {
            GoalMatcher::Page(path) => StepMatcher::Page(path.clone()),
            GoalMatcher::Event(name) => {
                StepMatcher::Event { name: name.clone(), path: None, category: None }
            }
            GoalMatcher::Click(selector) => {
                StepMatcher::Click { selector: selector.clone(), path: None }
            }
            GoalMatcher::Stage(stage) => {
                StepMatcher::Stage { stage: stage.clone(), rules: Arc::clone(&rules) }
            }
            GoalMatcher::Purchase(_) => continue,
        };
        register(question, &step, NAMES[goal]);
        columns.push(GoalColumn { goal, condition: condition(&step, names, values) });
    }
    columns
}

/// A row for each session with a matching event, and one for all events without a session.
fn statement(scope: &Scope, columns: &[GoalColumn]) -> String {
    let (mut counts, mut any) = (String::new(), String::new());
    for GoalColumn { goal, condition } in columns {
        let _ = write!(counts, ", count(*) FILTER (WHERE {condition}) AS {}", NAMES[*goal]);
        let or = if any.is_empty() { "" } else { " OR " };
        let _ = write!(any, "{or}({condition})");
    }
    format!(
        "SELECT session_hash, {CURRENT} AS is_current{counts}
         FROM events WHERE {} AND category <> 'friction' AND ({any})
         GROUP BY session_hash, is_current",
        conditions(&whole(scope)),
    )
}

async fn count_purchases(
    question: &Question,
    scope: &Scope,
    wanted: &GoalQuestion,
    chosen: &ChosenSessions,
    tallies: &mut [GoalTally],
) -> Result<(), Error> {
    let whole = whole(scope);
    let values = params(&whole, PeriodScope::WithPrevious);
    let found = conversions(question, &conditions(&whole), values).await?;
    for (mut purchases, is_current) in found.into_iter().zip([false, true]) {
        purchases.sort_by_key(|purchase| purchase.session);
        for (goal, (matcher, _)) in wanted.goals.iter().enumerate() {
            let GoalMatcher::Purchase(kind) = matcher else { continue };
            for of_session in purchases.chunk_by(|one, other| one.session == other.session) {
                let of_kind = || of_session.iter().filter(|purchase| purchase.kind == *kind);
                let times = of_kind().count() as u64;
                let tally = &mut tallies[goal];
                match of_session.first().and_then(|purchase| purchase.session) {
                    Some(session) if chosen.has(session, is_current) => {
                        tally.add(is_current, times, of_kind().filter_map(amount));
                    }
                    None if is_current => tally.add_unattributed(times),
                    Some(_) | None => {}
                }
            }
        }
    }
    Ok(())
}

const fn amount(purchase: &Conversion) -> Option<&domain::money::Money> {
    purchase.amount.as_ref()
}
