//! CORS of the ingest routes: no cookies, no credentials, the origin echoed when it is admitted.

use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

/// How long a browser may remember a preflight's answer, in seconds: a day.
const MAX_AGE_SECONDS: &str = "86400";

/// Answers `OPTIONS`. A preflight names no key, so any origin may ask; the request that follows is
/// checked against its own key.
pub(super) async fn preflight(headers: HeaderMap) -> Response {
    let mut response = StatusCode::NO_CONTENT.into_response();
    let answer = response.headers_mut();
    for (name, value) in [
        (header::ACCESS_CONTROL_ALLOW_METHODS, "POST"),
        (
            header::ACCESS_CONTROL_ALLOW_HEADERS,
            "content-type, content-encoding, x-api-key, authorization",
        ),
        (header::ACCESS_CONTROL_MAX_AGE, MAX_AGE_SECONDS),
    ] {
        answer.insert(name, HeaderValue::from_static(value));
    }
    admit(answer, headers.get(header::ORIGIN));
    response
}

/// Lets pages of `origin` read the answer that carries `answer`.
pub(super) fn admit(answer: &mut HeaderMap, origin: Option<&HeaderValue>) {
    answer.insert(header::VARY, HeaderValue::from_static("origin"));
    if let Some(origin) = origin {
        answer.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone());
        answer.insert(
            header::ACCESS_CONTROL_EXPOSE_HEADERS,
            HeaderValue::from_static("retry-after, x-request-id"),
        );
    }
}
