//! `/playground`: a page of the demo's first site on which each signal of the SDK can be made to fire, with
//! what the page sends beside it.

use axum::Router;
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::IntoResponse;
use axum::routing::get;

/// Where the key of the site's pages stands in the page.
const KEY: &str = "{{api_key}}";
const PAGE: &str = include_str!("playground/page.html");
const SCRIPT: &str = include_str!("playground/page.js");
const STYLE: &str = include_str!("playground/page.css");

/// The content security policy of the page, which is a site's and not the dashboard's: its own files
/// and the SDK. The recorder sets styles of elements, and screenshots are drawn from data.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; \
                      img-src 'self' data: blob:; style-src-attr 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The page and its files, for a site that sends with this key.
pub(super) fn routes(api_key: &str) -> Router {
    let page = PAGE.replace(KEY, api_key);
    Router::new()
        .route("/playground", get(async move || file("text/html; charset=utf-8", page.clone())))
        .route("/playground/page.js", get(async || file("text/javascript", SCRIPT)))
        .route("/playground/page.css", get(async || file("text/css", STYLE)))
}

fn file(kind: &'static str, body: impl IntoResponse) -> impl IntoResponse {
    let headers =
        [(CONTENT_TYPE, kind), (CONTENT_SECURITY_POLICY, POLICY), (CACHE_CONTROL, "no-cache")];
    (headers, body)
}
