//! The dashboard's files, embedded in the binary; a placeholder page where it was built without them.

use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use rust_embed::RustEmbed;

use crate::error::Error;

/// Names with a content hash never change.
const IMMUTABLE: &str = "public, max-age=31536000, immutable";

#[derive(RustEmbed)]
#[folder = "$FOOTFALL_WEB_DIST"]
struct Dashboard;

/// A file of the dashboard, or its page for any other path that a browser opens: the dashboard routes by
/// itself. Programs that ask for something that is not here hear so.
pub(crate) async fn serve(method: Method, uri: Uri, headers: HeaderMap) -> Response {
    let path = uri.path().trim_start_matches('/');
    let is_read = matches!(method, Method::GET | Method::HEAD);
    if !is_read || path.starts_with("api/") || path.starts_with("v1/") {
        return Error::not_found().into_response();
    }
    if let Some(response) = file(path, &headers) {
        return response;
    }
    if path.starts_with("assets/") || !admits_html(&headers) {
        return Error::not_found().into_response();
    }
    file("index.html", &headers)
        .unwrap_or_else(|| (StatusCode::NOT_FOUND, "the dashboard is missing").into_response())
}

/// Whether a page is an answer to the request: a request that names no type takes any.
fn admits_html(headers: &HeaderMap) -> bool {
    let mut accepted = headers.get_all(header::ACCEPT).iter().peekable();
    accepted.peek().is_none()
        || accepted.filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(',')).any(
            |range| {
                let kind = range.split(';').next().unwrap_or_default().trim();
                matches!(kind, "text/html" | "text/*" | "*/*")
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
