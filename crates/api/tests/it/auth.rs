//! `/api/auth/…`

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::credentials::{PASSWORD, RequestAuth};
use crate::harness::TestServer;

const ME: &str = "/api/auth/me";

async fn is_signed_in(server: &TestServer, session: &str) -> bool {
    server.ask(RequestAuth::Session(session), "GET", ME, &Value::Null).await.status
        == StatusCode::OK
}

#[tokio::test]
async fn signing_out_everywhere_ends_every_session_of_the_member() {
    let server = TestServer::start().await;
    let other = server.as_role(domain::role::Role::Viewer).await;
    let (first, second) = (server.owner().await.session, server.owner_again().await);
    let path = "/api/auth/sign-out-everywhere";
    let answer = server.ask(RequestAuth::Session(&second), "POST", path, &Value::Null).await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT);
    let cookie = answer.headers["set-cookie"].to_str().expect("text");
    assert!(cookie.starts_with("footfall=; ") && cookie.contains("Max-Age=0"), "{cookie}");
    assert!(!is_signed_in(&server, &first).await);
    assert!(!is_signed_in(&server, &second).await);
    assert!(is_signed_in(&server, &other.session).await);
}

#[tokio::test]
async fn a_password_is_changed_by_who_knows_the_old_one() {
    let server = TestServer::start().await;
    let (first, second) = (server.owner().await.session, server.owner_again().await);
    let change = async |old: &str, new: &str| {
        let body = json!({"old_password": old, "password": new});
        server.ask(RequestAuth::Session(&second), "POST", "/api/auth/password", &body).await
    };
    let next = "a longer and better one";
    let wrong = change("wrong horse battery", next).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", wrong.text);
    assert_eq!(wrong.json()["field"], "old_password");
    assert_eq!(change(PASSWORD, "short").await.json()["field"], "password");
    assert!(is_signed_in(&server, &first).await);
    assert_eq!(change(PASSWORD, next).await.status, StatusCode::NO_CONTENT);
    assert!(!is_signed_in(&server, &first).await, "the other sessions end");
    assert!(is_signed_in(&server, &second).await);
    let sign_in = async |password: &str| {
        let body = json!({"email": "owner@shop.test", "password": password});
        server.ask(RequestAuth::Nobody, "POST", "/api/auth/sign-in", &body).await.status
    };
    assert_eq!(sign_in(PASSWORD).await, StatusCode::UNAUTHORIZED);
    assert_eq!(sign_in(next).await, StatusCode::OK);
}

#[tokio::test]
async fn guessing_the_old_password_is_limited_like_signing_in() {
    let server = TestServer::start().await;
    let body = json!({"old_password": "wrong horse battery", "password": "short"});
    for _ in 0..10 {
        assert_eq!(server.manage("POST", "/api/auth/password", &body).await.status, 422);
    }
    let answer = server.manage("POST", "/api/auth/password", &body).await;
    assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn members_name_themselves() {
    let server = TestServer::start().await;
    let answer = server.manage("PATCH", ME, &json!({"name": " Olivia "})).await;
    assert_eq!(
        (answer.status, &answer.json()["member"]["name"]),
        (StatusCode::OK, &json!("Olivia"))
    );
    assert_eq!(server.get(ME).await.json()["member"]["name"], "Olivia");
    let answer = server.manage("PATCH", ME, &json!({"name": ""})).await;
    assert_eq!(answer.json()["field"], "name");
    assert_eq!(
        server.ask(RequestAuth::Nobody, "PATCH", ME, &json!({"name": "X"})).await.status,
        401
    );
}
