//! Tasks that members create, snooze and comment on.

use axum::http::StatusCode;
use domain::role::Role;
use serde_json::{Value, json};

use crate::credentials::RequestAuth;
use crate::harness::TestServer;

const TASKS: &str = "/api/projects/{project}/tasks";

/// A contact of the server's project.
async fn contact(server: &TestServer) -> String {
    let body = json!({"event_type": "customer.created", "customer": {"id": "u"}});
    let answer = server.ingest("/track-event", &body).await;
    server.project().await;
    answer.json()["contact_id"].as_str().expect("an id").to_owned()
}

fn in_days(server: &TestServer, days: i64) -> String {
    server.app.clock.now().plus_seconds(days * 86_400).to_rfc3339()
}

#[tokio::test]
async fn a_task_is_created_snoozed_and_listed_by_when_it_is_due() {
    let server = TestServer::start().await;
    let contact = contact(&server).await;
    let me = server.get("/api/auth/me").await.json()["member"]["id"].clone();
    let (tomorrow, next_week) = (in_days(&server, 1), in_days(&server, 7));
    let first = json!({
        "title": " Call back ", "contact_id": contact, "due_at": tomorrow, "priority": "high",
        "assigned_to": me,
    });
    let made = server.manage("POST", TASKS, &first).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
    let made = made.json();
    assert_eq!((&made["title"], &made["kind"]), (&json!("Call back"), &json!("by_hand")));
    assert_eq!((&made["due_at"], &made["assigned_to"]), (&json!(tomorrow), &me));
    assert_eq!((&made["snooze"], &made["comments"]), (&Value::Null, &json!(0)));
    let second = json!({"title": "Visit", "contact_id": contact, "due_at": in_days(&server, 3)});
    assert_eq!(server.manage("POST", TASKS, &second).await.json()["priority"], "normal");
    let path = format!("{TASKS}/{}", made["id"].as_str().expect("an id"));
    let snoozed = server.manage("PATCH", &path, &json!({"snooze_until": next_week})).await.json();
    assert_eq!((&snoozed["due_at"], &snoozed["snooze"]["by"]), (&json!(next_week), &me));
    let listed = server.get(TASKS).await.json();
    assert_eq!(
        (&listed["tasks"][0]["title"], &listed["tasks"][1]["title"]),
        (&json!("Visit"), &json!("Call back"))
    );
    let timeline = server
        .get(&format!("/api/projects/{{project}}/people/{contact}/timeline?kinds=task"))
        .await
        .json();
    let moments = timeline["moments"].as_array().into_iter().flatten();
    let names: Vec<_> = moments.map(|moment| moment["name"].clone()).collect();
    assert_eq!(names, [json!("task.snoozed"), json!("task.created"), json!("task.created")]);
    assert_eq!(timeline["moments"][0]["details"]["until"], json!(next_week));
}

#[tokio::test]
async fn what_is_no_task_or_snooze_is_refused_by_its_field() {
    let server = TestServer::start().await;
    let contact = contact(&server).await;
    let good = json!({"title": "Call", "contact_id": contact});
    let with = |field: &str, value: Value| {
        let mut body = good.clone();
        body[field] = value;
        body
    };
    for (field, value) in [
        ("title", json!(" ")),
        ("title", json!("a".repeat(201))),
        ("title", json!("a\nb")),
        ("contact_id", json!("u")),
        ("contact_id", json!("contact_ffffffffffffffffffffffffffffffff")),
        ("priority", json!("now")),
        ("due_at", json!("soon")),
        ("due_at", json!(in_days(&server, -1))),
        ("due_at", json!(in_days(&server, 400))),
        ("assigned_to", json!("00000000-0000-0000-0000-0000000000ff")),
        ("colour", json!("red")),
    ] {
        let answer = server.manage("POST", TASKS, &with(field, value.clone())).await;
        assert!(answer.status.is_client_error(), "{field} {value}: {}", answer.status);
        assert!(answer.text.contains(field), "{field} {value}: {}", answer.text);
    }
    assert_eq!(server.get(TASKS).await.json()["tasks"], json!([]));
    let made = server.manage("POST", TASKS, &good).await.json();
    let path = format!("{TASKS}/{}", made["id"].as_str().expect("an id"));
    for until in [json!(in_days(&server, -1)), json!("soon"), json!(in_days(&server, 400))] {
        let answer = server.manage("PATCH", &path, &json!({"snooze_until": until})).await;
        assert!(answer.status.is_client_error(), "{}", answer.text);
        assert_eq!(answer.json()["field"], "snooze_until");
    }
}

#[tokio::test]
async fn a_mentioned_member_finds_the_comment_until_they_have_seen_it() {
    let server = TestServer::start().await;
    let contact = contact(&server).await;
    let new = json!({"title": "Call", "contact_id": contact});
    let task = server.manage("POST", TASKS, &new).await.json()["id"].clone();
    let juma = server.as_role(Role::Analyst).await;
    let comments = format!("{TASKS}/{}/comments", task.as_str().expect("an id"));
    let text =
        json!({"text": "@Nia New, please\ncall", "mentions": [juma.member.id, juma.member.id]});
    let made = server.manage("POST", &comments, &text).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
    let made = made.json();
    assert_eq!(made["mentions"], json!([juma.member.id]), "once");
    let listed = server.get(&comments).await.json();
    assert_eq!(listed["comments"], json!([made]));
    assert_eq!(server.get(TASKS).await.json()["tasks"][0]["comments"], 1);

    let base = format!("/api/projects/{}", server.project);
    let as_juma = RequestAuth::Session(&juma.session);
    let mentions = format!("{base}/mentions?unread=true");
    let found = server.ask(as_juma, "GET", &mentions, &Value::Null).await.json();
    assert_eq!(
        (&found["unread"], &found["mentions"][0]["task_title"]),
        (&json!(1), &json!("Call"))
    );
    assert_eq!(found["mentions"][0]["comment"], made);
    assert_eq!(server.get("/api/projects/{project}/mentions").await.json()["mentions"], json!([]));
    let read = format!("{base}/mentions/read");
    let done = server.ask(as_juma, "POST", &read, &json!({"ids": [made["id"]]})).await;
    assert_eq!(done.status, StatusCode::NO_CONTENT, "{}", done.text);
    let found = server.ask(as_juma, "GET", &mentions, &Value::Null).await.json();
    assert_eq!((&found["unread"], &found["mentions"]), (&json!(0), &json!([])));

    let one = format!("{comments}/{}", made["id"].as_str().expect("an id"));
    let path = one.replace("{project}", &server.project.to_string());
    let refused = server.ask(as_juma, "DELETE", &path, &Value::Null).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN, "{}", refused.text);
    assert_eq!(server.manage("DELETE", &one, &Value::Null).await.status, StatusCode::NO_CONTENT);
    assert_eq!(server.manage("DELETE", &one, &Value::Null).await.status, StatusCode::NOT_FOUND);
    let all = server.ask(as_juma, "GET", &format!("{base}/mentions"), &Value::Null).await.json();
    assert_eq!(all["mentions"], json!([]));
}

#[tokio::test]
async fn what_is_no_comment_is_refused_by_its_field() {
    let server = TestServer::start().await;
    let contact = contact(&server).await;
    let new = json!({"title": "Call", "contact_id": contact});
    let task = server.manage("POST", TASKS, &new).await.json()["id"].clone();
    let comments = format!("{TASKS}/{}/comments", task.as_str().expect("an id"));
    let nobody = "00000000-0000-0000-0000-0000000000ff";
    let many: Vec<String> =
        (0..21).map(|number| format!("00000000-0000-0000-0000-0000000001{number:02}")).collect();
    for (body, field) in [
        (json!({"text": " \n"}), "text"),
        (json!({"text": "a".repeat(4_001)}), "text"),
        (json!({"text": "Hello", "mentions": [nobody]}), "mentions"),
        (json!({"text": "Hello", "mentions": many}), "mentions"),
        (json!({"text": "Hello", "mentions": ["Juma"]}), "mentions"),
        (json!({"text": "Hello", "loud": true}), "loud"),
    ] {
        let answer = server.manage("POST", &comments, &body).await;
        assert!(answer.status.is_client_error(), "{body}: {}", answer.status);
        assert!(answer.text.contains(field), "{body}: {}", answer.text);
    }
    let unknown = format!("{TASKS}/task_ffffffffffffffffffffffffffffffff/comments");
    assert_eq!(server.get(&unknown).await.status, StatusCode::NOT_FOUND);
    let wrong = json!({"ids": ["mine"]});
    let answer = server.manage("POST", "/api/projects/{project}/mentions/read", &wrong).await;
    assert!(answer.status.is_client_error() && answer.text.contains("ids"), "{}", answer.text);
}
