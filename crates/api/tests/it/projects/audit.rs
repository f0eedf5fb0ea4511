//! `/api/projects/{project_id}/audit`

use std::sync::Arc;

use async_trait::async_trait;
use axum::http::StatusCode;
use domain::id::ProjectId;
use domain::role::Role;
use domain::time::Timestamp;
use engine::ports::catalog::{AuditCursor, AuditEntry, AuditStore, Error};
use serde_json::{Value, json};

use crate::credentials::{PASSWORD, RequestAuth};
use crate::harness::TestServer;

const AUDIT: &str = "/api/projects/{project}/audit";
const KEYS: &str = "/api/projects/{project}/secret-keys";

/// Operation, target, status and actor of each entry, latest first.
async fn entries(server: &TestServer) -> Vec<(String, String, u64, String)> {
    let answer = server.get(AUDIT).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let body = answer.json();
    let entries = body["entries"].as_array().expect("entries").iter();
    entries
        .map(|entry| {
            (
                text(&entry["operation"]),
                text(&entry["target"]),
                entry["status"].as_u64().expect("a status"),
                text(&entry["actor"]["label"]),
            )
        })
        .collect()
}

#[tokio::test]
async fn operations_and_rejections_are_audited_with_their_actor() {
    let server = TestServer::start().await;
    let made = server.manage("POST", KEYS, &json!({"key_name": "Robot", "role": "admin"})).await;
    let key = made.json()["key"].as_str().expect("a key").to_owned();
    let id = made.json()["secret_key"]["id"].as_str().expect("an id").to_owned();
    let viewer = server.as_role(Role::Viewer).await;
    let keys = "/api/projects/{project}/api-keys";
    let new = json!({"key_name": "Web"});
    assert_eq!(
        server.ask(RequestAuth::Session(&viewer.session), "POST", keys, &new).await.status,
        403
    );
    let by_key = server.ask(RequestAuth::Key(&key), "POST", keys, &new).await;
    assert_eq!(by_key.status, StatusCode::CREATED);
    let path = format!("{KEYS}/{id}");
    server.manage("DELETE", &path, &Value::Null).await;
    let owner = "owner@shop.test".to_owned();
    assert_eq!(
        entries(&server).await,
        [
            ("revoke_secret_key".to_owned(), id.clone(), 204, owner.clone()),
            ("create_api_key".to_owned(), String::new(), 201, "Robot".to_owned()),
            ("create_api_key".to_owned(), String::new(), 403, viewer.member.email.clone()),
            ("create_secret_key".to_owned(), id, 201, owner),
        ]
    );
    let listed = server.get(AUDIT).await;
    let entry = &listed.json()["entries"][1];
    assert_eq!(entry["actor"]["kind"], "secret_key");
    assert_eq!(entry["address"], "196.249.xxx.xxx");
    assert_eq!(entry["request_id"], by_key.headers["x-request-id"].to_str().expect("ASCII"));
    assert!(!listed.text.contains(&key), "secrets are not kept");
}

#[tokio::test]
async fn an_accepted_invitation_is_audited_without_its_token() {
    let server = TestServer::start().await;
    let new = json!({"email": "ana@shop.test", "role": "viewer"});
    let made = server.manage("POST", "/api/projects/{project}/invitations", &new).await.json();
    let id = made["invitation"]["id"].as_str().expect("an id").to_owned();
    let token = made["token"].as_str().expect("a token");
    let path = format!("/api/invitations/{token}/accept");
    let body = json!({"name": "Ana", "password": PASSWORD});
    assert_eq!(server.ask(RequestAuth::Nobody, "POST", &path, &body).await.status, 201);
    let entries = entries(&server).await;
    assert_eq!(
        entries[0],
        ("accept_invitation".to_owned(), id.clone(), 201, "ana@shop.test".to_owned())
    );
    assert_eq!(entries[1].0, "invite");
    assert!(!server.get(AUDIT).await.text.contains(token));
}

/// A store that is away.
struct UnavailableAuditStore;

#[async_trait]
impl AuditStore for UnavailableAuditStore {
    async fn record(&self, _entry: AuditEntry) -> Result<(), Error> {
        Err(Error::Unavailable("away".into()))
    }

    async fn entries(
        &self,
        _project: ProjectId,
        _cursor: Option<AuditCursor>,
        _limit: u32,
    ) -> Result<Vec<AuditEntry>, Error> {
        Err(Error::Unavailable("away".into()))
    }

    async fn prune_entries(&self, _before: Timestamp) -> Result<u64, Error> {
        Err(Error::Unavailable("away".into()))
    }
}

#[tokio::test]
async fn what_was_done_is_answered_as_done_when_its_entry_is_lost() {
    let server = TestServer::start().await.with_audit_log(Arc::new(UnavailableAuditStore)).await;
    let keys = "/api/projects/{project}/api-keys";
    let made = server.manage("POST", keys, &json!({"key_name": "Web"})).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
    assert!(server.get(keys).await.text.contains(made.json()["id"].as_str().expect("an id")));
    assert_eq!(server.get(AUDIT).await.status, StatusCode::SERVICE_UNAVAILABLE);
}

#[tokio::test]
async fn strangers_and_readers_leave_no_entry() {
    let server = TestServer::start().await;
    let (stranger, _) = server.stranger().await;
    let keys = "/api/projects/{project}/api-keys";
    let new = json!({"key_name": "Web"});
    assert_eq!(server.ask(RequestAuth::Nobody, "POST", keys, &new).await.status, 401);
    assert_eq!(
        server.ask(RequestAuth::Session(&stranger.session), "POST", keys, &new).await.status,
        404
    );
    assert_eq!(server.get(keys).await.status, 200);
    assert_eq!(entries(&server).await, []);
}

#[tokio::test]
async fn the_audit_log_is_paged_by_cursor() {
    let server = TestServer::start().await;
    for number in 0..5 {
        let new = json!({"key_name": format!("Key {number}")});
        server.manage("POST", "/api/projects/{project}/api-keys", &new).await;
        server.clock.advance_seconds(number % 2);
    }
    let whole = server.get(AUDIT).await.json();
    assert_eq!(whole["next_cursor"], Value::Null);
    let mut seen = Vec::new();
    let mut path = format!("{AUDIT}?limit=2");
    loop {
        let page = server.get(&path).await.json();
        seen.extend(page["entries"].as_array().expect("entries").clone());
        let Some(cursor) = page["next_cursor"].as_str() else { break };
        path = format!("{AUDIT}?limit=2&cursor={cursor}");
    }
    assert_eq!(Value::Array(seen), whole["entries"]);
    let answer = server.get(&format!("{AUDIT}?cursor=nonsense")).await;
    assert_eq!(
        (answer.status, &answer.json()["field"]),
        (StatusCode::BAD_REQUEST, &json!("cursor"))
    );
}

#[tokio::test]
async fn entries_are_kept_for_400_days() {
    let server = TestServer::start().await;
    let new = json!({"key_name": "Web"});
    server.manage("POST", "/api/projects/{project}/api-keys", &new).await;
    server.clock.advance_seconds(400 * 86_400);
    server.app.audit.prune().await.expect("pruned");
    let owner = server.owner_again().await;
    let read =
        async || server.ask(RequestAuth::Session(&owner), "GET", AUDIT, &Value::Null).await.json();
    assert_eq!(read().await["entries"].as_array().map(Vec::len), Some(1));
    server.clock.advance_seconds(1);
    server.app.audit.prune().await.expect("pruned");
    assert_eq!(read().await["entries"].as_array().map(Vec::len), Some(0));
}
