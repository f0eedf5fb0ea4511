//! `/metrics`: who may read it, and the delivery rate.

use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::{Footfall, Http, Owner, now, page_view};

#[tokio::test]
async fn figures_are_for_programs_on_this_machine() {
    let server = Footfall::start().await;
    let http = Http::new(server.url(""));
    let figures = http.get("/metrics").await.expect(200);
    assert!(figures.text.contains("# TYPE"), "{}", figures.text);
    let strangers = [
        ("x-forwarded-for", "203.0.113.9"),
        ("forwarded", "for=203.0.113.9"),
        ("via", "1.1 proxy"),
        ("host", "footfall.example.com"),
        ("origin", "https://evil.test"),
    ];
    for header in strangers {
        http.send(Method::GET, "/metrics", &[header], Vec::new()).await.expect(404);
    }
}

#[tokio::test]
async fn a_proxy_in_front_closes_the_figures_to_everybody_without_the_token() {
    let server =
        Footfall::start_with(&[("SERVER__PUBLIC_URL", "https://footfall.example.com")]).await;
    Http::new(server.url("")).get("/metrics").await.expect(404);
}

#[tokio::test]
async fn the_token_decides_where_one_is_set() {
    let server = Footfall::start_with(&[("METRICS__TOKEN", "s3cret")]).await;
    let http = Http::new(server.url(""));
    http.get("/metrics").await.expect(401);
    for (token, status) in [("Bearer wrong", 401), ("s3cret", 401), ("Bearer s3cret", 200)] {
        let headers = [("authorization", token), ("x-forwarded-for", "203.0.113.9")];
        http.send(Method::GET, "/metrics", &headers, Vec::new()).await.expect(status);
    }
}

/// Numbers 1, 2 and 4 of a visit that ended two hours ago: three of four arrived.
#[tokio::test]
async fn the_delivery_rate_is_computed_by_a_job_and_shown_to_the_operator() {
    let server = Footfall::start().await;
    let owner = Owner::set_up(&server).await;
    let timestamp = now().plus_seconds(-2 * 3_600).to_rfc3339();
    let numbered = |seq: u32| {
        let mut event = page_view(&seq.to_string());
        event["seq"] = json!(seq);
        event["timestamp"] = json!(timestamp);
        event
    };
    let events: Vec<Value> = [1, 2, 4].into_iter().map(numbered).collect();
    owner.page().await.send(&events).await.expect(200);
    owner.wait_for_events(3).await;
    let run = "/api/operations/jobs/event_delivery/run";
    owner.send(Method::POST, run, None).await.expect(200);
    let figures = Http::new(server.url("")).get("/metrics").await.expect(200).text;
    for line in [
        "footfall_event_delivery_numbered 4",
        "footfall_event_delivery_received 3",
        "footfall_event_delivery_rate 0.75",
    ] {
        assert!(figures.lines().any(|found| found == line), "{line} is not in\n{figures}");
    }
}
