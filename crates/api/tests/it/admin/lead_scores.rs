//! `/api/projects/{project_id}/lead-scores`.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::harness::TestServer;

async fn flushed(user_id: &str, kinds: &[&str]) -> TestServer {
    let server = TestServer::start().await;
    flush(&server, user_id, kinds).await;
    server
}

async fn flush(server: &TestServer, user_id: &str, kinds: &[&str]) {
    let events: Vec<Value> = kinds.iter().map(|kind| json!({"behavior_type": kind})).collect();
    let body = json!({"user_id": user_id, "events": events});
    let answer = server.beacon("/api/tracking/flush", &body).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    server.project().await;
}

#[tokio::test]
async fn a_flush_gives_a_score_that_names_its_events() {
    let server = flushed("u-1", &["property_view", "contact_click", "dance"]).await;
    let score = server.get("/api/projects/{project}/lead-scores/u-1").await.json();
    // 2 for the view, 10 for the click, 10 for being recent.
    assert_eq!(score["score"], 22, "{score}");
    assert_eq!(score["contributions"].as_array().map(Vec::len), Some(3));
    assert_eq!(
        score["groups"][0],
        json!({"group": "views", "events": 1, "sum": 2.0, "points": 2.0})
    );
    // Half of a half-life: every event weighs the root of a half, 15.6 points in all.
    server.clock.advance_seconds(15 * 86_400);
    let later = server.get("/api/projects/{project}/lead-scores/u-1").await.json();
    assert_eq!(later["score"], 16);
}

#[tokio::test]
async fn the_most_promising_come_first_page_by_page() {
    let server = flushed("b", &["property_view"]).await;
    flush(&server, "a", &["property_view"]).await;
    flush(&server, "c", &["contact_click"]).await;
    let mut found = Vec::new();
    let mut path = "/api/projects/{project}/lead-scores?limit=1".to_owned();
    loop {
        let page = server.get(&path).await.json();
        found.extend(page["lead_scores"].as_array().cloned().unwrap_or_default());
        let Some(cursor) = page["next_cursor"].as_str() else { break };
        path = format!("/api/projects/{{project}}/lead-scores?limit=1&cursor={cursor}");
    }
    let users: Vec<&str> = found.iter().filter_map(|row| row["user_id"].as_str()).collect();
    assert_eq!(users, ["c", "a", "b"]);
}

#[tokio::test]
async fn weights_are_changed_by_whoever_saw_the_latest() {
    let server = flushed("u", &["property_view"]).await;
    let path = "/api/projects/{project}/lead-weights";
    let mut weights = server.get(path).await.json();
    assert_eq!(weights["version"], 0);
    weights["weights"]["views"]["weight"] = json!(7);
    assert_eq!(server.manage("PUT", path, &weights).await.json()["version"], 1);
    let stale = server.manage("PUT", path, &weights).await;
    assert_eq!(stale.status, StatusCode::CONFLICT, "{}", stale.text);
    weights["version"] = json!(9);
    assert_eq!(server.manage("PUT", path, &weights).await.status, StatusCode::CONFLICT);
    let score = server.get("/api/projects/{project}/lead-scores/u").await.json();
    assert_eq!(score["groups"][0]["points"], 7.0);
    weights["version"] = json!(1);
    for (cap, field) in [(99, "weights"), (101, "views.cap")] {
        weights["weights"]["views"]["cap"] = json!(cap);
        let refused = server.manage("PUT", path, &weights).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(refused.json()["field"], field, "{}", refused.text);
    }
    let default = server.get("/api/projects/{project}/default-lead-weights").await.json();
    assert_eq!(
        (&default["version"], &default["weights"]["views"]["weight"]),
        (&json!(0), &json!(2.0))
    );
}

#[tokio::test]
async fn a_customer_nobody_knows_is_not_found() {
    let server = TestServer::start().await;
    let answer = server.get("/api/projects/{project}/lead-scores/nobody").await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
}
