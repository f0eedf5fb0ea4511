//! Around every request: its id, its span, its time, and the headers that keep browsers safe.

use std::sync::LazyLock;
use std::time::Instant;

use axum::RequestExt as _;
use axum::extract::rejection::RawPathParamsRejection;
use axum::extract::{MatchedPath, RawPathParams, Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;
use tracing::Instrument;
use uuid::Uuid;

use crate::error::Error;
use crate::request_id;
use crate::state::App;
use crate::timings::Answered;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// What pages of ours may load: themselves. No inline script or style, no other host; in a frame only the page
/// that replays recordings, which has a policy of its own.
pub(crate) fn content_security_policy(frame_ancestors: &str) -> String {
    format!(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
         font-src 'self'; connect-src 'self'; manifest-src 'self'; frame-src 'self'; \
         base-uri 'none'; form-action 'self'; frame-ancestors {frame_ancestors}"
    )
}

/// Of a response: other sites may show it in a frame, as its own policy says.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Embeddable;

/// Gives the request an id, times it, and runs it in a span.
pub(crate) async fn observe(State(app): State<App>, request: Request, next: Next) -> Response {
    let id = app.ids.next(app.clock.now());
    let started = Instant::now();
    let matched = request.extensions().get::<MatchedPath>().cloned();
    let route = matched.as_ref().map_or("other", MatchedPath::as_str);
    let method = request.method().clone();
    let span = tracing::debug_span!("request", %id, %method, route);
    let mut response = request_id::scope(id, next.run(request)).instrument(span).await;
    let (status, took) = (response.status(), started.elapsed());
    app.response_times().record(&Answered { route, method: &method, status, started, took });
    set_request_id(&mut response, id);
    response
}

fn set_request_id(response: &mut Response, id: Uuid) {
    let mut buffer = Uuid::encode_buffer();
    if let Ok(value) = HeaderValue::from_str(id.hyphenated().encode_lower(&mut buffer)) {
        response.headers_mut().insert(REQUEST_ID, value);
    }
}

/// Refuses a path whose ids are no text, before anything that reads them answers in its own words.
pub(crate) async fn read_path(mut request: Request, next: Next) -> Result<Response, Error> {
    match request.extract_parts::<RawPathParams>().await {
        Err(RawPathParamsRejection::InvalidUtf8InPathParam(_)) => {
            Err(Error::new(StatusCode::BAD_REQUEST, "an id in the path is not UTF-8"))
        }
        // A route without parameters has none.
        _ => Ok(next.run(request).await),
    }
}

/// Sets the headers every page and answer of the dashboard carries.
pub(crate) async fn secure(request: Request, next: Next) -> Response {
    static POLICY: LazyLock<HeaderValue> = LazyLock::new(|| {
        HeaderValue::try_from(content_security_policy("'none'"))
            .unwrap_or(HeaderValue::from_static("default-src 'none'"))
    });
    let mut response = next.run(request).await;
    let is_embeddable = response.extensions().get::<Embeddable>().is_some();
    let headers = response.headers_mut();
    headers.entry(header::CONTENT_SECURITY_POLICY).or_insert_with(|| POLICY.clone());
    if !is_embeddable {
        headers.entry(header::X_FRAME_OPTIONS).or_insert(HeaderValue::from_static("DENY"));
    }
    for (name, value) in [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "same-origin"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("permissions-policy"), "camera=(), microphone=(), geolocation=()"),
    ] {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}
