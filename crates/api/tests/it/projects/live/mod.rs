//! `/api/projects/{project_id}/live`

mod access;
mod ends;
mod limits;
mod watcher;

use std::time::Duration;

use axum::http::StatusCode;
use domain::role::Role;
use engine::live::{LiveIntervals, LiveLimits};
use serde_json::{Value, json};

use crate::credentials::RequestAuth;
use crate::harness::TestServer;
use watcher::Watcher;

/// What only those who may read events may see.
const EMAIL: &str = "casey@customer.test";
/// Longer than any test: what happens earlier, happens for another reason.
const NEVER: Duration = Duration::from_hours(1);

/// A server whose feed never looks at anything by itself.
async fn server_that_only_listens() -> TestServer {
    let mut server = TestServer::start().await;
    let pace = LiveIntervals { count: NEVER, check: NEVER, ping: NEVER };
    server.feed_at(LiveLimits::default(), pace).await;
    server
}

/// A page sends an event with something personal in it.
async fn arrive(server: &TestServer) {
    let body = json!({"events": [{
        "type": "friction", "event_type": "rage_click", "page_url": "https://shop.test/",
        "user_id": EMAIL, "visitor_id": "v1",
    }]});
    let answer = server.ingest("/ingest-events", &body).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
}

fn names_the_customer(message: &Value) -> bool {
    message.to_string().contains(EMAIL)
}

#[tokio::test]
async fn only_those_who_may_read_events_are_sent_them() {
    let server = server_that_only_listens().await;
    let address = server.listen().await;
    let mut watchers = Vec::new();
    for role in [Role::Viewer, Role::Analyst, Role::Admin, Role::Owner] {
        let session = server.as_role(role).await.session;
        let watcher = Watcher::open(address, server.project, RequestAuth::Session(&session)).await;
        watchers.push((format!("{role:?}"), role, watcher.expect("the feed")));
    }
    for role in [Role::Analyst, Role::Admin] {
        let key = server.secret_key(server.project, role).await;
        let watcher = Watcher::open(address, server.project, RequestAuth::Key(&key)).await;
        watchers.push((format!("{role:?}'s key"), role, watcher.expect("the feed")));
    }
    for (_, _, watcher) in &mut watchers {
        watcher.next("hello").await;
    }
    arrive(&server).await;
    for (who, role, watcher) in &mut watchers {
        let message = watcher.next("events").await;
        assert_eq!(
            message["totals"],
            json!({"events": 1, "page_views": 0, "friction": 1}),
            "{who}"
        );
        assert_eq!(message["by_kind"], json!({"rage_click": 1}), "{who}");
        let may_read = role.includes(Role::Analyst);
        assert_eq!(message["events"].as_array().map(Vec::len), Some(may_read.into()), "{who}");
        assert_eq!(names_the_customer(&message), may_read, "{who}");
    }
}

#[tokio::test]
async fn the_events_operation_defines_who_reads_events() {
    let server = server_that_only_listens().await;
    let document: Value = serde_json::from_str(&api::openapi::document_json()).expect("JSON");
    let declared = &document["paths"]["/api/projects/{project_id}/events"]["get"]["x-role"];
    assert_eq!(declared, "analyst", "the test above and this one know no other");
    let viewer = server.as_role(Role::Viewer).await.session;
    let events = server
        .ask(RequestAuth::Session(&viewer), "GET", "/api/projects/{project}/events", &Value::Null)
        .await;
    assert_eq!(events.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_changed_role_changes_what_an_open_feed_shows() {
    let server = server_that_only_listens().await;
    let address = server.listen().await;
    let person = server.as_role(Role::Analyst).await;
    let path = format!("/api/projects/{{project}}/members/{}", person.member.id);
    let mut watcher = Watcher::open(address, server.project, RequestAuth::Session(&person.session))
        .await
        .expect("a feed");
    watcher.next("hello").await;
    for (role, may_read) in [("viewer", false), ("analyst", true), ("viewer", false)] {
        let changed = server.manage("PATCH", &path, &json!({"role": role})).await;
        assert_eq!(changed.status, StatusCode::OK, "{}", changed.text);
        // The change is announced, and may reach the feed an event later.
        let mut shown = !may_read;
        for _ in 0..20 {
            arrive(&server).await;
            shown = names_the_customer(&watcher.next("events").await);
            if shown == may_read {
                break;
            }
        }
        assert_eq!(shown, may_read, "{role}");
    }
}
