//! Journeys, goals and returning visitors of what the generator makes; `duckdb.py` has the same.

use domain::crm::RuleSet;
use domain::goal::{GoalKind, GoalMatcher};
use domain::question::Scope;
use domain::question::goals::GoalQuestion;
use domain::question::journey::{DEFAULT_JOURNEY_NODES, Journey, JourneyBy, JourneyDirection};
use domain::question::visitor_retention::{
    CohortCalendar, RetentionUnit, VisitorAction, VisitorRetention,
};
use engine::ports::lake::Error;

/// Steps of the journeys.
const STEPS: usize = 4;

/// Where visits begin, and the pages after.
pub(super) fn journey() -> Result<Journey, Error> {
    let (direction, by) = (JourneyDirection::Forward, JourneyBy::Page);
    Journey::new(direction, by, None, STEPS, DEFAULT_JOURNEY_NODES)
        .map_err(|error| Error::Internal(Box::new(error)))
}

/// Visitors by the week of their first visit.
pub(super) fn retention(scope: &Scope) -> Result<VisitorRetention, Error> {
    let calendar = CohortCalendar::of(scope.period, RetentionUnit::Week)
        .map_err(|error| Error::Internal(Box::new(error)))?;
    let (first, returning) = (VisitorAction::Visit, VisitorAction::Visit);
    Ok(VisitorRetention { calendar, first, returning, grouping: None })
}

/// A page, all pages of a kind, clicks on an element, a stage, and orders.
pub(super) fn goals() -> Result<GoalQuestion, Error> {
    let targets = [
        (GoalKind::Page, "/catalogue/page-0"),
        (GoalKind::Page, "/catalogue/*"),
        (GoalKind::Click, "main > section.offers > div.card:nth-child(0) > button.buy-0"),
        (GoalKind::Stage, domain::crm::CUSTOMER),
        (GoalKind::Order, ""),
    ];
    let read = |(kind, target)| {
        let matcher = GoalMatcher::parse(kind, target);
        Ok((matcher.map_err(|error| Error::Internal(Box::new(error)))?, None))
    };
    let goals = targets.into_iter().map(read).collect::<Result<_, Error>>()?;
    Ok(GoalQuestion { goals, rules: RuleSet::default() })
}
