//! `/api/projects/{project_id}/annotations`.

use axum::http::StatusCode;
use domain::key::SecretKeyRole;
use serde_json::{Value, json};

use crate::credentials::RequestAuth;
use crate::harness::TestServer;

const ANNOTATIONS: &str = "/api/projects/{project}/annotations";

#[tokio::test]
async fn a_note_is_made_listed_in_its_period_and_deleted() {
    let server = TestServer::start().await;
    let now = domain::clock::Clock::now(&*server.clock);
    let hour_ago = now.plus_seconds(-3_600).to_rfc3339();
    let made = server
        .manage("POST", ANNOTATIONS, &json!({"text": " Radio campaign ", "at": hour_ago}))
        .await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
    let made = made.json();
    assert_eq!((&made["text"], &made["kind"]), (&json!("Radio campaign"), &json!("note")));
    assert_eq!(made["at"], json!(hour_ago));
    // What releases the site does so with a key.
    let key = server.secret_key_of(server.project, SecretKeyRole::Analyst).await;
    let release = json!({"text": "4.2", "kind": "release"});
    let path = ANNOTATIONS.replace("{project}", &server.project.to_string());
    let released = server.ask(RequestAuth::Key(&key), "POST", &path, &release).await;
    assert_eq!(released.status, StatusCode::CREATED, "{}", released.text);
    server.clock.advance_seconds(1);
    let listed = server.get(ANNOTATIONS).await.json();
    assert_eq!(listed["annotations"], json!([released.json(), made]));
    let earlier = format!("{ANNOTATIONS}?to={}", now.plus_seconds(-1_800).millis());
    assert_eq!(server.get(&earlier).await.json()["annotations"], json!([made]));
    let one = format!("{ANNOTATIONS}/{}", made["id"].as_str().expect("an id"));
    let deleted = server.manage("DELETE", &one, &Value::Null).await;
    assert_eq!(deleted.status, StatusCode::NO_CONTENT);
    let again = server.manage("DELETE", &one, &Value::Null).await;
    assert_eq!(again.status, StatusCode::NOT_FOUND);
    let entries = server.get("/api/projects/{project}/audit").await.json();
    let of_release = entries["entries"].as_array().into_iter().flatten();
    let of_release = of_release.filter(|entry| entry["target"] == released.json()["id"]).count();
    assert_eq!(of_release, 1, "{entries}");
}

#[tokio::test]
async fn what_is_no_note_is_refused_by_its_field() {
    let server = TestServer::start().await;
    for (body, field) in [
        (json!({"text": "  "}), "text"),
        (json!({"text": "a\nb"}), "text"),
        (json!({"text": "a".repeat(201)}), "text"),
        (json!({"text": "a", "kind": "party"}), "kind"),
        (json!({"text": "a", "at": "tomorrow"}), "at"),
        (json!({"text": "a", "at": "2126-01-01T00:00:00Z"}), "at"),
        (json!({"text": "a", "at": "1969-12-31T23:59:59Z"}), "at"),
        (json!({"text": "a", "link": "https://shop.test"}), "link"),
    ] {
        let answer = server.manage("POST", ANNOTATIONS, &body).await;
        assert!(answer.status.is_client_error(), "{body}: {}", answer.status);
        assert!(answer.text.contains(field), "{body}: {}", answer.text);
    }
    assert_eq!(server.get(ANNOTATIONS).await.json()["annotations"], json!([]));
}
