//! Response times as they are answered.

use serde::Serialize;
use utoipa::ToSchema;

use crate::timings::{RecentAndAll, ResponseFigures, ResponseSummary, RouteKey};

/// Requests to this server and the time until their answers began.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ServerRequests)]
pub(super) struct RequestsAnswer {
    /// Seconds that `recent` spans: the last 4.5 to 5 minutes, fewer after the start.
    recent_seconds: u64,
    /// All requests of the last five minutes.
    recent: ResponseFiguresAnswer,
    /// All requests since the start.
    since_start: ResponseFiguresAnswer,
    /// The same by route and method, for those that had requests.
    endpoints: Vec<EndpointAnswer>,
}

/// The requests of one route and method.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Endpoint)]
struct EndpointAnswer {
    /// `other` for requests that fit no operation, by their path or their method.
    method: &'static str,
    /// The template, such as `/api/projects/{project_id}`; `other` for requests that fit no operation.
    route: String,
    recent: ResponseFiguresAnswer,
    since_start: ResponseFiguresAnswer,
}

/// Percentiles are within 3.2 % of the exact ones; null when there were no requests.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ResponseFigures)]
struct ResponseFiguresAnswer {
    requests: u64,
    /// Answered with a status of 400 to 499.
    client_errors: u64,
    /// Answered with a status of 500 to 599.
    server_errors: u64,
    /// Half of the requests took no longer, in milliseconds.
    p50_ms: Option<f64>,
    /// 95 of 100 took no longer.
    p95_ms: Option<f64>,
    /// 99 of 100 took no longer.
    p99_ms: Option<f64>,
}

impl From<ResponseFigures> for ResponseFiguresAnswer {
    fn from(figures: ResponseFigures) -> Self {
        let ResponseFigures { requests, client_errors, server_errors, p50_ms, p95_ms, p99_ms } =
            figures;
        Self { requests, client_errors, server_errors, p50_ms, p95_ms, p99_ms }
    }
}

impl From<&ResponseSummary> for RequestsAnswer {
    fn from(summary: &ResponseSummary) -> Self {
        Self {
            recent_seconds: summary.recent_seconds,
            recent: summary.all.0.into(),
            since_start: summary.all.1.into(),
            endpoints: summary.routes.iter().map(endpoint).collect(),
        }
    }
}

fn endpoint(((route, method), (recent, all)): &(RouteKey, RecentAndAll)) -> EndpointAnswer {
    EndpointAnswer {
        method,
        route: route.clone(),
        recent: (*recent).into(),
        since_start: (*all).into(),
    }
}
