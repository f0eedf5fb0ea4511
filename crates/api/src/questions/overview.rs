//! `GET /api/projects/{project_id}/overview`.

use axum::extract::State;
use domain::question::{self, SeriesBuckets};
use serde::Serialize;
use utoipa::ToSchema;

use super::scope::{PeriodAnswer, ScopeQuery};
use crate::error::{Error, Unprocessable};
use crate::extract::{Json, Query, Viewer};
use crate::state::App;

/// Counts and their series, against the period before.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Overview {
    period: PeriodAnswer,
    totals: Totals,
    /// Over the period of the same length before.
    previous: Totals,
    /// By which share of a count of visitors or sessions 95 % of such counts are off at most. 0: all are
    /// exact, as they are up to some thousands.
    distinct_error: f64,
    /// One entry for every bucket of the period, in order.
    series: Vec<Bucket>,
    /// For each of them the bucket it is compared with: of the same weekday and hour. Null where the clocks
    /// showed no such hour.
    previous_series: Vec<Option<Bucket>>,
}

/// Counts over a period.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Totals {
    events: u64,
    page_views: u64,
    visitors: u64,
    sessions: u64,
    friction: u64,
    /// Sessions with at least one friction event.
    friction_sessions: u64,
}

/// Counts over one bucket.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Bucket {
    /// Its beginning.
    #[schema(format = DateTime)]
    at: String,
    #[serde(flatten)]
    totals: Totals,
}

impl From<question::Totals> for Totals {
    fn from(totals: question::Totals) -> Self {
        Self {
            events: totals.events,
            page_views: totals.page_views,
            visitors: totals.visitors,
            sessions: totals.sessions,
            friction: totals.friction,
            friction_sessions: totals.friction_sessions,
        }
    }
}

impl From<question::Bucket> for Bucket {
    fn from(bucket: question::Bucket) -> Self {
        Self { at: bucket.at.to_rfc3339(), totals: bucket.totals.into() }
    }
}

/// Totals and time series of the period, and of the previous one.
#[utoipa::path(
    get, path = "/api/projects/{project_id}/overview", tag = "Questions", operation_id = "overview",
    params(("project_id" = uuid::Uuid, Path), ScopeQuery),
    extensions(("x-role" = json!("viewer"))),
    responses((status = 200, body = Overview), Viewer, Unprocessable),
)]
pub(super) async fn overview(
    State(app): State<App>,
    Viewer(allowed): Viewer,
    Query(query): Query<ScopeQuery>,
) -> Result<Json<Overview>, Error> {
    let scope = query.scope(&app, allowed.project_id).await?;
    let answer = app.analytics.permit().await?.overview(&scope).await?;
    let counterparts = SeriesBuckets::of(scope.period).counterparts();
    let of_bucket = |index: usize| answer.previous_series.get(index).map(|bucket| (*bucket).into());
    let previous = counterparts.into_iter().map(|index| of_bucket(index?)).collect();
    Ok(Json(Overview {
        period: scope.period.into(),
        totals: answer.totals.into(),
        previous: answer.previous.into(),
        distinct_error: answer.distinct_error,
        series: answer.series.into_iter().map(Into::into).collect(),
        previous_series: previous,
    }))
}
