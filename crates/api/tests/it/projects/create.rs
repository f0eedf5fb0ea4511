//! `POST /api/projects`

use axum::http::StatusCode;
use domain::project_creation::CreationRule;
use domain::role::Role;
use serde_json::{Value, json};

use crate::credentials::{Person, RequestAuth};
use crate::harness::{Answer, TestServer};

async fn create(server: &TestServer, person: &Person) -> Answer {
    let body = json!({"name": "Another"});
    server.ask(RequestAuth::Session(&person.session), "POST", "/api/projects", &body).await
}

/// What the dashboard learns of it beforehand.
async fn may_create(server: &TestServer, person: &Person) -> Value {
    let me = server
        .ask(RequestAuth::Session(&person.session), "GET", "/api/auth/me", &Value::Null)
        .await;
    me.json()["may_create_projects"].clone()
}

#[tokio::test]
async fn only_the_servers_owner_creates_projects_by_default() {
    let server = TestServer::start().await;
    let owner = server.owner().await;
    assert_eq!(create(&server, &owner).await.status, StatusCode::CREATED);
    assert_eq!(may_create(&server, &owner).await, true);
    for role in [Role::Viewer, Role::Analyst, Role::Admin, Role::Owner] {
        let person = server.as_role(role).await;
        let answer = create(&server, &person).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{role:?}: {}", answer.text);
        assert_eq!(answer.headers["content-type"], "application/problem+json");
        let why = answer.json()["detail"].clone();
        assert_eq!(why, "only the owner of this server can create projects");
        assert_eq!(may_create(&server, &person).await, false);
    }
}

#[tokio::test]
async fn where_members_may_a_quota_ends_it_and_viewers_may_not() {
    let rule = CreationRule::Members { projects_per_member: 2 };
    let server = TestServer::start().await.with_creation_rule(rule).await;
    for role in [Role::Viewer, Role::Analyst] {
        let person = server.as_role(role).await;
        assert_eq!(create(&server, &person).await.status, StatusCode::FORBIDDEN, "{role:?}");
        assert_eq!(may_create(&server, &person).await, false);
    }
    let admin = server.as_role(Role::Admin).await;
    for _ in 0..2 {
        assert_eq!(may_create(&server, &admin).await, true);
        assert_eq!(create(&server, &admin).await.status, StatusCode::CREATED);
    }
    let answer = create(&server, &admin).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN, "{}", answer.text);
    assert_eq!(may_create(&server, &admin).await, false);
    for _ in 0..3 {
        assert_eq!(create(&server, &server.owner().await).await.status, StatusCode::CREATED);
    }
}
