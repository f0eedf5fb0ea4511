//! How many may watch.

use std::net::SocketAddr;

use axum::http::{StatusCode, header};
use domain::id::ProjectId;
use domain::role::Role;
use engine::live::{LiveIntervals, LiveLimits};

use super::NEVER;
use super::watcher::Watcher;
use crate::credentials::RequestAuth;
use crate::harness::{Answer, TestServer};

async fn server_with(limits: LiveLimits) -> (TestServer, SocketAddr) {
    let mut server = TestServer::start().await;
    server.feed_at(limits, LiveIntervals { count: NEVER, check: NEVER, ping: NEVER }).await;
    let address = server.listen().await;
    (server, address)
}

fn expect_full(answer: &Answer, says: &str) {
    assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS, "{}", answer.text);
    assert_eq!(answer.headers[header::RETRY_AFTER], "30");
    assert_eq!(answer.headers[header::CONTENT_TYPE], "application/problem+json");
    assert_eq!(answer.json()["detail"], says);
}

async fn open(address: SocketAddr, project: ProjectId, session: &str) -> Result<Watcher, Answer> {
    Watcher::open(address, project, RequestAuth::Session(session)).await
}

#[tokio::test]
async fn one_member_has_so_many_in_all_projects_together() {
    let limits = LiveLimits { per_member: 2, ..LiveLimits::default() };
    let (server, address) = server_with(limits).await;
    let second = server.second_project().await.parse().expect("an id");
    let first = open(address, server.project, &server.session).await.expect("a feed");
    let _other = open(address, second, &server.session).await.expect("a feed");
    // Another session is another browser of the same member.
    let again = server.owner_again().await;
    for session in [&server.session, &again] {
        let full = open(address, server.project, session).await.expect_err("full");
        expect_full(
            &full,
            "you have 2 live connections open, the most a member can have; close some of them",
        );
    }
    let viewer = server.as_role(Role::Viewer).await.session;
    let _viewer = open(address, server.project, &viewer).await.expect("others have their own");
    drop(first);
    // The server learns of it when it reads the end.
    while let Err(full) = open(address, server.project, &again).await {
        assert_eq!(full.status, StatusCode::TOO_MANY_REQUESTS);
    }
}

#[tokio::test]
async fn one_project_and_one_server_have_so_many() {
    let limits = LiveLimits { per_member: 9, per_project: 1, total: 2 };
    let (server, address) = server_with(limits).await;
    let [second, third] = [server.second_project().await, server.second_project().await];
    let _first = open(address, server.project, &server.session).await.expect("a feed");
    let full = open(address, server.project, &server.session).await.expect_err("full");
    expect_full(&full, "1 live connections to this project are open, the most a project can have");
    let [second, third] = [second, third].map(|id| id.parse().expect("an id"));
    let _second = open(address, second, &server.session).await.expect("a feed");
    let full = open(address, third, &server.session).await.expect_err("full");
    expect_full(&full, "this server has 2 live connections open, the most it can have");
}
