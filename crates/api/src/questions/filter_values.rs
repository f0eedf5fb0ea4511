//! `GET /api/projects/{project_id}/filter-values`: values to choose from.

use axum::extract::State;
use domain::question::{FilterDimension, FilterValue};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::filters::recorded_sessions;
use super::scope::ScopeQuery;
use crate::error::{Error, Unprocessable};
use crate::extract::{Json, Query, Viewer};
use crate::state::App;

/// Values of an answer, at most.
const MAX_VALUES: u32 = 20;
const MAX_SEARCH_BYTES: usize = 200;

/// Which values.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct FilterValuesQuery {
    /// A dimension of `filters`, such as `browser`, `utm_source` or `session`.
    dimension: String,
    /// Only values that contain this, whatever the letters' case; 200 bytes at most.
    search: Option<String>,
}

/// Values that a filter may have, most visits first, 20 at most.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FilterValues)]
pub(crate) struct FilterValueList {
    /// As in the request.
    dimension: &'static str,
    values: Vec<FilterValueAnswer>,
}

/// A value and its visits.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FilterValue)]
pub(crate) struct FilterValueAnswer {
    /// Empty: visits without a value.
    value: String,
    /// Visits of the period that have it, under the other filters of the request.
    sessions: u64,
}

impl From<FilterValue> for FilterValueAnswer {
    fn from(FilterValue { value, sessions }: FilterValue) -> Self {
        Self { value, sessions }
    }
}

impl FilterValuesQuery {
    fn dimension(&self) -> Result<FilterDimension, Error> {
        let names = || FilterDimension::ALL.map(FilterDimension::as_str).to_vec();
        FilterDimension::parse(&self.dimension)
            .ok_or_else(|| Error::not_allowed("dimension", names()))
    }

    fn search(&self) -> Result<&str, Error> {
        let search = self.search.as_deref().unwrap_or_default();
        if search.len() > MAX_SEARCH_BYTES {
            let detail = format!("search is longer than {MAX_SEARCH_BYTES} bytes");
            return Err(Error::invalid("search", detail));
        }
        Ok(search)
    }
}

/// Values of a dimension, with the visits of the period that have them.
///
/// Filters of the request on the same dimension do not count; all others do.
#[utoipa::path(
    get, path = "/api/projects/{project_id}/filter-values", tag = "Questions", operation_id = "filter_values",
    params(("project_id" = uuid::Uuid, Path), FilterValuesQuery, ScopeQuery),
    extensions(("x-role" = json!("viewer"))),
    responses((status = 200, body = FilterValueList), Viewer, Unprocessable),
)]
pub(super) async fn filter_values(
    State(app): State<App>,
    Viewer(allowed): Viewer,
    Query(which): Query<FilterValuesQuery>,
    Query(query): Query<ScopeQuery>,
) -> Result<Json<FilterValueList>, Error> {
    let (dimension, search) = (which.dimension()?, which.search()?);
    let mut scope = query.scope(&app, allowed.project_id).await?;
    scope.filters = scope.filters.without(dimension);
    if dimension == FilterDimension::Session {
        scope.filters.recorded_sessions = Some(recorded_sessions(&app, &scope).await?);
    }
    let permit = app.analytics.permit().await?;
    let found = permit.filter_values(&scope, dimension, search, MAX_VALUES).await?;
    drop(permit);
    let values = found.into_iter().map(Into::into).collect();
    Ok(Json(FilterValueList { dimension: dimension.as_str(), values }))
}
