//! Contract 1.

use axum::http::StatusCode;
use serde_json::json;

use crate::harness::TestServer;

#[tokio::test]
async fn a_beacon_of_the_one_project_that_admits_its_origin_is_stored() {
    let server = TestServer::start().await;
    let body = json!({"user_id": 42, "events": [
        {"behavior_type": "property_view", "property_id": "p-1", "duration_seconds": 12.5},
        {"type": "search", "search_query": "beach", "filters": {"beds": 2}, "created_at": 1_795_262_300_000_i64},
        {"behavior_type": "contact_click", "metadata": {"method": "whatsapp"}},
    ]});
    for path in ["/api/tracking/flush", "/api/interactions"] {
        let answer = server.beacon(path, &body).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        assert_eq!(answer.json(), json!({"success": true, "inserted": 3}));
        server.project().await;
        assert_eq!(answer.headers["access-control-allow-origin"], "https://shop.test");
    }
}

#[tokio::test]
async fn no_events_are_no_error() {
    let server = TestServer::start().await;
    let answer = server.beacon("/api/tracking/flush", &json!({"user_id": "u", "events": []})).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.json(), json!({"success": true, "inserted": 0}));
}

#[tokio::test]
async fn missing_fields_get_the_contracts_message() {
    let server = TestServer::start().await;
    for (body, error) in [
        (json!({"user_id": "u"}), "Missing or invalid events array"),
        (json!({"user_id": "u", "events": "none"}), "Missing or invalid events array"),
        (json!({"events": []}), "Missing or invalid user_id"),
        (json!({"user_id": " ", "events": []}), "Missing or invalid user_id"),
        (json!({"user_id": {}, "events": []}), "Missing or invalid user_id"),
    ] {
        let answer = server.beacon("/api/tracking/flush", &body).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{body}");
        assert_eq!(answer.json()["error"], error, "{body}");
    }
}

#[tokio::test]
async fn one_bad_event_spoils_none() {
    let server = TestServer::start().await;
    let body = json!({"user_id": "u", "events": [
        {"behavior_type": "share"}, {"property_id": "p"}, {"behavior_type": "share", "duration_seconds": -1},
    ]});
    let answer = server.beacon("/api/tracking/flush", &body).await;
    assert_eq!(answer.status, StatusCode::OK);
    let answer = answer.json();
    assert_eq!(answer["inserted"], 1);
    assert_eq!(answer["rejected"][0]["index"], 1);
    assert_eq!(answer["rejected"][0]["reason"], "missing_field");
    assert_eq!(answer["rejected"][1]["reason"], "invalid_field");
}

#[tokio::test]
async fn a_page_of_no_project_or_of_two_is_not_admitted() {
    let server = TestServer::start().await;
    let body = json!({"user_id": "u", "events": []});
    let created = server.manage("POST", "/api/projects", &json!({"name": "Second"})).await.json();
    let path = format!("/api/projects/{}/api-keys", created["id"].as_str().expect("an id"));
    let key = json!({"key_name": "Same shop", "allowed_domains": ["shop.test"]});
    let made = server.manage("POST", &path, &key).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
    let answer = server.beacon("/api/tracking/flush", &body).await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{}", answer.text);
    let answer = server.ingest("/api/tracking/flush", &body).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
}

#[tokio::test]
async fn every_event_has_an_outcome() {
    let server = TestServer::start().await;
    let in_two_days = server.app.clock.now().plus_seconds(2 * 86_400).to_rfc3339();
    let body = json!({"user_id": "u", "events": [
        {"id": "one", "behavior_type": "share"},
        {"id": "one", "behavior_type": "share"},
        {"behavior_type": "share", "created_at": in_two_days},
    ]});
    assert_eq!(server.beacon("/api/tracking/flush", &body).await.json()["inserted"], 2);
    server.clock.advance_seconds(60);
    server.project().await;
    let account = server.get("/api/projects/{project}/outcomes").await.json();
    assert_eq!(account["received"], 3, "{account}");
    assert_eq!(account["accepted"], 1);
    assert_eq!(account["duplicate"], 1);
    assert_eq!(account["refused"], json!([{"reason": "in_the_future", "count": 1}]));
}
