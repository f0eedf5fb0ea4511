//! Contract 2: what widgets send.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use serde_json::{Value, json};

use crate::harness::{Answer, TestServer};

const TRACK: &str = "/api/analytics/track";

async fn track(server: &TestServer, origin: Option<&str>, body: &Value) -> Answer {
    let mut request = Request::post(TRACK);
    if let Some(origin) = origin {
        request = request.header("origin", origin);
    }
    server.send(request.body(Body::from(body.to_string())).expect("a request")).await
}

fn event(widget: &str, event_type: &str) -> Value {
    json!({
        "widget_id": widget, "event_type": event_type, "session_id": "session-1",
        "page_url": "https://shop.test/contact", "user_agent": "Mozilla/5.0",
        "timestamp": "2026-11-21T11:59:00Z", "metadata": {"agent": "a-7"},
    })
}

#[tokio::test]
async fn the_contracts_example_is_tracked_and_stored() {
    let server = TestServer::start().await;
    let widget = server.widget("Help", &json!({})).await;
    let answer = server.beacon(TRACK, &event(&widget, "call_start")).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    assert_eq!(answer.json(), json!({"success": true, "tracked": true}));
    assert_eq!(answer.headers["access-control-allow-origin"], "https://shop.test");
    let stored = server.events().await;
    assert_eq!(stored.len(), 1);
    assert_eq!(stored[0].name, "call_start");
    assert_eq!(stored[0].session_id.as_deref(), Some("session-1"));
    let properties: Value =
        serde_json::from_str(stored[0].properties.as_deref().expect("properties")).expect("JSON");
    let expected =
        json!({"widget_id": widget, "user_agent": "Mozilla/5.0", "metadata": {"agent": "a-7"}});
    assert_eq!(properties, expected);
}

#[tokio::test]
async fn every_event_type_is_known_and_no_other() {
    let server = TestServer::start().await;
    let widget = server.widget("Help", &json!({})).await;
    for name in
        ["widget_load", "widget_open", "call_start", "call_heartbeat", "call_end", "call_error"]
    {
        let answer = server.beacon(TRACK, &event(&widget, name)).await;
        assert_eq!(answer.json(), json!({"success": true, "tracked": true}), "{name}");
    }
    let answer = server.beacon(TRACK, &event(&widget, "call_transfer")).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(answer.json()["rejected"][0]["reason"], "unknown_type");
}

#[tokio::test]
async fn what_is_missing_is_named() {
    let server = TestServer::start().await;
    let widget = server.widget("Help", &json!({})).await;
    for field in ["widget_id", "event_type", "session_id"] {
        let mut body = event(&widget, "call_start");
        body.as_object_mut().expect("an object").remove(field);
        let answer = server.beacon(TRACK, &body).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{}", answer.text);
        assert_eq!(answer.json()["error"], format!("{field} is missing"));
    }
    let answer = server.beacon(TRACK, &json!({"events": "none"})).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    let answer = server.beacon(TRACK, &json!([1])).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn an_unknown_widget_is_not_found() {
    let server = TestServer::start().await;
    for id in ["00000000-0000-4000-8000-00000000dead", "no-uuid"] {
        let answer = server.beacon(TRACK, &event(id, "call_start")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{}", answer.text);
        assert_eq!(answer.json()["rejected"][0]["reason"], "unknown_widget");
    }
    assert_eq!(server.events().await, []);
}

#[tokio::test]
async fn a_widget_switched_off_is_refused_at_once_and_accounted_for() {
    let server = TestServer::start().await;
    let widget = server.widget("Help", &json!({})).await;
    assert_eq!(server.beacon(TRACK, &event(&widget, "widget_load")).await.status, StatusCode::OK);
    let path = format!("/api/projects/{{project}}/widgets/{widget}");
    let changed = server.manage("PATCH", &path, &json!({"is_active": false})).await;
    assert_eq!(changed.status, StatusCode::OK, "{}", changed.text);
    let answer = server.beacon(TRACK, &event(&widget, "widget_load")).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN, "{}", answer.text);
    server.clock.advance_seconds(60);
    server.project().await;
    let account = server.get("/api/projects/{project}/outcomes").await.json();
    assert_eq!(account["refused"], json!([{"reason": "widget_inactive", "count": 1}]));
}

#[tokio::test]
async fn the_origin_or_else_the_pages_host_must_be_admitted() {
    let server = TestServer::start().await;
    let widget = server.widget("Help", &json!({"allowed_domains": ["shop.test"]})).await;
    let body = event(&widget, "call_start");
    let foreign = track(&server, Some("https://evil.test"), &body).await;
    assert_eq!(foreign.status, StatusCode::FORBIDDEN);
    assert!(
        !foreign.headers.contains_key("access-control-allow-origin"),
        "its page learns nothing"
    );
    let admitted = track(&server, Some("https://www.shop.test"), &body).await;
    assert_eq!(admitted.headers["access-control-allow-origin"], "https://www.shop.test");
    assert_eq!(admitted.status, StatusCode::OK);
    assert_eq!(track(&server, None, &body).await.status, StatusCode::OK, "by its page_url");
    let mut elsewhere = body.clone();
    elsewhere["page_url"] = json!("https://evil.test/contact");
    assert_eq!(track(&server, None, &elsewhere).await.status, StatusCode::FORBIDDEN);
    elsewhere["page_url"] = Value::Null;
    assert_eq!(track(&server, None, &elsewhere).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_demo_widget_is_answered_and_not_stored() {
    let server = TestServer::start().await;
    let widget = server.widget("Demo", &json!({"is_demo": true})).await;
    let answer = server.beacon(TRACK, &event(&widget, "call_start")).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.json(), json!({"success": true, "tracked": false}));
    assert_eq!(server.events().await, []);
}

#[tokio::test]
async fn each_event_of_a_mixed_batch_is_judged_by_its_own_widget() {
    let server = TestServer::start().await;
    let ours = server.widget("Help", &json!({})).await;
    let demo = server.widget("Demo", &json!({"is_demo": true})).await;
    let far = server.widget("Far", &json!({"allowed_domains": ["far.test"]})).await;
    let second = server.second_project().await;
    let foreign = server.widget_of(&second, "Theirs", &json!({})).await;
    let mut twice = event(&foreign, "call_start");
    twice["id"] = json!("same");
    let body = json!({"events": [
        event(&ours, "call_start"), event(&demo, "call_start"), event(&far, "call_start"),
        event("00000000-0000-4000-8000-00000000dead", "call_start"), twice,
        event(&ours, "call_dance"), event(&ours, "call_end"), 7,
    ]});
    let answer = server.beacon(TRACK, &body).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    let answer = answer.json();
    assert_eq!(answer["tracked"], true);
    let rejected: Vec<(u64, &str)> = answer["rejected"]
        .as_array()
        .expect("refusals")
        .iter()
        .map(|item| (item["index"].as_u64().expect("index"), item["reason"].as_str().expect("why")))
        .collect();
    let expected = [
        (2, "origin_not_allowed"),
        (3, "unknown_widget"),
        (5, "unknown_type"),
        (7, "invalid_field"),
    ];
    assert_eq!(rejected, expected);
    let stored = server.events().await;
    let of = |project: &str| {
        stored.iter().filter(|event| event.project_id.to_string() == project).count()
    };
    assert_eq!((of(&server.project.to_string()), of(&second)), (2, 1));
}

#[tokio::test]
async fn nothing_to_track_is_no_error() {
    let server = TestServer::start().await;
    let answer = server.beacon(TRACK, &json!({"events": []})).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.json(), json!({"success": true, "tracked": false}));
}

#[tokio::test]
async fn an_event_sent_again_is_stored_once() {
    let server = TestServer::start().await;
    let widget = server.widget("Help", &json!({})).await;
    let mut body = event(&widget, "call_start");
    body["id"] = json!("call-1-start");
    for _ in 0..3 {
        assert_eq!(server.beacon(TRACK, &body).await.json()["tracked"], true);
    }
    assert_eq!(server.events().await.len(), 1);
}

#[tokio::test]
async fn a_failed_event_is_sent_again_as_its_contract_reads_it() {
    let server = TestServer::start().await;
    let widget = server.widget("Help", &json!({"allowed_domains": ["other.test"]})).await;
    let answer = server.beacon(TRACK, &event(&widget, "call_start")).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    server.project().await;
    let failed = server.get("/api/projects/{project}/failed-events").await.json();
    let id = failed["failed_events"][0]["id"].as_str().expect("an id").to_owned();
    let path = format!("/api/projects/{{project}}/failed-events/{id}/resend");
    let resent = server.manage("POST", &path, &Value::Null).await;
    assert_eq!(resent.json(), json!({"processed": 1, "rejected": []}), "{}", resent.text);
    assert_eq!(server.events().await[0].name, "call_start");
}
