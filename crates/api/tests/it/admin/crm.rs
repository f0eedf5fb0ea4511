//! Contacts, tasks, figures and rules, as members see them.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::harness::TestServer;

/// Tracks an event of a customer that happened so many minutes ago.
async fn track(
    server: &TestServer,
    minutes_ago: i64,
    user: &str,
    name: &str,
    data: Value,
) -> String {
    let occurred_at = server.app.clock.now().plus_seconds(-60 * minutes_ago).to_rfc3339();
    let body = json!({
        "event_type": name, "customer": {"id": user}, "event_data": data, "occurred_at": occurred_at,
    });
    let answer = server.ingest("/track-event", &body).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    answer.json()["contact_id"].as_str().expect("an id").to_owned()
}

#[tokio::test]
async fn an_idle_booking_is_abandoned_once_and_its_task_closed_by_the_booking() {
    let server = TestServer::start().await;
    track(&server, 29, "u", "booking.started", json!({"total_amount": 500})).await;
    server.project().await;
    let run = async || server.app.crm.abandon_idle_bookings().await.expect("runs").bookings;
    assert_eq!(run().await, 0);
    server.clock.advance_seconds(60);
    assert_eq!((run().await, run().await), (1, 1), "found again until it is applied");
    server.project().await;
    assert_eq!(run().await, 0);
    let contacts = server.get("/api/projects/{project}/contacts").await.json();
    let contact = &contacts["contacts"][0];
    assert_eq!(contact["lead_status"], "Hot Lead - Abandoned Booking", "{contact}");
    assert_eq!(contact["estimated_deal_value"]["text"], "TZS 500");
    let tasks = server.get("/api/projects/{project}/tasks?priority=urgent").await.json();
    assert_eq!(tasks["tasks"].as_array().map(Vec::len), Some(1), "{tasks}");
    assert_eq!(tasks["tasks"][0]["title"], "URGENT: Follow up - Abandoned Booking");
    track(&server, 0, "u", "booking.completed", json!({"total_amount": 500})).await;
    server.project().await;
    let tasks = server.get("/api/projects/{project}/tasks?priority=urgent").await.json();
    assert_eq!(tasks["tasks"], json!([]));
}

#[tokio::test]
async fn a_member_edits_a_contact_and_its_timeline_says_so() {
    let server = TestServer::start().await;
    let id = track(&server, 5, "u", "vehicle.viewed", json!({"vehicle_name": "Prado"})).await;
    track(&server, 4, "u", "page.viewed", json!({})).await;
    server.project().await;
    let path = format!("/api/projects/{{project}}/contacts/{id}");
    let change = json!({
        "first_name": "=Asha", "phone": "+255", "lead_status": "Qualified",
        "estimated_deal_value": {"amount": 12.5, "currency": "usd"},
    });
    let changed = server.manage("PATCH", &path, &change).await;
    assert_eq!(changed.status, StatusCode::OK, "{}", changed.text);
    assert_eq!(changed.json()["estimated_deal_value"]["amount"], "12.50");
    let cleared =
        server.manage("PATCH", &path, &json!({"estimated_deal_value": null, "phone": ""})).await;
    assert_eq!(cleared.json()["estimated_deal_value"], Value::Null);
    assert_eq!(cleared.json()["phone"], Value::Null);
    assert_eq!(cleared.json()["lead_status"], "Qualified");
    let timeline = server.get(&format!("{path}/timeline?limit=2")).await.json();
    let names = |page: &Value| -> Vec<String> {
        let entries = page["activities"].as_array().expect("entries");
        entries.iter().filter_map(|entry| entry["name"].as_str()).map(str::to_owned).collect()
    };
    assert_eq!(names(&timeline), ["contact.edited", "contact.edited"]);
    let cursor = timeline["next_cursor"].as_str().expect("a cursor");
    let rest = server.get(&format!("{path}/timeline?cursor={cursor}")).await.json();
    assert_eq!(names(&rest), ["vehicle.viewed"], "page views are not shown");
    let csv = server.get("/api/projects/{project}/contacts?format=csv").await;
    assert_eq!(csv.status, StatusCode::OK, "{}", csv.text);
    assert!(csv.text.starts_with("id,user_id,email,"), "{}", csv.text);
    assert!(csv.text.contains(",'=Asha,"), "{}", csv.text);
    for (body, field) in [
        (json!({"email": "nobody"}), "email"),
        (json!({"lead_status": " "}), "lead_status"),
        (
            json!({"estimated_deal_value": {"amount": -1, "currency": "USD"}}),
            "estimated_deal_value",
        ),
    ] {
        let refused = server.manage("PATCH", &path, &body).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.text);
        assert_eq!(refused.json()["field"], field);
    }
    let unknown = server.get("/api/projects/{project}/contacts/contact_nobody").await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_task_is_assigned_done_and_reopened() {
    let server = TestServer::start().await;
    track(&server, 5, "u", "payment.failed", json!({})).await;
    server.project().await;
    let tasks = server.get("/api/projects/{project}/tasks?priority=high").await.json();
    assert_eq!(tasks["tasks"][0]["title"], "Follow up - Payment Failed", "{tasks}");
    let contact = &tasks["tasks"][0]["contact"];
    assert_eq!(
        (&contact["user_id"], &contact["id"]),
        (&json!("u"), &tasks["tasks"][0]["contact_id"])
    );
    let id = tasks["tasks"][0]["id"].as_str().expect("an id").to_owned();
    let path = format!("/api/projects/{{project}}/tasks/{id}");
    let me = server.get("/api/auth/me").await.json()["member"]["id"].clone();
    let done = server.manage("PATCH", &path, &json!({"assigned_to": me, "status": "done"})).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.text);
    assert_eq!((&done.json()["status"], &done.json()["done_by"]), (&json!("done"), &me));
    let open = server.manage("PATCH", &path, &json!({"assigned_to": null, "status": "open"})).await;
    assert_eq!(
        (&open.json()["status"], &open.json()["assigned_to"]),
        (&json!("open"), &Value::Null)
    );
    let stranger = json!({"assigned_to": "00000000-0000-0000-0000-0000000000ff"});
    let refused = server.manage("PATCH", &path, &stranger).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.text);
    let refused = server.get("/api/projects/{project}/tasks?status=late").await;
    assert_eq!(refused.json()["allowed"], json!(["open", "done"]), "{}", refused.text);
}

#[tokio::test]
async fn pipeline_revenue_and_preferences_add_up() {
    let server = TestServer::start().await;
    for (user, item) in [("u", "Prado"), ("v", "Prado"), ("v", "Prado"), ("v", "Hiace")] {
        track(&server, 9, user, "vehicle.viewed", json!({"vehicle_name": item})).await;
    }
    track(&server, 8, "u", "booking.started", json!({"total_amount": 70})).await;
    track(&server, 7, "v", "booking.completed", json!({"total_amount": 100})).await;
    track(&server, 6, "v", "booking.completed", json!({"total_amount": 20.5})).await;
    track(&server, 6, "v", "payment.successful", json!({"total_amount": 20.5})).await;
    server.project().await;
    server.clock.advance_seconds(1);
    let pipeline = server.get("/api/projects/{project}/crm/pipeline").await.json();
    let stages = pipeline["stages"].as_array().expect("stages");
    assert_eq!(stages.len(), 2, "{pipeline}");
    assert_eq!(stages[0]["lead_status"], "Hot Lead - Booking In Progress");
    assert_eq!(stages[0]["deal_value"][0]["text"], "TZS 70");
    assert_eq!((&stages[1]["contacts"], &stages[1]["deal_value"]), (&json!(1), &json!([])));
    let revenue = server.get("/api/projects/{project}/crm/revenue").await.json();
    assert_eq!(revenue["days"][0]["revenue"]["amount"], "120.50", "{revenue}");
    assert_eq!(revenue["days"][0]["bookings"], 2);
    assert_eq!(revenue["days"][0]["day"], "2026-11-21");
    let liked = server.get("/api/projects/{project}/crm/preferences").await.json();
    assert_eq!(
        liked["items"],
        json!([{"item": "Prado", "views": 3, "contacts": 2}, {"item": "Hiace", "views": 1, "contacts": 1}])
    );
}

#[tokio::test]
async fn rules_are_read_changed_and_guarded_by_their_version() {
    let server = TestServer::start().await;
    let path = "/api/projects/{project}/crm/rules";
    let mut rules = server.get(path).await.json();
    assert_eq!((&rules["version"], &rules["since"]), (&json!(0), &Value::Null));
    rules.as_object_mut().expect("an object").remove("since");
    let broken = json!({"version": 0, "rules": {"abandon_after_minutes": 0, "rules": []}});
    let refused = server.manage("PUT", path, &broken).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.text);
    assert!(refused.text.contains("abandon_after_minutes must be"), "{}", refused.text);
    assert_eq!(refused.json()["field"], "abandon_after_minutes");
    let mut nameless = rules.clone();
    nameless["rules"]["rules"][1]["event"] = json!("two words");
    let refused = server.manage("PUT", path, &nameless).await;
    assert_eq!(refused.json()["field"], "rules[1].event", "{}", refused.text);
    let task =
        json!({"kind": "call", "title": "Call back", "priority": "high", "due_in_minutes": 15});
    rules["rules"]["rules"]
        .as_array_mut()
        .expect("rules")
        .push(json!({"event": "call.missed", "task": task}));
    let replaced = server.manage("PUT", path, &rules).await;
    assert_eq!(replaced.status, StatusCode::OK, "{}", replaced.text);
    assert_eq!(replaced.json()["version"], 1);
    let stale = server.manage("PUT", path, &rules).await;
    assert_eq!(stale.status, StatusCode::CONFLICT, "{}", stale.text);
    track(&server, 0, "u", "call.missed", json!({})).await;
    server.project().await;
    let tasks = server.get("/api/projects/{project}/tasks").await.json();
    assert_eq!(tasks["tasks"][0]["title"], "Call back", "{tasks}");
}

#[tokio::test]
async fn the_default_rules_are_read_whatever_is_in_force() {
    let server = TestServer::start().await;
    let path = "/api/projects/{project}/crm/rules";
    let first = server.get(path).await.json();
    let other = json!({"version": 0, "rules": {"abandon_after_minutes": 5, "rules": []}});
    assert_eq!(server.manage("PUT", path, &other).await.status, StatusCode::OK);
    let default = server.get("/api/projects/{project}/crm/default-rules").await.json();
    assert_eq!(default, first);
    assert_eq!(
        (&default["version"], &default["rules"]["abandon_after_minutes"]),
        (&json!(0), &json!(30))
    );
}

#[tokio::test]
async fn another_projects_contacts_are_unknown() {
    let server = TestServer::start().await;
    let id = track(&server, 5, "u", "payment.failed", json!({})).await;
    server.project().await;
    let created = server.manage("POST", "/api/projects", &json!({"name": "Second"})).await.json();
    let second = format!("/api/projects/{}", created["id"].as_str().expect("an id"));
    let tasks = server.get("/api/projects/{project}/tasks").await.json();
    let task = tasks["tasks"][0]["id"].as_str().expect("an id");
    for path in [format!("contacts/{id}"), format!("contacts/{id}/timeline")] {
        assert_eq!(server.get(&format!("{second}/{path}")).await.status, StatusCode::NOT_FOUND);
    }
    for (path, body) in [
        (format!("contacts/{id}"), json!({"phone": "1"})),
        (format!("tasks/{task}"), json!({"status": "done"})),
    ] {
        let answer = server.manage("PATCH", &format!("{second}/{path}"), &body).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{}", answer.text);
    }
    let contacts = server.get(&format!("{second}/contacts")).await.json();
    assert_eq!(contacts, json!({"contacts": [], "next_cursor": null}));
}
