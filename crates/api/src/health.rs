//! Whether the server lives, whether it can do its work, and its figures.

use axum::extract::State;
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use engine::auth::is_same_secret;
use secrecy::ExposeSecret as _;

use crate::client;
use crate::error::Error;
use crate::extract::Json;
use crate::state::App;

/// `GET /health/live`: the process answers.
pub(crate) async fn live() -> Response {
    Json(serde_json::json!({ "status": "live" })).into_response()
}

/// `GET /health/ready`: the stores answer; 503 names those that do not.
pub(crate) async fn ready(State(app): State<App>) -> Response {
    let failing = app.host().readiness.failing().await;
    if failing.is_empty() {
        return Json(serde_json::json!({ "status": "ready" })).into_response();
    }
    let body = Json(serde_json::json!({ "status": "not ready", "failing": failing }));
    (StatusCode::SERVICE_UNAVAILABLE, body).into_response()
}

/// `GET /metrics`: Prometheus' text format, for the operator.
///
/// Figures show strangers how much is going on, for whom, and which attack works. With `metrics.token`
/// set, the bearer token decides and nothing else does. Without one, programs on this machine are
/// answered, since a program there can mostly look at the process anyway; everybody else gets the 404
/// of a path that is not there. What comes from this machine may have been passed on by a proxy that
/// runs here, or sent by a browser for a page of another site: so neither forwarding headers nor an
/// `Origin` may have come along, `Host` must name this machine, and no `server.public_url`, which says
/// that a proxy stands in front, may be set.
pub(crate) async fn metrics(State(app): State<App>, parts: Parts) -> Response {
    let is_allowed = match &app.settings().metrics_token {
        Some(token) => bearer(&parts.headers)
            .is_some_and(|presented| is_same_secret(presented, token.expose_secret())),
        None => app.settings().public_url.is_none() && client::is_loopback(&parts),
    };
    if !is_allowed {
        return match &app.settings().metrics_token {
            Some(_) => {
                Error::new(StatusCode::UNAUTHORIZED, "the bearer token is not metrics.token")
            }
            None => Error::not_found(),
        }
        .into_response();
    }
    let content_type = "text/plain; version=0.0.4; charset=utf-8";
    ([(header::CONTENT_TYPE, content_type)], (app.host().metrics)()).into_response()
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}
