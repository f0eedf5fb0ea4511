//! `/api/privacy/subjects/{subject}` and `/api/projects/{project_id}/privacy/subjects/{subject}`

use axum::http::StatusCode;
use domain::role::Role;
use engine::ports::catalog::OutcomeStore;
use serde_json::{Value, json};

use super::fixtures::{
    EMAIL, MARKER, USER, booking, erase, export, files_with, finish, go_on, leave_traces,
    leave_words, receipt, visit,
};
use crate::credentials::RequestAuth;
use crate::harness::TestServer;

fn names(object: &Value) -> Vec<String> {
    object.as_object().expect("an object").keys().cloned().collect()
}

#[tokio::test]
async fn everything_known_of_a_person_is_handed_out() {
    let server = TestServer::start().await;
    leave_traces(&server).await;
    leave_words(&server).await;
    visit(&server, "somebody-else", "another").await;
    server.project().await;
    for subject in [USER, EMAIL] {
        let document = export(&server, subject).await;
        assert_eq!(document["identifiers"]["emails"], json!([EMAIL]));
        assert_eq!(document["identifiers"]["visitor_ids"], json!([format!("visitor-{MARKER}")]));
        assert_eq!(document["identifiers"]["session_ids"], json!([format!("session-{MARKER}")]));
        let mut tables = names(&document["tables"]);
        tables.sort_unstable();
        assert_eq!(
            tables,
            [
                "calls",
                "crm_activities",
                "crm_contacts",
                "crm_tasks",
                "failed_events",
                "lead_scores",
                "lead_signals",
                "person_notes",
                "user_activity_summary",
                "user_sessions",
                "users",
            ]
        );
        assert_eq!(document["tables"]["crm_contacts"][0]["first_name"], MARKER);
        // Two clicks, the one before they signed in too, a search, a start, a booking and a call.
        assert_eq!(document["events"].as_array().map(Vec::len), Some(6));
        assert!(!document.to_string().contains("somebody-else"));
    }
}

#[tokio::test]
async fn an_erased_person_is_in_no_answer_and_no_byte() {
    let server = TestServer::start().await;
    leave_traces(&server).await;
    leave_words(&server).await;
    visit(&server, "somebody-else", "another").await;
    server.project().await;
    let others_before = export(&server, "somebody-else").await;
    let erasure = erase(&server, EMAIL).await;
    assert_eq!(erasure["state"], "pending");
    go_on(&server).await;
    let swept = receipt(&server, &erasure["id"]).await;
    assert_eq!(swept["state"], "unreadable", "{swept}");
    let document = export(&server, USER).await;
    assert_eq!((&document["tables"], &document["events"]), (&json!({}), &json!([])));
    for path in [
        "contacts",
        "tasks",
        "customers/metrics",
        "failed-events",
        "lead-scores",
        "audit",
        "mentions",
    ] {
        let answer = server.get(&format!("/api/projects/{{project}}/{path}")).await;
        assert_eq!(answer.status, StatusCode::OK);
        assert!(!answer.text.contains(MARKER), "{path}: {}", answer.text);
    }
    finish(&server).await;
    let gone = receipt(&server, &erasure["id"]).await;
    assert_eq!(gone["state"], "gone", "{gone}");
    assert_eq!(gone["removed"]["journal_records"], 7);
    assert_eq!(gone["removed"]["lake_events"], 6);
    assert_eq!(gone["removed"]["failed_events"], 1);
    assert_eq!(files_with(server.folder.path(), MARKER), Vec::<String>::new());
    let mut others_after = export(&server, "somebody-else").await;
    others_after["made_at"] = others_before["made_at"].clone();
    assert_eq!(others_after, others_before);
}

#[tokio::test]
async fn later_events_are_refused_and_counted_and_not_kept() {
    let server = TestServer::start().await;
    leave_traces(&server).await;
    leave_words(&server).await;
    server.project().await;
    erase(&server, USER).await;
    let refused = visit(&server, USER, "new-session").await;
    assert!(refused.text.contains("erased"), "{}", refused.text);
    let by_address =
        json!({"event_type": "customer.login", "customer": {"email": EMAIL.to_uppercase()}});
    let answer = server.ingest("/track-event", &by_address).await;
    assert!(!answer.status.is_success(), "{} {}", answer.status, answer.text);
    let malformed = json!({"user_id": USER, "events": [{"behavior_type": 7, "user_id": USER}]});
    server.ingest("/api/tracking/flush", &malformed).await;
    finish(&server).await;
    let anonymous = json!({"events": [
        {"type": "heatmap", "interaction_type": "click", "x": 1, "y": 1, "page_url": "https://shop.test/",
         "visitor_id": format!("visitor-{MARKER}")},
    ]});
    let answer = server.ingest("/ingest-events", &anonymous).await;
    assert!(answer.text.contains("erased"), "their browser is known: {}", answer.text);
    assert_eq!(visit(&server, "somebody-else", "another").await.status, StatusCode::OK);
    server.project().await;
    let outcomes = server.get("/api/projects/{project}/outcomes").await.json();
    let erased = outcomes["refused"].as_array().expect("a list").iter();
    let erased: Vec<&Value> = erased.filter(|refused| refused["reason"] == "erased").collect();
    assert_eq!(erased[0]["count"], 3, "{outcomes}");
    let failed = server.get("/api/projects/{project}/failed-events").await.json();
    assert_eq!(failed["failed_events"], json!([]));
    assert_eq!(files_with(server.folder.path(), MARKER), Vec::<String>::new());
}

#[tokio::test]
async fn a_shared_browser_keeps_the_events_of_the_others() {
    let server = TestServer::start().await;
    let click = |user: Option<&str>, session: &str| {
        json!({"events": [{"type": "friction", "event_type": "rage_click", "page_url": "https://shop.test/",
            "visitor_id": "family", "session_id": session, "user_id": user}]})
    };
    for (user, session) in
        [(Some(USER), "hers"), (Some("brother"), "his"), (None, "hers"), (None, "his")]
    {
        let answer = server.ingest("/ingest-events", &click(user, session)).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    }
    server.project().await;
    erase(&server, USER).await;
    finish(&server).await;
    let left = server.lake.events();
    let left: Vec<(Option<&str>, Option<&str>)> =
        left.iter().map(|event| (event.user_id.as_deref(), event.session_id.as_deref())).collect();
    assert_eq!(left, [(Some("brother"), Some("his")), (None, Some("his"))]);
    let answer = server.ingest("/ingest-events", &click(Some("brother"), "his")).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
}

#[tokio::test]
async fn what_was_counted_stays_counted() {
    let server = TestServer::start().await;
    leave_traces(&server).await;
    leave_words(&server).await;
    server.project().await;
    let project = server.project;
    let before = server.catalog.outcomes(project, i32::MIN, i32::MAX).await.expect("outcomes");
    erase(&server, USER).await;
    finish(&server).await;
    let after = server.catalog.outcomes(project, i32::MIN, i32::MAX).await.expect("outcomes");
    assert_eq!(after, before);
    assert_eq!(server.rebuilt_outcomes().await, before, "a rebuild counts the same");
}

#[tokio::test]
async fn a_program_names_no_project_and_a_member_of_several_does() {
    let server = TestServer::start().await;
    leave_traces(&server).await;
    leave_words(&server).await;
    server.project().await;
    let path = format!("/api/privacy/subjects/{EMAIL}");
    let key = server.secret_key(server.project, Role::Admin).await;
    let answer = server.ask(RequestAuth::Key(&key), "GET", &path, &Value::Null).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    assert_eq!(answer.json()["tables"]["crm_contacts"][0]["email"], EMAIL);
    assert_eq!(server.manage("GET", &path, &Value::Null).await.status, StatusCode::OK);
    let second = server.second_project().await;
    let unclear = server.manage("DELETE", &path, &Value::Null).await;
    assert_eq!(
        (unclear.status, &unclear.json()["field"]),
        (StatusCode::BAD_REQUEST, &json!("project_id"))
    );
    let elsewhere =
        server.manage("DELETE", &format!("{path}?project_id={second}"), &Value::Null).await;
    assert_eq!(elsewhere.status, StatusCode::ACCEPTED, "{}", elsewhere.text);
    finish(&server).await;
    let kept = export(&server, USER).await;
    assert_eq!(kept["tables"]["crm_contacts"][0]["email"], EMAIL, "another project's is another");
    let viewer = server.secret_key(server.project, Role::Analyst).await;
    for method in ["GET", "DELETE"] {
        let answer = server.ask(RequestAuth::Key(&viewer), method, &path, &Value::Null).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
        let answer = server.ask(RequestAuth::Nobody, method, &path, &Value::Null).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    }
    let answer = server.ask(RequestAuth::Key(&key), "DELETE", &path, &Value::Null).await;
    assert_eq!(answer.status, StatusCode::ACCEPTED, "{}", answer.text);
}

#[tokio::test]
async fn the_audit_log_records_the_erasure_without_the_subject() {
    let server = TestServer::start().await;
    let erasure = erase(&server, EMAIL).await;
    let path = format!("/api/privacy/subjects/{EMAIL}");
    let again = server.manage("DELETE", &path, &Value::Null).await;
    assert_eq!(again.json()["id"], erasure["id"], "one wish at a time");
    let audit = server.get("/api/projects/{project}/audit").await;
    assert!(!audit.text.contains(MARKER), "{}", audit.text);
    let entries = audit.json();
    let receipt = |index: usize| {
        (
            entries["entries"][index]["operation"].clone(),
            entries["entries"][index]["target"].clone(),
        )
    };
    assert_eq!(receipt(0), (json!("erase_subject"), erasure["id"].clone()));
    assert_eq!(receipt(1), (json!("erase_project_subject"), erasure["id"].clone()));
}

#[tokio::test]
async fn a_subject_must_be_something() {
    let server = TestServer::start().await;
    for subject in ["%20".to_owned(), "x".repeat(201)] {
        let path = format!("/api/projects/{{project}}/privacy/subjects/{subject}");
        for method in ["GET", "DELETE"] {
            let answer = server.manage(method, &path, &Value::Null).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.text);
            assert_eq!(answer.json()["field"], "subject");
        }
    }
}

#[tokio::test]
async fn a_person_who_comes_back_is_admitted_when_an_admin_says_so() {
    let server = TestServer::start().await;
    leave_traces(&server).await;
    leave_words(&server).await;
    server.project().await;
    let id = erase(&server, USER).await["id"].as_str().expect("an id").to_owned();
    let path = format!("/api/projects/{{project}}/privacy/erasures/{id}/suppression");
    let early = server.manage("DELETE", &path, &Value::Null).await;
    assert_eq!(early.status, StatusCode::CONFLICT, "{}", early.text);
    finish(&server).await;
    assert!(!server.ingest("/track-event", &booking("customer.login")).await.status.is_success());
    let lifted = server.manage("DELETE", &path, &Value::Null).await;
    assert_eq!(lifted.status, StatusCode::OK, "{}", lifted.text);
    assert!(lifted.json()["lifted_at"].is_string());
    let admitted = server.ingest("/track-event", &booking("customer.login")).await;
    assert_eq!(admitted.status, StatusCode::OK, "{}", admitted.text);
    server.project().await;
    let document = export(&server, USER).await;
    assert_eq!(document["events"].as_array().map(Vec::len), Some(1), "what was erased stays so");
}
