//! `/api/projects/{project_id}/errors`: which parameters are read, and what is decided. The figures are tested with the
//! lake.

use axum::http::StatusCode;
use domain::clock::Clock as _;
use domain::key::SecretKeyRole;
use domain::role::Role;
use serde_json::{Value, json};

use crate::credentials::RequestAuth;
use crate::harness::{Answer, TestServer};

const GROUP: &str = "v1:0123456789abcdef0123456789abcdef";

async fn decide(server: &TestServer, change: &Value) -> Answer {
    let path = format!("/api/projects/{{project}}/errors/{GROUP}");
    server.manage("PATCH", &path, change).await
}

async fn decided(server: &TestServer, change: &Value) -> Value {
    let answer = decide(server, change).await;
    assert_eq!(answer.status, StatusCode::OK, "{change}: {}", answer.text);
    answer.json()
}

#[tokio::test]
async fn parameters_that_can_be_read_ask_the_lake() {
    let server = TestServer::start().await;
    for query in [
        "errors",
        "errors?search=undefined&status=unresolved&assigned_to=nobody&sort=people&limit=10",
        "errors?status=&search=&assigned_to=&sort=",
        "errors?assigned_to=018f3f3e-7d1c-7cc2-9d4e-000000000001&status=regressed&country=TZ",
        &format!("errors/{GROUP}?path=/pay&include_bots=true"),
        &format!("errors/{GROUP}/sessions?limit=5"),
        &format!("errors/{GROUP}/people?browser=Chrome"),
    ] {
        let answer = server.get(&format!("/api/projects/{{project}}/{query}")).await;
        // There is no lake in this test.
        assert_eq!(answer.status, 503, "{query}: {}", answer.text);
    }
}

#[tokio::test]
async fn parameters_that_make_no_question_are_refused_by_their_field() {
    let server = TestServer::start().await;
    let long = format!("errors?search={}", "a".repeat(201));
    for (query, status, field) in [
        ("errors?status=new", 400, "status"),
        ("errors?sort=score", 400, "sort"),
        ("errors?assigned_to=me", 400, "assigned_to"),
        ("errors?cursor=x", 400, "cursor"),
        ("errors?from=yesterday", 400, "from"),
        (&long, 422, "search"),
    ] {
        let answer = server.get(&format!("/api/projects/{{project}}/{query}")).await;
        assert_eq!(answer.status, status, "{query}: {}", answer.text);
        assert_eq!(answer.json()["field"], field, "{query}: {}", answer.text);
    }
    for group in ["%00", "a%20b", &"a".repeat(101)] {
        for below in ["", "/sessions", "/people"] {
            let path = format!("/api/projects/{{project}}/errors/{group}{below}");
            assert_eq!(server.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
        }
    }
}

#[tokio::test]
async fn an_error_is_resolved_regresses_and_is_ignored() {
    let server = TestServer::start().await;
    let now = server.clock.now();
    let met = |seconds| server.questions.meet(server.project, GROUP, now.plus_seconds(seconds));
    met(-60);
    let resolved = decided(&server, &json!({"status": "resolved"})).await;
    assert_eq!(resolved["status"], "resolved");
    assert_eq!(resolved["resolved_at"], json!(now.to_rfc3339()));
    assert_eq!(
        (&resolved["in_next_release"], &resolved["assigned_to"]),
        (&json!(false), &json!(null))
    );
    assert!(resolved["changed_by"].is_string(), "{resolved}");
    assert_eq!(resolved["changed_at"], json!(now.to_rfc3339()));
    met(60);
    let me = &resolved["changed_by"];
    let assigned = decided(&server, &json!({"assigned_to": me})).await;
    assert_eq!((&assigned["status"], &assigned["assigned_to"]), (&json!("regressed"), me));
    // Fixed by a deploy that was earlier than its report.
    let earlier = now.plus_seconds(-120).to_rfc3339();
    let again = decided(&server, &json!({"status": "resolved", "resolved_at": earlier})).await;
    assert_eq!((&again["status"], &again["resolved_at"]), (&json!("regressed"), &json!(earlier)));
    let ignored = decided(&server, &json!({"status": "ignored", "assigned_to": null})).await;
    assert_eq!((&ignored["status"], &ignored["assigned_to"]), (&json!("ignored"), &json!(null)));
    assert_eq!(ignored["resolved_at"], json!(null));
    let opened = decided(&server, &json!({"status": "open"})).await;
    assert_eq!(opened["status"], "open");
    let audit = server.get("/api/projects/{project}/audit").await.json();
    let of_error = audit["entries"].as_array().into_iter().flatten();
    let of_error = of_error.filter(|entry| entry["operation"] == "change_error");
    let targets: Vec<&Value> = of_error.map(|entry| &entry["target"]).collect();
    assert_eq!(targets.len(), 5, "{audit}");
    assert!(targets.iter().all(|target| **target == GROUP), "{targets:?}");
}

#[tokio::test]
async fn what_the_next_release_fixes_stays_resolved_until_then() {
    let server = TestServer::start().await;
    let now = server.clock.now();
    server.questions.meet(server.project, GROUP, now.plus_seconds(60));
    let change = json!({"status": "resolved", "in_next_release": true});
    let resolved = decided(&server, &change).await;
    assert_eq!((&resolved["status"], &resolved["released_at"]), (&json!("resolved"), &json!(null)));
    let released = now.plus_seconds(30).to_rfc3339();
    let release = json!({"text": "4.2", "kind": "release", "at": released});
    let made = server.manage("POST", "/api/projects/{project}/annotations", &release).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
    let assigned = decided(&server, &json!({"assigned_to": null})).await;
    assert_eq!(
        (&assigned["status"], &assigned["released_at"]),
        (&json!("regressed"), &json!(released))
    );
}

#[tokio::test]
async fn changes_that_cannot_be_are_refused_by_their_field() {
    let server = TestServer::start().await;
    let now = server.clock.now();
    server.questions.meet(server.project, GROUP, now);
    let tomorrow = now.plus_seconds(86_400).to_rfc3339();
    for (change, field) in [
        (json!({}), "status"),
        (json!({"status": "regressed"}), "status"),
        (json!({"status": "fixed"}), "status"),
        (json!({"status": "resolved", "resolved_at": tomorrow}), "resolved_at"),
        (json!({"status": "resolved", "resolved_at": "1969-12-31T23:59:59Z"}), "resolved_at"),
        (json!({"status": "resolved", "resolved_at": "soon"}), "resolved_at"),
        (json!({"status": "open", "resolved_at": now.to_rfc3339()}), "resolved_at"),
        (json!({"status": "ignored", "in_next_release": true}), "in_next_release"),
        (json!({"in_next_release": false}), "in_next_release"),
        (json!({"assigned_to": "018f3f3e-7d1c-7cc2-9d4e-ffffffffffff"}), "assigned_to"),
        (json!({"assigned_to": "asha"}), "assigned_to"),
        (json!({"status": "open", "note": "x"}), "note"),
    ] {
        let answer = decide(&server, &change).await;
        assert!(answer.status.is_client_error(), "{change}: {}", answer.status);
        assert!(answer.text.contains(field), "{change}: {}", answer.text);
    }
    let unknown = "/api/projects/{project}/errors/v1:unknown";
    let answer = server.manage("PATCH", unknown, &json!({"status": "open"})).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND, "{}", answer.text);
}

#[tokio::test]
async fn programs_decide_too_and_viewers_do_not() {
    let server = TestServer::start().await;
    server.questions.meet(server.project, GROUP, server.clock.now());
    let path = format!("/api/projects/{}/errors/{GROUP}", server.project);
    let change = json!({"status": "resolved"});
    let key = server.secret_key_of(server.project, SecretKeyRole::Analyst).await;
    let answer = server.ask(RequestAuth::Key(&key), "PATCH", &path, &change).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    assert_eq!(answer.json()["changed_by"], json!(null));
    let viewer = server.as_role(Role::Viewer).await;
    let answer = server.ask(RequestAuth::Session(&viewer.session), "PATCH", &path, &change).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN, "{}", answer.text);
}
