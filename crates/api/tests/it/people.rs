//! `/api/projects/{project_id}/people/{person_id}`: contacts and customers as one.

use axum::http::StatusCode;
use domain::role::Role;
use serde_json::{Value, json};

use crate::credentials::RequestAuth;
use crate::harness::TestServer;

const PEOPLE: &str = "/api/projects/{project}/people";
/// Whatever is no event of the lake, which these tests have none of.
const STORED: &str = "kinds=purchase,activity,task,change,session,recording,call,note";

/// Tracks a customer event that happened so many minutes ago; the contact's id.
async fn track(server: &TestServer, minutes_ago: i64, customer: Value, name: &str) -> String {
    let occurred_at = server.app.clock.now().plus_seconds(-60 * minutes_ago).to_rfc3339();
    let body = json!({
        "event_type": name, "customer": customer, "occurred_at": occurred_at,
        "event_data": {"order_id": "o-1", "booking_id": "b-1", "total_amount": 500, "currency": "TZS"},
    });
    let answer = server.ingest("/track-event", &body).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    answer.json()["contact_id"].as_str().expect("an id").to_owned()
}

async fn start_session(server: &TestServer, user: &str) {
    let start = json!({"session_id": format!("visit-of-{user}"), "user_id": user});
    let answer = server.ingest("/api/analytics/session/start", &start).await;
    assert!(answer.status.is_success(), "{}", answer.text);
}

fn kinds(page: &Value) -> Vec<&str> {
    let moments = page["moments"].as_array().expect("moments");
    moments.iter().filter_map(|moment| moment["kind"].as_str()).collect()
}

#[tokio::test]
async fn a_contact_and_its_customer_are_one_person_by_either_id() {
    let server = TestServer::start().await;
    let both = json!({"id": "u", "email": "U@shop.test", "first_name": "Asha"});
    let contact = track(&server, 9, both.clone(), "customer.created").await;
    track(&server, 5, both.clone(), "order.placed").await;
    track(&server, 4, both, "booking.completed").await;
    start_session(&server, "u").await;
    server.project().await;
    let by_contact = server.get(&format!("{PEOPLE}/{contact}")).await;
    assert_eq!(by_contact.status, StatusCode::OK, "{}", by_contact.text);
    let person = by_contact.json();
    assert_eq!(server.get(&format!("{PEOPLE}/u")).await.json(), person);
    assert_eq!(
        (&person["id"], &person["contact"]["first_name"]),
        (&json!(contact), &json!("Asha"))
    );
    assert_eq!((&person["user_ids"], &person["emails"]), (&json!(["u"]), &json!(["u@shop.test"])));
    assert_eq!(person["customers"][0]["total_orders"], 1);
    let figures = &person["figures"];
    assert_eq!(figures["sessions"], 1);
    assert_eq!(figures["orders"]["amounts"][0]["text"], "TZS 500");
    assert_eq!(figures["bookings"]["count"], 1);
    let page = server.get(&format!("{PEOPLE}/u/timeline?{STORED}")).await.json();
    // The booking opens a task; that is no entry before a member works on it.
    assert_eq!(kinds(&page), ["session", "purchase", "purchase", "activity"], "{page}");
}

#[tokio::test]
async fn a_contact_without_customer_and_a_customer_without_contact_have_a_page() {
    let server = TestServer::start().await;
    let contact = track(&server, 9, json!({"email": "only@shop.test"}), "form.submitted").await;
    start_session(&server, "silent").await;
    server.project().await;
    let person = server.get(&format!("{PEOPLE}/{contact}")).await.json();
    assert_eq!((&person["customers"], &person["user_ids"]), (&json!([]), &json!([])));
    assert_eq!(person["emails"], json!(["only@shop.test"]));
    let customer = server.get(&format!("{PEOPLE}/silent")).await.json();
    assert_eq!((&customer["id"], &customer["contact"]), (&json!("silent"), &Value::Null));
    let page = server.get(&format!("{PEOPLE}/silent/timeline?{STORED}")).await.json();
    assert_eq!(kinds(&page), ["session"]);
    for nobody in ["nobody", "contact_ffffffffffffffffffffffffffffffff", "a%00b"] {
        let answer = server.get(&format!("{PEOPLE}/{nobody}")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{nobody}");
    }
}

#[tokio::test]
async fn a_timeline_is_paged_and_chosen_by_kind() {
    let server = TestServer::start().await;
    for minute in 1..=5 {
        track(&server, minute, json!({"id": "u"}), "search.performed").await;
    }
    start_session(&server, "u").await;
    server.project().await;
    let (mut ids, mut cursor) = (Vec::new(), String::new());
    loop {
        let path = format!("{PEOPLE}/u/timeline?{STORED}&limit=2{cursor}");
        let page = server.get(&path).await.json();
        let moments = page["moments"].as_array().expect("moments");
        ids.extend(moments.iter().map(|moment| moment["id"].to_string()));
        let Some(next) = page["next_cursor"].as_str() else { break };
        cursor = format!("&cursor={next}");
    }
    assert_eq!(ids.len(), 6);
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), 6, "each once");
    let sessions = server.get(&format!("{PEOPLE}/u/timeline?kinds=session")).await.json();
    assert_eq!(kinds(&sessions), ["session"]);
    let wrong = server.get(&format!("{PEOPLE}/u/timeline?kinds=session,party")).await;
    assert_eq!(wrong.status, StatusCode::BAD_REQUEST, "{}", wrong.text);
    assert!(wrong.text.contains("purchase") && wrong.text.contains("kinds"), "{}", wrong.text);
}

#[tokio::test]
async fn a_note_is_written_edited_and_deleted_by_its_author_alone() {
    let server = TestServer::start().await;
    start_session(&server, "u").await;
    server.project().await;
    let notes = format!("{PEOPLE}/u/notes");
    let made = server.manage("POST", &notes, &json!({"text": " Prefers\r\nmornings "})).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
    assert_eq!(made.json()["text"], "Prefers\nmornings");
    let one = format!("{notes}/{}", made.json()["id"].as_str().expect("an id"));
    // The contact comes later, and the note is on it.
    let contact = track(&server, 0, json!({"id": "u"}), "customer.created").await;
    server.project().await;
    let on_contact = server.get(&format!("{PEOPLE}/{contact}/timeline?kinds=note")).await.json();
    assert_eq!(on_contact["moments"][0]["details"]["text"], "Prefers\nmornings");
    let analyst = server.as_role(Role::Analyst).await;
    for (method, body) in [("PATCH", json!({"text": "Mine"})), ("DELETE", Value::Null)] {
        let path = one.replace("{project}", &server.project.to_string());
        let answer = server.ask(RequestAuth::Session(&analyst.session), method, &path, &body).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{method}: {}", answer.text);
    }
    let edited = server.manage("PATCH", &one, &json!({"text": "Evenings"})).await.json();
    assert_eq!(edited["text"], "Evenings");
    assert!(edited["edited_at"].is_string());
    assert_eq!(server.manage("DELETE", &one, &Value::Null).await.status, StatusCode::NO_CONTENT);
    assert_eq!(server.manage("DELETE", &one, &Value::Null).await.status, StatusCode::NOT_FOUND);
    for text in [json!("  "), json!("a".repeat(4_001)), json!("a\u{0}"), json!(7)] {
        let answer = server.manage("POST", &notes, &json!({"text": text})).await;
        assert!(answer.status.is_client_error() && answer.text.contains("text"), "{}", answer.text);
    }
}
