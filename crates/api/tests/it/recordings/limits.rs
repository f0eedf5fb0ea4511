//! Recording switched off, and the daily limit.

use axum::http::StatusCode;
use serde_json::{Value, json};
use testkit::multipart::PNG;

use super::{chunk, picture_of, send_chunk, upload};
use crate::harness::{RECORDED_BYTES_PER_DAY, TestServer};

async fn set(server: &TestServer, version: u64, settings: Value) {
    let path = "/api/projects/{project}/sdk-settings";
    let change = json!({"version": version, "settings": settings});
    let stored = server.manage("PUT", path, &change).await;
    assert_eq!(stored.status, StatusCode::OK, "{}", stored.text);
}

#[tokio::test]
async fn what_a_project_has_off_is_refused() {
    let server = TestServer::start().await;
    let picture = async || upload(&server, &picture_of("session-1"), Some(PNG)).await;
    let part = async || send_chunk(&server, &chunk(&server, 0, 0)).await;
    let settings = [
        (json!({"recording": {}}), StatusCode::FORBIDDEN, StatusCode::FORBIDDEN),
        (
            json!({"recording": {}, "sampling": {"recording_share": 0.5}}),
            StatusCode::OK,
            StatusCode::FORBIDDEN,
        ),
        (json!({"recording": {"screenshots": true}}), StatusCode::FORBIDDEN, StatusCode::OK),
        (json!({"recording": {"record_by_page": true}}), StatusCode::OK, StatusCode::OK),
    ];
    for (version, (settings, of_part, of_picture)) in (0..).zip(settings) {
        set(&server, version, settings).await;
        for (answer, expected) in [(part().await, of_part), (picture().await, of_picture)] {
            assert_eq!(answer.status, expected, "{}", answer.text);
            if expected == StatusCode::FORBIDDEN {
                let error = answer.json()["error"].as_str().expect("a text").to_owned();
                assert!(error.starts_with("the project has turned"), "{error}");
                assert_eq!(answer.headers["access-control-allow-origin"], "https://shop.test");
            }
        }
    }
    server.project().await;
    let account = server.get("/api/projects/{project}/outcomes").await.json();
    assert_eq!(account["refused"], json!([{"reason": "recording_off", "count": 4}]));
}

/// A chunk of about 20 KiB after compression.
fn large_chunk(server: &TestServer, seq: u32) -> Value {
    let mut state = u64::from(seq) + 1;
    let noise: Vec<String> = (0..2_500)
        .map(|_| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            format!("{state:016x}")
        })
        .collect();
    let mut body = chunk(server, seq, i64::from(seq) * 2_000);
    body["events"][1]["data"]["noise"] = json!(noise.concat());
    body
}

#[tokio::test]
async fn a_daily_byte_limit_pauses_recording_and_pages_see_it() {
    let server = TestServer::start().await;
    let today = domain::clock::Clock::now(&*server.clock).day();
    let fresh = server.ask_from_page("/sdk-settings", "https://shop.test", "").await;
    assert_eq!(fresh.json()["recording_paused"], Value::Null);
    let mut taken = 0;
    let refused = loop {
        let answer = send_chunk(&server, &large_chunk(&server, taken)).await;
        if answer.status != StatusCode::OK {
            break answer;
        }
        taken += 1;
        assert!(taken < 10, "it ends");
    };
    assert!(taken > 1, "{taken}");
    assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS, "{}", refused.text);
    assert_eq!(refused.headers["retry-after"], "43200", "at noon");
    let days: &dyn engine::ports::catalog::RecordingUsageStore = &*server.catalog;
    let used = days.recorded_bytes(server.project, today).await.expect("reads");
    assert_eq!(used, RECORDED_BYTES_PER_DAY, "the day is over");
    // What is small does not slip through either.
    for answer in [
        send_chunk(&server, &chunk(&server, 0, 0)).await,
        upload(&server, &picture_of("session-1"), Some(PNG)).await,
    ] {
        assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS, "{}", answer.text);
    }
    let etag = fresh.headers["etag"].to_str().expect("ASCII");
    let paused = server.ask_from_page("/sdk-settings", "https://shop.test", etag).await;
    assert_eq!(paused.json()["recording_paused"], true, "{}", paused.text);
    server.clock.advance_seconds(43_200);
    let etag = paused.headers["etag"].to_str().expect("ASCII");
    let going_on = server.ask_from_page("/sdk-settings", "https://shop.test", etag).await;
    assert_eq!(going_on.json()["recording_paused"], Value::Null);
    let answer = send_chunk(&server, &large_chunk(&server, taken)).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
}
