//! `/api/projects/{project_id}/invitations` and `/api/invitations/{token}`

use axum::http::StatusCode;
use domain::role::Role;
use serde_json::{Value, json};

use crate::credentials::{PASSWORD, RequestAuth};
use crate::harness::{Answer, TestServer};

const INVITATIONS: &str = "/api/projects/{project}/invitations";

async fn invite(server: &TestServer, email: &str, role: &str) -> Answer {
    let answer = server.manage("POST", INVITATIONS, &json!({"email": email, "role": role})).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text);
    answer
}

fn token(answer: &Answer) -> String {
    answer.json()["token"].as_str().expect("a token").to_owned()
}

async fn accept(server: &TestServer, by: RequestAuth<'_>, token: &str, body: &Value) -> Answer {
    server.ask(by, "POST", &format!("/api/invitations/{token}/accept"), body).await
}

fn session(answer: &Answer) -> String {
    let cookie = answer.headers["set-cookie"].to_str().expect("a cookie");
    let value = cookie.split(';').next().and_then(|pair| pair.split_once('='));
    value.expect("a value").1.to_owned()
}

#[tokio::test]
async fn a_newcomer_accepts_by_name_and_password_and_is_signed_in() {
    let server = TestServer::start().await;
    let made = invite(&server, " Ana@Shop.Test ", "analyst").await;
    let link = token(&made);
    assert_eq!(made.json()["link_path"], format!("/invitations/{link}"));
    let path = format!("/api/invitations/{link}");
    let offer = server.ask(RequestAuth::Nobody, "GET", &path, &Value::Null).await.json();
    assert_eq!(
        offer,
        json!({
            "project_name": "Shop", "email": "ana@shop.test", "role": "analyst",
            "invited_by": "owner@shop.test", "expires_at": "2026-11-28T12:00:00.000Z",
        })
    );
    let body = json!({"name": "Ana", "password": PASSWORD});
    let answer = accept(&server, RequestAuth::Nobody, &link, &body).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text);
    assert_eq!(answer.json()["projects"][0]["role"], "analyst");
    let session = session(&answer);
    let project = "/api/projects/{project}";
    let answer = server.ask(RequestAuth::Session(&session), "GET", project, &Value::Null).await;
    assert_eq!((answer.status, &answer.json()["role"]), (StatusCode::OK, &json!("analyst")));

    // The link is used up.
    let answer = accept(&server, RequestAuth::Nobody, &link, &body).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    assert_eq!(server.ask(RequestAuth::Nobody, "GET", &path, &Value::Null).await.status, 404);
}

#[tokio::test]
async fn a_member_accepts_signed_in_and_nobody_else_in_their_place() {
    let server = TestServer::start().await;
    let (person, _) = server.stranger().await;
    let other = server.as_role(Role::Viewer).await;
    let link = token(&invite(&server, &person.member.email, "viewer").await);
    let body = json!({"name": "Eve", "password": PASSWORD});
    let answer = accept(&server, RequestAuth::Nobody, &link, &body).await;
    assert_eq!(answer.status, StatusCode::CONFLICT, "{}", answer.text);
    let answer = accept(&server, RequestAuth::Session(&other.session), &link, &json!({})).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN, "{}", answer.text);
    let answer = accept(&server, RequestAuth::Session(&person.session), &link, &json!({})).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    assert_eq!(answer.json()["projects"].as_array().map(Vec::len), Some(2));
}

#[tokio::test]
async fn invitations_do_not_reveal_whether_an_address_has_an_account() {
    let server = TestServer::start().await;
    let (stranger, _) = server.stranger().await;
    let mut answers = Vec::new();
    for email in [&*stranger.member.email, "nobody@new.test", "owner@shop.test"] {
        let made = invite(&server, email, "viewer").await;
        let path = format!("/api/invitations/{}", token(&made));
        let looked = server.ask(RequestAuth::Nobody, "GET", &path, &Value::Null).await;
        let mut body = made.json();
        for field in ["token", "link_path"] {
            body.as_object_mut().expect("an object").remove(field);
        }
        body["invitation"]["id"] = Value::Null;
        let blank = |text: String| text.replace(&format!("\"email\":\"{email}\""), "");
        answers.push((blank(body.to_string()), looked.status, blank(looked.text)));
    }
    assert_eq!(answers[0], answers[1]);
    assert_eq!(answers[0], answers[2]);
}

#[tokio::test]
async fn an_expired_a_revoked_and_a_replaced_link_are_not_found() {
    let server = TestServer::start().await;
    let expired = token(&invite(&server, "a@shop.test", "viewer").await);
    server.clock.advance_seconds(7 * 86_400);
    let revoked = invite(&server, "b@shop.test", "viewer").await;
    let id = revoked.json()["invitation"]["id"].as_str().expect("an id").to_owned();
    let path = format!("{INVITATIONS}/{id}");
    assert_eq!(server.manage("DELETE", &path, &Value::Null).await.status, 204);
    assert_eq!(server.manage("DELETE", &path, &Value::Null).await.status, 404);
    let replaced = token(&invite(&server, "c@shop.test", "viewer").await);
    let latest = token(&invite(&server, "C@shop.test", "admin").await);
    for link in [&expired, &token(&revoked), &replaced] {
        let path = format!("/api/invitations/{link}");
        let answer = server.ask(RequestAuth::Nobody, "GET", &path, &Value::Null).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
    }
    let open = server.get(INVITATIONS).await;
    assert_eq!(open.json()["invitations"].as_array().map(Vec::len), Some(1));
    assert_eq!(open.json()["invitations"][0]["role"], "admin");
    assert!(!open.text.contains(&latest), "the token is shown once");
}

#[tokio::test]
async fn guessing_links_is_limited_like_signing_in() {
    let server = TestServer::start().await;
    let path = format!("/api/invitations/{}", "0".repeat(64));
    for _ in 0..10 {
        assert_eq!(server.ask(RequestAuth::Nobody, "GET", &path, &Value::Null).await.status, 404);
    }
    let answer = server.ask(RequestAuth::Nobody, "GET", &path, &Value::Null).await;
    assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(answer.headers.contains_key("retry-after"));
    let body = json!({"name": "Eve", "password": PASSWORD});
    let answer = accept(&server, RequestAuth::Nobody, &"0".repeat(64), &body).await;
    assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn what_an_acceptance_lacks_is_named() {
    let server = TestServer::start().await;
    let link = token(&invite(&server, "a@shop.test", "viewer").await);
    for (body, field) in [
        (json!({"password": PASSWORD}), "name"),
        (json!({"name": "Ana"}), "password"),
        (json!({"name": "Ana", "password": "short"}), "password"),
        (json!({"name": " ", "password": PASSWORD}), "name"),
    ] {
        let answer = accept(&server, RequestAuth::Nobody, &link, &body).await;
        assert!(answer.status.is_client_error(), "{body}: {}", answer.text);
        assert_eq!(answer.json()["field"], field, "{body}");
    }
    let answer = server.manage("POST", INVITATIONS, &json!({"email": "a", "role": "viewer"})).await;
    assert_eq!(answer.json()["field"], "email");
}
