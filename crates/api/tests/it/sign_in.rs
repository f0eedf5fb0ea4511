//! `POST /api/auth/sign-in`: what slows guessing down, and whom it does not.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use domain::failure_backoff::FREE_FAILURES;
use serde_json::json;

use crate::credentials::PASSWORD;
use crate::harness::{Answer, TestServer};

const OWNER: &str = "owner@shop.test";
const WRONG: &str = "wrong horse battery";

/// Tries from an address of this number's.
async fn sign_in(
    server: &TestServer,
    email: &str,
    password: &str,
    (address, device): ([u8; 4], Option<&str>),
) -> Answer {
    let body = json!({"email": email, "password": password}).to_string();
    let request = Request::post("/api/auth/sign-in").header("content-type", "application/json");
    let request = match device {
        Some(device) => request.header("cookie", device),
        None => request,
    };
    server.send_from(address, request.body(Body::from(body)).expect("a request")).await
}

/// The cookie that makes a browser known, as it sends it back.
fn device(answer: &Answer) -> String {
    let cookies = answer.headers.get_all("set-cookie").iter();
    let mut cookies = cookies.map(|cookie| cookie.to_str().expect("text"));
    let device = cookies.find(|cookie| cookie.contains("footfall-device=")).expect("a device");
    device.split(';').next().expect("a pair").to_owned()
}

/// Fails from one network, a few attempts a minute, until the delay is long.
async fn attack(server: &TestServer, email: &str, from: [u8; 4]) -> Answer {
    loop {
        let answer = sign_in(server, email, WRONG, (from, None)).await;
        if answer.status == StatusCode::TOO_MANY_REQUESTS {
            return answer;
        }
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{}", answer.text);
        server.clock.advance_seconds(10);
    }
}

#[tokio::test]
async fn failures_delay_the_network_they_come_from_and_not_the_accounts_owner() {
    let server = TestServer::start().await;
    let home = sign_in(&server, OWNER, PASSWORD, ([198, 51, 100, 1], None)).await;
    assert_eq!(home.status, StatusCode::OK, "{}", home.text);
    let device = device(&home);
    let attacker = [203, 0, 113, 1];
    let refused = attack(&server, OWNER, attacker).await;
    let wait = refused.headers["retry-after"].to_str().expect("text").parse::<i64>();
    assert!((1..=60).contains(&wait.expect("seconds")));

    let own = sign_in(&server, OWNER, PASSWORD, (attacker, None)).await;
    assert_eq!(own.status, StatusCode::TOO_MANY_REQUESTS, "the password is not judged");
    let elsewhere = sign_in(&server, OWNER, PASSWORD, ([198, 51, 100, 2], None)).await;
    assert_eq!(elsewhere.status, StatusCode::OK, "{}", elsewhere.text);
    let known = sign_in(&server, OWNER, PASSWORD, (attacker, Some(&device))).await;
    assert_eq!(known.status, StatusCode::OK, "a known browser, even beside the attacker");
}

#[tokio::test]
async fn an_account_that_does_not_exist_is_delayed_like_one_that_does() {
    let server = TestServer::start().await;
    let mut replies = Vec::new();
    for (email, from) in [(OWNER, [203, 0, 113, 1]), ("nobody@shop.test", [203, 0, 113, 2])] {
        let mut answers = Vec::new();
        for _ in 0..FREE_FAILURES + 6 {
            let answer = sign_in(&server, email, WRONG, (from, None)).await;
            let wait = answer.headers.get("retry-after").cloned();
            answers.push((answer.status, answer.json()["detail"].clone(), wait));
            server.clock.advance_seconds(10);
        }
        // From the same second of a minute again.
        server.clock.advance_seconds(600 - 10 * i64::from(FREE_FAILURES + 6));
        replies.push(answers);
    }
    assert_eq!(replies[0], replies[1]);
    assert!(replies[0].iter().any(|(status, ..)| *status == StatusCode::TOO_MANY_REQUESTS));
}
