//! How often are a project's goals reached?
//!
//! # Definitions
//!
//! A goal is reached once by each event that matches it, friction left out; by an order or a booking once, however often
//! it is reported (see [`Conversion`](super::Conversion)). Only events of the sessions that the scope and the filters
//! choose count; of a session that crosses the period's edge the part inside. The rate is the share of those sessions in
//! which the goal is reached at least once. A goal with a value of its own is worth that each time; else an order or a
//! booking is worth its amount.

use std::collections::BTreeMap;

use crate::crm::RuleSet;
use crate::goal::GoalMatcher;
use crate::money::{Currency, Money};

/// Goals to count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoalQuestion {
    /// The events that reach each, with its own value; at most [`MAX_GOALS`](crate::goal::MAX_GOALS).
    pub goals: Vec<(GoalMatcher, Option<Money>)>,
    /// The rules that give stages.
    pub rules: RuleSet,
}

/// How often one goal is reached.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GoalFigures {
    /// Times.
    pub conversions: u64,
    /// Sessions in which it is.
    pub converting_sessions: u64,
    /// The worth of that, one amount for each currency, by its code.
    pub value: Vec<Money>,
}

/// One goal in both periods.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GoalCount {
    /// In the period.
    pub current: GoalFigures,
    /// In the one it is compared with.
    pub previous: GoalFigures,
    /// Times in the period that name no session: they are in no figure.
    pub unattributed: u64,
}

/// Goals in the order in which they were asked for, and the sessions that their rates are of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoalAnswer {
    /// Sessions of the period.
    pub sessions: u64,
    /// Of the one it is compared with.
    pub previous_sessions: u64,
    /// The goals.
    pub goals: Vec<GoalCount>,
}

/// Counts one goal.
#[derive(Debug, Clone, Default)]
pub struct GoalTally {
    /// Of the period before, and of the period.
    periods: [(GoalFigures, BTreeMap<Currency, i64>); 2],
    unattributed: u64,
}

impl GoalTally {
    /// A session of the period, or of the one before, in which the goal is reached `times` times; by purchases of these
    /// amounts.
    pub fn add<'a>(
        &mut self,
        is_current: bool,
        times: u64,
        amounts: impl IntoIterator<Item = &'a Money>,
    ) {
        if times == 0 {
            return;
        }
        let (figures, sums) = &mut self.periods[usize::from(is_current)];
        figures.conversions += times;
        figures.converting_sessions += 1;
        for amount in amounts {
            let sum = sums.entry(amount.currency.clone()).or_default();
            *sum = sum.saturating_add(amount.minor);
        }
    }

    /// The goal is reached `times` times in the period, nobody knows in which session.
    pub const fn add_unattributed(&mut self, times: u64) {
        self.unattributed += times;
    }

    /// The figures of a goal with this value of its own.
    pub fn finish(self, value: Option<&Money>) -> GoalCount {
        let figures = |(figures, sums): (GoalFigures, BTreeMap<Currency, i64>)| {
            let worth = match value {
                Some(each) if figures.conversions > 0 => {
                    let times = i64::try_from(figures.conversions).unwrap_or(i64::MAX);
                    vec![Money { minor: each.minor.saturating_mul(times), ..each.clone() }]
                }
                Some(_) => Vec::new(),
                None => {
                    let sums = sums.into_iter();
                    sums.map(|(currency, minor)| Money { minor, currency }).collect()
                }
            };
            GoalFigures { value: worth, ..figures }
        };
        let [previous, current] = self.periods.map(figures);
        GoalCount { current, previous, unattributed: self.unattributed }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn money(minor: i64, code: &str) -> Money {
        Money { minor, currency: Currency::parse(code).expect("a currency") }
    }

    /// Twice in one session and once in another; once in the week before; twice nobody knows where.
    fn tally() -> GoalTally {
        let mut tally = GoalTally::default();
        tally.add(true, 2, [&money(500, "TZS"), &money(9, "EUR")]);
        tally.add(true, 1, [&money(250, "TZS")]);
        tally.add(true, 0, []);
        tally.add(false, 1, []);
        tally.add_unattributed(2);
        tally
    }

    #[test]
    fn a_goal_is_worth_its_own_value_each_time_or_what_was_paid() {
        let current = GoalFigures {
            conversions: 3,
            converting_sessions: 2,
            value: vec![money(9, "EUR"), money(750, "TZS")],
        };
        let previous = GoalFigures { conversions: 1, converting_sessions: 1, value: Vec::new() };
        let paid = tally().finish(None);
        assert_eq!(paid, GoalCount { current, previous, unattributed: 2 });
        let own = tally().finish(Some(&money(100, "USD")));
        assert_eq!(own.current.value, [money(300, "USD")]);
        assert_eq!(own.previous.value, [money(100, "USD")]);
        let never = GoalTally::default().finish(Some(&money(100, "USD")));
        assert_eq!(never, GoalCount::default());
    }
}
