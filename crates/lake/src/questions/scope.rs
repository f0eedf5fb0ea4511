//! Shared SQL of all questions: the scope as conditions and bound values.

use std::fmt::Write as _;

use datafusion::common::ScalarValue;
use domain::friction::Kind;
use domain::question::{Filters, Scope};

use crate::query::{Params, instant};

/// A page view.
pub(super) const PAGE_VIEW: &str = "category = 'heatmap' AND name = 'pageview'";
/// In the scope's period rather than in the one before.
pub(super) const CURRENT: &str = "occurred_at >= $split";

/// How far back a statement looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PeriodScope {
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
    text.push_str(&equal_to_filters(&scope.filters));
    if !scope.filters.include_bots {
        text.push_str(" AND bot IS NULL");
    }
    text
}

/// The conditions of the filters on any event, each after an `AND`.
pub(super) fn equal_to_filters(filters: &Filters) -> String {
    let equal = [
        ("path", &filters.path),
        ("browser", &filters.browser),
        ("os", &filters.os),
        ("device_type", &filters.device),
        ("country", &filters.country),
    ];
    let mut text = String::new();
    for (column, value) in equal {
        if value.is_some() {
            let _ = write!(text, " AND {column} = ${column}");
        }
    }
    text
}

/// Whether the filters name a kind or an item of friction.
pub(super) fn narrows_friction(filters: &Filters) -> bool {
    filters.friction_kind.is_some() || filters.selector.is_some() || filters.error_group.is_some()
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
    if scope.filters.friction_kind.is_some() {
        text.push_str(" AND name = $kind");
    }
    if scope.filters.selector.is_some() {
        let _ = write!(text, " AND element_selector = $selector AND NOT {IS_ERROR}");
    }
    if scope.filters.error_group.is_some() {
        let _ = write!(text, " AND error_group = $error_group AND {IS_ERROR}");
    }
    text
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
    let filters = &scope.filters;
    let texts = [
        ("path", filters.path.as_deref()),
        ("browser", filters.browser.as_deref()),
        ("os", filters.os.as_deref()),
        ("device_type", filters.device.as_deref()),
        ("country", filters.country.as_deref()),
        ("kind", filters.friction_kind.map(Kind::as_str)),
        ("selector", filters.selector.as_deref()),
        ("error_group", filters.error_group.as_deref()),
    ];
    params.extend(texts.into_iter().filter_map(|(name, value)| Some((name, value?.into()))));
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
    use domain::question::Period;
    use domain::time::Timestamp;

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
        let injected = Some("'; DROP TABLE events; --".to_owned());
        let filters = Filters {
            path: injected.clone(),
            selector: injected.clone(),
            error_group: injected.clone(),
            browser: injected.clone(),
            os: injected.clone(),
            device: injected.clone(),
            country: injected,
            ..Filters::default()
        };
        let period = Period::new(Timestamp::EPOCH, Timestamp::from_seconds(60)).expect("period");
        let scope = Scope { project_id: ProjectId(uuid::Uuid::nil()), period, filters };
        let text = conditions(&scope) + &is_friction(&scope);
        assert!(!text.contains("DROP"), "{text}");
        for name in ["path", "selector", "error_group", "browser", "os", "device_type", "country"] {
            assert!(text.contains(&format!("= ${name}")), "{text}");
            assert!(params(&scope, PeriodScope::Period).contains_key(name));
        }
    }
}
