//! Closed months: their usage stays, and what comes late is an adjustment.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::at;
use crate::harness::TestServer;

const PERIODS: &str = "/api/projects/{project}/billing/periods";
const MONTHLY: &str =
    "/api/projects/{project}/billing/usage?group=month&from=2026-11-01&to=2026-12-01";

async fn close(server: &TestServer) -> Value {
    let closed = server.manage("POST", PERIODS, &json!({"month": "2026-11"})).await;
    assert_eq!(closed.status, StatusCode::CREATED, "{}", closed.text);
    closed.json()
}

#[tokio::test]
async fn usage_of_a_closed_month_never_changes_and_late_facts_are_adjustments() {
    let server = TestServer::start().await;
    server.tariff().await;
    let widget = server.widget("Help", &json!({})).await;
    server.track(&[at(&widget, "one", "call_start", 0), at(&widget, "two", "call_start", 0)]).await;
    server.clock.advance_seconds(1_800);
    server.app.completion.run().await.expect("runs");
    server.project().await;
    server.clock.advance_seconds(12 * 86_400);
    let closed = close(&server).await;
    assert_eq!(closed["calls"], 2);
    assert_eq!(closed["inferred_calls"], 2);
    assert_eq!(closed["billable_seconds"], 3_600);
    assert_eq!(closed["amount"], "3600.00");
    let before = server.get(MONTHLY).await.json();
    server
        .track(&[
            at(&widget, "one", "call_end", 90),
            at(&widget, "late", "call_start", 0),
            at(&widget, "late", "call_end", 30),
        ])
        .await;
    let after = server.get(MONTHLY).await.json();
    assert_eq!(after["total"], before["total"], "settled");
    assert_eq!(after["total"]["billable_seconds"], 3_600);
    assert_eq!(after["total_adjustments"]["calls"], 1);
    assert_eq!(after["total_adjustments"]["inferred_calls"], -1);
    assert_eq!(after["total_adjustments"]["billable_seconds"], 90 - 1_800 + 30);
    assert_eq!(after["total_adjustments"]["amount"], "-1680.00");
    let listed = server.get("/api/projects/{project}/billing/adjustments").await.json();
    let mut reasons: Vec<(&str, &str, i64)> = listed["adjustments"]
        .as_array()
        .expect("adjustments")
        .iter()
        .map(|row| {
            let text = |name: &str| row[name].as_str().expect("a text");
            assert_eq!(text("month"), "2026-11");
            (text("session_id"), text("reason"), row["billable_seconds"].as_i64().expect("seconds"))
        })
        .collect();
    reasons.sort_unstable();
    let expected = [("late", "late_call", 30), ("one", "real_end_supersedes_inferred", -1_710)];
    assert_eq!(reasons, expected);
    assert_eq!(server.get(PERIODS).await.json()["periods"], json!([closed]));
}

#[tokio::test]
async fn a_new_tariff_does_not_reach_a_closed_month() {
    let server = TestServer::start().await;
    server.tariff().await;
    let widget = server.widget("Help", &json!({})).await;
    server.track(&[at(&widget, "one", "call_start", 0), at(&widget, "one", "call_end", 61)]).await;
    server.clock.advance_seconds(12 * 86_400);
    close(&server).await;
    let path = "/api/projects/{project}/billing/tariff";
    let tariff = json!({"currency": "TZS", "price_minor": 9, "rounding": "per_started_minute"});
    assert_eq!(server.manage("PUT", path, &tariff).await.status, StatusCode::OK);
    assert_eq!(server.get(MONTHLY).await.json()["total"]["amount"], "61.00");
    let other = json!({"currency": "USD", "price_minor": 9, "rounding": "per_second"});
    assert_eq!(server.manage("PUT", path, &other).await.status, StatusCode::CONFLICT);
    assert_eq!(server.get(path).await.json()["tariff"]["price_minor"], 9);
}

#[tokio::test]
async fn a_month_is_closed_once_after_it_has_passed_and_with_a_tariff() {
    let server = TestServer::start().await;
    let month = |text: &str| json!({"month": text});
    let answer = server.manage("POST", PERIODS, &month("2026-10")).await;
    assert_eq!(answer.status, StatusCode::CONFLICT, "no tariff: {}", answer.text);
    server.tariff().await;
    for (text, status) in [
        ("2026-11", StatusCode::UNPROCESSABLE_ENTITY),
        ("october", StatusCode::BAD_REQUEST),
        ("2026-10", StatusCode::CREATED),
        ("2026-10", StatusCode::CONFLICT),
    ] {
        let answer = server.manage("POST", PERIODS, &month(text)).await;
        assert_eq!(answer.status, status, "{text}: {}", answer.text);
    }
}
