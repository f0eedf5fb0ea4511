//! Whether the server lives, whether it can do its work, and its figures.

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::extract::Json;
use crate::state::App;

/// `GET /health/live`: the process answers.
pub(crate) async fn live() -> Response {
    Json(serde_json::json!({ "status": "live" })).into_response()
}

/// `GET /health/ready`: the stores answer; 503 names those that do not.
pub(crate) async fn ready(State(app): State<App>) -> Response {
    let failing = app.readiness.failing().await;
    if failing.is_empty() {
        return Json(serde_json::json!({ "status": "ready" })).into_response();
    }
    let body = Json(serde_json::json!({ "status": "not ready", "failing": failing }));
    (StatusCode::SERVICE_UNAVAILABLE, body).into_response()
}

/// `GET /metrics`: Prometheus' text format.
pub(crate) async fn metrics(State(app): State<App>) -> Response {
    let content_type = "text/plain; version=0.0.4; charset=utf-8";
    ([(header::CONTENT_TYPE, content_type)], (app.metrics)()).into_response()
}
