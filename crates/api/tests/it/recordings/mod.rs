//! Recordings and pictures: taken in, shown to members, forgotten.

mod chunks;
mod erasure;
mod limits;
mod screenshots;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use serde_json::{Value, json};
use testkit::multipart::{MULTIPART, multipart};

use crate::harness::{Answer, TestServer};

const RECORDING: &str = "018f3f3e-7d1c-7cc2-9d4e-000000000001";
const EVENT: &str = "018f3f3e-7d1c-7cc2-9d4e-000000000002";

fn chunk(server: &TestServer, seq: u32, from_ms: i64) -> Value {
    let now = domain::clock::Clock::now(&*server.clock).millis();
    json!({
        "api_key": server.key, "recording_id": RECORDING, "seq": seq, "session_id": "session-1",
        "visitor_id": "visitor-1", "page_url": "https://shop.test/book",
        "events": [
            {"type": 4, "data": {"href": "https://shop.test/book"}, "timestamp": now + from_ms},
            {"type": 3, "data": {"source": 1}, "timestamp": now + from_ms + 1_500},
        ],
    })
}

async fn send(server: &TestServer, body: impl Into<Body>) -> Answer {
    let request = Request::post("/ingest-recording")
        .header("origin", "https://shop.test")
        .header("content-type", "text/plain;charset=UTF-8")
        .body(body.into());
    server.send(request.expect("a request")).await
}

async fn send_chunk(server: &TestServer, body: &Value) -> Answer {
    send(server, body.to_string()).await
}

async fn upload(server: &TestServer, fields: &[(&str, &str)], file: Option<&[u8]>) -> Answer {
    let request = Request::post("/upload-screenshot")
        .header("origin", "https://shop.test")
        .header("x-api-key", &server.key)
        .header("content-type", MULTIPART)
        .body(Body::from(multipart(fields, file)));
    server.send(request.expect("a request")).await
}

fn picture_of(session: &'static str) -> [(&'static str, &'static str); 4] {
    [
        ("friction_event_id", EVENT),
        ("session_id", session),
        ("page_url", "https://shop.test/book"),
        ("unknown", "passed over"),
    ]
}

async fn list(server: &TestServer, query: &str) -> Value {
    let answer = server.get(&format!("/api/projects/{{project}}/recordings{query}")).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    answer.json()["recordings"].clone()
}

/// Files below the folder of blobs.
fn files(server: &TestServer) -> usize {
    fn count(folder: &std::path::Path) -> usize {
        let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
        entries.map(|entry| if entry.path().is_dir() { count(&entry.path()) } else { 1 }).sum()
    }
    count(&server.folder.path().join("blobs"))
}
