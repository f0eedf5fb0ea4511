//! `/api/projects/{project_id}/widgets`.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::harness::TestServer;

const WIDGETS: &str = "/api/projects/{project}/widgets";

#[tokio::test]
async fn a_widget_is_made_changed_listed_and_deleted() {
    let server = TestServer::start().await;
    let new = json!({"name": " Help ", "kind": "floating", "allowed_domains": ["Shop.test"]});
    let made = server.manage("POST", WIDGETS, &new).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
    let made = made.json();
    assert_eq!(made["name"], "Help");
    assert_eq!(made["is_active"], true);
    assert_eq!(made["is_demo"], false);
    let path = format!("{WIDGETS}/{}", made["id"].as_str().expect("an id"));
    let changed = server.manage("PATCH", &path, &json!({"kind": "page", "is_demo": true})).await;
    assert_eq!(changed.json()["kind"], "page");
    assert_eq!(changed.json()["allowed_domains"], json!(["Shop.test"]));
    let listed = server.get(WIDGETS).await.json();
    assert_eq!(listed["widgets"], json!([changed.json()]));
    let deleted = server.manage("DELETE", &path, &Value::Null).await;
    assert_eq!(deleted.status, StatusCode::NO_CONTENT);
    let again = server.manage("DELETE", &path, &Value::Null).await;
    assert_eq!(again.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_a_widget_cannot_be_is_named() {
    let server = TestServer::start().await;
    for (body, status, field) in [
        (json!({"name": "", "kind": "page"}), StatusCode::UNPROCESSABLE_ENTITY, "name"),
        (json!({"name": "a", "kind": "popup"}), StatusCode::BAD_REQUEST, "kind"),
        (
            json!({"name": "a", "kind": "page", "allowed_domains": ["a/b"]}),
            StatusCode::UNPROCESSABLE_ENTITY,
            "allowed_domains",
        ),
    ] {
        let answer = server.manage("POST", WIDGETS, &body).await;
        assert_eq!(answer.status, status, "{}", answer.text);
        assert_eq!(answer.json()["field"], field);
    }
}

#[tokio::test]
async fn a_widget_of_another_project_is_answered_like_an_unknown_one() {
    let server = TestServer::start().await;
    let second = server.second_project().await;
    let foreign = server.widget_of(&second, "Theirs", &json!({})).await;
    for id in [foreign.as_str(), "00000000-0000-4000-8000-00000000dead", "no-uuid"] {
        let path = format!("{WIDGETS}/{id}");
        let changed = server.manage("PATCH", &path, &json!({"is_active": false})).await;
        let deleted = server.manage("DELETE", &path, &Value::Null).await;
        assert_eq!(changed.status, StatusCode::NOT_FOUND);
        assert_eq!(deleted.status, StatusCode::NOT_FOUND);
    }
    let path = format!("/api/projects/{second}/widgets");
    assert_eq!(server.get(&path).await.json()["widgets"][0]["is_active"], true);
}
