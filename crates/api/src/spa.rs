//! The dashboard's files, embedded in the binary; a placeholder page where it was built without them.

use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use rust_embed::RustEmbed;

use crate::error::Error;

/// The first segments of the dashboard's pages: the routes of `web/src/app/router.tsx`, which a test
/// compares with these.
const PAGES: [&str; 6] = ["", "setup", "sign-in", "p", "invitations", "shared"];
/// The page that replays recordings, in a frame of the dashboard.
const REPLAY: (&str, &str) = ("replay", "replay.html");
/// The policy of that page, which may load its own script. A recording comes from a stranger and brings styles of its own
/// with it, but neither scripts nor frames, and nothing that asks another host.
const REPLAY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
    img-src data:; font-src data:; media-src data:; connect-src 'none'; frame-src 'none'; \
    form-action 'none'; base-uri 'none'; frame-ancestors 'self'";
/// Names with a content hash never change.
const IMMUTABLE: &str = "public, max-age=31536000, immutable";

#[derive(RustEmbed)]
#[folder = "$FOOTFALL_WEB_DIST"]
struct Dashboard;

/// A file of the dashboard, or its page for the paths that it routes by itself. Whatever else is asked
/// for is not here, and says so: to a browser with the dashboard's page, to programs as a problem.
pub(crate) async fn serve(method: Method, uri: Uri, headers: HeaderMap) -> Response {
    let path = uri.path().trim_start_matches('/');
    let file = file(path, &headers);
    let is_replay = path == REPLAY.0;
    let is_page = is_replay || PAGES.contains(&path.split('/').next().unwrap_or_default());
    if !matches!(method, Method::GET | Method::HEAD) {
        return if is_page || file.is_some() {
            let allow = [(header::ALLOW, "GET,HEAD")];
            (allow, method_not_allowed(method).await).into_response()
        } else {
            Error::not_found().into_response()
        };
    }
    if let Some(response) = file {
        return response;
    }
    if is_replay && admits_html(&headers, Wildcards::Count) {
        return replay(&headers);
    }
    if is_page && admits_html(&headers, Wildcards::Count) {
        return page(&headers).unwrap_or_else(missing_page);
    }
    let is_api = ["api/", "v1/", "assets/"].iter().any(|prefix| path.starts_with(prefix));
    if is_api || !admits_html(&headers, Wildcards::Ignored) {
        return Error::not_found().into_response();
    }
    let page = page(&HeaderMap::new()).unwrap_or_else(missing_page);
    (StatusCode::NOT_FOUND, page).into_response()
}

/// Answers a method that a known path does not have.
pub(crate) async fn method_not_allowed(method: Method) -> Error {
    let detail = format!("{method} is not allowed here; see the allow header");
    Error::new(StatusCode::METHOD_NOT_ALLOWED, detail)
}

/// The dashboard's page.
pub(crate) fn index(headers: &HeaderMap) -> Response {
    page(headers).unwrap_or_else(missing_page)
}

fn page(headers: &HeaderMap) -> Option<Response> {
    file("index.html", headers)
}

/// The page that replays recordings, with the policy that holds what they bring.
fn replay(headers: &HeaderMap) -> Response {
    let mut response = file(REPLAY.1, headers).unwrap_or_else(missing_page);
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, REPLAY_POLICY),
        (header::X_FRAME_OPTIONS, "SAMEORIGIN"),
        (header::REFERRER_POLICY, "no-referrer"),
    ] {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

fn missing_page() -> Response {
    (StatusCode::NOT_FOUND, "the dashboard is missing").into_response()
}

/// Whether `*/*` in an `Accept` header asks for a page.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wildcards {
    /// It does, and so does a request without the header.
    Count,
    /// Only a browser that opens an address names HTML.
    Ignored,
}

/// Whether a page is an answer to the request.
fn admits_html(headers: &HeaderMap, wildcards: Wildcards) -> bool {
    let counts = wildcards == Wildcards::Count;
    let mut accepted = headers.get_all(header::ACCEPT).iter().peekable();
    if accepted.peek().is_none() {
        return counts;
    }
    accepted.filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(',')).any(
        |range| match range.split(';').next().unwrap_or_default().trim() {
            "text/html" => true,
            "text/*" | "*/*" => counts,
            _ => false,
        },
    )
}

fn file(path: &str, headers: &HeaderMap) -> Option<Response> {
    let file = Dashboard::get(path)?;
    let hash = file.metadata.sha256_hash();
    let etag = etag(&hash)?;
    let is_fresh = headers.get(header::IF_NONE_MATCH) == Some(&etag);
    let mut response = if is_fresh {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        file.data.into_owned().into_response()
    };
    let content_type = mime_guess::from_path(path).first_or_octet_stream();
    let cache = if path.starts_with("assets/") { IMMUTABLE } else { "no-cache" };
    let answer = response.headers_mut();
    answer.insert(header::CONTENT_TYPE, HeaderValue::try_from(content_type.as_ref()).ok()?);
    answer.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    answer.insert(header::ETAG, etag);
    Some(response)
}

/// The first bytes of a content hash as a header's value.
fn etag(hash: &[u8; 32]) -> Option<HeaderValue> {
    let [a, b, ..] = hash.as_chunks::<8>().0 else { return None };
    let number = |bytes: &[u8; 8]| u64::from_be_bytes(*bytes);
    HeaderValue::try_from(format!("\"{:016x}{:016x}\"", number(a), number(b))).ok()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::PAGES;

    #[test]
    fn the_pages_are_those_of_the_dashboards_router() {
        let router = include_str!("../../../web/src/app/router.tsx");
        let of_root = router.split("getParentRoute: () => root,").skip(1);
        let segments = of_root.map(|route| {
            let path = route.split_once("path: '/").expect("a path").1;
            path.split(['/', '\'']).next().expect("a segment")
        });
        assert_eq!(segments.collect::<BTreeSet<_>>(), BTreeSet::from(PAGES));
    }
}
