//! Contract 3: what stands beside the events.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::harness::TestServer;

const REPORT: &str = "sdk-report?from=2026-11-20T00:00:00Z&to=2026-12-10T00:00:00Z";

fn batch(id: u8, stats: &Value) -> Value {
    json!({
        "events": [{
            "id": format!("018f3f3e-7d1c-7cc2-9d4e-0000000000{id:02}"), "type": "heatmap",
            "interaction_type": "pageview", "page_url": "https://shop.test/",
        }],
        "sdk": {"version": "1.0.0", "stats": stats},
    })
}

#[tokio::test]
async fn browsers_reports_add_up() {
    let server = TestServer::start().await;
    let reports = [
        json!({"created": 6, "sent": 4, "acknowledged": 3, "retries": 1,
               "dropped": {"queue_overflow": 2, "invented": 1}}),
        json!({"created": 2, "sent": 3, "acknowledged": 3, "retries": 0, "dropped": {"http_422": 1},
               "bytes": 900, "latency_ms": 30.4, "requests": 2, "busy_ms": 1.6}),
        // Not a report: its events are taken all the same.
        json!("none"),
        json!({"created": -1}),
    ];
    for (id, stats) in (10..).zip(&reports) {
        let answer = server.ingest("/ingest-events", &batch(id, stats)).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        assert_eq!(answer.json()["processed"], 1);
    }
    server.project().await;
    let report = server.get(&format!("/api/projects/{{project}}/{REPORT}")).await.json();
    let expected = json!({
        "created": 8, "sent": 7, "acknowledged": 6, "retries": 1, "bytes": 900,
        "dropped": {"queue_overflow": 2, "other": 1, "http_422": 1},
        "mean_latency_ms": 15.0, "busy_ms": 2,
    });
    assert_eq!(report, expected);
    let other = server.second_project().await;
    let report = server.get(&format!("/api/projects/{other}/{REPORT}")).await.json();
    assert_eq!((&report["created"], &report["mean_latency_ms"]), (&json!(0), &Value::Null));
}

/// The other figures do not depend on the events.
#[tokio::test]
async fn health_figures_do_without_a_lake_that_cannot_be_asked() {
    let server = TestServer::start().await;
    let figures = server.get("/api/projects/{project}/health-figures").await;
    assert_eq!(figures.status, StatusCode::OK, "{}", figures.text);
    let figures = figures.json();
    assert_eq!(figures["event_delivery"], Value::Null);
    assert_eq!(figures["session_completion"]["calls"], 0);
}

#[tokio::test]
async fn a_visitor_without_consent_has_a_daily_id() {
    let server = TestServer::start().await;
    for (id, sdk) in (30..).zip([
        json!({"consent": "none", "stats": "unreadable"}),
        json!({"consent": "none"}),
        json!({"consent": "granted"}),
        json!({"consent": {}}),
        json!(7),
    ]) {
        let mut batch = batch(id, &Value::Null);
        batch["sdk"] = sdk;
        let answer = server.ingest("/ingest-events", &batch).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    }
    let events = server.events().await;
    let visitors: Vec<_> = events.iter().map(|event| event.visitor_id.as_deref()).collect();
    let [Some(first), Some(second), None, None, None] = *visitors else {
        unreachable!("{visitors:?}")
    };
    assert!(first == second && first.starts_with("daily-"), "{visitors:?}");
}
