//! `/api/projects/{project_id}/secret-keys`

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::credentials::RequestAuth;
use crate::harness::TestServer;

const KEYS: &str = "/api/projects/{project}/secret-keys";
const PROJECT: &str = "/api/projects/{project}";

async fn create(server: &TestServer, body: &Value) -> (String, String) {
    let answer = server.manage("POST", KEYS, body).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text);
    let body = answer.json();
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    (text(&body["key"]), text(&body["secret_key"]["id"]))
}

#[tokio::test]
async fn a_secret_key_is_shown_once_and_reads_in_place_of_a_member() {
    let server = TestServer::start().await;
    let (key, _) = create(&server, &json!({"key_name": "Warehouse", "role": "analyst"})).await;
    assert!(domain::key::is_secret_key(&key), "{key}");
    let answer = server.ask(RequestAuth::Key(&key), "GET", PROJECT, &Value::Null).await;
    assert_eq!((answer.status, &answer.json()["role"]), (StatusCode::OK, &json!("analyst")));
    let failed = "/api/projects/{project}/failed-events";
    assert_eq!(server.ask(RequestAuth::Key(&key), "GET", failed, &Value::Null).await.status, 200);
    let listed = server.get(KEYS).await;
    assert!(!listed.text.contains(&key) && !listed.text.contains("digest"), "{}", listed.text);
    assert_eq!(listed.json()["secret_keys"][0]["key_name"], "Warehouse");
    // It is bound to projects: who signs in is a person.
    for path in ["/api/auth/me", "/api/projects"] {
        let method = if path.ends_with("me") { "GET" } else { "POST" };
        let answer = server.ask(RequestAuth::Key(&key), method, path, &json!({"name": "X"})).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{path}");
    }
}

/// Paths of the contracts that name no project: the key names it.
#[tokio::test]
async fn a_secret_key_reads_its_project_where_the_path_names_none() {
    let server = TestServer::start().await;
    let other = server.second_project().await;
    let key = |role: &str| json!({"key_name": role, "role": role});
    let (analyst, _) = create(&server, &key("analyst")).await;
    let (writer, _) = create(&server, &key("writer")).await;
    let read = async |key: &str, path: &str| {
        server.ask(RequestAuth::Key(key), "GET", path, &Value::Null).await
    };
    for (path, own) in [
        ("/api/customers/metrics", "customers/metrics"),
        ("/api/billing/usage?group=month", "billing/usage?group=month"),
    ] {
        let answer = read(&analyst, path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text);
        let same = read(&analyst, &format!("{PROJECT}/{own}")).await;
        assert_eq!(answer.json(), same.json(), "{path}");
        assert_eq!(read(&writer, path).await.status, StatusCode::FORBIDDEN, "{path}");
        let separator = if path.contains('?') { '&' } else { '?' };
        for (project, status) in
            [(server.project.to_string(), StatusCode::OK), (other.clone(), StatusCode::NOT_FOUND)]
        {
            let named = format!("{path}{separator}project_id={project}");
            assert_eq!(read(&analyst, &named).await.status, status, "{named}");
        }
        // The owner belongs to two projects now, and has to name one.
        let unnamed = server.get(path).await;
        assert_eq!(unnamed.status, StatusCode::BAD_REQUEST, "{path}");
        assert_eq!(unnamed.json()["field"], "project_id", "{path}");
    }
}

#[tokio::test]
async fn use_of_a_secret_key_is_shown_to_the_minute() {
    let server = TestServer::start().await;
    let (key, _) = create(&server, &json!({"key_name": "Warehouse", "role": "analyst"})).await;
    assert_eq!(server.get(KEYS).await.json()["secret_keys"][0]["last_used_at"], Value::Null);
    for (seconds, shown) in [(59, "12:00:00"), (0, "12:00:00"), (1, "12:01:00")] {
        server.clock.advance_seconds(seconds);
        server.ask(RequestAuth::Key(&key), "GET", PROJECT, &Value::Null).await;
        let listed = server.get(KEYS).await.json();
        let last_used_at = &listed["secret_keys"][0]["last_used_at"];
        assert_eq!(*last_used_at, format!("2026-11-21T{shown}.000Z"));
    }
}

#[tokio::test]
async fn a_revoked_or_expired_key_opens_nothing() {
    let server = TestServer::start().await;
    let (revoked, id) = create(&server, &json!({"key_name": "A", "role": "admin"})).await;
    let body = json!({"key_name": "B", "role": "admin", "expires_at": "2026-11-21T13:00:00Z"});
    let (expiring, _) = create(&server, &body).await;
    let read = async |key: &str| {
        server.ask(RequestAuth::Key(key), "GET", PROJECT, &Value::Null).await.status
    };
    server.clock.advance_seconds(3_599);
    assert_eq!((read(&revoked).await, read(&expiring).await), (StatusCode::OK, StatusCode::OK));
    server.clock.advance_seconds(1);
    assert_eq!(read(&expiring).await, StatusCode::UNAUTHORIZED);
    let path = format!("{KEYS}/{id}");
    assert_eq!(server.manage("DELETE", &path, &Value::Null).await.status, StatusCode::NO_CONTENT);
    assert_eq!(server.manage("DELETE", &path, &Value::Null).await.status, StatusCode::NOT_FOUND);
    assert_eq!(read(&revoked).await, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn other_authorization_is_left_to_whoever_stands_before_us() {
    let server = TestServer::start().await;
    let request =
        axum::http::Request::get(PROJECT.replace("{project}", &server.project.to_string()))
            .header("authorization", "Basic cHJveHk6cHJveHk=")
            .header("cookie", format!("footfall={}", server.owner().await.session))
            .body(axum::body::Body::empty());
    assert_eq!(server.send(request.expect("a request")).await.status, StatusCode::OK);
}

#[tokio::test]
async fn what_is_wrong_with_a_new_secret_key_is_named() {
    let server = TestServer::start().await;
    for (body, field) in [
        (json!({"key_name": "", "role": "analyst"}), "key_name"),
        (json!({"key_name": "A", "role": "owner"}), "role"),
        (json!({"key_name": "A", "role": "viewer"}), "role"),
        (json!({"key_name": "A", "role": "admin", "expires_at": "soon"}), "expires_at"),
        (
            json!({"key_name": "A", "role": "admin", "expires_at": "2026-11-21T12:00:00Z"}),
            "expires_at",
        ),
    ] {
        let answer = server.manage("POST", KEYS, &body).await;
        assert!(answer.status.is_client_error(), "{body}: {}", answer.text);
        assert_eq!(answer.json()["field"], field, "{body}");
    }
}
