//! Which cookies are set and accepted, by how people reach the server.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use serde_json::json;

use crate::credentials::PASSWORD;
use crate::harness::{Answer, TestServer};

const PUBLIC: &str = "https://footfall.shop.test";

async fn https_server() -> TestServer {
    let mut server = TestServer::start().await;
    server.set(|settings| settings.public_url = Some(PUBLIC.to_owned()));
    server
}

async fn sign_in(server: &TestServer, origin: &str) -> Answer {
    let body = json!({"email": "owner@shop.test", "password": PASSWORD}).to_string();
    let request = Request::post("/api/auth/sign-in").header("content-type", "application/json");
    let request = request.header("origin", origin).header("host", "footfall.shop.test");
    server.send(request.body(Body::from(body)).expect("a request")).await
}

async fn me(server: &TestServer, cookie: &str) -> StatusCode {
    let request = Request::get("/api/auth/me").header("cookie", cookie);
    server.send(request.body(Body::empty()).expect("a request")).await.status
}

#[tokio::test]
async fn where_the_public_address_is_https_cookies_are_secure_without_a_trusted_proxy() {
    let server = https_server().await;
    let answer = sign_in(&server, PUBLIC).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    let cookies: Vec<&str> = answer
        .headers
        .get_all("set-cookie")
        .iter()
        .map(|cookie| cookie.to_str().expect("text"))
        .collect();
    assert_eq!(cookies.len(), 2);
    for cookie in &cookies {
        assert!(cookie.starts_with("__Host-footfall"), "{cookie}");
        assert!(cookie.ends_with("; Secure") && cookie.contains("; Path=/; HttpOnly"), "{cookie}");
    }
    let session = cookies[0].split(';').next().expect("a pair");
    assert_eq!(me(&server, session).await, StatusCode::OK);
    let plain = session.replace("__Host-", "");
    assert_eq!(me(&server, &plain).await, StatusCode::UNAUTHORIZED, "the plain name is no session");
}

#[tokio::test]
async fn a_page_that_came_in_plain_text_is_another_site_where_the_public_address_is_https() {
    let server = https_server().await;
    let answer = sign_in(&server, "http://footfall.shop.test").await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN, "{}", answer.text);
}

#[tokio::test]
async fn over_plain_http_only_the_plain_name_is_a_session() {
    let server = TestServer::start().await;
    let session = &server.session;
    assert_eq!(me(&server, &format!("footfall={session}")).await, StatusCode::OK);
    let secure = format!("__Host-footfall={session}");
    assert_eq!(me(&server, &secure).await, StatusCode::UNAUTHORIZED);
}
