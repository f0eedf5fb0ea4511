//! Pages of other sites: what their browsers may send, and what they may read.

use reqwest::Method;
use serde_json::json;

use super::start;
use crate::harness::{event_id, page_view, refused};

#[tokio::test]
async fn a_preflight_is_answered_for_a_day_without_credentials() {
    let (_server, owner, _) = start().await;
    let headers = [
        ("origin", "https://shop.test"),
        ("access-control-request-method", "POST"),
        ("access-control-request-headers", "apikey,content-type,x-client-info,x-api-key"),
    ];
    for path in ["/ingest-events", "/functions/v1/ingest-events"] {
        let reply = owner.http.send(Method::OPTIONS, path, &headers, "").await.expect(204);
        assert_eq!(reply.header("access-control-allow-origin"), "https://shop.test");
        assert_eq!(reply.header("access-control-max-age"), "86400");
        assert!(reply.header("access-control-allow-methods").contains("POST"));
        let admitted = reply.header("access-control-allow-headers");
        assert_eq!(admitted, "apikey,content-type,x-client-info,x-api-key");
        assert_eq!(reply.header("access-control-allow-credentials"), "");
        assert_eq!(reply.header("set-cookie"), "");
    }
}

#[tokio::test]
async fn only_admitted_origins_may_write_and_read_the_answer() {
    let (_server, owner, _) = start().await;
    let key = owner.key(1_000, &["shop.test", "*.shop.test"]).await;
    let key = key["key"].as_str().expect("text");
    let body = json!({"events": [page_view(&event_id(1)), page_view(&event_id(2))]}).to_string();
    let send = async |origin: &str| {
        let headers = [("x-api-key", key), ("origin", origin)];
        owner.http.send(Method::POST, "/ingest-events", &headers, body.clone()).await
    };
    for origin in ["https://shop.test", "https://www.shop.test", "http://a.b.shop.test:8080"] {
        let reply = send(origin).await.expect(200);
        assert_eq!(reply.header("access-control-allow-origin"), origin);
        assert!(reply.header("vary").to_lowercase().contains("origin"));
    }
    for origin in
        ["https://evil.test", "https://shop.test.evil.test", "https://evilshop.test", "null"]
    {
        let reply = send(origin).await.expect(403);
        assert_eq!(reply.header("access-control-allow-origin"), "", "{origin}");
    }
    // A program sends no origin; a key with an allowlist belongs to pages.
    let headers = [("x-api-key", key)];
    owner.http.send(Method::POST, "/ingest-events", &headers, body.clone()).await.expect(403);
    let outcomes = owner.wait_for_received(16).await;
    assert_eq!(refused(&outcomes, "origin_not_allowed"), 10);
    assert_eq!((&outcomes["accepted"], &outcomes["duplicate"]), (&2.into(), &4.into()));
}

#[tokio::test]
async fn a_page_may_read_why_its_events_were_refused() {
    let (_server, _owner, page) = start().await;
    let reply = page.send_raw(&[("origin", "https://shop.test")], "{").await.expect(400);
    assert_eq!(reply.header("access-control-allow-origin"), "https://shop.test");
}
