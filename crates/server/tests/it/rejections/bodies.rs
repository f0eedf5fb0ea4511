//! Bodies that are too large, broken, or not what they claim.

use reqwest::Method;
use serde_json::json;

use super::{is_healthy, start};
use crate::harness::{Connection, click, event_id, ingest_head, page_view, refused};

/// What is wrong, the headers and body it is wrong in, and the status it is answered with.
type Unreadable<'a> = (&'a str, Vec<(&'a str, &'a str)>, Vec<u8>, u16);

/// A sender that is still writing when the server closes the connection may miss the answer.
#[tokio::test]
async fn a_body_of_five_megabytes_is_answered_413() {
    let (server, owner, page) = start().await;
    let body = format!(r#"{{"events":[],"padding":"{}"}}"#, "x".repeat(5_000_000));
    for _ in 0..20 {
        let reply = page.send_raw(&[], body.clone()).await.expect(413);
        assert!(reply.json()["error"].as_str().expect("text").contains("4194304"));
    }
    // Without a declared length the server finds out while reading.
    let mut connection = Connection::open(server.address()).await;
    let head = ingest_head(&page.key, 0).replace("content-length: 0", "transfer-encoding: chunked");
    connection.write(head.as_bytes()).await;
    let chunk = format!("{:x}\r\n{}\r\n", body.len(), body);
    connection.write(chunk.as_bytes()).await;
    connection.write(b"0\r\n\r\n").await;
    let beginning = connection.beginning().await;
    assert!(beginning.starts_with("HTTP/1.1 413"), "{beginning:?}");
    is_healthy(&server, &page).await;
    let outcomes = owner.wait_for_accepted(100).await;
    assert_eq!(refused(&outcomes, "too_large"), 21);
}

#[tokio::test]
async fn more_events_than_a_request_may_hold_are_answered_413() {
    let (server, owner, page) = start().await;
    let events: Vec<_> = (0..5_001).map(|number| page_view(&event_id(number))).collect();
    page.send(&events).await.expect(413);
    page.send(&events[1..]).await.expect(200);
    is_healthy(&server, &page).await;
    let outcomes = owner.wait_for_accepted(5_100).await;
    assert_eq!(refused(&outcomes, "too_large"), 5_001);
}

#[tokio::test]
async fn what_cannot_be_read_is_the_senders_fault() {
    let (server, owner, page) = start().await;
    let good = json!({"events": [page_view("1")]}).to_string();
    let invalid_utf8 = [br#"{"events":[{"type":""#, &b"\xff\xfe"[..], br#""}]}"#].concat();
    let deep = |open: &str, close: &str| open.repeat(10_000) + "1" + &close.repeat(10_000);
    let deep_event = |field: &str| {
        let nested = deep("[", "]");
        format!(
            r#"{{"events":[{{"type":"heatmap","interaction_type":"scroll","page_url":"https://a.test/","{field}":{nested}}}]}}"#
        )
    };
    let bodies: [Unreadable<'_>; 15] = [
        ("an empty body", vec![], vec![], 400),
        ("no JSON", vec![], b"events".to_vec(), 400),
        ("half of it", vec![], good.as_bytes()[..30].to_vec(), 400),
        ("something after it", vec![], (good.clone() + "}").into_bytes(), 400),
        ("invalid UTF-8", vec![], invalid_utf8, 400),
        ("an array", vec![], b"[]".to_vec(), 400),
        ("no events", vec![], b"{}".to_vec(), 400),
        ("events that are no array", vec![], br#"{"events":7}"#.to_vec(), 400),
        ("deep arrays", vec![], deep("[", "]").into_bytes(), 400),
        ("deep objects", vec![], deep(r#"{"a":"#, "}").into_bytes(), 400),
        ("deep metadata", vec![], deep_event("metadata").into_bytes(), 422),
        ("a deep id", vec![], deep_event("id").into_bytes(), 422),
        ("an unknown encoding", vec![("content-encoding", "lzma")], good.clone().into_bytes(), 415),
        ("two encodings", vec![("content-encoding", "gzip, br")], good.clone().into_bytes(), 415),
        ("no gzip", vec![("content-encoding", "gzip")], good.clone().into_bytes(), 400),
    ];
    let count = bodies.len() as u64;
    for (what, headers, body, status) in bodies {
        let reply = page.send_raw(&headers, body).await;
        assert_eq!(reply.status, status, "{what}: {}", reply.text);
        let answer = reply.json();
        assert!(
            answer["error"].is_string() && answer["request_id"].is_string(),
            "{what}: {answer}"
        );
    }
    is_healthy(&server, &page).await;
    let outcomes = owner.wait_for_accepted(100).await;
    assert_eq!(
        outcomes["received"],
        count + 100,
        "every request with a known key is accounted for"
    );
}

#[tokio::test]
async fn a_field_nobody_knows_may_be_nested_deeply() {
    let (server, _owner, page) = start().await;
    let nested = "[".repeat(10_000) + &"]".repeat(10_000);
    let body = format!(r#"{{"extra":{nested},"events":[{}]}}"#, click("1"));
    page.send_raw(&[], body).await.expect(200);
    is_healthy(&server, &page).await;
}

#[tokio::test]
async fn half_a_body_is_answered_400_or_not_at_all() {
    let (server, owner, page) = start().await;
    let body = json!({"events": [page_view("1")]}).to_string();
    let mut connection = Connection::open(server.address()).await;
    connection.write(ingest_head(&page.key, body.len()).as_bytes()).await;
    connection.write(&body.as_bytes()[..body.len() / 2]).await;
    connection.end().await;
    let answer = connection.answer().await;
    assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 400"), "{answer:?}");
    is_healthy(&server, &page).await;
    let outcomes = owner.wait_for_accepted(100).await;
    assert_eq!(refused(&outcomes, "incomplete"), 1);
}

#[tokio::test]
async fn bodies_are_read_whatever_content_type_a_browser_gives_them() {
    let (_server, owner, page) = start().await;
    let body = json!({"events": [page_view("1")]}).to_string();
    let types =
        ["application/json", "text/plain;charset=UTF-8", "application/x-www-form-urlencoded"];
    for content_type in types {
        page.send_raw(&[("content-type", content_type)], body.clone()).await.expect(200);
    }
    page.send_raw(&[], body.clone()).await.expect(200);
    let beacon = json!({"api_key": page.key, "events": [page_view("1")]}).to_string();
    owner.http.send(Method::POST, "/ingest-events", &[], beacon).await.expect(200);
    owner.wait_for_accepted(1).await;
}
