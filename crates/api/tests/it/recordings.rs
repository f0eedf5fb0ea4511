//! Recordings and pictures: taken in, shown to members, forgotten.

use std::io::Write as _;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use domain::time::Timestamp;
use engine::ports::catalog::RecordingQuery;
use serde_json::{Value, json};
use testkit::forms::{MULTIPART, PNG, multipart};

use crate::harness::{Answer, KEEP_DAYS, RECORDED_BYTES_PER_DAY, TestServer};

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
async fn a_part_may_come_packed_without_a_word_of_it() {
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
        ("seq", json!(5_000), "seq must be less than 5000: begin a new recording"),
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
        let expected = format!("{field} differs from that of earlier parts: begin a new recording");
        assert_eq!(answer.json()["error"], expected);
    }
    assert_eq!(list(&server, "").await[0]["chunks"], 1);
}

#[tokio::test]
async fn the_browsers_clock_is_told_apart_from_ours() {
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

#[tokio::test]
async fn a_picture_is_shown_as_a_picture_and_nothing_else() {
    let server = TestServer::start().await;
    let answer = upload(&server, &picture_of("session-1"), Some(PNG)).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    let url = answer.json()["screenshot_url"].as_str().expect("an address").to_owned();
    assert!(url.starts_with(&format!("/api/projects/{}/screenshots/", server.project)), "{url}");
    let again = upload(&server, &picture_of("session-1"), Some(PNG)).await;
    assert_eq!(again.json()["screenshot_url"], *url, "sent again it replaces itself");

    let shown = server.get(&url).await;
    assert_eq!(shown.status, StatusCode::OK);
    assert!(shown.text.contains("IHDR"), "the file as it was sent");
    assert_eq!(shown.headers["content-type"], "image/png");
    let disposition = shown.headers["content-disposition"].to_str().expect("a text");
    assert_eq!(disposition, "attachment; filename=\"screenshot.png\"");
    assert_eq!(shown.headers["x-content-type-options"], "nosniff");
    let elsewhere = server.second_project().await;
    let foreign = url.replace(&server.project.to_string(), &elsewhere);
    assert_eq!(server.get(&foreign).await.status, StatusCode::NOT_FOUND);
    let nobody = Request::get(&*url).body(Body::empty()).expect("a request");
    assert_eq!(server.send(nobody).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn only_pictures_are_taken() {
    let server = TestServer::start().await;
    let whose = picture_of("session-1");
    let html = b"<html><script>alert(1)</script></html>";
    let svg = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>";
    let with_more = [PNG, b"<script>alert(1)</script>"].concat();
    for file in [&html[..], svg, b"\x1aE\xdf\xa3", b"", &PNG[..40], &with_more] {
        let answer = upload(&server, &whose, Some(file)).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{}", answer.text);
        assert_eq!(answer.json()["error"], "file must be a PNG picture");
    }
    let huge = vec![0; 3 << 20];
    let answer = upload(&server, &whose, Some(&huge)).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE, "{}", answer.text);
    let missing = upload(&server, &whose, None).await;
    assert_eq!(missing.json()["error"], "file is missing");
    let missing = upload(&server, &[], Some(PNG)).await;
    assert_eq!(missing.json()["error"], "session_id is missing");
    let request = Request::post("/upload-screenshot")
        .header("origin", "https://shop.test")
        .header("x-api-key", &server.key);
    let answer = server.send(request.body(Body::from("x")).expect("a request")).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{}", answer.text);
}

/// Files below the folder of blobs.
fn files(server: &TestServer) -> usize {
    fn count(folder: &std::path::Path) -> usize {
        let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
        entries.map(|entry| if entry.path().is_dir() { count(&entry.path()) } else { 1 }).sum()
    }
    count(&server.folder.path().join("blobs"))
}

#[tokio::test]
async fn what_is_old_is_forgotten() {
    let server = TestServer::start().await;
    assert_eq!(send_chunk(&server, &chunk(&server, 0, 0)).await.status, StatusCode::OK);
    let answer = upload(&server, &picture_of("session-1"), Some(PNG)).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(files(&server), 2);
    server.clock.advance_seconds(i64::from(KEEP_DAYS) * 86_400 - 60);
    let mut young = chunk(&server, 0, 0);
    young["recording_id"] = EVENT.into();
    assert_eq!(send_chunk(&server, &young).await.status, StatusCode::OK);
    server.app.recordings.prune().await.expect("pruned");
    assert_eq!(files(&server), 3);
    server.clock.advance_seconds(120);
    server.app.recordings.prune().await.expect("pruned");
    assert_eq!(files(&server), 1);
    let left = server.app.recordings.list(server.project, &RecordingQuery::default(), 10).await;
    let left: Vec<_> = left.expect("listed").iter().map(|one| one.id.to_string()).collect();
    assert_eq!(left, [EVENT]);
}

#[tokio::test]
async fn an_erased_persons_recordings_and_pictures_go_and_no_more_come() {
    let server = TestServer::start().await;
    let mut theirs = chunk(&server, 0, 0);
    theirs["user_id"] = "user-1".into();
    assert_eq!(send_chunk(&server, &theirs).await.status, StatusCode::OK);
    let whose = [("session_id", "session-1"), ("user_id", "user-1")];
    assert_eq!(upload(&server, &whose, Some(PNG)).await.status, StatusCode::OK);
    let mut anothers = chunk(&server, 0, 0);
    for (field, value) in
        [("recording_id", EVENT), ("session_id", "session-2"), ("visitor_id", "visitor-2")]
    {
        anothers[field] = value.into();
    }
    assert_eq!(send_chunk(&server, &anothers).await.status, StatusCode::OK);
    assert_eq!(files(&server), 3);

    let asked =
        server.manage("DELETE", "/api/projects/{project}/privacy/subjects/user-1", &Value::Null);
    let asked = asked.await;
    assert!(asked.status.is_success(), "{}", asked.text);
    server.project().await;
    server.app.privacy.run().await.expect("steps taken");
    assert_eq!(files(&server), 1);
    let left = list(&server, "").await;
    assert_eq!((left[0]["id"].clone(), left.as_array().map(Vec::len)), (EVENT.into(), Some(1)));

    for answer in [send_chunk(&server, &theirs).await, upload(&server, &whose, Some(PNG)).await] {
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.text);
        assert!(answer.text.contains("asked to be forgotten"), "{}", answer.text);
    }
    assert_eq!(files(&server), 1);
}

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
                assert!(error.starts_with("the project's settings have"), "{error}");
                assert_eq!(answer.headers["access-control-allow-origin"], "https://shop.test");
            }
        }
    }
    server.project().await;
    let account = server.get("/api/projects/{project}/outcomes").await.json();
    assert_eq!(account["refused"], json!([{"reason": "recording_off", "count": 4}]));
}

/// A part of about 20 KiB once it is packed.
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
async fn a_project_records_so_many_bytes_a_day_and_pages_are_told() {
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
    let days: &dyn engine::ports::catalog::RecordingDays = &*server.catalog;
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
