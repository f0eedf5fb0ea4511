//! Parts of recordings: what is taken, and how it is shown.

use std::io::Write as _;

use axum::http::StatusCode;
use domain::time::Timestamp;
use serde_json::json;

use super::{RECORDING, chunk, list, send, send_chunk};
use crate::harness::TestServer;

#[tokio::test]
async fn a_recording_is_shown_part_by_part_as_it_was_sent() {
    let server = TestServer::start().await;
    // Out of order, and one of them twice.
    for seq in [1, 0, 1] {
        let answer = send_chunk(&server, &chunk(&server, seq, i64::from(seq) * 2_000)).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        let expected = json!({"success": true, "recording_id": RECORDING, "seq": seq});
        assert_eq!(answer.json(), expected);
        assert_eq!(answer.headers["access-control-allow-origin"], "https://shop.test");
    }
    let found = list(&server, "?session_id=session-1").await;
    let [recording] = found.as_array().expect("a list").as_slice() else {
        panic!("one recording: {found}")
    };
    assert_eq!(recording["id"], RECORDING);
    assert_eq!(recording["duration_seconds"], 3.5);
    assert_eq!((&recording["chunks"], &recording["events"]), (&json!(2), &json!(4)));
    assert_eq!(recording["visitor_id"], "visitor-1");
    for other in ["?session_id=session-2", "?visitor_id=visitor-2", "?user_id=user-1"] {
        assert_eq!(list(&server, other).await, json!([]), "{other}");
    }
    assert_eq!(list(&server, "?visitor_id=visitor-1").await, found);

    let path = format!("/api/projects/{{project}}/recordings/{RECORDING}");
    let detail = server.get(&path).await.json();
    assert_eq!(detail["recording"], *recording);
    let numbers: Vec<_> =
        detail["chunks"].as_array().expect("parts").iter().map(|part| &part["seq"]).collect();
    assert_eq!(numbers, [0, 1]);
    let part = server.get(&format!("{path}/chunks/1")).await;
    assert_eq!(part.json(), chunk(&server, 1, 2_000)["events"]);
    assert_eq!(part.headers["content-type"], "application/json");
    assert_eq!(part.headers["x-content-type-options"], "nosniff");
    assert!(part.headers["content-security-policy"].to_str().expect("text").contains("sandbox"));
    for missing in ["/chunks/2", "/chunks/x"] {
        let answer = server.get(&format!("{path}{missing}")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{missing}");
    }
    let elsewhere = server.second_project().await;
    for foreign in ["", "/chunks/1"] {
        let path = format!("/api/projects/{elsewhere}/recordings/{RECORDING}{foreign}");
        assert_eq!(server.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn a_chunk_may_be_gzipped_without_a_content_encoding() {
    let server = TestServer::start().await;
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(chunk(&server, 0, 0).to_string().as_bytes()).expect("packs");
    let answer = send(&server, packer.finish().expect("packs")).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    let mut bomb = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    for _ in 0..64 {
        bomb.write_all(&vec![b' '; 1 << 20]).expect("packs");
    }
    let answer = send(&server, bomb.finish().expect("packs")).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE, "{}", answer.text);
}

#[tokio::test]
async fn what_is_missing_or_wrong_is_named() {
    let server = TestServer::start().await;
    for field in ["recording_id", "seq", "session_id", "events"] {
        let mut body = chunk(&server, 0, 0);
        body.as_object_mut().expect("an object").remove(field);
        let answer = send_chunk(&server, &body).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{field}");
        assert_eq!(answer.json()["error"], format!("{field} is missing"));
    }
    let wrong = [
        ("seq", json!(5_000), "seq must be less than 5000: start a new recording"),
        ("events", json!([]), "events must hold 1 to 100000 events"),
        ("events", json!([{"type": 4}]), "events must be events of rrweb"),
        ("events", json!([{"type": 4, "timestamp": 1e300}]), "timestamp must be milliseconds"),
        ("session_id", json!(""), "session_id must be a text of 1 to 200 bytes"),
        ("page_url", json!("x".repeat(3_000)), "page_url must be at most 2048 bytes long"),
        ("recording_id", json!("../../etc/passwd"), "not a JSON object of the expected shape"),
    ];
    for (field, value, message) in wrong {
        let mut body = chunk(&server, 0, 0);
        body[field] = value;
        let answer = send_chunk(&server, &body).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{message}");
        let error = answer.json()["error"].as_str().expect("a text").to_owned();
        assert!(error.contains(message), "{error}");
    }
    assert_eq!(list(&server, "").await, json!([]), "nothing half-done shows");

    let mut nobody = chunk(&server, 0, 0);
    nobody["api_key"] = "fk_unknown".into();
    assert_eq!(send_chunk(&server, &nobody).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn recordings_never_keep_events_out() {
    let server = TestServer::start().await;
    let parts = (0..=1_000).map(|seq| chunk(&server, seq, i64::from(seq)));
    let mut last = StatusCode::OK;
    for part in parts {
        last = send_chunk(&server, &part).await.status;
    }
    assert_eq!(last, StatusCode::TOO_MANY_REQUESTS);
    let event = json!({"events": [{"type": "heatmap", "interaction_type": "pageview",
        "page_url": "https://shop.test/"}]});
    assert_eq!(server.ingest("/ingest-events", &event).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_recording_stays_of_one_visit() {
    let server = TestServer::start().await;
    assert_eq!(send_chunk(&server, &chunk(&server, 0, 0)).await.status, StatusCode::OK);
    for field in ["session_id", "visitor_id"] {
        let mut body = chunk(&server, 1, 2_000);
        body[field] = "another".into();
        let answer = send_chunk(&server, &body).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{}", answer.text);
        let expected =
            format!("{field} differs from that of earlier chunks: start a new recording");
        assert_eq!(answer.json()["error"], expected);
    }
    assert_eq!(list(&server, "").await[0]["chunks"], 1);
}

#[tokio::test]
async fn the_browsers_clock_offset_is_applied() {
    let server = TestServer::start().await;
    let mut body = chunk(&server, 0, -3_600_000);
    let now = domain::clock::Clock::now(&*server.clock);
    body["sent_at"] = (now.millis() - 3_600_000 + 5_000).into();
    assert_eq!(send_chunk(&server, &body).await.status, StatusCode::OK);
    let found = list(&server, "").await[0].clone();
    let offset = found["clock_offset_ms"].as_i64().expect("a number");
    let started = Timestamp::parse(found["started_at"].as_str().expect("a time")).expect("a time");
    assert_eq!(offset, 3_600_000 - 5_000);
    assert_eq!(started.millis(), now.millis() - 3_600_000 + offset);
}

#[tokio::test]
async fn pages_of_recordings_follow_each_other() {
    let server = TestServer::start().await;
    for number in 0..5 {
        let mut body = chunk(&server, 0, number * 1_000);
        body["recording_id"] = format!("018f3f3e-7d1c-7cc2-9d4e-00000000010{number}").into();
        assert_eq!(send_chunk(&server, &body).await.status, StatusCode::OK);
    }
    let mut query = "?limit=2".to_owned();
    let mut seen = Vec::new();
    loop {
        let page = server.get(&format!("/api/projects/{{project}}/recordings{query}")).await.json();
        let ids = page["recordings"].as_array().expect("a list").iter();
        seen.extend(ids.map(|one| one["id"].as_str().expect("an id").chars().last()));
        let Some(cursor) = page["next_cursor"].as_str() else { break };
        query = format!("?limit=2&cursor={cursor}");
    }
    assert_eq!(seen, ['4', '3', '2', '1', '0'].map(Some));
    let bad = server.get("/api/projects/{project}/recordings?cursor=x").await;
    assert_eq!(
        (bad.status, bad.json()["field"].clone()),
        (StatusCode::BAD_REQUEST, "cursor".into())
    );
}
