//! Contract 4.

use axum::http::StatusCode;
use domain::crm::Identity;
use serde_json::{Value, json};

use crate::harness::TestServer;

/// The contract's own example.
fn completed() -> Value {
    json!({
        "event_type": "booking.completed",
        "customer": {"id": "u-1", "email": "Asha@Example.com", "name": "Asha Juma", "phone": "+255700"},
        "event_data": {"vehicle_id": "v-1", "vehicle_name": "Prado", "pickup_location": "Arusha", "total_amount": 150_000},
        "session": {"session_id": "s-1", "device": "mobile", "browser": "Chrome"},
    })
}

#[tokio::test]
async fn the_contracts_example_makes_a_customer_and_a_task() {
    let server = TestServer::start().await;
    let id = Identity::user(server.project, "u-1").contact_id.to_string();
    let expected = json!({
        "success": true, "contact_id": id, "message": "Event tracked successfully",
    });
    for path in ["/track-event", "/make-server-1a2b3c/track-event"] {
        let answer = server.ingest(path, &completed()).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        assert_eq!(answer.json(), expected);
        assert_eq!(answer.headers["access-control-allow-origin"], "https://shop.test");
    }
    server.project().await;
    let contact = server.get(&format!("/api/projects/{{project}}/contacts/{id}")).await.json();
    assert_eq!(contact["lead_status"], "Customer - Active", "{contact}");
    assert_eq!(contact["email"], "asha@example.com");
    assert_eq!((&contact["first_name"], &contact["last_name"]), (&json!("Asha"), &json!("Juma")));
    assert_eq!(contact["lead_source"], "Website");
    assert_eq!(contact["total_bookings"], 2);
    assert_eq!(contact["total_revenue"][0]["text"], "TZS 300,000");
    let score = server.get("/api/projects/{project}/lead-scores/u-1").await.json();
    assert!(score["score"].as_i64().is_some_and(|score| score > 0), "{score}");
    assert_eq!(contact["lead_score"], score["score"]);
    let listed = server.get("/api/projects/{project}/contacts").await.json();
    assert_eq!(listed["contacts"][0]["lead_score"], score["score"]);
    let tasks = server.get("/api/projects/{project}/tasks").await.json();
    assert_eq!(tasks["tasks"].as_array().map(Vec::len), Some(1), "{tasks}");
    assert_eq!(tasks["tasks"][0]["title"], "Send Booking Confirmation & Welcome");
    assert_eq!(tasks["tasks"][0]["priority"], "normal");
}

#[tokio::test]
async fn a_page_needs_no_key_and_the_same_id_counts_once() {
    let server = TestServer::start().await;
    let mut event = completed();
    event["id"] = json!("booking-1");
    for _ in 0..3 {
        let answer = server.beacon("/track-event", &event).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    }
    server.project().await;
    let contacts = server.get("/api/projects/{project}/contacts").await.json();
    assert_eq!(contacts["contacts"][0]["total_bookings"], 1, "{contacts}");
}

#[tokio::test]
async fn an_unnamed_customer_gets_the_contracts_error() {
    let server = TestServer::start().await;
    for customer in [json!({}), json!({"id": "", "email": " "}), json!({"name": "Nobody"})] {
        let body = json!({"event_type": "customer.login", "customer": customer});
        let answer = server.ingest("/track-event", &body).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{body}");
        assert_eq!(answer.json()["error"], "customer.id or customer.email is required");
    }
    let answer = server.ingest("/track-event", &json!({"event_type": "customer.login"})).await;
    assert_eq!(answer.json()["error"], "customer.id or customer.email is required");
    server.project().await;
    let contacts = server.get("/api/projects/{project}/contacts").await.json();
    assert_eq!(contacts["contacts"], json!([]));
    let account = server.get("/api/projects/{project}/outcomes").await.json();
    assert_eq!(account["refused"], json!([{"reason": "missing_field", "count": 4}]));
}

#[tokio::test]
async fn what_else_is_wrong_names_its_field() {
    let server = TestServer::start().await;
    let customer = json!({"id": "u"});
    for (body, status, error) in [
        (json!({"customer": customer}), 400, "event_type is required"),
        (json!({"event_type": "a\nb", "customer": customer}), 422, "event_type"),
        (json!({"event_type": "a", "customer": 7}), 422, "customer"),
        (json!({"event_type": "a", "customer": customer, "event_data": []}), 422, "event_data"),
        (
            json!({"event_type": "a", "customer": customer, "event_data": {"total_amount": "much"}}),
            422,
            "event_data.total_amount",
        ),
        (
            json!({"event_type": "a", "customer": customer, "event_data": {"amount": 1}, "currency": "€"}),
            422,
            "currency",
        ),
        (
            json!({"event_type": "a", "customer": customer, "timestamp": "2036-01-01T00:00:00Z"}),
            422,
            "timestamp",
        ),
    ] {
        let answer = server.ingest("/track-event", &body).await;
        assert_eq!(answer.status.as_u16(), status, "{body}: {}", answer.text);
        let expected = answer.json()["error"].as_str().unwrap_or_default().to_owned();
        assert!(expected.contains(error), "{body}: {expected}");
    }
    let answer = server.ingest("/another/track-event", &completed()).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn an_order_of_arrival_is_no_order_of_events() {
    let server = TestServer::start().await;
    let at = |minute: i64| server.app.clock.now().plus_seconds((minute - 60) * 60).to_rfc3339();
    for (minute, name) in [
        (30, "booking.completed"),
        (0, "customer.created"),
        (20, "booking.abandoned"),
        (10, "booking.started"),
    ] {
        let body = json!({
            "event_type": name, "customer": {"email": "a@b.test"}, "occurred_at": at(minute),
            "event_data": {"total_amount": 10}, "currency": "usd",
        });
        let answer = server.ingest("/track-event", &body).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        server.project().await;
    }
    let contacts = server.get("/api/projects/{project}/contacts?search=A@B").await.json();
    let contact = &contacts["contacts"][0];
    assert_eq!(contact["lead_status"], "Customer - Active", "{contact}");
    assert_eq!(contact["estimated_deal_value"], Value::Null);
    assert_eq!(contact["total_revenue"][0]["amount"], "10.00");
    let done = server.get("/api/projects/{project}/tasks?status=done").await.json();
    assert_eq!(done["tasks"][0]["title"], "URGENT: Follow up - Abandoned Booking", "{done}");
    assert_eq!(done["tasks"][0]["priority"], "urgent");
}
