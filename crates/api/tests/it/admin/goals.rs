//! `/api/projects/{project_id}/goals`.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::harness::TestServer;

const GOALS: &str = "/api/projects/{project}/goals";

#[tokio::test]
async fn a_goal_is_made_listed_changed_by_its_version_and_deleted() {
    let server = TestServer::start().await;
    let new = json!({
        "name": " Call us ", "kind": "click", "target": "#call",
        "value": {"amount": 1_500.5, "currency": "tzs"},
    });
    let made = server.manage("POST", GOALS, &new).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
    let made = made.json();
    assert_eq!(
        (&made["name"], &made["kind"], &made["target"], &made["version"]),
        (&json!("Call us"), &json!("click"), &json!("#call"), &json!(1))
    );
    assert_eq!(
        (&made["value"]["minor"], &made["value"]["currency"]),
        (&json!(150_050), &json!("TZS"))
    );
    assert_eq!(server.get(GOALS).await.json()["goals"], json!([made]));
    let one = format!("{GOALS}/{}", made["id"].as_str().expect("an id"));
    let change =
        json!({"version": 1, "name": "Customer", "kind": "stage", "target": "Customer - Active"});
    let changed = server.manage("PUT", &one, &change).await;
    assert_eq!(changed.status, StatusCode::OK, "{}", changed.text);
    let changed = changed.json();
    assert_eq!(
        (&changed["version"], &changed["kind"], &changed["value"]),
        (&json!(2), &json!("stage"), &Value::Null)
    );
    let again = server.manage("PUT", &one, &change).await;
    assert_eq!(again.status, StatusCode::CONFLICT, "{}", again.text);
    assert_eq!(server.get(GOALS).await.json()["goals"], json!([changed]));
    let deleted = server.manage("DELETE", &one, &Value::Null).await;
    assert_eq!(deleted.status, StatusCode::NO_CONTENT);
    for (method, body) in [("DELETE", &Value::Null), ("PUT", &change)] {
        let gone = server.manage(method, &one, body).await;
        assert_eq!(gone.status, StatusCode::NOT_FOUND, "{method}");
    }
    let entries = server.get("/api/projects/{project}/audit").await.json();
    let entries = entries["entries"].as_array().expect("entries").iter();
    let of_goal = entries.filter(|entry| entry["target"] == made["id"]).count();
    assert!(of_goal >= 3, "{of_goal}");
}

#[tokio::test]
async fn what_is_no_goal_is_refused_by_its_field() {
    let server = TestServer::start().await;
    let value = |amount: f64, currency: &str| json!({"name": "a", "kind": "order", "value": {"amount": amount, "currency": currency}});
    for (body, field) in [
        (json!({"name": " ", "kind": "order"}), "name"),
        (json!({"name": "a".repeat(101), "kind": "order"}), "name"),
        (json!({"name": "a", "kind": "visit"}), "kind"),
        (json!({"name": "a", "kind": "order", "target": "A-1"}), "target"),
        (json!({"name": "a", "kind": "page"}), "target"),
        (json!({"name": "a", "kind": "page", "target": "thanks"}), "target"),
        (json!({"name": "a", "kind": "event", "target": "x".repeat(2_049)}), "target"),
        (json!({"name": "a", "kind": "stage", "target": "Lost"}), "target"),
        (value(-1.0, "TZS"), "value"),
        (value(1e15, "TZS"), "value.amount"),
        (value(1.0, "shilling"), "value.currency"),
        (json!({"name": "a", "kind": "order", "color": "red"}), "color"),
    ] {
        let answer = server.manage("POST", GOALS, &body).await;
        assert!(answer.status.is_client_error(), "{body}: {}", answer.status);
        assert!(answer.text.contains(field), "{body}: {}", answer.text);
    }
    let stage = server
        .manage("POST", GOALS, &json!({"name": "a", "kind": "stage", "target": "Lost"}))
        .await;
    assert!(stage.text.contains("Customer - Active"), "{}", stage.text);
    assert_eq!(server.get(GOALS).await.json()["goals"], json!([]));
}

#[tokio::test]
async fn a_project_has_twenty_goals_at_most() {
    let server = TestServer::start().await;
    for number in 0..20 {
        let new = json!({"name": format!("Goal {number}"), "kind": "booking"});
        assert_eq!(server.manage("POST", GOALS, &new).await.status, StatusCode::CREATED);
    }
    let more = server.manage("POST", GOALS, &json!({"name": "More", "kind": "order"})).await;
    assert_eq!(more.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", more.text);
    assert!(more.text.contains("20 goals"), "{}", more.text);
}
