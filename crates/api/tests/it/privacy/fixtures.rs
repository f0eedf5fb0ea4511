//! A person who left traces by every contract, and the steps of an erasure.

use std::path::Path;

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::harness::{Answer, TestServer};

/// What every text about the person holds.
pub(crate) const MARKER: &str = "amina7f3a91";
pub(crate) const USER: &str = "user-amina7f3a91";
pub(crate) const EMAIL: &str = "amina7f3a91@shop.test";
pub(crate) const RECEIPTS: &str = "/api/projects/{project}/privacy/erasures";

/// Leaves traces of the person by every contract, before and after they signed in.
pub(crate) async fn leave_traces(server: &TestServer) {
    let widget = server.widget("Site", &json!({})).await;
    let (session, visitor) = (format!("session-{MARKER}"), format!("visitor-{MARKER}"));
    let anonymous = json!({"events": [
        {"type": "friction", "event_type": "rage_click", "page_url": format!("https://shop.test/?q={MARKER}"),
         "visitor_id": visitor, "session_id": session, "element_text": MARKER},
    ]});
    stored(&server.ingest("/ingest-events", &anonymous).await);
    let signed_in = json!({"events": [
        {"type": "friction", "event_type": "dead_click", "page_url": "https://shop.test/",
         "visitor_id": visitor, "session_id": session, "user_id": USER},
    ]});
    stored(&server.ingest("/ingest-events", &signed_in).await);
    let behavior = json!({"user_id": USER, "events": [
        {"behavior_type": "search", "search_query": MARKER, "session_id": session},
        {"behavior_type": 7, "note": MARKER, "user_id": USER},
    ]});
    stored(&server.ingest("/api/tracking/flush", &behavior).await);
    let started = json!({"session_id": session, "user_id": USER, "page_url": format!("https://shop.test/{MARKER}")});
    stored(&server.ingest("/api/analytics/session/start", &started).await);
    stored(&server.ingest("/track-event", &booking("booking.abandoned")).await);
    let call = json!({"widget_id": widget, "event_type": "call_start", "session_id": session});
    stored(&server.beacon("/api/analytics/track", &call).await);
}

/// Lets a member write of the person: a comment on their task, which mentions the member, and a note.
pub(crate) async fn leave_words(server: &TestServer) {
    server.project().await;
    let tasks = server.get("/api/projects/{project}/tasks").await.json();
    let task = tasks["tasks"][0]["id"].as_str().expect("a task");
    let me = server.get("/api/auth/me").await.json()["member"]["id"].clone();
    let comment = json!({"text": format!("Call {MARKER}"), "mentions": [me]});
    let path = format!("/api/projects/{{project}}/tasks/{task}/comments");
    let answer = server.manage("POST", &path, &comment).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text);
    let note = json!({"text": format!("Called {MARKER}")});
    let path = format!("/api/projects/{{project}}/people/{USER}/notes");
    let answer = server.manage("POST", &path, &note).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text);
}

/// A customer event of the person.
pub(crate) fn booking(name: &str) -> Value {
    json!({
        "event_type": name,
        "customer": {"id": USER, "email": EMAIL, "first_name": MARKER, "phone": format!("+255 {MARKER}")},
        "event_data": {"vehicle_name": format!("car of {MARKER}"), "total_amount": 150_000},
        "session": {"session_id": format!("session-{MARKER}")},
    })
}

fn stored(answer: &Answer) {
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
}

/// A behaviour event of somebody.
pub(crate) async fn visit(server: &TestServer, user_id: &str, session_id: &str) -> Answer {
    let body = json!({"user_id": user_id, "events": [
        {"behavior_type": "property_view", "session_id": session_id},
    ]});
    server.ingest("/api/tracking/flush", &body).await
}

/// Asks to forget; the receipt.
pub(crate) async fn erase(server: &TestServer, subject: &str) -> Value {
    let path = format!("/api/projects/{{project}}/privacy/subjects/{subject}");
    let answer = server.manage("DELETE", &path, &Value::Null).await;
    assert_eq!(answer.status, StatusCode::ACCEPTED, "{}", answer.text);
    answer.json()
}

/// Everything known of somebody.
pub(crate) async fn export(server: &TestServer, subject: &str) -> Value {
    let answer = server.get(&format!("/api/projects/{{project}}/privacy/subjects/{subject}")).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    let disposition = answer.headers["content-disposition"].to_str().expect("ASCII");
    assert!(disposition.starts_with("attachment"), "{disposition}");
    answer.json()
}

/// Lets projections and erasures go on, as often as it takes to come to a stop.
pub(crate) async fn go_on(server: &TestServer) {
    for _ in 0..4 {
        server.project().await;
        server.app.privacy.run().await.expect("steps are taken");
    }
}

/// The erasure is done, whatever it waits for.
pub(crate) async fn finish(server: &TestServer) {
    go_on(server).await;
    server.clock.advance_seconds(60);
    go_on(server).await;
}

/// One receipt.
pub(crate) async fn receipt(server: &TestServer, id: &Value) -> Value {
    let path = format!("{RECEIPTS}/{}", id.as_str().expect("an id"));
    let answer = server.get(&path).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    answer.json()
}

/// Files below the folder that hold the text.
pub(crate) fn files_with(folder: &Path, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(files_with(&path, text));
        } else {
            let bytes = std::fs::read(&path).expect("a file");
            if bytes.windows(text.len()).any(|window| window == text.as_bytes()) {
                found.push(path.display().to_string());
            }
        }
    }
    found
}
