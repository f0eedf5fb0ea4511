//! Filters of a request: one by one as parameters of their own, and as the text of `filters`.

use std::sync::Arc;

use domain::question::{
    FilterCondition, FilterDimension, FilterOperator, InvalidFilter, MAX_FILTERS, Scope,
    parse_filters,
};

use super::scope::non_empty;
use crate::error::Error;
use crate::state::App;

/// The parameter for all filters.
const PARAMETER: &str = "filters";

/// The filters of a request: `own` are parameters with the names of their dimensions, `text` is the parameter `filters`.
pub(super) fn read_filters(
    own: impl IntoIterator<Item = (FilterDimension, Option<String>)>,
    text: Option<&str>,
) -> Result<Vec<FilterCondition>, Error> {
    let mut filters = Vec::new();
    for (dimension, value) in own {
        let Some(value) = non_empty(value) else { continue };
        let filter = FilterCondition::new(dimension, FilterOperator::Is, vec![value]);
        filters.push(filter.map_err(|error| invalid(dimension.as_str(), &error))?);
    }
    filters.extend(read_text(PARAMETER, text.unwrap_or_default())?);
    if filters.len() > MAX_FILTERS {
        return Err(invalid(PARAMETER, &InvalidFilter::TooMany));
    }
    Ok(filters)
}

/// The filters that a field holds as text.
pub(crate) fn read_text(field: &'static str, text: &str) -> Result<Vec<FilterCondition>, Error> {
    parse_filters(text).map_err(|error| invalid(field, &error))
}

/// The error of a filter that a field names, with the values that it may have.
pub(super) fn invalid(field: &'static str, error: &InvalidFilter) -> Error {
    let allowed = match error {
        InvalidFilter::Dimension(_) => {
            Some(FilterDimension::ALL.map(FilterDimension::as_str).to_vec())
        }
        InvalidFilter::Value(dimension, _) => dimension.known_values(),
        _ => None,
    };
    let Some(allowed) = allowed else { return Error::invalid(field, format!("{field}: {error}")) };
    let detail = format!("{field}: {error}; it must be one of {}", allowed.join(", "));
    Error::invalid(field, detail).allowing(allowed)
}

/// The sessions with a recording, of both periods.
pub(super) async fn recorded_sessions(app: &App, scope: &Scope) -> Result<Arc<[String]>, Error> {
    let mut found = Vec::new();
    for period in [scope.period, scope.period.previous()] {
        found.extend(app.recordings.recorded_sessions(scope.project_id, period).await?);
    }
    Ok(found.into())
}
