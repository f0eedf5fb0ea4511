//! `GET /api/projects/{project_id}/sdk-report`: browsers' counts of their own events.

use std::collections::BTreeMap;

use axum::extract::State;
use engine::sdk_reports::SdkReport;
use serde::Serialize;
use utoipa::ToSchema;

use crate::error::Error;
use crate::extract::{Json, Query, Viewer};
use crate::questions::{PeriodQuery, period};
use crate::state::App;

/// Browsers' reports within the period, by whole hours of UTC: those that begin in it. A visit's last report never comes, since its
/// page is gone when the last request is answered: how many events arrived is among the health figures.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SdkFigures)]
pub(super) struct SdkReportAnswer {
    /// Events that were created.
    created: u64,
    /// Events sent, each time they were.
    sent: u64,
    /// Events that were acknowledged to their page.
    acknowledged: u64,
    /// Events that were dropped, by reason.
    dropped: BTreeMap<String, u64>,
    /// Requests that were sent again.
    retries: u64,
    /// Bytes sent.
    bytes: u64,
    /// Time between a request and its answer, in milliseconds; null when none was measured.
    mean_latency_ms: Option<f64>,
    /// Time the SDK held pages' main threads, in milliseconds, all together.
    busy_ms: u64,
}

impl From<SdkReport> for SdkReportAnswer {
    fn from(report: SdkReport) -> Self {
        #[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
        let mean_latency_ms = report.latency_ms as f64 / report.requests as f64;
        Self {
            created: report.created,
            sent: report.sent,
            acknowledged: report.acknowledged,
            dropped: report.dropped.into_iter().collect(),
            retries: report.retries,
            bytes: report.bytes,
            mean_latency_ms: (report.requests > 0).then_some(mean_latency_ms),
            busy_ms: report.busy_ms,
        }
    }
}

/// Events that browsers created and sent, by their own reports.
#[utoipa::path(
    get, path = "/api/projects/{project_id}/sdk-report", tag = "SDK", operation_id = "sdk_report",
    params(("project_id" = Uuid, Path), PeriodQuery),
    responses((status = 200, body = SdkReportAnswer), Viewer),
    extensions(("x-role" = json!("viewer"))),
)]
pub(super) async fn get(
    State(app): State<App>,
    Viewer(allowed): Viewer,
    Query(query): Query<PeriodQuery>,
) -> Result<Json<SdkReportAnswer>, Error> {
    let period = period(&query, app.clock.now())?;
    Ok(Json(app.sdk_reports.delivery(allowed.project_id, period).await?.into()))
}
