//! `/api/analytics/cleanup`: session completion on demand, for the operator's scheduler.

use axum::extract::{FromRequestParts, State};
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use engine::auth::is_same_secret;
use engine::jobs::JobName;
use secrecy::ExposeSecret as _;
use serde::Serialize;
use utoipa::{IntoResponses, ToSchema};

use crate::client;
use crate::error::Error;
use crate::extract::Json;
use crate::openapi::{Responses, problems};
use crate::state::App;

/// The result of session completion.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CleanupAnswer {
    /// Always true.
    success: bool,
    /// Calls older than 30 minutes without an end.
    checked: u64,
    /// Calls that got an inferred end in this run.
    completed: u64,
}

/// Who may run it: with a secret configured a caller who knows it, without one any program on this
/// machine or its private network. A page is none, whichever name it was loaded by: a browser says where
/// its requests come from, and sends the host name that leads an attacker's page to our address.
pub(super) struct Scheduler;

impl IntoResponses for Scheduler {
    fn responses() -> Responses {
        problems(&[
            (401, "The bearer token is not billing.cron_secret"),
            (
                403,
                "billing.cron_secret is not set, and the request is not from the private network",
            ),
            (503, "The table of calls is not up to date yet; see Retry-After"),
        ])
    }
}

impl FromRequestParts<App> for Scheduler {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        let Some(secret) = &app.settings().cron_secret else {
            if client::is_private_peer(parts, app.settings()) {
                return Ok(Self);
            }
            return Err(Error::new(
                StatusCode::FORBIDDEN,
                "set billing.cron_secret to call this from a web page, from outside the private network, or \
                 by a host name that is not server.public_url's",
            ));
        };
        let presented =
            parts.headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        let presented_secret = presented.and_then(|value| value.split_once(' '));
        let presented_secret =
            presented_secret.filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
        match presented_secret {
            Some((_, presented_secret))
                if is_same_secret(presented_secret.trim(), secret.expose_secret()) =>
            {
                Ok(Self)
            }
            _ => Err(Error::new(
                StatusCode::UNAUTHORIZED,
                "the bearer token is not billing.cron_secret",
            )),
        }
    }
}

/// Infers the ends of calls that have none; see contract 2.
#[utoipa::path(
    post, path = "/api/analytics/cleanup", tag = "Billing", operation_id = "cleanup",
    responses((status = 200, body = CleanupAnswer), Scheduler),
)]
pub(super) async fn run(
    State(app): State<App>,
    _scheduler: Scheduler,
) -> Result<Json<CleanupAnswer>, Error> {
    let run = app.jobs.run_next(JobName::SessionCompletion).await?;
    let (checked, completed) = (run.count("checked"), run.count("completed"));
    Ok(Json(CleanupAnswer { success: true, checked, completed }))
}

/// Like `POST`, for schedulers that only send `GET`.
#[utoipa::path(
    get, path = "/api/analytics/cleanup", tag = "Billing", operation_id = "cleanup_by_get",
    responses((status = 200, body = CleanupAnswer), Scheduler),
)]
pub(super) async fn run_by_get(
    app: State<App>,
    scheduler: Scheduler,
) -> Result<Json<CleanupAnswer>, Error> {
    run(app, scheduler).await
}
