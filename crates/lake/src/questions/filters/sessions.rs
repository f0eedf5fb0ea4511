//! Conditions on whole sessions, of statements that group by session.

use std::fmt::Write as _;

use domain::question::acquisition::width_class;
use domain::question::heatmap::WIDTH_CLASSES;
use domain::question::{FilterDimension, FilterLevel, Scope};

use super::functions::TRAFFIC_CHANNEL;
use super::{at, behavior, column, fits, meets};
use crate::questions::scope::{is_friction, narrows_friction};
use crate::questions::session_filters::{edge, first, page_host, referrer_host, viewport_width};

/// Filters on events and friction, as conditions on the groups of a statement.
pub(in crate::questions) struct EventFilters {
    /// Some event meets this; none: any event will do.
    pub(in crate::questions) wanted: Option<String>,
    /// No event meets this.
    pub(in crate::questions) excluded: Option<String>,
}

impl EventFilters {
    pub(in crate::questions) fn of(scope: &Scope) -> Self {
        let (mut wanted, mut excluded) = (Vec::new(), Vec::new());
        for (index, filter) in at(&scope.filters, FilterLevel::Event) {
            let conditions =
                if filter.operator().is_negated() { &mut excluded } else { &mut wanted };
            conditions.push(fits(column(filter.dimension()), index, filter));
        }
        if narrows_friction(&scope.filters) {
            wanted.push(is_friction(scope));
        }
        let joined =
            |conditions: Vec<String>, by| (!conditions.is_empty()).then(|| conditions.join(by));
        Self { wanted: joined(wanted, " AND "), excluded: joined(excluded, " OR ") }
    }

    /// As conditions of a group.
    pub(in crate::questions) fn conditions(self) -> Vec<String> {
        let count = |condition| format!("count(*) FILTER (WHERE {condition})");
        let wanted = self.wanted.map(|wanted| format!("{} > 0", count(wanted)));
        let excluded = self.excluded.map(|excluded| format!("{} = 0", count(excluded)));
        wanted.into_iter().chain(excluded).collect()
    }
}

/// The conditions of the filters on sessions. `is_current` says of a session's row whether it is of the period.
pub(in crate::questions) fn of_sessions(scope: &Scope, is_current: &str) -> Vec<String> {
    let condition = |(index, filter): (usize, &domain::question::FilterCondition)| {
        let Some(value) = session_value(filter.dimension()) else {
            let any: Vec<String> =
                filter.behaviors().map(|it| behavior(it, scope, is_current)).collect();
            let any = if any.is_empty() { "false".to_owned() } else { any.join(" OR ") };
            let not = if filter.operator().is_negated() { "NOT " } else { "" };
            return format!("{not}({any})");
        };
        meets(&value, index, filter)
    };
    at(&scope.filters, FilterLevel::Session).map(condition).collect()
}

/// SQL for a session's value of a dimension; none of those that have no text.
pub(in crate::questions) fn session_value(dimension: FilterDimension) -> Option<String> {
    Some(match dimension {
        FilterDimension::ExitPath => edge("last_value", "path", "path IS NOT NULL"),
        FilterDimension::Referrer => referrer_host(),
        FilterDimension::Channel => format!(
            "{TRAFFIC_CHANNEL}({}, {}, {}, {}, {})",
            referrer_host(),
            page_host(),
            first("utm_source"),
            first("utm_medium"),
            first("utm_campaign"),
        ),
        FilterDimension::Viewport => {
            let width = viewport_width();
            let mut text = "CASE".to_owned();
            for least in WIDTH_CLASSES.into_iter().rev() {
                let class = width_class(i64::from(least));
                let _ = write!(text, " WHEN {width} >= {least} THEN '{class}'");
            }
            // As `width_class` has it of widths below zero.
            let _ = write!(text, " WHEN {width} < 0 THEN '{}' END", width_class(0));
            text
        }
        FilterDimension::Session
        | FilterDimension::FrictionKind
        | FilterDimension::Selector
        | FilterDimension::ErrorGroup => return None,
        other => first(column(other)),
    })
}
