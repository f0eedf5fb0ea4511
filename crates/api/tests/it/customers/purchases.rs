//! Authorisation to report orders and bookings.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use domain::key::SecretKeyRole;
use serde_json::{Value, json};

use crate::credentials::RequestAuth;
use crate::harness::{Answer, TestServer};

const PATHS: [&str; 2] = ["/api/orders", "/api/bookings"];

async fn report(server: &TestServer, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
    let request = headers
        .iter()
        .fold(Request::post(path), |request, (name, value)| request.header(*name, *value));
    server.send(request.body(Body::from(body.to_owned())).expect("a request")).await
}

fn order() -> String {
    json!({"user_id": "asha", "total_amount": 1}).to_string()
}

#[tokio::test]
async fn only_a_key_for_reporting_reports_orders_and_bookings() {
    let server = TestServer::start().await;
    for role in SecretKeyRole::ALL {
        let key = server.secret_key_of(server.project, role).await;
        let bearer = format!("Bearer {key}");
        for path in PATHS {
            for header in [("authorization", &*bearer), ("x-api-key", &*key)] {
                let answer = report(&server, path, &[header], &order()).await;
                if role == SecretKeyRole::Writer {
                    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
                    continue;
                }
                assert_eq!(answer.status, StatusCode::FORBIDDEN, "{}", answer.text);
                let error = answer.json()["error"].as_str().expect("a text").to_owned();
                assert!(error.contains(role.as_str()) && error.contains("writer"), "{error}");
            }
        }
    }
}

#[tokio::test]
async fn a_key_for_reporting_reads_nothing() {
    let server = TestServer::start().await;
    let key = server.secret_key_of(server.project, SecretKeyRole::Writer).await;
    for path in ["/api/projects/{project}", "/api/privacy/subjects/asha"] {
        let answer = server.ask(RequestAuth::Key(&key), "GET", path, &Value::Null).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path}");
        assert!(answer.text.contains("writer"), "{}", answer.text);
    }
}

#[tokio::test]
async fn a_secret_key_counts_in_a_header_only() {
    let server = TestServer::start().await;
    let key = server.secret_key_of(server.project, SecretKeyRole::Writer).await;
    for path in PATHS {
        let in_address = format!("{path}?key={key}");
        let in_body = json!({"user_id": "asha", "api_key": key}).to_string();
        for (path, body) in [(&*in_address, order()), (path, in_body)] {
            let answer = report(&server, path, &[], &body).await;
            assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{}", answer.text);
            assert!(answer.text.contains("header"), "{}", answer.text);
        }
        let long = "x".repeat(5_000);
        let headers = [("x-api-key", &*key), ("origin", &*long)];
        let answer = report(&server, path, &headers, &order()).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "any origin is a page's: {}", answer.text);
    }
}

#[tokio::test]
async fn what_a_known_program_sends_in_vain_is_accounted_for() {
    let server = TestServer::start().await;
    let key = server.secret_key_of(server.project, SecretKeyRole::Writer).await;
    let answer = report(&server, "/api/orders", &[("x-api-key", &key)], "{").await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{}", answer.text);
    let large = " ".repeat(8 << 20);
    let answer = report(&server, "/api/orders", &[("x-api-key", &key)], &large).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE, "{}", answer.text);
    server.project().await;
    let account = server.get("/api/projects/{project}/outcomes").await.json();
    assert_eq!(account["refused"], json!([{"reason": "unparseable", "count": 1}]));
}

#[tokio::test]
async fn a_secret_key_has_a_limit_of_its_own() {
    let server = TestServer::start().await;
    let keys = "/api/projects/{project}/secret-keys";
    let mut made = Vec::new();
    for role in ["writer", "analyst", "writer"] {
        let new = json!({"key_name": "Shop", "role": role, "rate_limit_per_minute": 2});
        let answer = server.manage("POST", keys, &new).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text);
        assert_eq!(answer.json()["secret_key"]["rate_limit_per_minute"], 2);
        made.push(answer.json()["key"].as_str().expect("a key").to_owned());
    }
    let [writer, analyst, other] = made.as_slice() else { unreachable!("three keys") };
    let write =
        async |key: &str| report(&server, "/api/orders", &[("x-api-key", key)], &order()).await;
    let read = async || {
        server.ask(RequestAuth::Key(analyst), "GET", "/api/projects/{project}", &Value::Null).await
    };
    for _ in 0..2 {
        assert_eq!(write(writer).await.status, StatusCode::OK);
        assert_eq!(read().await.status, StatusCode::OK);
    }
    for limited in [write(writer).await, read().await] {
        assert_eq!(limited.status, StatusCode::TOO_MANY_REQUESTS, "{}", limited.text);
        assert!(limited.headers.contains_key("retry-after"));
    }
    assert_eq!(write(other).await.status, StatusCode::OK, "others go on");
    server.clock.advance_seconds(120);
    assert_eq!((write(writer).await.status, read().await.status), (StatusCode::OK, StatusCode::OK));
    for (limit, field) in
        [(json!(0), "rate_limit_per_minute"), (json!(-1), "rate_limit_per_minute")]
    {
        let new = json!({"key_name": "Shop", "role": "writer", "rate_limit_per_minute": limit});
        let answer = server.manage("POST", keys, &new).await;
        assert!(answer.status.is_client_error(), "{}", answer.text);
        assert_eq!(answer.json()["field"], field);
    }
}
