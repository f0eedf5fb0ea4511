//! Limits on memory, storage and response size per sender.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::harness::TestServer;

const FAILED: &str = "/api/projects/{project}/failed-events";

fn scroll() -> Value {
    json!({"type": "heatmap", "interaction_type": "scroll", "page_url": "https://shop.test/"})
}

#[tokio::test]
async fn ids_that_are_too_long_are_refused_by_name() {
    let server = TestServer::start().await;
    let long = "x".repeat(100_000);
    let body = json!({"session_id": long, "sent_at": 1, "events": [scroll(), scroll()]});
    let answer = server.ingest("/ingest-events", &body).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.text);
    let rejected = answer.json()["rejected"].clone();
    for index in 0..2 {
        assert_eq!(rejected[index]["reason"], "invalid_field");
        assert_eq!(rejected[index]["detail"], "session_id is longer than 200 bytes");
    }
    for path in ["/api/analytics/session/start", "/api/analytics/session/end"] {
        let answer = server.ingest(path, &json!({"session_id": long})).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}: {}", answer.text);
        assert!(answer.text.contains("session_id is longer"), "{}", answer.text);
    }
    let body = json!({"user_id": long, "events": [{"behavior_type": "share"}]});
    let answer = server.ingest("/api/tracking/flush", &body).await;
    assert!(answer.text.contains("user_id is longer"), "{}", answer.text);
    let body = json!({"user_id": "u", "events": [{"behavior_type": long}]});
    let answer = server.ingest("/api/tracking/flush", &body).await;
    assert!(answer.text.contains("behavior_type is longer"), "{}", answer.text);
}

#[tokio::test]
async fn parts_kept_as_json_are_measured_before_they_are_read() {
    let server = TestServer::start().await;
    let ones = vec![1; 20_000];
    for (part, event) in [
        ("customer", json!({"customer": {"id": "u", "a": ones}})),
        ("event_data", json!({"customer": {"id": "u"}, "event_data": {"a": ones}})),
        ("session", json!({"customer": {"id": "u"}, "session": {"device": ones}})),
    ] {
        let mut event = event;
        event["event_type"] = json!("customer.login");
        let answer = server.ingest("/track-event", &event).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.text);
        assert_eq!(answer.json()["error"], format!("{part} is larger than 32768 bytes"));
        assert_eq!(answer.json()["rejected"][0]["reason"], "too_large");
    }
    for (path, key) in [("/ingest-events", "session_id"), ("/api/tracking/flush", "user_id")] {
        let body = json!({"events": vec![1; 100_000], key: "u"});
        let answer = server.ingest(path, &body).await;
        assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE, "{path}: {}", answer.text);
        assert_eq!(
            answer.json()["error"],
            "events contains more than 5000 events; send fewer at once"
        );
    }
}

#[tokio::test]
async fn an_origin_longer_than_any_is_neither_admitted_nor_echoed() {
    let server = TestServer::start().await;
    let host = "a.".repeat(20_000);
    let body = json!({"events": [], "user_id": "u"}).to_string();
    for key in [Some(&*server.key), None] {
        let request = Request::post("/api/tracking/flush")
            .header("origin", format!("https://{host}shop.test"))
            .header("x-api-key", key.unwrap_or_default())
            .body(Body::from(body.clone()));
        let answer = server.send(request.expect("a request")).await;
        assert!(matches!(answer.status.as_u16(), 401 | 403), "{}", answer.text);
        assert!(!answer.headers.contains_key("access-control-allow-origin"));
    }
    let request = Request::options("/ingest-events").header("origin", host).body(Body::empty());
    let answer = server.send(request.expect("a request")).await;
    assert!(!answer.headers.contains_key("access-control-allow-origin"));
}

#[tokio::test]
async fn an_answer_names_every_refused_item_and_explains_the_first_hundred() {
    let server = TestServer::start().await;
    let quoted = "q".repeat(5_000);
    let mut events: Vec<Value> = vec![json!({"type": quoted})];
    events.extend((1..5_000).map(|_| json!({})));
    let answer = server.ingest("/ingest-events", &json!({"events": events})).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    let rejected = answer.json()["rejected"].clone();
    let rejected = rejected.as_array().expect("a list");
    let indexes: Vec<_> = rejected.iter().filter_map(|item| item["index"].as_u64()).collect();
    assert_eq!(indexes, (0..5_000).collect::<Vec<_>>());
    assert!(rejected.iter().all(|item| item["reason"].is_string()));
    let details: Vec<_> = rejected.iter().filter_map(|item| item["detail"].as_str()).collect();
    assert_eq!(details.len(), 100);
    assert!(details.iter().all(|detail| detail.len() <= 300));
    assert!(answer.text.len() < 300_000, "{} bytes", answer.text.len());
    server.project().await;
    let listed = server.get(&format!("{FAILED}?limit=1000")).await.json();
    assert_eq!(listed["failed_events"].as_array().map(Vec::len), Some(100), "of one request");
    let account = server.get("/api/projects/{project}/outcomes").await.json();
    assert_eq!(account["received"], 5_000, "{account}");
}

#[tokio::test]
async fn what_is_wrong_quotes_little_of_what_was_sent() {
    let server = TestServer::start().await;
    let body = json!({"events": "q".repeat(100_000)});
    let answer = server.ingest("/ingest-events", &body).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    assert!(answer.text.len() < 1_000, "{} bytes", answer.text.len());
}

#[tokio::test]
async fn a_list_of_failed_events_shows_their_beginnings_and_each_comes_whole_alone() {
    let server = TestServer::start().await;
    let long = format!("{}é{}", "x".repeat(2_000), "é".repeat(50_000));
    let event = json!({"type": "unknown", "text": long}).to_string();
    let body =
        json!({"events": [serde_json::from_str::<Value>(&event).expect("JSON"), {"type": "b"}]});
    let answer = server.ingest("/ingest-events", &body).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.text);
    server.project().await;
    let listed = server.get(FAILED).await;
    assert!(listed.text.len() < 8_000, "{} bytes", listed.text.len());
    let listed = listed.json();
    let rows = listed["failed_events"].as_array().expect("a list");
    let [short, cut] = rows.as_slice() else { unreachable!("two: {rows:?}") };
    assert_eq!(short["is_body_cut"], false);
    assert_eq!(short["body"], r#"{"type":"b"}"#);
    assert_eq!(short["body_bytes"], 12);
    assert_eq!(cut["is_body_cut"], true);
    assert_eq!(cut["body_bytes"], event.len());
    let beginning = cut["body"].as_str().expect("a text");
    assert!(beginning.len() <= 2_048 && event.starts_with(beginning), "{beginning}");
    let path = format!("{FAILED}/{}", cut["id"].as_str().expect("an id"));
    let whole = server.get(&path).await;
    assert_eq!(whole.status, StatusCode::OK, "{}", whole.text);
    let whole = whole.json();
    assert_eq!((&whole["body"], &whole["is_body_cut"]), (&json!(event), &json!(false)));
    let elsewhere = server.second_project().await;
    let foreign = path.replace("{project}", &elsewhere);
    assert_eq!(server.get(&foreign).await.status, StatusCode::NOT_FOUND);
    assert_eq!(server.get(&format!("{FAILED}/nonsense")).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_request_looks_up_a_hundred_widgets_at_most() {
    let server = TestServer::start().await;
    let widget = server.widget("Calls", &json!({})).await;
    let event =
        |id: String| json!({"widget_id": id, "event_type": "widget_load", "session_id": "s"});
    let mut events = vec![event(widget.clone())];
    events.extend((1..150).map(|number| event(Uuid::from_u128(number << 64).to_string())));
    events.push(event(widget));
    let answer = server.ingest("/api/analytics/track", &json!({"events": events})).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    let rejected = answer.json()["rejected"].clone();
    let rejected = rejected.as_array().expect("a list");
    assert_eq!(rejected.len(), 149, "both of the widget that is known are stored");
    let of = |reason: &str| rejected.iter().filter(|item| item["reason"] == reason).count();
    assert_eq!((of("unknown_widget"), of("invalid_field")), (99, 50));
}
