//! SQL of filters: conditions on events, on occurrences of friction and on sessions, with their values bound.

mod behavior;
mod functions;
mod prepare;
mod sessions;

use std::fmt::Write as _;
use std::sync::LazyLock;

use datafusion::common::ScalarValue;
use domain::question::{
    FilterCondition, FilterDimension, FilterLevel, Filters, MAX_FILTER_VALUES, MAX_FILTERS,
};

pub(super) use self::behavior::behavior;
pub(super) use self::prepare::{LONGEST_SESSION_SECONDS, Needs};
pub(super) use self::sessions::{EventFilters, of_sessions, session_value};

use super::scope::IS_ERROR;
use crate::query::Params;

/// The function of a session and of whether the event is of the period rather than the one before: whether filters chose
/// it. Known to the statements of a question that was prepared for events.
const IS_CHOSEN: &str = "is_chosen_session";

/// A caller's filters, and one that a question adds: see [`Filters::with`].
const MAX_LIST: usize = MAX_FILTERS + 1;

/// The parameters of all filters: what a caller sends stands in none of them.
static NAMES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let places = (0..MAX_LIST).flat_map(|it| (0..MAX_FILTER_VALUES).map(move |n| (it, n)));
    places.map(|(filter, value)| format!("filter_{filter}_{value}")).collect()
});

/// The parameters of a filter, which is the `index`-th of the scope, for the values that are not empty.
fn names(index: usize, filter: &FilterCondition) -> Vec<&'static str> {
    let own = NAMES.iter().skip(index * MAX_FILTER_VALUES).take(MAX_FILTER_VALUES);
    let with_text = own.zip(filter.values()).filter(|(_, value)| !value.is_empty());
    with_text.map(|(name, _)| name.as_str()).collect()
}

/// The values of everything that the conditions of this module name.
pub(super) fn filter_params(filters: &Filters) -> Params {
    let mut params = Params::new();
    for (index, filter) in filters.list.iter().take(MAX_FILTERS).enumerate() {
        let values = filter.values().iter().filter(|value| !value.is_empty());
        for (name, value) in names(index, filter).into_iter().zip(values) {
            let is_partial = filter.operator().is_partial();
            let text = if is_partial { value.to_lowercase() } else { value.clone() };
            params.insert(name, ScalarValue::from(text));
        }
    }
    params
}

/// Filters of a level with their indices among all.
fn at(filters: &Filters, level: FilterLevel) -> impl Iterator<Item = (usize, &FilterCondition)> {
    let filters = filters.list.iter().enumerate().take(MAX_LIST);
    filters.filter(move |(_, filter)| filter.dimension().level() == level)
}

/// Whether `value`, a column or an expression, is one of the filter's values or contains one, whatever its operator
/// makes of it. Null at most where `value` is null.
fn fits(value: &str, index: usize, filter: &FilterCondition) -> String {
    let names: Vec<String> = names(index, filter).iter().map(|name| format!("${name}")).collect();
    let has_empty = filter.values().iter().any(String::is_empty);
    let mut parts = Vec::new();
    if has_empty {
        parts.push(format!("{value} IS NULL OR {value} = ''"));
    }
    if filter.operator().is_partial() {
        parts.extend(names.iter().map(|name| format!("contains(lower({value}), {name})")));
    } else {
        match names.as_slice() {
            [] => {}
            [name] => parts.push(format!("{value} = {name}")),
            names => parts.push(format!("{value} IN ({})", names.join(", "))),
        }
    }
    format!("({})", parts.join(" OR "))
}

/// Whether `value`, a column or an expression, meets a filter. Null counts as false.
fn meets(value: &str, index: usize, filter: &FilterCondition) -> String {
    let fits = fits(value, index, filter);
    if filter.operator().is_negated() { format!("NOT coalesce({fits}, false)") } else { fits }
}

/// The conditions of the filters on each event and on whole sessions, each after an `AND`.
pub(super) fn conditions_on_events(filters: &Filters, is_current: &str) -> String {
    let mut text = String::new();
    for (index, filter) in at(filters, FilterLevel::Event) {
        let _ = write!(text, " AND {}", meets(column(filter.dimension()), index, filter));
    }
    if at(filters, FilterLevel::Session).next().is_some() {
        let _ = write!(text, " AND {IS_CHOSEN}(session_hash, {is_current})");
    }
    text
}

/// The conditions of the filters on friction, each after an `AND`: friction of elements, and errors by group.
pub(super) fn conditions_on_friction(filters: &Filters) -> String {
    let mut text = String::new();
    for (index, filter) in at(filters, FilterLevel::Friction) {
        let fits = fits(column(filter.dimension()), index, filter);
        let fits = match filter.dimension() {
            FilterDimension::Selector => format!("{fits} AND NOT {IS_ERROR}"),
            FilterDimension::ErrorGroup => format!("{fits} AND {IS_ERROR}"),
            _ => fits,
        };
        let not = if filter.operator().is_negated() { "NOT " } else { "" };
        let _ = write!(text, " AND {not}coalesce({fits}, false)");
    }
    text
}

/// The column of events that a dimension is read from.
pub(super) const fn column(dimension: FilterDimension) -> &'static str {
    match dimension {
        FilterDimension::Path | FilterDimension::EntryPath | FilterDimension::ExitPath => "path",
        FilterDimension::Browser => "browser",
        FilterDimension::Os => "os",
        FilterDimension::Device => "device_type",
        FilterDimension::Country => "country",
        FilterDimension::Region => "region",
        FilterDimension::City => "city",
        FilterDimension::Channel | FilterDimension::Referrer => "referrer",
        FilterDimension::UtmSource => "utm_source",
        FilterDimension::UtmMedium => "utm_medium",
        FilterDimension::UtmCampaign => "utm_campaign",
        FilterDimension::UtmTerm => "utm_term",
        FilterDimension::UtmContent => "utm_content",
        FilterDimension::Viewport => "viewport_width",
        FilterDimension::Session => "session_id",
        FilterDimension::FrictionKind => "name",
        FilterDimension::Selector => "element_selector",
        FilterDimension::ErrorGroup => "error_group",
    }
}
