//! `/api/projects/{project_id}/members`

use axum::http::StatusCode;
use domain::role::Role;
use serde_json::{Value, json};

use crate::credentials::RequestAuth;
use crate::harness::TestServer;

#[tokio::test]
async fn the_members_of_a_project_are_listed_with_their_roles() {
    let server = TestServer::start().await;
    let viewer = server.as_role(Role::Viewer).await;
    let path = "/api/projects/{project}/members";
    let answer = server.ask(RequestAuth::Session(&viewer.session), "GET", path, &Value::Null).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    let body = answer.json();
    let members = body["members"].as_array().expect("members");
    let seen: Vec<(&Value, &Value, &Value)> =
        members.iter().map(|found| (&found["email"], &found["name"], &found["role"])).collect();
    let email = json!(viewer.member.email);
    assert_eq!(
        seen,
        [
            (&json!("owner@shop.test"), &json!("Olive Owner"), &json!("owner")),
            (&email, &json!("Nia New"), &json!("viewer")),
        ]
    );
    assert!(!answer.text.contains("argon2"), "hashes stay inside");
}

/// A program that works on tasks is named where a member would be.
#[tokio::test]
async fn keys_that_act_as_members_do_are_named_with_them() {
    let server = TestServer::start().await;
    for (key_name, role) in [("Warehouse", "analyst"), ("Orders", "writer"), ("Office", "admin")] {
        let new = json!({"key_name": key_name, "role": role});
        let made = server.manage("POST", "/api/projects/{project}/secret-keys", &new).await;
        assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
    }
    let path = "/api/projects/{project}/members";
    let keys = server.get("/api/projects/{project}/secret-keys").await.json();
    let id_of = |name: &str| {
        let mut keys = keys["secret_keys"].as_array().expect("keys").iter();
        keys.find(|key| key["key_name"] == name).expect("the key")["id"].clone()
    };
    let expected = |name: &str| json!({"id": id_of(name), "key_name": name});
    let listed = server.get(path).await.json();
    assert_eq!(listed["secret_keys"], json!([expected("Office"), expected("Warehouse")]));
    let viewer = server.as_role(Role::Viewer).await;
    let answer = server.ask(RequestAuth::Session(&viewer.session), "GET", path, &Value::Null).await;
    assert_eq!(answer.json()["secret_keys"], json!([]), "viewers see no tasks");
}

#[tokio::test]
async fn a_changed_role_holds_from_the_next_request_on() {
    let server = TestServer::start().await;
    let person = server.as_role(Role::Viewer).await;
    let by = RequestAuth::Session(&person.session);
    let keys = "/api/projects/{project}/secret-keys";
    assert_eq!(server.ask(by, "GET", keys, &Value::Null).await.status, StatusCode::FORBIDDEN);
    let path = format!("/api/projects/{{project}}/members/{}", person.member.id);
    let answer = server.manage("PATCH", &path, &json!({"role": "admin"})).await;
    assert_eq!((answer.status, &answer.json()["role"]), (StatusCode::OK, &json!("admin")));
    assert_eq!(server.ask(by, "GET", keys, &Value::Null).await.status, StatusCode::OK);
    let answer = server.manage("DELETE", &path, &Value::Null).await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT);
    assert_eq!(server.ask(by, "GET", keys, &Value::Null).await.status, StatusCode::NOT_FOUND);
    let answer = server.manage("PATCH", &path, &json!({"role": "viewer"})).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn only_owners_make_and_unmake_owners() {
    let server = TestServer::start().await;
    let admin = server.as_role(Role::Admin).await;
    let by = RequestAuth::Session(&admin.session);
    let own = format!("/api/projects/{{project}}/members/{}", admin.member.id);
    let owner = format!("/api/projects/{{project}}/members/{}", server.owner().await.member.id);
    let invitations = "/api/projects/{project}/invitations";
    for (method, path, body) in [
        ("PATCH", &*own, json!({"role": "owner"})),
        ("PATCH", &*owner, json!({"role": "viewer"})),
        ("DELETE", &*owner, Value::Null),
        ("POST", invitations, json!({"email": "z@shop.test", "role": "owner"})),
    ] {
        let answer = server.ask(by, method, path, &body).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{method} {path}: {}", answer.text);
    }
    let answer = server.manage("PATCH", &own, &json!({"role": "owner"})).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    let answer = server.ask(by, "PATCH", &owner, &json!({"role": "viewer"})).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
}

#[tokio::test]
async fn the_last_owner_is_neither_removed_nor_demoted_and_cannot_leave() {
    let server = TestServer::start().await;
    let owner = format!("/api/projects/{{project}}/members/{}", server.owner().await.member.id);
    let leave = "/api/projects/{project}/members/leave";
    for (method, path, body) in [
        ("PATCH", &*owner, json!({"role": "admin"})),
        ("DELETE", &*owner, Value::Null),
        ("POST", leave, Value::Null),
    ] {
        let answer = server.manage(method, path, &body).await;
        assert_eq!(answer.status, StatusCode::CONFLICT, "{method} {path}: {}", answer.text);
    }
    let second = server.as_role(Role::Owner).await;
    assert_eq!(server.manage("POST", leave, &Value::Null).await.status, StatusCode::NO_CONTENT);
    let answer = server.get("/api/projects/{project}").await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND, "who left sees nothing of it");
    let answer =
        server.ask(RequestAuth::Session(&second.session), "POST", leave, &Value::Null).await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn a_role_that_is_none_is_named() {
    let server = TestServer::start().await;
    let person = server.as_role(Role::Viewer).await;
    let path = format!("/api/projects/{{project}}/members/{}", person.member.id);
    let answer = server.manage("PATCH", &path, &json!({"role": "king"})).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    assert_eq!(answer.json()["field"], "role");
    assert!(answer.text.contains("`owner`"), "the allowed ones are told: {}", answer.text);
}
