//! Shared SQL of all questions: the scope as conditions and bound values.

use std::fmt::Write as _;

use datafusion::common::ScalarValue;
use domain::friction::Kind;
use domain::question::{FilterLevel, Filters, Scope};

use super::filters::{conditions_on_events, conditions_on_friction, filter_params};
use crate::query::{Params, instant};

/// A page view.
pub(super) const PAGE_VIEW: &str = "category = 'heatmap' AND name = 'pageview'";
/// In the scope's period rather than in the one before.
pub(super) const CURRENT: &str = "occurred_at >= $split";

/// How far back a statement looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PeriodScope {
    /// The scope's period.
    Period,
    /// It and the period before; [`CURRENT`] tells them apart.
    WithPrevious,
}

/// The conditions every event of the scope meets, without the filters on friction.
pub(super) fn conditions(scope: &Scope) -> String {
    // The instants choose the partitions, too: the provider knows every file's day.
    let mut text =
        "project_id = $project AND occurred_at >= $from AND occurred_at < $to".to_owned();
    if scope.period.previous().to() < scope.period.from() {
        text.push_str(" AND (occurred_at < $previous_to OR occurred_at >= $split)");
    }
    text.push_str(&conditions_on_events(&scope.filters, CURRENT));
    text + not_bots(&scope.filters)
}

/// The condition that leaves out bots, after an `AND`, unless they count.
pub(super) const fn not_bots(filters: &Filters) -> &'static str {
    if filters.include_bots { "" } else { " AND bot IS NULL" }
}

/// Whether the filters name a kind or an item of friction.
pub(super) fn narrows_friction(filters: &Filters) -> bool {
    filters.at(FilterLevel::Friction).next().is_some()
}

/// SQL for the element or the error group that a friction event is counted for: `item_selector` and `item_group`.
pub(super) fn item_keys() -> String {
    format!(
        "CASE WHEN {IS_ERROR} THEN NULL ELSE element_selector END AS item_selector,
         CASE WHEN {IS_ERROR} THEN error_group END AS item_group"
    )
}

/// Gathered by its error group, as [`Kind::is_error`] says; everything else is by its element.
pub(super) const IS_ERROR: &str = "name IN ('javascript_error', 'unhandled_rejection')";
/// A rage click that was answered, as [`domain::friction::is_answered`] says.
pub(super) const IS_ANSWERED: &str = "name = 'rage_click' AND severity IS NOT DISTINCT FROM 'low'";

/// Whether an event is friction that counts, and of the kind and item asked for.
pub(super) fn is_friction(scope: &Scope) -> String {
    let mut text = "category = 'friction'".to_owned();
    if !scope.filters.include_answered {
        let _ = write!(text, " AND NOT ({IS_ANSWERED})");
    }
    text + &conditions_on_friction(&scope.filters)
}

/// The values of everything the functions above name.
pub(super) fn params(scope: &Scope, periods: PeriodScope) -> Params {
    let period = scope.period;
    let from = match periods {
        PeriodScope::Period => period.from(),
        PeriodScope::WithPrevious => period.previous().from(),
    };
    let mut params = Params::from([
        ("project", ScalarValue::from(scope.project_id.to_string())),
        ("from", instant(from)),
        ("previous_to", instant(period.previous().to())),
        ("split", instant(period.from())),
        ("to", instant(period.to())),
    ]);
    params.extend(filter_params(&scope.filters));
    params
}

/// SQL for how much one occurrence adds to a score.
pub(super) fn weight() -> String {
    let mut text = "CASE name".to_owned();
    for kind in Kind::ALL {
        let _ = write!(text, " WHEN '{}' THEN {}", kind.as_str(), kind.weight());
    }
    text + " ELSE 0 END"
}

#[cfg(test)]
mod tests {
    use domain::id::ProjectId;
    use domain::question::{FilterCondition, FilterDimension, FilterOperator, Period};
    use domain::time::Timestamp;

    use super::super::filters::{EventFilters, of_sessions};
    use super::*;

    #[test]
    fn the_kinds_in_statements_are_the_domains() {
        for kind in Kind::ALL {
            let name = format!("'{}'", kind.as_str());
            assert_eq!(IS_ERROR.contains(&name), kind.is_error(), "{kind:?}");
            let is_answered = domain::friction::is_answered(kind.as_str(), Some("low"));
            assert_eq!(IS_ANSWERED.contains(&name), is_answered, "{kind:?}");
        }
    }

    #[test]
    fn what_a_caller_sends_never_becomes_part_of_a_statement() {
        let injected = "'; DROP TABLE events; --".to_owned();
        let period = Period::new(Timestamp::EPOCH, Timestamp::from_seconds(60)).expect("period");
        for dimension in FilterDimension::ALL {
            for operator in FilterOperator::ALL {
                let values = vec![injected.clone(), format!("{injected} again")];
                let Ok(filter) = FilterCondition::new(dimension, operator, values) else {
                    assert!(dimension.known_values().is_some(), "{dimension}");
                    continue;
                };
                let filters = Filters { list: vec![filter], ..Filters::default() };
                let project_id = ProjectId(uuid::Uuid::nil());
                let scope = Scope { project_id, period, filters };
                let sessions = of_sessions(&scope, CURRENT).join(" AND ");
                let of_events = EventFilters::of(&scope).conditions().join(" AND ");
                let text = conditions(&scope) + &is_friction(&scope) + &sessions + &of_events;
                assert!(!text.contains("DROP"), "{text}");
                for name in ["filter_0_0", "filter_0_1"] {
                    assert!(text.contains(&format!("${name}")), "{text}");
                    assert!(params(&scope, PeriodScope::Period).contains_key(name));
                }
            }
        }
    }
}
