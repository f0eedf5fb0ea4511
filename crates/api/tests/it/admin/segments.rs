//! `/api/projects/{project_id}/segments`.

use axum::http::StatusCode;
use domain::key::SecretKeyRole;
use domain::role::Role;
use serde_json::{Value, json};

use crate::credentials::{Person, RequestAuth};
use crate::harness::{Answer, TestServer};

struct SegmentRequests<'a> {
    server: &'a TestServer,
    path: String,
}

impl<'a> SegmentRequests<'a> {
    fn of(server: &'a TestServer) -> Self {
        Self { server, path: format!("/api/projects/{}/segments", server.project) }
    }

    async fn ask(&self, person: &Person, method: &str, id: &str, body: &Value) -> Answer {
        let by = RequestAuth::Session(&person.session);
        let path = if id.is_empty() { self.path.clone() } else { format!("{}/{id}", self.path) };
        self.server.ask(by, method, &path, body).await
    }

    async fn make(&self, person: &Person, name: &str, is_shared: bool) -> String {
        let new = json!({"name": name, "filters": "device=mobile", "is_shared": is_shared});
        let made = self.ask(person, "POST", "", &new).await;
        assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
        made.json()["id"].as_str().expect("an id").to_owned()
    }

    async fn names(&self, person: &Person) -> Vec<Value> {
        let listed = self.ask(person, "GET", "", &Value::Null).await.json();
        let rows = listed["segments"].as_array().cloned().unwrap_or_default();
        rows.iter().map(|row| json!([row["name"], row["is_own"]])).collect()
    }
}

#[tokio::test]
async fn a_segment_is_saved_listed_changed_and_deleted() {
    let server = TestServer::start().await;
    let segments = SegmentRequests::of(&server);
    let analyst = server.as_role(Role::Analyst).await;
    let filters = r"path~a\,b;path~a\,b,c;session!=booked";
    let new = json!({"name": " Phones ", "filters": format!("{filters};"), "is_shared": true});
    let made = segments.ask(&analyst, "POST", "", &new).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
    let made = made.json();
    assert_eq!((&made["name"], &made["filters"]), (&json!("Phones"), &json!(filters)));
    assert_eq!((&made["is_shared"], &made["is_own"]), (&json!(true), &json!(true)));
    assert_eq!(made["author_id"], json!(analyst.member.id));
    let id = made["id"].as_str().expect("an id");
    server.clock.advance_seconds(60);
    let change = json!({"filters": "browser!=Chrome"});
    let changed = segments.ask(&analyst, "PATCH", id, &change).await.json();
    assert_eq!(
        (&changed["name"], &changed["filters"]),
        (&json!("Phones"), &json!("browser!=Chrome"))
    );
    assert_eq!(changed["created_at"], made["created_at"]);
    assert_ne!(changed["updated_at"], made["updated_at"]);
    let listed = segments.ask(&analyst, "GET", "", &Value::Null).await.json();
    assert_eq!(listed["segments"], json!([changed]));
    // The audit log names both changes by the segment's id.
    let audit = server.get("/api/projects/{project}/audit").await;
    assert_eq!(audit.status, StatusCode::OK, "{}", audit.text);
    let entries = audit.json();
    let entries = entries["entries"].as_array().into_iter().flatten();
    let of_segment = entries.filter(|entry| entry["target"] == made["id"]).count();
    assert_eq!(of_segment, 2, "{}", audit.text);
    let deleted = segments.ask(&analyst, "DELETE", id, &Value::Null).await;
    assert_eq!(deleted.status, StatusCode::NO_CONTENT);
    let again = segments.ask(&analyst, "DELETE", id, &Value::Null).await;
    assert_eq!(again.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn members_see_shared_segments_and_change_their_own() {
    let server = TestServer::start().await;
    let segments = SegmentRequests::of(&server);
    let (ana, zoe) = (server.as_role(Role::Analyst).await, server.as_role(Role::Analyst).await);
    let (viewer, admin) = (server.as_role(Role::Viewer).await, server.as_role(Role::Admin).await);
    let own = segments.make(&ana, "own", false).await;
    let shared = segments.make(&ana, "shared", true).await;
    assert_eq!(segments.names(&ana).await, [json!(["own", true]), json!(["shared", true])]);
    for other in [&zoe, &viewer, &admin] {
        assert_eq!(segments.names(other).await, [json!(["shared", false])]);
    }
    let renamed = json!({"name": "renamed"});
    for id in [&own, &shared] {
        // An admin deletes, but changes no filters under another member's name.
        for other in [&zoe, &admin] {
            let changed = segments.ask(other, "PATCH", id, &renamed).await;
            assert_eq!(changed.status, StatusCode::NOT_FOUND, "{}", changed.text);
        }
        let deleted = segments.ask(&zoe, "DELETE", id, &Value::Null).await;
        assert_eq!(deleted.status, StatusCode::NOT_FOUND);
        let refused = segments.ask(&viewer, "DELETE", id, &Value::Null).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
        let deleted = segments.ask(&admin, "DELETE", id, &Value::Null).await;
        assert_eq!(deleted.status, StatusCode::NO_CONTENT);
    }
    assert_eq!(segments.names(&ana).await, Vec::<Value>::new());
}

#[tokio::test]
async fn a_program_reads_shared_segments_and_saves_none() {
    let server = TestServer::start().await;
    let segments = SegmentRequests::of(&server);
    let ana = server.as_role(Role::Analyst).await;
    segments.make(&ana, "own", false).await;
    segments.make(&ana, "shared", true).await;
    let key = server.secret_key_of(server.project, SecretKeyRole::Analyst).await;
    let by = RequestAuth::Key(&key);
    let listed = server.ask(by, "GET", &segments.path, &Value::Null).await.json();
    assert_eq!(listed["segments"].as_array().map(Vec::len), Some(1), "{listed}");
    let new = json!({"name": "x", "filters": "device=mobile"});
    let refused = server.ask(by, "POST", &segments.path, &new).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn what_is_no_segment_is_refused_by_its_field() {
    let server = TestServer::start().await;
    let segments = SegmentRequests::of(&server);
    let ana = server.as_role(Role::Analyst).await;
    let id = segments.make(&ana, "kept", false).await;
    for (body, field) in [
        (json!({"name": "  ", "filters": "device=mobile"}), "name"),
        (json!({"name": "a".repeat(101), "filters": "device=mobile"}), "name"),
        (json!({"name": "a", "filters": ""}), "filters"),
        (json!({"name": "a", "filters": "colour=red"}), "filters"),
        (json!({"name": "a", "filters": "city=a\u{0}b"}), "filters"),
        (json!({"name": "a", "filters": "device=mobile", "period": "7d"}), "period"),
    ] {
        for (method, id) in [("POST", ""), ("PATCH", &*id)] {
            let answer = segments.ask(&ana, method, id, &body).await;
            assert!(answer.status.is_client_error(), "{method} {body}: {}", answer.status);
            assert!(answer.text.contains(field), "{method} {body}: {}", answer.text);
        }
    }
    assert_eq!(segments.names(&ana).await, [json!(["kept", true])]);
}
