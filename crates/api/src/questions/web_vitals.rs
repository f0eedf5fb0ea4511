//! `GET /api/projects/{project_id}/web-vitals`.

use axum::extract::State;
use domain::question;
use domain::vitals::{Metric, Rating};
use serde::Serialize;
use utoipa::ToSchema;

use super::scope::{ScopeQuery, SliceQuery, next_cursor};
use crate::error::{Error, Unprocessable};
use crate::extract::{Json, Query, Viewer};
use crate::state::App;

/// Named in cursors.
const LIST: &str = "web_vitals";

/// Web vitals at the 75th percentile.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WebVitals {
    metrics: Vec<VitalSummary>,
    /// The pages with the most samples.
    pages: Vec<PageVitals>,
    next_cursor: Option<String>,
}

/// One metric over all page loads.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct VitalSummary {
    metric: MetricName,
    /// Milliseconds; CLS without unit; null without samples.
    p75: Option<f64>,
    samples: u64,
    good: u64,
    poor: u64,
    rating: Option<RatingName>,
    /// The largest good value; null, as are `rating` and `poor_limit`, where no limits are published, as for
    /// the load time.
    good_limit: Option<f64>,
    /// The largest value that is not poor.
    poor_limit: Option<f64>,
}

/// A web vital or load time.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = VitalName)]
pub(crate) enum MetricName {
    LargestContentfulPaint,
    InteractionToNextPaint,
    CumulativeLayoutShift,
    FirstContentfulPaint,
    TimeToFirstByte,
    TimeToInteractive,
    LoadTime,
}

/// The rating of a value.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = Rating)]
pub(crate) enum RatingName {
    Good,
    NeedsImprovement,
    Poor,
}

/// The 75th percentiles of one page.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PageVitals {
    path: String,
    samples: u64,
    largest_contentful_paint: Option<f64>,
    interaction_to_next_paint: Option<f64>,
    cumulative_layout_shift: Option<f64>,
    first_contentful_paint: Option<f64>,
    time_to_first_byte: Option<f64>,
    time_to_interactive: Option<f64>,
    load_time: Option<f64>,
}

impl From<question::VitalSummary> for VitalSummary {
    fn from(summary: question::VitalSummary) -> Self {
        let (good_limit, poor_limit) = summary.metric.limits().unzip();
        Self {
            metric: match summary.metric {
                Metric::LargestContentfulPaint => MetricName::LargestContentfulPaint,
                Metric::InteractionToNextPaint => MetricName::InteractionToNextPaint,
                Metric::CumulativeLayoutShift => MetricName::CumulativeLayoutShift,
                Metric::FirstContentfulPaint => MetricName::FirstContentfulPaint,
                Metric::TimeToFirstByte => MetricName::TimeToFirstByte,
                Metric::TimeToInteractive => MetricName::TimeToInteractive,
                Metric::LoadTime => MetricName::LoadTime,
            },
            p75: summary.p75,
            samples: summary.samples,
            good: summary.good,
            poor: summary.poor,
            rating: summary.p75.and_then(|value| summary.metric.rate(value)).map(|it| match it {
                Rating::Good => RatingName::Good,
                Rating::NeedsImprovement => RatingName::NeedsImprovement,
                Rating::Poor => RatingName::Poor,
            }),
            good_limit,
            poor_limit,
        }
    }
}

impl From<question::PageVitals> for PageVitals {
    fn from(page: question::PageVitals) -> Self {
        // In the order of `Metric::ALL`.
        let [lcp, inp, cls, fcp, ttfb, tti, load] = page.p75;
        Self {
            path: page.path,
            samples: page.samples,
            largest_contentful_paint: lcp,
            interaction_to_next_paint: inp,
            cumulative_layout_shift: cls,
            first_contentful_paint: fcp,
            time_to_first_byte: ttfb,
            time_to_interactive: tti,
            load_time: load,
        }
    }
}

/// Web vitals, by page.
#[utoipa::path(
    get, path = "/api/projects/{project_id}/web-vitals", tag = "Questions", operation_id = "web_vitals",
    params(("project_id" = uuid::Uuid, Path), ScopeQuery, SliceQuery),
    extensions(("x-role" = json!("viewer"))),
    responses((status = 200, body = WebVitals), Viewer, Unprocessable),
)]
pub(super) async fn web_vitals(
    State(app): State<App>,
    Viewer(allowed): Viewer,
    Query(query): Query<ScopeQuery>,
    Query(slice): Query<SliceQuery>,
) -> Result<Json<WebVitals>, Error> {
    let scope = query.scope(&app, allowed.project_id).await?;
    let slice = slice.slice(LIST)?;
    let answer = app.analytics.permit().await?.web_vitals(&scope, slice).await?;
    Ok(Json(WebVitals {
        next_cursor: next_cursor(LIST, slice, &answer.pages)?,
        metrics: answer.metrics.into_iter().map(Into::into).collect(),
        pages: answer.pages.into_iter().map(Into::into).collect(),
    }))
}
