//! CORS of the ingest routes: no cookies, no credentials, the origin echoed when it is admitted.

use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::limits::MAX_ORIGIN_BYTES;

/// How long a browser may remember a preflight's answer, in seconds: a day.
const MAX_AGE_SECONDS: &str = "86400";
/// Admitted where a preflight asks for none.
const USUAL_HEADERS: &str = "content-type, content-encoding, x-api-key, authorization";

/// Longest list of headers that is echoed, in bytes: pages ask for a dozen at most.
const MAX_REQUESTED_HEADERS_BYTES: usize = 4_096;

/// Answers `OPTIONS`. A preflight names no key, so any origin may ask, for any headers: the request that
/// follows is checked against its own key, which may only write.
pub(super) async fn preflight(headers: HeaderMap) -> Response {
    let mut response = StatusCode::NO_CONTENT.into_response();
    let answer = response.headers_mut();
    for (name, value) in [
        (header::ACCESS_CONTROL_ALLOW_METHODS, "POST"),
        (header::ACCESS_CONTROL_MAX_AGE, MAX_AGE_SECONDS),
    ] {
        answer.insert(name, HeaderValue::from_static(value));
    }
    let requested = headers.get(header::ACCESS_CONTROL_REQUEST_HEADERS);
    let requested = requested.filter(|value| is_header_list(value)).cloned();
    answer.insert(
        header::ACCESS_CONTROL_ALLOW_HEADERS,
        requested.unwrap_or_else(|| HeaderValue::from_static(USUAL_HEADERS)),
    );
    admit(answer, headers.get(header::ORIGIN));
    // A cache between must not give one page's answer to another that asks for other headers.
    answer.insert(header::VARY, HeaderValue::from_static("origin, access-control-request-headers"));
    response
}

/// Whether a value can be a list of header names, as browsers write it.
fn is_header_list(value: &HeaderValue) -> bool {
    let bytes = value.as_bytes();
    (1..=MAX_REQUESTED_HEADERS_BYTES).contains(&bytes.len())
        && bytes
            .iter()
            .all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~, ".contains(byte))
}

/// The `Origin` header, if it can be one: browsers write no longer ones, and nothing else in them.
pub(super) fn origin(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::ORIGIN).filter(|value| is_origin(value))?.to_str().ok()
}

fn is_origin(value: &HeaderValue) -> bool {
    let bytes = value.as_bytes();
    (1..=MAX_ORIGIN_BYTES).contains(&bytes.len()) && bytes.iter().all(u8::is_ascii_graphic)
}

/// Lets pages of `origin` read the answer that carries `answer`.
pub(super) fn admit(answer: &mut HeaderMap, origin: Option<&HeaderValue>) {
    answer.insert(header::VARY, HeaderValue::from_static("origin"));
    if let Some(origin) = origin.filter(|origin| is_origin(origin)) {
        answer.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone());
        answer.insert(
            header::ACCESS_CONTROL_EXPOSE_HEADERS,
            HeaderValue::from_static("retry-after, x-request-id"),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_a_browser_may_have_written_is_read_and_echoed() {
        let long = format!("https://{}.test", "a".repeat(MAX_ORIGIN_BYTES));
        let written = [
            ("https://shop.test", true),
            ("http://localhost:3000", true),
            ("null", true),
            ("capacitor://localhost", true),
            (&long, false),
            ("https://shop.test https://other.test", false),
            ("", false),
        ];
        for (text, is_read) in written {
            let mut headers = HeaderMap::new();
            headers.insert("origin", text.parse().expect("a header"));
            assert_eq!(origin(&headers), is_read.then_some(text));
            let mut answer = HeaderMap::new();
            admit(&mut answer, headers.get(header::ORIGIN));
            assert_eq!(answer.contains_key("access-control-allow-origin"), is_read, "{text}");
        }
    }

    #[tokio::test]
    async fn a_preflight_admits_the_headers_asked_for() {
        let long = vec!["x-header"; 600].join(",");
        for (requested, admitted) in [
            (Some("apikey,content-type,x-client-info,x-api-key"), None),
            (Some("authorization, x-anything_of-their.own"), None),
            (Some("x-a(b)"), Some(USUAL_HEADERS)),
            (Some("x-a: b"), Some(USUAL_HEADERS)),
            (Some(&*long), Some(USUAL_HEADERS)),
            (None, Some(USUAL_HEADERS)),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert("origin", HeaderValue::from_static("https://shop.test"));
            if let Some(requested) = requested {
                headers
                    .insert("access-control-request-headers", requested.parse().expect("a header"));
            }
            let answer = preflight(headers).await;
            let expected = admitted.or(requested).expect("one of them");
            assert_eq!(answer.headers()["access-control-allow-headers"], expected);
            assert_eq!(answer.headers()["access-control-allow-origin"], "https://shop.test");
            assert_eq!(answer.headers()["access-control-max-age"], "86400");
        }
    }
}
