//! The browser SDK: a script, a second one that it loads, and those that record what a project wants
//! recorded.

use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

/// The built scripts; `npm run build` in `sdk/` renews them.
const TRACKER: &str = include_str!("../../../../sdk/built/friction-tracker.js");
const MORE: &str = include_str!("../../../../sdk/built/footfall-more.js");
const RECORDER: &str = include_str!("../../../../sdk/built/footfall-recorder.js");
const SCREENSHOT: &str = include_str!("../../../../sdk/built/footfall-screenshot.js");
/// Of all: they belong together.
const ETAG: &str = concat!("\"", env!("FOOTFALL_SCRIPT_HASH"), "\"");
/// Browsers ask again after an hour, and then mostly get 304.
const CACHE: &str = "public, max-age=3600, stale-while-revalidate=86400";

/// `GET /friction-tracker.js`.
pub(super) async fn tracker(headers: HeaderMap) -> Response {
    script(TRACKER, &headers)
}

/// `GET /footfall-more.js`: what a page needs only later, as a module.
pub(super) async fn more(headers: HeaderMap) -> Response {
    script(MORE, &headers)
}

/// `GET /footfall-recorder.js`: records visits.
pub(super) async fn recorder(headers: HeaderMap) -> Response {
    script(RECORDER, &headers)
}

/// `GET /footfall-screenshot.js`: pictures pages.
pub(super) async fn screenshot(headers: HeaderMap) -> Response {
    script(SCREENSHOT, &headers)
}

fn script(text: &'static str, headers: &HeaderMap) -> Response {
    let is_fresh = headers.get(header::IF_NONE_MATCH).is_some_and(|known| known == ETAG);
    let mut response =
        if is_fresh { StatusCode::NOT_MODIFIED.into_response() } else { text.into_response() };
    let answer = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_TYPE, "text/javascript; charset=utf-8"),
        (header::CACHE_CONTROL, CACHE),
        (header::ETAG, ETAG),
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::HeaderName::from_static("cross-origin-resource-policy"), "cross-origin"),
        (header::HeaderName::from_static("timing-allow-origin"), "*"),
    ] {
        answer.insert(name, HeaderValue::from_static(value));
    }
    response
}
