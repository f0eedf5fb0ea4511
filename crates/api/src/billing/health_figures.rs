//! `GET /api/projects/{project_id}/health-figures`: whether events arrive and sessions complete.
//!
//! Response times are counted over the whole server and are no project's own: they stand on `/metrics`
//! as `footfall_http_request_seconds` by route.

use axum::extract::State;
use domain::id::ProjectId;
use domain::question::Period;
use engine::event_delivery::VISIT_IDLE_SECONDS;
use engine::ports::catalog::{CallTotals, CleanupRun};
use engine::ports::lake::Error as LakeError;
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
    /// Null while the events cannot be asked for.
    event_delivery: Option<EventDelivery>,
    session_completion: SessionCompletion,
    /// The latest runs of session completion, latest first.
    cleanup_runs: Vec<CleanupRunAnswer>,
}

/// Events of visits begun within the period, by the numbers (`seq`) that their clients give them.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct EventDelivery {
    /// Visits that have ended: nothing has come of them for half an hour.
    visits: u64,
    /// How many of these have no missing number.
    complete_visits: u64,
    /// Events their clients numbered. A visit counts 1,000 missing ones at most, since numbers can be forged.
    numbered: u64,
    /// How many of these arrived.
    received: u64,
    /// `received` of `numbered`, 0 to 1; null when nothing was numbered.
    rate: Option<f64>,
    /// Visits that go on; their events are in none of the other figures.
    open_visits: u64,
}

/// Calls begun within the period.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct SessionCompletion {
    calls: u64,
    /// Calls with a real end: a `call_end` of their page.
    with_real_end: u64,
    /// Calls with an inferred end.
    inferred: u64,
    /// Calls that ended with an error.
    errors: u64,
    /// Calls that the next call of their session ended.
    ended_by_next_call: u64,
    /// Calls without an end so far.
    open: u64,
    /// `with_real_end` of `calls`, 0 to 1; null without calls.
    rate: Option<f64>,
}

impl From<CallTotals> for SessionCompletion {
    fn from(totals: CallTotals) -> Self {
        let CallTotals { calls, with_end, with_real_end, inferred_calls, errors, .. } = totals;
        let count = i64::unsigned_abs;
        Self {
            calls: count(calls),
            with_real_end: count(with_real_end),
            inferred: count(inferred_calls),
            errors: count(errors),
            ended_by_next_call: count(with_end - with_real_end - inferred_calls - errors),
            open: count(calls - with_end),
            rate: ratio(count(with_real_end), count(calls)),
        }
    }
}

/// A run of session completion: it counts the calls of the project, and on the Operations page the calls of all projects.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CleanupRun)]
pub(crate) struct CleanupRunAnswer {
    #[schema(format = DateTime)]
    started_at: String,
    /// Calls that awaited an end.
    checked: u64,
    /// Calls that got an inferred end.
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

/// The rates of event delivery and session completion.
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
    Ok(Json(HealthFigures {
        event_delivery: event_delivery(&app, allowed.project_id, period).await?,
        session_completion: done.into(),
        cleanup_runs: runs.into_iter().map(Into::into).collect(),
    }))
}

/// None while the lake cannot be asked: the other figures do not depend on it.
async fn event_delivery(
    app: &App,
    project: ProjectId,
    period: Period,
) -> Result<Option<EventDelivery>, Error> {
    let idle_since = app.clock.now().plus_seconds(-VISIT_IDLE_SECONDS);
    let removed_before = app.retention.events_removed_before(project);
    let questions = app.analytics.permit().await?;
    let answer = questions.delivery(project, period, idle_since, removed_before).await;
    match answer {
        Ok(found) => Ok(Some(EventDelivery {
            visits: found.visits,
            complete_visits: found.complete_visits,
            numbered: found.numbered,
            received: found.received,
            rate: found.rate(),
            open_visits: found.open_visits,
        })),
        Err(LakeError::Unavailable(_)) => Ok(None),
        Err(error) => Err(engine::Error::from(error).into()),
    }
}

/// A part of a whole; none of nothing.
fn ratio(part: u64, whole: u64) -> Option<f64> {
    #[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
    let ratio = part as f64 / whole as f64;
    (whole > 0).then_some(ratio)
}
