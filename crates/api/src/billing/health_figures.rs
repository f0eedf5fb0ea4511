//! `GET /api/projects/{project_id}/health-figures`: whether events arrive and sessions complete.
//!
//! Response times are counted over the whole server and are no project's own: they stand on `/metrics`
//! as `footfall_http_request_seconds` by route.

use std::collections::BTreeMap;

use axum::extract::State;
use domain::id::ProjectId;
use domain::question::Period;
use engine::ports::catalog::CleanupRun;
use engine::sdk_reports::SdkReport;
use serde::Serialize;
use utoipa::ToSchema;

use crate::error::Error;
use crate::extract::{Json, Query, Viewer};
use crate::questions::{PeriodQuery, period};
use crate::state::App;

/// Runs an answer shows: two days of them.
const RUNS: u32 = 96;

/// Whether a project's events arrive and its sessions complete.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct HealthFigures {
    event_delivery: EventDelivery,
    session_completion: SessionCompletion,
    /// The latest runs of session completion, latest first.
    cleanup_runs: Vec<CleanupRunAnswer>,
}

/// What browsers reported within the period, by whole hours.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct EventDelivery {
    /// Events made.
    created: u64,
    /// Events sent, each time they were.
    sent: u64,
    /// Events the server answered for.
    acknowledged: u64,
    /// `acknowledged` of `created`, 0 to 1; null when none was made. Events that wait for their browser
    /// to come back are missing from it.
    rate: Option<f64>,
    /// Events given up, by reason.
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

/// Calls begun within the period.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct SessionCompletion {
    calls: u64,
    /// Those with any end.
    with_end: u64,
    /// Those with a real end.
    with_real_end: u64,
    /// `with_real_end` of `with_end`, 0 to 1; null when no call has ended.
    rate: Option<f64>,
}

/// A run of session completion.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CleanupRun)]
pub(super) struct CleanupRunAnswer {
    #[schema(format = DateTime)]
    started_at: String,
    /// The project's calls that awaited an end.
    checked: u64,
    /// Of these, those whose end it inferred.
    completed: u64,
}

impl From<CleanupRun> for CleanupRunAnswer {
    fn from(run: CleanupRun) -> Self {
        Self {
            started_at: run.started_at.to_rfc3339(),
            checked: run.count.checked,
            completed: run.count.completed,
        }
    }
}

/// Do events arrive, and do sessions complete?
#[utoipa::path(
    get, path = "/api/projects/{project_id}/health-figures", tag = "Billing", operation_id = "health_figures",
    params(("project_id" = Uuid, Path), PeriodQuery),
    responses((status = 200, body = HealthFigures), Viewer),
    extensions(("x-role" = json!("viewer"))),
)]
pub(super) async fn health_figures(
    State(app): State<App>,
    Viewer(allowed): Viewer,
    Query(query): Query<PeriodQuery>,
) -> Result<Json<HealthFigures>, Error> {
    let period = period(&query, app.clock.now())?;
    let done = app.billing.completion(allowed.project_id, period).await?;
    let runs = app.completion.runs(allowed.project_id, RUNS).await?;
    let (with_end, with_real_end) =
        (done.with_end.unsigned_abs(), done.with_real_end.unsigned_abs());
    Ok(Json(HealthFigures {
        event_delivery: event_delivery(&app, allowed.project_id, period).await?,
        session_completion: SessionCompletion {
            calls: done.calls.unsigned_abs(),
            with_end,
            with_real_end,
            rate: ratio(with_real_end, with_end),
        },
        cleanup_runs: runs.into_iter().map(Into::into).collect(),
    }))
}

async fn event_delivery(
    app: &App,
    project: ProjectId,
    period: Period,
) -> Result<EventDelivery, Error> {
    let report: SdkReport = app.sdk_reports.delivery(project, period).await?;
    Ok(EventDelivery {
        created: report.created,
        sent: report.sent,
        acknowledged: report.acknowledged,
        rate: ratio(report.acknowledged, report.created),
        dropped: report.dropped.into_iter().collect(),
        retries: report.retries,
        bytes: report.bytes,
        mean_latency_ms: ratio(report.latency_ms, report.requests),
        busy_ms: report.busy_ms,
    })
}

/// A part of a whole; none of nothing.
fn ratio(part: u64, whole: u64) -> Option<f64> {
    #[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
    let ratio = part as f64 / whole as f64;
    (whole > 0).then_some(ratio)
}
