//! Access to the live feed: every role, own, foreign and unknown projects, and keys.

use axum::http::StatusCode;
use domain::role::Role;
use serde_json::Value;
use uuid::Uuid;

use super::server_that_only_listens;
use super::watcher::Watcher;
use crate::credentials::RequestAuth;
use crate::harness::Answer;

/// An answer but for what names the request.
fn status_and_body(answer: &Answer) -> (StatusCode, Value) {
    let mut body = answer.json();
    body.as_object_mut().expect("a problem").remove("request_id");
    (answer.status, body)
}

#[tokio::test]
async fn a_feed_opens_for_those_only_who_belong_to_the_project() {
    let server = server_that_only_listens().await;
    let address = server.listen().await;
    let (stranger, foreign) = server.stranger().await;
    let unknown = Uuid::from_u128(0xdead).to_string();
    let key = server.secret_key(server.project, Role::Analyst).await;
    let foreign_key = server.secret_key(foreign, Role::Admin).await;
    let mut people = vec![stranger.session];
    for role in [Role::Viewer, Role::Analyst, Role::Admin] {
        people.push(server.as_role(role).await.session);
    }
    people.push(server.session.clone());
    let own = server.project.to_string();
    for (number, session) in people.iter().enumerate() {
        let belongs = number > 0;
        for (project, is_open) in
            [(own.clone(), belongs), (foreign.to_string(), !belongs), (unknown.clone(), false)]
        {
            let opened = Watcher::open(address, &project, RequestAuth::Session(session)).await;
            assert_eq!(opened.is_ok(), is_open, "{number} in {project}");
            let Err(refused) = opened else { continue };
            let nowhere = Watcher::open(address, &unknown, RequestAuth::Session(session)).await;
            let nowhere = nowhere.expect_err("no such project");
            assert_eq!(
                status_and_body(&refused),
                status_and_body(&nowhere),
                "{number} in {project}"
            );
            assert_eq!(refused.status, StatusCode::NOT_FOUND);
        }
    }
    for (by, project, status) in [
        (RequestAuth::Nobody, &own, 401),
        (RequestAuth::Session("0"), &own, 401),
        (RequestAuth::Key("fs_ABCDEFGHIJKLMNOPQRSTUVWXYZabcdef"), &own, 401),
        (RequestAuth::KeyInAPage(&key), &own, 403),
        (RequestAuth::Key(&foreign_key), &own, 404),
        (RequestAuth::Key(&key), &foreign.to_string(), 404),
        (RequestAuth::Key(&key), &unknown, 404),
    ] {
        let refused = Watcher::open(address, project, by).await.expect_err("refused");
        assert_eq!(refused.status, status, "{by:?} in {project}: {}", refused.text);
    }
    Watcher::open(address, &own, RequestAuth::Key(&key))
        .await
        .expect("a key opens its own project");
}

#[tokio::test]
async fn no_feed_opens_with_what_has_ended() {
    let server = server_that_only_listens().await;
    let address = server.listen().await;
    let session = server.owner_again().await;
    server.app.auth.sign_out(&session).await.expect("signed out");
    let refused = Watcher::open(address, server.project, RequestAuth::Session(&session)).await;
    assert_eq!(refused.expect_err("signed out").status, StatusCode::UNAUTHORIZED);
    let key = server.secret_key(server.project, Role::Analyst).await;
    let stored = server.app.secret_keys.list(server.project).await.expect("keys");
    server.app.secret_keys.revoke(server.project, stored[0].id).await.expect("revoked");
    let refused = Watcher::open(address, server.project, RequestAuth::Key(&key)).await;
    assert_eq!(refused.expect_err("revoked").status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn no_page_of_another_site_opens_a_feed() {
    let server = server_that_only_listens().await;
    let address = server.listen().await;
    let by = RequestAuth::Session(&server.session);
    for origin in ["https://evil.test", "null", "http://localhost:1"] {
        let opened = Watcher::open_from(address, server.project, by, Some(origin)).await;
        assert_eq!(opened.expect_err(origin).status, StatusCode::FORBIDDEN);
    }
}

#[tokio::test]
async fn a_request_without_an_upgrade_gets_an_error() {
    let server = server_that_only_listens().await;
    let answer = server.get("/api/projects/{project}/live").await;
    assert_eq!(answer.status, StatusCode::UPGRADE_REQUIRED);
    assert_eq!(answer.json()["detail"], "this is a WebSocket: the request must upgrade to it");
}
