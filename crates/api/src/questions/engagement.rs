//! `GET /api/projects/{project_id}/engagement`: how engaged visits are, and what they bring.

use axum::extract::State;
use domain::question::SeriesBuckets;
use domain::question::engagement::{EngagementBucket, EngagementFigures};
use serde::Serialize;
use utoipa::ToSchema;

use super::scope::{PeriodAnswer, ScopeQuery};
use crate::admin::Amount;
use crate::error::{Error, Unprocessable};
use crate::extract::{Json, Query, Viewer};
use crate::state::App;

/// Engagement, conversions and revenue of visits with their series, against the period before.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Engagement {
    period: PeriodAnswer,
    totals: EngagementTotals,
    /// Over the period it is compared with.
    previous: EngagementTotals,
    /// One entry for every bucket of the period, in order; they add up to the totals.
    series: Vec<EngagementBucketAnswer>,
    /// For each of them the bucket it is compared with: of the same weekday and hour. Null where the clocks
    /// showed no such hour.
    previous_series: Vec<Option<EngagementBucketAnswer>>,
    /// Orders and bookings of the period that name no visit, such as those that a server reported by the
    /// customer alone: they are in no figure.
    unattributed_conversions: u64,
}

/// Figures of visits. In a series a visit counts where it begins, an order or booking where it happens.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct EngagementTotals {
    sessions: u64,
    /// Visits of ten seconds or longer, of two page views or more, or with a conversion.
    engaged_sessions: u64,
    /// Visits with an order or booking.
    converting_sessions: u64,
    /// Orders and bookings, each once by its id.
    conversions: u64,
    /// Their amounts, one for each currency.
    revenue: Vec<Amount>,
}

/// Figures of one bucket.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = EngagementBucket)]
pub(crate) struct EngagementBucketAnswer {
    /// Its beginning.
    #[schema(format = DateTime)]
    at: String,
    #[serde(flatten)]
    figures: EngagementTotals,
}

impl From<EngagementFigures> for EngagementTotals {
    fn from(figures: EngagementFigures) -> Self {
        Self {
            sessions: figures.sessions,
            engaged_sessions: figures.engaged_sessions,
            converting_sessions: figures.converting_sessions,
            conversions: figures.conversions,
            revenue: figures.revenue.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<EngagementBucket> for EngagementBucketAnswer {
    fn from(bucket: EngagementBucket) -> Self {
        Self { at: bucket.at.to_rfc3339(), figures: bucket.figures.into() }
    }
}

/// How engaged visits are, and what they bring: with series, against the period before.
///
/// The figures equal `acquisition`'s totals. Filters choose whole visits, by an event that meets them.
#[utoipa::path(
    get, path = "/api/projects/{project_id}/engagement", tag = "Questions", operation_id = "engagement",
    params(("project_id" = uuid::Uuid, Path), ScopeQuery),
    extensions(("x-role" = json!("viewer"))),
    responses((status = 200, body = Engagement), Viewer, Unprocessable),
)]
pub(super) async fn engagement(
    State(app): State<App>,
    Viewer(allowed): Viewer,
    Query(query): Query<ScopeQuery>,
) -> Result<Json<Engagement>, Error> {
    let scope = query.scope(&app, allowed.project_id).await?;
    let answer = app.analytics.permit().await?.engagement(&scope).await?;
    let counterparts = SeriesBuckets::of(scope.period).counterparts();
    let previous: Vec<EngagementBucketAnswer> =
        answer.previous_series.into_iter().map(Into::into).collect();
    let of_bucket = |index: Option<usize>| previous.get(index?).cloned();
    Ok(Json(Engagement {
        period: scope.period.into(),
        totals: answer.totals.into(),
        previous: answer.previous.into(),
        series: answer.series.into_iter().map(Into::into).collect(),
        previous_series: counterparts.into_iter().map(of_bucket).collect(),
        unattributed_conversions: answer.unattributed_conversions,
    }))
}
