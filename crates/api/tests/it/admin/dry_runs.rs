//! Rules and weights that are tried on what happened before they are put in force.

use axum::http::StatusCode;
use serde_json::json;

use crate::harness::TestServer;

const RULES: &str = "/api/projects/{project}/crm/rules";
const WEIGHTS: &str = "/api/projects/{project}/lead-weights";

async fn track(server: &TestServer, user: &str, name: &str) {
    let body = json!({"event_type": name, "customer": {"id": user}});
    let answer = server.ingest("/track-event", &body).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
}

#[tokio::test]
async fn rules_say_what_they_would_have_changed_and_change_nothing() {
    let server = TestServer::start().await;
    track(&server, "a", "call.missed").await;
    track(&server, "b", "call.missed").await;
    track(&server, "c", "payment.failed").await;
    server.project().await;
    let stored = server.get(RULES).await.json();
    let path = format!("{RULES}/dry-run");
    let same = server.manage("POST", &path, &json!({"rules": stored["rules"]})).await;
    assert_eq!(same.status, StatusCode::OK, "{}", same.text);
    let same = same.json();
    assert_eq!((&same["contacts"], &same["changed_contacts"]), (&json!(3), &json!(0)));
    assert_eq!((&same["is_complete"], &same["examples"]), (&json!(true), &json!([])));
    let task = json!({"kind": "call", "title": "Call back", "priority": "high"});
    let rule = json!({"event": "call.missed", "status": {"to": "Waiting"}, "task": task});
    let rules = json!({"abandon_after_minutes": 30, "rules": [rule]});
    let tried = server.manage("POST", &path, &json!({"rules": rules, "days": 7})).await;
    assert_eq!(tried.status, StatusCode::OK, "{}", tried.text);
    let tried = tried.json();
    assert_eq!(tried["changed_contacts"], 3, "{tried}");
    assert_eq!(tried["tasks_opened"], json!([{"title": "Call back", "tasks": 2}]));
    let missing = json!([{"title": "Follow up - Payment Failed", "tasks": 1}]);
    assert_eq!(tried["tasks_not_opened"], missing);
    let waiting: u64 = tried["statuses"]
        .as_array()
        .into_iter()
        .flatten()
        .filter(|row| row["to"] == "Waiting")
        .filter_map(|row| row["contacts"].as_u64())
        .sum();
    assert_eq!(waiting, 2, "{tried}");
    assert_eq!(tried["examples"].as_array().map(Vec::len), Some(3));
    let tasks = server.get("/api/projects/{project}/tasks").await.json();
    assert_eq!(tasks["tasks"].as_array().map(Vec::len), Some(1), "nothing is changed: {tasks}");
    assert_eq!(server.get(RULES).await.json(), stored);
}

#[tokio::test]
async fn rules_that_could_not_be_in_force_and_too_many_days_are_refused_by_field() {
    let server = TestServer::start().await;
    let rules = server.get(RULES).await.json()["rules"].clone();
    let broken = json!({"abandon_after_minutes": 0, "rules": []});
    for (body, field) in [
        (json!({"rules": broken}), "abandon_after_minutes"),
        (json!({"rules": rules, "days": 0}), "days"),
        (json!({"rules": rules, "days": 91}), "days"),
    ] {
        let refused = server.manage("POST", &format!("{RULES}/dry-run"), &body).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.text);
        assert_eq!(refused.json()["field"], field, "{}", refused.text);
    }
}

#[tokio::test]
async fn weights_say_whose_scores_would_differ_and_change_nothing() {
    let server = TestServer::start().await;
    for (user, kind) in [("u", "property_view"), ("v", "contact_click")] {
        let body = json!({"user_id": user, "events": [{"behavior_type": kind}]});
        let answer = server.beacon("/api/tracking/flush", &body).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    }
    server.project().await;
    let stored = server.get(WEIGHTS).await.json();
    let path = format!("{WEIGHTS}/dry-run");
    let same = server.manage("POST", &path, &json!({"weights": stored["weights"]})).await.json();
    assert_eq!((&same["customers"], &same["changed"]), (&json!(2), &json!(0)), "{same}");
    let mut weights = stored["weights"].clone();
    weights["views"]["weight"] = json!(10.0);
    let tried = server.manage("POST", &path, &json!({"weights": weights})).await;
    assert_eq!(tried.status, StatusCode::OK, "{}", tried.text);
    let tried = tried.json();
    assert_eq!((&tried["changed"], &tried["is_complete"]), (&json!(1), &json!(true)));
    let mover = &tried["movers"][0];
    assert_eq!((&mover["user_id"], tried["movers"][1].as_object()), (&json!("u"), None));
    assert_eq!((&mover["before"], &mover["after"]), (&json!(12), &json!(20)), "{tried}");
    let bars = tried["bars"].as_array().expect("bars");
    let sum = |of: &str| bars.iter().filter_map(|bar| bar[of].as_u64()).sum::<u64>();
    assert_eq!((bars.len(), sum("before"), sum("after")), (10, 2, 2));
    weights["views"]["cap"] = json!(101);
    let refused = server.manage("POST", &path, &json!({"weights": weights})).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.text);
    assert_eq!(server.get(WEIGHTS).await.json(), stored);
}
