//! Making, changing and deleting webhooks.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::harness::TestServer;

const WEBHOOKS: &str = "/api/projects/{project}/webhooks";
const URL: &str = "http://127.0.0.1:8080/hook";

#[tokio::test]
async fn a_webhook_is_made_changed_listed_and_deleted() {
    let server = TestServer::start().await;
    let new = json!({"url": URL, "description": " Sales ", "event_types": ["task.created", "contact.created"]});
    let made = server.manage("POST", WEBHOOKS, &new).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
    let (webhook, secret) = (made.json()["webhook"].clone(), made.json()["secret"].clone());
    assert!(secret.as_str().is_some_and(|secret| secret.starts_with("whsec_")), "{secret}");
    assert_eq!(webhook["event_types"], json!(["contact.created", "task.created"]));
    assert_eq!((&webhook["description"], &webhook["is_active"]), (&json!("Sales"), &json!(true)));
    let id = webhook["id"].as_str().expect("an id");
    assert!(id.starts_with("wh_"), "{id}");
    let path = format!("{WEBHOOKS}/{id}");
    let off = server.manage("PATCH", &path, &json!({"is_active": false})).await.json();
    assert_eq!(off["disabled_reason"], "switched off by a member", "{off}");
    for operation in ["test", "deliveries/msg_00000000000000000000000000000001/resend"] {
        let refused = server.manage("POST", &format!("{path}/{operation}"), &Value::Null).await;
        assert_eq!(refused.status, StatusCode::CONFLICT, "{}", refused.text);
    }
    let on = server.manage("PATCH", &path, &json!({"is_active": true})).await.json();
    assert_eq!((&on["is_active"], &on["disabled_at"]), (&json!(true), &Value::Null));
    let listed = server.get(WEBHOOKS).await;
    assert_eq!(listed.json()["webhooks"], json!([on]));
    let rotated =
        server.manage("POST", &format!("{path}/rotate-secret"), &Value::Null).await.json();
    assert_ne!(rotated["secret"], secret);
    assert_eq!(rotated["webhook"]["previous_secret_until"], "2026-11-22T12:00:00.000Z");
    for answer in [listed.text, server.get("/api/projects/{project}/audit").await.text] {
        assert!(!answer.contains("whsec_"), "{answer}");
    }
    let deleted = server.manage("DELETE", &path, &Value::Null).await;
    assert_eq!(deleted.status, StatusCode::NO_CONTENT);
    let again = server.manage("DELETE", &path, &Value::Null).await;
    assert_eq!(again.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_a_webhook_cannot_be_is_named() {
    let server = TestServer::start().await;
    let all = json!(["contact.created"]);
    for (body, field) in [
        (json!({"url": "example.com", "event_types": all}), "url"),
        (json!({"url": "ftp://example.com", "event_types": all}), "url"),
        (json!({"url": "https://u:p@example.com", "event_types": all}), "url"),
        (json!({"url": "https://10.0.0.1/", "event_types": all}), "url"),
        (json!({"url": "https://[::ffff:10.0.0.1]/", "event_types": all}), "url"),
        (json!({"url": "https://169.254.169.254/", "event_types": all}), "url"),
        (json!({"url": "https://2852039166/", "event_types": all}), "url"),
        (json!({"url": "https://[::1]/", "event_types": all}), "url"),
        (json!({"url": "http://8.8.8.8/", "event_types": all}), "url"),
        (json!({"url": URL, "event_types": []}), "event_types"),
        (json!({"url": URL, "event_types": ["contact.loved"]}), "event_types"),
        (json!({"url": URL, "event_types": ["webhook.test"]}), "event_types"),
        (json!({"url": URL, "event_types": all, "description": "a\nb"}), "description"),
    ] {
        let answer = server.manage("POST", WEBHOOKS, &body).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{body}: {}", answer.text);
        assert_eq!(answer.json()["field"], field, "{body}");
    }
    let made = server.manage("POST", WEBHOOKS, &json!({"url": URL, "event_types": all})).await;
    let id = made.json()["webhook"]["id"].as_str().expect("an id").to_owned();
    let path = format!("{WEBHOOKS}/{id}");
    let changed = server.manage("PATCH", &path, &json!({"url": "https://10.0.0.1/"})).await;
    assert_eq!(changed.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", changed.text);
    assert_eq!(changed.json()["field"], "url");
    assert_eq!(server.get(WEBHOOKS).await.json()["webhooks"][0]["url"], URL);
    for bad in ["status=done", "cursor=1"] {
        let answer = server.get(&format!("{path}/deliveries?{bad}")).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{}", answer.text);
    }
}

#[tokio::test]
async fn a_project_has_no_more_webhooks_than_it_may() {
    let server = TestServer::start().await;
    let new = json!({"url": URL, "event_types": ["contact.created"]});
    for _ in 0..20 {
        let made = server.manage("POST", WEBHOOKS, &new).await;
        assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
    }
    let refused = server.manage("POST", WEBHOOKS, &new).await;
    assert_eq!(refused.status, StatusCode::CONFLICT, "{}", refused.text);
}

#[tokio::test]
async fn a_webhook_of_another_project_is_answered_like_an_unknown_one() {
    let server = TestServer::start().await;
    let second = server.second_project().await;
    let new = json!({"url": URL, "event_types": ["contact.created"]});
    let foreign = format!("/api/projects/{second}/webhooks");
    let made = server.manage("POST", &foreign, &new).await.json();
    let foreign_webhook = made["webhook"]["id"].as_str().expect("an id");
    for id in [foreign_webhook, "wh_0000000000000000000000000000dead", "no-id"] {
        let path = format!("{WEBHOOKS}/{id}");
        for (method, path, body) in [
            ("PATCH", path.clone(), json!({"is_active": false})),
            ("DELETE", path.clone(), Value::Null),
            ("GET", format!("{path}/deliveries"), Value::Null),
            ("POST", format!("{path}/test"), Value::Null),
            ("POST", format!("{path}/rotate-secret"), Value::Null),
            ("POST", format!("{path}/deliveries/msg_1/resend"), Value::Null),
        ] {
            let answer = server.manage(method, &path, &body).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{method} {path}: {}", answer.text);
        }
    }
}
