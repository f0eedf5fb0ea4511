//! When an open feed is closed.

use std::time::Duration;

use domain::id::ProjectId;
use domain::project_creation::CreationRule;
use domain::role::Role;
use engine::live::{LiveIntervals, LiveLimits};
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::Message;

use super::watcher::Watcher;
use super::{NEVER, arrive, server_that_only_listens};
use crate::credentials::{PASSWORD, Person, RequestAuth};
use crate::harness::TestServer;

const SHORT: Duration = Duration::from_millis(40);
const SIGNED_OUT: (u16, &str) = (4401, "the session has ended");
const KEY_ENDED: (u16, &str) = (4401, "the secret key is not valid any more");
const NOT_A_MEMBER: (u16, &str) = (4403, "you do not belong to this project any more");

async fn watch(server: &TestServer, project: ProjectId, by: RequestAuth<'_>) -> Watcher {
    let address = server.listen().await;
    let mut watcher = Watcher::open(address, project, by).await.expect("a feed");
    watcher.next("hello").await;
    watcher
}

async fn expect_end(mut watcher: Watcher, (code, reason): (u16, &str), after: &str) {
    assert_eq!(watcher.end().await, (code, reason.to_owned()), "{after}");
}

async fn do_it(server: &TestServer, by: RequestAuth<'_>, method: &str, path: &str, body: Value) {
    let answer = server.ask(by, method, path, &body).await;
    assert!(answer.status.is_success(), "{path}: {} {}", answer.status, answer.text);
}

#[tokio::test]
async fn a_feed_ends_at_once_with_its_session() {
    let server = server_that_only_listens().await;
    let password = json!({"old_password": PASSWORD, "password": "another battery horse"});
    for (path, body) in [
        ("/api/auth/sign-out", Value::Null),
        ("/api/auth/sign-out-everywhere", Value::Null),
        ("/api/auth/password", password),
    ] {
        let other = server.owner_again().await;
        let own = server.owner_again().await;
        // A changed password ends the other sessions, the rest the session they come from.
        let ending = if path.ends_with("password") { &other } else { &own };
        let watcher = watch(&server, server.project, RequestAuth::Session(ending)).await;
        do_it(&server, RequestAuth::Session(&own), "POST", path, body).await;
        expect_end(watcher, SIGNED_OUT, path).await;
    }
}

#[tokio::test]
async fn other_sessions_keep_their_feeds() {
    let server = server_that_only_listens().await;
    let other = server.owner_again().await;
    let mut watcher = watch(&server, server.project, RequestAuth::Session(&server.session)).await;
    let ending = watch(&server, server.project, RequestAuth::Session(&other)).await;
    do_it(&server, RequestAuth::Session(&other), "POST", "/api/auth/sign-out", Value::Null).await;
    expect_end(ending, SIGNED_OUT, "its own sign-out").await;
    arrive(&server).await;
    watcher.next("events").await;
}

#[tokio::test]
async fn a_feed_ends_at_once_with_the_membership() {
    let server = server_that_only_listens().await;
    let removed = server.as_role(Role::Analyst).await;
    let leaving = server.as_role(Role::Viewer).await;
    let watchers = [
        watch(&server, server.project, RequestAuth::Session(&removed.session)).await,
        watch(&server, server.project, RequestAuth::Session(&leaving.session)).await,
    ];
    let path = format!("/api/projects/{{project}}/members/{}", removed.member.id);
    do_it(&server, RequestAuth::Session(&server.session), "DELETE", &path, Value::Null).await;
    let path = "/api/projects/{project}/members/leave";
    do_it(&server, RequestAuth::Session(&leaving.session), "POST", path, Value::Null).await;
    for watcher in watchers {
        expect_end(watcher, NOT_A_MEMBER, "removed, or left").await;
    }
}

#[tokio::test]
async fn a_feed_of_another_project_goes_on_when_a_membership_ends() {
    let rule = CreationRule::Members { projects_per_member: 1 };
    let server = server_that_only_listens().await.with_creation_rule(rule).await;
    let person = server.as_role(Role::Admin).await;
    let made = server
        .app
        .auth
        .create_project(person.member.id, "Own", domain::zone::Zone::UTC)
        .await
        .expect("a project");
    let mut own = watch(&server, made.id, RequestAuth::Session(&person.session)).await;
    let lost = watch(&server, server.project, RequestAuth::Session(&person.session)).await;
    let path = format!("/api/projects/{{project}}/members/{}", person.member.id);
    do_it(&server, RequestAuth::Session(&server.session), "DELETE", &path, Value::Null).await;
    expect_end(lost, NOT_A_MEMBER, "removed").await;
    do_it(
        &server,
        RequestAuth::Session(&person.session),
        "POST",
        "/api/auth/sign-out",
        Value::Null,
    )
    .await;
    assert_eq!(own.end().await.0, SIGNED_OUT.0, "it was still open");
}

#[tokio::test]
async fn a_feed_ends_at_once_with_its_secret_key() {
    let server = server_that_only_listens().await;
    let key = server.secret_key(server.project, Role::Admin).await;
    let watcher = watch(&server, server.project, RequestAuth::Key(&key)).await;
    let keys = server.get("/api/projects/{project}/secret-keys").await.json();
    let id = keys["secret_keys"][0]["id"].as_str().expect("an id").to_owned();
    let path = format!("/api/projects/{{project}}/secret-keys/{id}");
    do_it(&server, RequestAuth::Session(&server.session), "DELETE", &path, Value::Null).await;
    expect_end(watcher, KEY_ENDED, "revoked").await;
}

/// A server that looks every few milliseconds.
async fn server_that_looks() -> TestServer {
    let mut server = TestServer::start().await;
    server
        .feed_at(LiveLimits::default(), LiveIntervals { count: NEVER, check: SHORT, ping: NEVER })
        .await;
    server
}

#[tokio::test]
async fn what_another_server_changes_is_found_by_looking() {
    let server = server_that_looks().await;
    let path = server.folder.path().join("catalog.db");
    let other = server.second_server(catalog::Catalog::open(&path).await.expect("a catalog")).await;
    let [removed, gone] = [server.as_role(Role::Viewer).await, server.as_role(Role::Viewer).await];
    let [first, second] = [
        watch(&server, server.project, RequestAuth::Session(&removed.session)).await,
        watch(&server, server.project, RequestAuth::Session(&gone.session)).await,
    ];
    let Person { member, .. } = removed;
    let done = other.app.auth.remove_member(server.project, member.id, Role::Owner).await;
    done.expect("removed");
    other.app.auth.sign_out_everywhere(gone.member.id).await.expect("signed out");
    expect_end(first, NOT_A_MEMBER, "removed by another server").await;
    expect_end(second, SIGNED_OUT, "signed out by another server").await;
}

#[tokio::test]
async fn a_session_that_expires_takes_its_feed_along() {
    let server = server_that_looks().await;
    let watcher = watch(&server, server.project, RequestAuth::Session(&server.session)).await;
    server.clock.advance_seconds(31 * 86_400);
    expect_end(watcher, SIGNED_OUT, "31 days").await;
}

#[tokio::test]
async fn a_client_that_answers_no_ping_is_disconnected() {
    let mut server = TestServer::start().await;
    let limits = LiveLimits { per_project: 2, ..LiveLimits::default() };
    server.feed_at(limits, LiveIntervals { count: NEVER, check: NEVER, ping: SHORT }).await;
    let by = RequestAuth::Session(&server.session);
    let mut lively = watch(&server, server.project, by).await;
    let mut lively = tokio::spawn(async move { lively.end().await });
    // Nothing of it is read any more, so nothing is answered either.
    let mut dead = watch(&server, server.project, by).await;
    let address = server.listen().await;
    let mut newcomer = loop {
        tokio::select! {
            newcomer = Watcher::open(address, server.project, by) => match newcomer {
                Ok(newcomer) => break newcomer,
                Err(full) => assert_eq!(full.status, 429, "{}", full.text),
            },
            end = &mut lively => panic!("{end:?}"),
        }
    };
    newcomer.next("hello").await;
    dead.end().await;
    assert!(!lively.is_finished(), "it answers while it is listened to");
}

#[tokio::test]
async fn a_client_that_talks_is_sent_away() {
    let server = server_that_only_listens().await;
    let by = RequestAuth::Session(&server.session);
    let mut watcher = watch(&server, server.project, by).await;
    for _ in 0..101 {
        watcher.send(Message::text("hello?")).await;
    }
    assert_eq!(watcher.end().await, (1008, "too many messages".to_owned()));
    let mut watcher = watch(&server, server.project, by).await;
    watcher.send(Message::text("x".repeat(2_000))).await;
    assert_eq!(watcher.end().await.0, 1008);
}
