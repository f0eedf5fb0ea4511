//! The answers of the dashboard's API, whole: each readable operation on one server, as a snapshot. What the
//! lake answers is tested with the whole program.
//!
//! A test fails with the difference. Where it is meant, `INSTA_UPDATE=always` renews the snapshots.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::credentials::RequestAuth;
use crate::harness::{Answer, TestServer};
use crate::privacy::fixtures::{USER, erase, leave_traces, leave_words};

/// Operations with answers that are not JSON, need the lake, or differ from run to run.
const LEFT_OUT: [&str; 40] = [
    "acquisition",
    "bots",
    "cleanup_by_get",
    "error",
    "error_people",
    "error_sessions",
    "errors",
    "crm_search_patterns",
    "engagement",
    "events",
    "export_project_subject",
    "export_subject",
    "filter_values",
    "form_abandonments",
    "forms",
    "friction_cost",
    "friction_items",
    "friction_kinds",
    "friction_pages",
    "goal_conversions",
    "heatmap",
    "heatmap_snapshots",
    "invitation",
    "journeys",
    "live",
    "operations",
    "overview",
    "pages",
    "person_timeline",
    "project_logo",
    // What they take is measured.
    "question_run",
    "question_runs",
    "recording_chunk",
    "screenshot",
    "session",
    "session_events",
    "sessions",
    "visitor_retention",
    "web_vitals",
    "widget_activity",
];

/// A project in which everything there is has been used once.
async fn used_server() -> TestServer {
    let server = TestServer::start().await;
    leave_traces(&server).await;
    leave_words(&server).await;
    let now = domain::clock::Clock::now(&*server.clock).millis();
    let recorded = json!({
        "recording_id": "018f3f3e-7d1c-7cc2-9d4e-000000000001", "seq": 0, "session_id": "visit",
        "visitor_id": "browser", "page_url": "https://shop.test/book",
        "events": [{"type": 4, "data": {"href": "https://shop.test/book"}, "timestamp": now}],
    });
    stored(&server.ingest("/ingest-recording", &recorded).await, StatusCode::OK);
    let booked = json!({
        "event_type": "booking.confirmed",
        "customer": {"id": "asha", "email": "asha@customer.test", "first_name": "Asha"},
        "event_data": {"vehicle_name": "Rav4", "total_amount": 150_000},
        "session": {"session_id": "visit"},
    });
    stored(&server.ingest("/track-event", &booked).await, StatusCode::OK);
    let key = server.secret_key_of(server.project, domain::key::SecretKeyRole::Writer).await;
    let bought =
        json!({"order_id": "A-1", "user_id": "asha", "total_amount": 12_500, "currency": "TZS"});
    let path = "/api/orders";
    stored(&server.ask(RequestAuth::Key(&key), "POST", path, &bought).await, StatusCode::OK);
    for (path, new) in [
        (
            "webhooks",
            json!({"description": "Desk", "url": "https://127.0.0.1/hook", "event_types": ["contact.updated"]}),
        ),
        (
            "boards",
            json!({
                "name": "Monday", "visibility": "project",
                "cards": [
                    {"id": "a", "piece": "overview.visitors", "search": "device=mobile", "width": 1},
                    {"id": "b", "piece": "friction.items", "title": "Phones", "width": 3},
                ],
            }),
        ),
        ("invitations", json!({"email": "new@shop.test", "role": "analyst"})),
        (
            "saved-questions",
            json!({
                "name": "Visits", "statement": "SELECT $day", "visibility": "project",
                "parameters": [{"name": "day", "type": "timestamp", "default": "2026-11-21T00:00:00Z"}],
                "chart": {"shape": "line", "x": "day", "y": ["visits"]},
            }),
        ),
    ] {
        let path = format!("/api/projects/{{project}}/{path}");
        stored(&server.manage("POST", &path, &new).await, StatusCode::CREATED);
    }
    server.project().await;
    server.clock.advance_seconds(3_600);
    erase(&server, "somebody-else").await;
    let path = "/api/projects/{project}/source-maps?url=~/assets/app.js&release=4.2";
    let map = json!({"version": 3, "sources": [], "mappings": ""});
    stored(&server.manage("POST", path, &map).await, StatusCode::CREATED);
    server
}

fn stored(answer: &Answer, expected: StatusCode) {
    assert_eq!(answer.status, expected, "{}", answer.text);
}

/// The id of the first row of a list.
async fn first_id(server: &TestServer, list: &str, rows: &str) -> String {
    let answer = server.get(&format!("/api/projects/{{project}}/{list}")).await.json();
    answer[rows][0]["id"].as_str().unwrap_or_else(|| panic!("no {rows} in {answer}")).to_owned()
}

#[tokio::test]
async fn every_answer_is_as_it_was() {
    let server = used_server().await;
    let ids = BTreeMap::from([
        ("{project_id}", server.project.to_string()),
        ("{user_id}", USER.to_owned()),
        ("{contact_id}", first_id(&server, "contacts", "contacts").await),
        ("{person_id}", first_id(&server, "contacts", "contacts").await),
        ("{task_id}", first_id(&server, "tasks", "tasks").await),
        ("{failed_event_id}", first_id(&server, "failed-events", "failed_events").await),
        ("{erasure_id}", first_id(&server, "privacy/erasures", "erasures").await),
        ("{recording_id}", first_id(&server, "recordings", "recordings").await),
        ("{board_id}", first_id(&server, "boards", "boards").await),
        ("{saved_question_id}", first_id(&server, "saved-questions", "saved_questions").await),
        ("{webhook_id}", first_id(&server, "webhooks", "webhooks").await),
    ]);
    let document: Value = serde_json::from_str(&api::openapi::document_json()).expect("JSON");
    let paths = document["paths"].as_object().expect("paths");
    let mut compared = 0;
    for (path, operation) in paths.iter().filter_map(|(path, item)| Some((path, item.get("get")?)))
    {
        let name = operation["operationId"].as_str().expect("a name");
        if LEFT_OUT.contains(&name) {
            continue;
        }
        let path = ids.iter().fold(path.clone(), |path, (name, id)| path.replace(name, id));
        let answer = server.get(&path).await;
        assert_eq!(answer.status, StatusCode::OK, "{name}: {}", answer.text);
        insta::assert_json_snapshot!(name, answer.json());
        compared += 1;
    }
    assert!(compared >= 30, "{compared} operations");
}
