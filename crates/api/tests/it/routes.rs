//! Requests that are for no route, or are no request of one.

use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use serde_json::{Value, json};
use testkit::multipart::MULTIPART;

use crate::harness::{Answer, TestServer};

async fn ask(server: &TestServer, method: &Method, path: &str, accept: Option<&str>) -> Answer {
    let mut request = Request::builder().method(method).uri(path);
    if let Some(accept) = accept {
        request = request.header(header::ACCEPT, accept);
    }
    server.send(request.body(Body::empty()).expect("a request")).await
}

fn assert_problem(answer: &Answer, status: StatusCode, what: &str) {
    assert_eq!(answer.status, status, "{what}: {}", answer.text);
    assert_eq!(answer.headers[header::CONTENT_TYPE], "application/problem+json", "{what}");
    assert_eq!(answer.json()["status"], status.as_u16(), "{what}");
}

#[tokio::test]
async fn what_is_sent_to_no_route_is_not_answered_as_stored() {
    let server = TestServer::start().await;
    for path in ["/upload-recording", "/export-pdf", "/capture", "/batch", "/e/", "/assets/a"] {
        for method in [Method::POST, Method::PUT, Method::DELETE, Method::PATCH] {
            let answer = ask(&server, &method, path, None).await;
            assert_problem(&answer, StatusCode::NOT_FOUND, &format!("{method} {path}"));
        }
        for accept in [None, Some("*/*"), Some("application/json")] {
            let answer = ask(&server, &Method::GET, path, accept).await;
            assert_problem(&answer, StatusCode::NOT_FOUND, &format!("{path} {accept:?}"));
        }
    }
    let browser = Some("text/html,application/xhtml+xml;q=0.9,*/*;q=0.8");
    let mistyped = ask(&server, &Method::GET, "/projects/some/page", browser).await;
    assert_eq!(mistyped.status, StatusCode::NOT_FOUND);
    assert_eq!(mistyped.headers[header::CONTENT_TYPE], "text/html", "a page that says so");
    for path in ["/api/nothing", "/v1/nothing", "/assets/gone.js"] {
        let answer = ask(&server, &Method::GET, path, browser).await;
        assert_problem(&answer, StatusCode::NOT_FOUND, path);
    }
}

#[tokio::test]
async fn an_id_that_is_no_text_is_a_problem_of_the_request() {
    let server = TestServer::start().await;
    for (method, path) in [
        (Method::GET, "/api/projects/%ff/overview"),
        (Method::DELETE, "/api/privacy/subjects/a%c3"),
        (Method::GET, "/api/invitations/%f0%9f"),
    ] {
        let answer = ask(&server, &method, path, None).await;
        assert_problem(&answer, StatusCode::BAD_REQUEST, path);
        assert!(answer.text.contains("not UTF-8"), "{path}: {}", answer.text);
    }
}

#[tokio::test]
async fn the_dashboards_pages_are_read_only() {
    let server = TestServer::start().await;
    for path in ["/", "/setup", "/sign-in?return_to=%2F", "/p/some/overview", "/invitations/x"] {
        for accept in [None, Some("*/*"), Some("text/html,application/xhtml+xml;q=0.9")] {
            let answer = ask(&server, &Method::GET, path, accept).await;
            assert_eq!(answer.status, StatusCode::OK, "{path} {accept:?}");
            assert_eq!(answer.headers[header::CONTENT_TYPE], "text/html", "{path}");
        }
        for accept in ["application/json", "image/png, application/json;q=0.5"] {
            let answer = ask(&server, &Method::GET, path, Some(accept)).await;
            assert_problem(&answer, StatusCode::NOT_FOUND, accept);
        }
        for method in [Method::POST, Method::PUT, Method::DELETE, Method::PATCH] {
            let answer = ask(&server, &method, path, None).await;
            assert_problem(&answer, StatusCode::METHOD_NOT_ALLOWED, path);
            assert_eq!(answer.headers[header::ALLOW], "GET,HEAD", "{method} {path}");
        }
    }
}

#[tokio::test]
async fn only_the_page_that_replays_recordings_has_a_policy_of_its_own() {
    let server = TestServer::start().await;
    let policy_of = async |path: &str| {
        let headers = ask(&server, &Method::GET, path, Some("text/html")).await.headers;
        let text = |name: &str| headers[name].to_str().expect("a text").to_owned();
        (text("content-security-policy"), text("x-frame-options"))
    };
    let (replay, framed) = policy_of("/replay").await;
    let mut parts: Vec<_> = replay.split("; ").collect();
    parts.sort_unstable();
    assert_eq!(
        parts,
        [
            "base-uri 'none'",
            "connect-src 'none'",
            "default-src 'none'",
            "font-src data:",
            "form-action 'none'",
            "frame-ancestors 'self'",
            "frame-src 'none'",
            "img-src data:",
            "media-src data:",
            "script-src 'self'",
            "style-src 'self' 'unsafe-inline'",
        ]
    );
    assert_eq!(framed, "SAMEORIGIN");
    for path in ["/", "/sign-in", "/p/some/overview", "/replay.html", "/replay/", "/x"] {
        let (policy, framed) = policy_of(path).await;
        assert!(policy.contains("style-src 'self';"), "{path}: {policy}");
        assert!(policy.contains("frame-src 'self';"), "{path}: {policy}");
        assert!(policy.contains("frame-ancestors 'none'"), "{path}: {policy}");
        assert_eq!(framed, "DENY", "{path}");
    }
}

#[tokio::test]
async fn a_method_that_a_path_has_not_is_named_with_those_it_has() {
    let server = TestServer::start().await;
    for (path, allow) in [("/health/live", "GET,HEAD"), ("/api/auth/me", "GET,HEAD,PATCH")] {
        let answer = ask(&server, &Method::PUT, path, None).await;
        assert_problem(&answer, StatusCode::METHOD_NOT_ALLOWED, path);
        assert_eq!(answer.headers[header::ALLOW], allow, "{path}");
    }
    for (path, allow) in [
        ("/ingest-events", "POST,OPTIONS"),
        ("/api/orders", "POST"),
        ("/friction-tracker.js", "GET,HEAD"),
    ] {
        let answer = ask(&server, &Method::DELETE, path, None).await;
        assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED, "{path}");
        assert_eq!(answer.headers[header::ALLOW], allow, "{path}");
        let error = answer.json()["error"].clone();
        assert_eq!(error, "DELETE is not allowed here; see the allow header");
    }
}

/// The library reads arrays as structs by position; `[[]]` was a batch without events, and a success.
#[tokio::test]
async fn an_array_is_no_body_and_no_event() {
    let server = TestServer::start().await;
    let widget = server.widget("Sales", &json!({})).await;
    let message =
        "the body is not a JSON object of the expected shape: an array, expected an object";
    for path in [
        "/ingest-events",
        "/api/tracking/flush",
        "/track-event",
        "/api/analytics/track",
        "/api/analytics/session/start",
        "/ingest-recording",
    ] {
        for body in [json!([[]]), json!([]), json!([null, null, []])] {
            let request = Request::post(path)
                .header("x-api-key", &server.key)
                .header(header::ORIGIN, "https://shop.test")
                .body(Body::from(format!(" \n{body}")));
            let answer = server.send(request.expect("a request")).await;
            assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{path} {body}: {}", answer.text);
            assert_eq!(answer.json()["error"], message, "{path} {body}");
        }
    }
    let positional = json!(["widget_load", widget]);
    for (path, body) in [
        ("/ingest-events", json!({"session_id": "s", "events": [["heatmap"]]})),
        ("/api/tracking/flush", json!({"user_id": "u", "events": [["share"]]})),
        ("/api/analytics/track", json!({"events": [positional]})),
    ] {
        let answer = server.ingest(path, &body).await;
        assert!(answer.status.is_client_error(), "{path}: {}", answer.text);
        let rejected: Value = answer.json()["rejected"][0].clone();
        assert_eq!(rejected["reason"], "invalid_field", "{path}: {}", answer.text);
    }
    let answer = server.manage("POST", "/api/projects", &json!(["name"])).await;
    assert_problem(&answer, StatusCode::BAD_REQUEST, "an array for the dashboard's API");
}

#[tokio::test]
async fn a_form_that_cannot_be_read_is_accounted_for_by_its_key() {
    let server = TestServer::start().await;
    for form in ["", "--other\r\n"] {
        let request = Request::post("/upload-screenshot")
            .header("x-api-key", &server.key)
            .header(header::ORIGIN, "https://shop.test")
            .header(header::CONTENT_TYPE, MULTIPART)
            .body(Body::from(form));
        let answer = server.send(request.expect("a request")).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{}", answer.text);
    }
    server.project().await;
    let account = server.get("/api/projects/{project}/outcomes").await.json();
    assert_eq!(account["refused"], json!([{"reason": "unparseable", "count": 2}]));
}
