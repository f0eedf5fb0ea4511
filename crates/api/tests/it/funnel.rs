//! `POST /api/projects/{project_id}/funnel`: what is read of a body. Its figures are tested with the lake.

use serde_json::{Value, json};

use crate::harness::TestServer;

const PATH: &str = "/api/projects/{project}/funnel";

/// A funnel of two pages, with these members.
fn funnel(members: Value) -> Value {
    let mut body = json!({"steps": [{"page": "/"}, {"page": "/rooms/*"}]});
    let Value::Object(members) = members else { panic!("an object: {members}") };
    body.as_object_mut().expect("an object").extend(members);
    body
}

/// A funnel whose third step is this one.
fn third(step: &Value) -> Value {
    funnel(json!({"steps": [{"page": "/"}, {"page": "/"}, step]}))
}

#[tokio::test]
async fn a_funnel_that_can_be_read_asks_the_lake() {
    let server = TestServer::start().await;
    let all = json!([
        {"page": "*", "label": "Anywhere"},
        {"event": "search.performed", "path": "/rooms/*", "category": "customer"},
        {"click": "#book", "path": "/rooms/1"},
        {"outcome": "booking"},
        {"outcome": "order"},
        {"stage": "Customer - Active"},
    ]);
    for body in [
        funnel(json!({})),
        funnel(json!({"window_seconds": 1, "order": "any", "unit": "session", "breakdown": "os"})),
        funnel(json!({"window_seconds": 2_592_000, "dropped_at": 0, "limit": 1})),
        funnel(json!({"steps": all, "order": "strict", "dropped_at": 3, "breakdown": null})),
        funnel(json!({"from": "2026-11-01T00:00:00Z", "country": "TZ", "include_bots": true})),
    ] {
        let answer = server.manage("POST", PATH, &body).await;
        // There is no lake in this test.
        assert_eq!(answer.status, 503, "{body}: {}", answer.text);
    }
}

#[tokio::test]
async fn a_body_that_is_no_funnel_is_refused_by_its_field() {
    let server = TestServer::start().await;
    let long = "/".repeat(2_049);
    for (body, field) in [
        (json!({"steps": []}), "steps"),
        (json!({"steps": [{"page": "/"}]}), "steps"),
        (json!({"steps": vec![json!({"page": "/"}); 9]}), "steps"),
        (third(&json!({})), "steps[2]"),
        (third(&json!({"label": "Pay"})), "steps[2]"),
        (third(&json!({"page": "/", "event": "a"})), "steps[2]"),
        (third(&json!({"stage": "Customer - Active", "event": "a"})), "steps[2]"),
        (third(&json!({"stage": "Customer - Active", "path": "/"})), "steps[2].path"),
        (third(&json!({"stage": "Unheard of"})), "steps[2].stage"),
        (third(&json!({"page": ""})), "steps[2].page"),
        (third(&json!({"page": "rooms"})), "steps[2].page"),
        (third(&json!({"page": "/*/a"})), "steps[2].page"),
        (third(&json!({"page": long})), "steps[2].page"),
        (third(&json!({"event": "a".repeat(2_049)})), "steps[2].event"),
        (third(&json!({"event": "a", "path": "a"})), "steps[2].path"),
        (third(&json!({"event": "a", "category": "sales"})), "steps[2].category"),
        (third(&json!({"click": ""})), "steps[2].click"),
        (third(&json!({"click": "a", "category": "heatmap"})), "steps[2].category"),
        (third(&json!({"page": "/", "path": "/"})), "steps[2].path"),
        (third(&json!({"outcome": "refund"})), "steps[2].outcome"),
        (third(&json!({"outcome": "order", "path": "/"})), "steps[2].path"),
        (third(&json!({"page": "/", "label": long})), "steps[2].label"),
        (funnel(json!({"window_seconds": 0})), "window_seconds"),
        (funnel(json!({"window_seconds": -1})), "window_seconds"),
        (funnel(json!({"window_seconds": 2_592_001})), "window_seconds"),
        (funnel(json!({"window_seconds": i64::MAX})), "window_seconds"),
        (funnel(json!({"order": "random"})), "order"),
        (funnel(json!({"unit": "customer"})), "unit"),
        (funnel(json!({"breakdown": "city"})), "breakdown"),
        (funnel(json!({"dropped_at": 1})), "dropped_at"),
        (funnel(json!({"dropped_at": -1})), "dropped_at"),
        (funnel(json!({"dropped_at": 0, "limit": 0})), "limit"),
        (funnel(json!({"dropped_at": 0, "limit": -1})), "limit"),
        (funnel(json!({"dropped_at": 0, "limit": 101})), "limit"),
    ] {
        let answer = server.manage("POST", PATH, &body).await;
        assert_eq!(answer.status, 422, "{body}: {}", answer.text);
        assert_eq!(answer.json()["field"], field, "{body}: {}", answer.text);
    }
}

/// As with other bodies, what has not even the right types is 400.
#[tokio::test]
async fn a_body_of_other_types_cannot_be_read() {
    let server = TestServer::start().await;
    for (body, field) in [
        (json!({}), None),
        (third(&json!({"page": 1})), Some("steps[2].page")),
        (third(&json!({"pages": "/"})), Some("steps[2].pages")),
        (funnel(json!({"from": "yesterday"})), Some("from")),
        (funnel(json!({"friction_kind": "boredom"})), Some("friction_kind")),
    ] {
        let answer = server.manage("POST", PATH, &body).await;
        assert_eq!(answer.status, 400, "{body}: {}", answer.text);
        if let Some(field) = field {
            assert_eq!(answer.json()["field"], field, "{body}: {}", answer.text);
        }
    }
}

/// It is posted, but changes nothing.
#[tokio::test]
async fn a_question_leaves_no_entry_in_the_audit_log() {
    let server = TestServer::start().await;
    let entries = async || server.get("/api/projects/{project}/audit").await.json();
    let before = entries().await;
    server.manage("POST", PATH, &funnel(json!({}))).await;
    assert_eq!(entries().await, before);
}
