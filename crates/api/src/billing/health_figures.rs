//! `GET /api/projects/{project_id}/health-figures`: how well sessions complete.
//!
//! The event delivery rate and the response times are counted over the whole server and are no
//! project's own: they stand on `/metrics` as `footfall_sdk_events_created_total`,
//! `footfall_sdk_events_acknowledged_total` and `footfall_http_request_seconds` by route.

use axum::extract::State;
use engine::ports::catalog::CleanupRun;
use serde::Serialize;
use utoipa::ToSchema;

use crate::error::{Error, Problem};
use crate::extract::{Json, Query, Viewer};
use crate::questions::{PeriodQuery, period};
use crate::state::App;

/// Runs an answer shows: two days of them.
const RUNS: u32 = 96;

/// How well a project's sessions complete.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct HealthFigures {
    session_completion: SessionCompletion,
    /// The latest runs of session completion, latest first.
    cleanup_runs: Vec<CleanupRunAnswer>,
}

/// Calls begun within the period.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct SessionCompletion {
    calls: u64,
    /// Those with any end.
    with_end: u64,
    /// Those whose page itself told the end.
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

/// How well do sessions complete?
#[utoipa::path(
    get, path = "/api/projects/{project_id}/health-figures", tag = "Billing", operation_id = "health_figures",
    params(("project_id" = Uuid, Path), PeriodQuery),
    responses((status = 200, body = HealthFigures), (status = 400, body = Problem), (status = 401, body = Problem), (status = 404, body = Problem)),
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
    #[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
    let rate = (done.with_end > 0).then(|| done.with_real_end as f64 / done.with_end as f64);
    Ok(Json(HealthFigures {
        session_completion: SessionCompletion {
            calls: done.calls.unsigned_abs(),
            with_end: done.with_end.unsigned_abs(),
            with_real_end: done.with_real_end.unsigned_abs(),
            rate,
        },
        cleanup_runs: runs.into_iter().map(Into::into).collect(),
    }))
}
