//! `GET /api/projects/{project_id}/crm/search-patterns`: what people search for.

use axum::extract::State;
use domain::question::search_patterns::{FilterCombination, SearchPatterns, SearchTerm};
use domain::question::{Filters, Scope};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::scope::{PeriodQuery, period};
use crate::error::Error;
use crate::extract::{Json, Query, Viewer};
use crate::state::App;

const DEFAULT_LIMIT: u32 = 50;
const MAX_LIMIT: u32 = 200;

/// Which searches.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct PatternsQuery {
    /// 1 to 200 terms and combinations; 50 by default.
    limit: Option<u32>,
}

/// Searches by term, and the filters that people use together.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SearchPatterns)]
pub(crate) struct PatternsAnswer {
    /// Customer events `search.performed`; behavior events `search` where there are none.
    searches: u64,
    /// Customers, or browsers where nobody is known.
    people: u64,
    /// Most searches first.
    terms: Vec<TermAnswer>,
    /// Filters used together, of searches and of behavior events `filter_applied`; most uses first.
    filters: Vec<CombinationAnswer>,
}

/// How often something was searched for.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SearchTerm)]
pub(crate) struct TermAnswer {
    /// In lower case, with single spaces.
    term: String,
    searches: u64,
    people: u64,
}

/// How often filters were used together.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FilterCombination)]
pub(crate) struct CombinationAnswer {
    /// By name, 8 at most.
    filters: Vec<FilterAnswer>,
    uses: u64,
    people: u64,
}

/// A filter that was used.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = UsedFilter)]
pub(crate) struct FilterAnswer {
    name: String,
    value: String,
}

impl From<SearchPatterns> for PatternsAnswer {
    fn from(found: SearchPatterns) -> Self {
        let term = |SearchTerm { term, searches, people }| TermAnswer { term, searches, people };
        let filter = |(name, value)| FilterAnswer { name, value };
        let combination = |it: FilterCombination| CombinationAnswer {
            filters: it.filters.into_iter().map(filter).collect(),
            uses: it.uses,
            people: it.people,
        };
        Self {
            searches: found.searches,
            people: found.people,
            terms: found.terms.into_iter().map(term).collect(),
            filters: found.filters.into_iter().map(combination).collect(),
        }
    }
}

/// Searches by term, and the filters that people use together.
#[utoipa::path(
    get, path = "/api/projects/{project_id}/crm/search-patterns", tag = "Questions",
    operation_id = "crm_search_patterns",
    params(("project_id" = Uuid, Path), PeriodQuery, PatternsQuery),
    extensions(("x-role" = json!("viewer"))),
    responses((status = 200, body = PatternsAnswer), Viewer),
)]
pub(super) async fn search_patterns(
    State(app): State<App>,
    Viewer(allowed): Viewer,
    Query(within): Query<PeriodQuery>,
    Query(query): Query<PatternsQuery>,
) -> Result<Json<PatternsAnswer>, Error> {
    let period = period(&within, app.clock.now())?;
    let scope = Scope { project_id: allowed.project_id, period, filters: Filters::default() };
    let limit = query.limit.unwrap_or(DEFAULT_LIMIT).clamp(1, MAX_LIMIT) as usize;
    let permit = app.analytics.permit().await?;
    Ok(Json(permit.search_patterns(&scope, limit).await?.into()))
}
