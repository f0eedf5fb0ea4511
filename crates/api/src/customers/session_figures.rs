//! `GET /api/projects/{project_id}/customers/session-figures`: how long customers' sessions last, and on
//! which devices and browsers they are.

use axum::extract::State;
use engine::ports::catalog::{SessionFigures, SessionGroup, SessionTotals};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::query::read_interval;
use crate::error::{Error, Problem};
use crate::extract::{Json, Query, Viewer};
use crate::state::App;

/// Which sessions.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct FiguresQuery {
    /// Sessions that began in the last 24 h (`daily`), 7 d (`weekly`), 30 d (`monthly`) or ever (`all`, the
    /// default).
    interval: Option<String>,
}

/// The sessions of customers, counted and timed.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SessionFigures)]
pub(super) struct SessionFiguresAnswer {
    /// `all`, `daily`, `weekly` or `monthly`.
    interval: &'static str,
    /// Sessions that name a customer.
    sessions: u64,
    /// Sessions that have ended: the average duration counts them.
    ended: u64,
    /// To the hundredth; null while none has ended.
    average_duration_minutes: Option<f64>,
    /// By device type: most sessions first, 50 at most.
    devices: Vec<SessionGroupAnswer>,
    /// By browser: most sessions first, 50 at most.
    browsers: Vec<SessionGroupAnswer>,
}

/// The sessions of one device type or browser.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SessionGroup)]
pub(super) struct SessionGroupAnswer {
    /// `desktop`, `mobile`, `tablet` or `program`, or the browser's name; null where it is unknown.
    name: Option<String>,
    sessions: u64,
    ended: u64,
    /// To the hundredth; null while none has ended.
    average_duration_minutes: Option<f64>,
}

impl From<SessionGroup> for SessionGroupAnswer {
    fn from(SessionGroup { name, totals }: SessionGroup) -> Self {
        let SessionTotals { sessions, ended, .. } = totals;
        Self { name, sessions, ended, average_duration_minutes: average_minutes(totals) }
    }
}

/// The average duration and the devices and browsers of customers' sessions.
#[utoipa::path(
    get, path = "/api/projects/{project_id}/customers/session-figures", tag = "Customers",
    operation_id = "customer_session_figures",
    params(("project_id" = Uuid, Path), FiguresQuery),
    responses(
        (status = 200, body = SessionFiguresAnswer), Viewer,
        (status = 400, body = Problem, description = "An unknown interval"),
    ),
    extensions(("x-role" = json!("viewer"))),
)]
pub(super) async fn session_figures(
    State(app): State<App>,
    Viewer(allowed): Viewer,
    Query(query): Query<FiguresQuery>,
) -> Result<Json<SessionFiguresAnswer>, Error> {
    let (interval, since) = read_interval(query.interval.as_deref(), app.clock.now())?;
    let SessionFigures { total, devices, browsers } =
        app.customers.session_figures(allowed.project_id, since).await?;
    Ok(Json(SessionFiguresAnswer {
        interval,
        sessions: total.sessions,
        ended: total.ended,
        average_duration_minutes: average_minutes(total),
        devices: devices.into_iter().map(Into::into).collect(),
        browsers: browsers.into_iter().map(Into::into).collect(),
    }))
}

/// Minutes to the hundredth.
fn average_minutes(totals: SessionTotals) -> Option<f64> {
    totals.average_ms().map(|ms| (ms / 600.0).round() / 100.0)
}
