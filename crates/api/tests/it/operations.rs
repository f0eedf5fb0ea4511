//! `/api/operations`: the state of the server, for its owner.

use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use axum::http::StatusCode;
use domain::id::ProjectId;
use domain::role::Role;
use domain::time::Timestamp;
use engine::ports::catalog::{AuditCursor, AuditEntry, AuditStore, Error};
use engine::ports::resources::{DiskSpace, Resources, StoreSizes};
use serde_json::{Value, json};
use testkit::fakes::resources::FixedResources;
use tokio::sync::Notify;

use crate::billing::at;
use crate::credentials::RequestAuth;
use crate::harness::{Answer, TestServer};

const OPERATIONS: &str = "/api/operations";
const CLEANUP: &str = "/api/operations/jobs/session_completion/run";

async fn figures(server: &TestServer) -> Value {
    let answer = server.get(OPERATIONS).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    answer.json()
}

fn job<'a>(figures: &'a Value, name: &str) -> &'a Value {
    let jobs = figures["jobs"].as_array().expect("jobs");
    jobs.iter().find(|job| job["name"] == name).expect("the job")
}

async fn run(server: &TestServer, path: &str) -> Answer {
    server.manage("POST", path, &Value::Null).await
}

#[tokio::test]
async fn operations_are_for_the_owner_of_the_server_alone() {
    let server = TestServer::start().await;
    let mut refused = Vec::new();
    for role in [Role::Viewer, Role::Analyst, Role::Admin, Role::Owner] {
        refused.push(server.as_role(role).await.session);
    }
    let key = server.secret_key(server.project, Role::Admin).await;
    for (method, path) in [("GET", OPERATIONS), ("POST", CLEANUP)] {
        for session in &refused {
            let answer =
                server.ask(RequestAuth::Session(session), method, path, &Value::Null).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path}: {}", answer.text);
            assert_eq!(answer.json()["detail"], "only the owner of the server can do this");
        }
        for (by, status) in [
            (RequestAuth::Nobody, StatusCode::UNAUTHORIZED),
            (RequestAuth::Key("fs_ABCDEFGHIJKLMNOPQRSTUVWXYZabcdef"), StatusCode::UNAUTHORIZED),
            (RequestAuth::Key(&key), StatusCode::FORBIDDEN),
            (RequestAuth::KeyInAPage(&key), StatusCode::FORBIDDEN),
        ] {
            let answer = server.ask(by, method, path, &Value::Null).await;
            assert_eq!(answer.status, status, "{path} {by:?}: {}", answer.text);
        }
    }
    let done = figures(&server).await;
    assert_eq!(job(&done, "session_completion")["runs"], 0, "nobody ran it");
    assert_eq!(server.get("/api/auth/me").await.json()["is_server_owner"], true);
    let me = RequestAuth::Session(&refused[3]);
    let me = server.ask(me, "GET", "/api/auth/me", &Value::Null).await;
    assert_eq!(me.json()["is_server_owner"], false, "an owner of a project is not the server's");
}

#[tokio::test]
async fn another_sites_page_runs_nothing() {
    let server = TestServer::start().await;
    let request = axum::http::Request::post(CLEANUP)
        .header("cookie", format!("footfall={}", server.session))
        .header("origin", "https://evil.test")
        .header("host", "shop.test")
        .body(axum::body::Body::empty());
    let answer = server.send(request.expect("a request")).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN, "{}", answer.text);
    assert_eq!(job(&figures(&server).await, "session_completion")["runs"], 0);
}

#[tokio::test]
async fn requests_are_counted_by_route_and_by_how_they_ended() {
    let server = TestServer::start().await;
    for _ in 0..3 {
        server.get("/api/projects/{project}/members").await;
    }
    server.get("/api/projects/00000000-0000-0000-0000-00000000dead/members").await;
    server.get("/api/nothing/secret-of-a-customer").await;
    let figures = figures(&server).await;
    let requests = &figures["requests"];
    let counts = |of: &Value| {
        ["requests", "client_errors", "server_errors"]
            .map(|name| of[name].as_u64().expect("a count"))
    };
    let endpoint = |method: &str, route: &str| {
        let endpoints = requests["endpoints"].as_array().expect("endpoints");
        let found = endpoints.iter().find(|it| it["method"] == method && it["route"] == route);
        found.unwrap_or_else(|| panic!("no {method} {route} in {requests}"))
    };
    let members = endpoint("GET", "/api/projects/{project_id}/members");
    for span in ["recent", "since_start"] {
        assert_eq!(counts(&members[span]), [4, 1, 0]);
        assert_eq!(counts(&endpoint("other", "other")[span]), [1, 1, 0]);
        assert_eq!(counts(&requests[span]), [5, 2, 0]);
    }
    let [p50, p95, p99] = ["p50_ms", "p95_ms", "p99_ms"]
        .map(|name| members["recent"][name].as_f64().expect("a time"));
    assert!(0.0 < p50 && p50 <= p95 && p95 <= p99, "{members}");
    let text = figures.to_string();
    let project = server.project.to_string();
    for secret in ["secret-of-a-customer", "Shop", &project, &server.key, "owner@shop.test"] {
        assert!(!text.contains(secret), "{secret}");
    }
    let folder = server.folder.path().to_str().expect("UTF-8");
    assert!(!text.contains(folder), "no path of the machine");
}

#[tokio::test]
async fn the_server_its_queue_its_projections_and_its_disk_are_shown() {
    let server = TestServer::start().await;
    let widget = server.widget("Help", &json!({})).await;
    server.track(&[at(&widget, "s", "call_start", 0)]).await;
    server.clock.advance_seconds(90);
    let first = figures(&server).await;
    assert_eq!(
        first["server"],
        json!({
            "id": "00000000-0000-0000-0000-0000000005e7",
            "version": "1.2.3",
            "started_at": "2026-11-21T12:00:00.000Z",
            "uptime_seconds": 90,
            "measured_at": "2026-11-21T12:01:30.000Z",
            "memory_bytes": FixedResources::MEMORY_BYTES,
        })
    );
    assert_eq!(
        first["journal"],
        json!({"queued_batches": 0, "max_batches": 4_096, "queued_bytes": 0, "max_bytes": 64 << 20})
    );
    // In this server only `sessions` follows the journal by itself.
    let lag = |name: &str| {
        let projections = first["projections"].as_array().expect("projections");
        assert_eq!(projections.len(), 6);
        projections.iter().find(|it| it["name"] == name).expect("a projection").clone()
    };
    let behind = json!({"name": "calls", "lag_entries": 1, "lag_seconds": 90.0});
    assert_eq!(lag("calls"), behind);
    assert_eq!(first["disk"]["free_bytes"], FixedResources::DISK.free_bytes);
    assert_eq!(first["disk"]["total_bytes"], FixedResources::DISK.total_bytes);
    assert_eq!(first["disk"]["stores"], Value::Null, "not measured yet");
    let measured = run(&server, "/api/operations/jobs/storage_sizes/run").await;
    assert_eq!(measured.status, StatusCode::OK, "{}", measured.text);
    server.clock.advance_seconds(2);
    let stores = json!({
        "measured_at": "2026-11-21T12:01:30.000Z",
        "journal_bytes": 1_000_000,
        "lake_bytes": 2_000_000,
        "catalog_bytes": 300_000,
        "blob_bytes": 40_000,
        "other_bytes": 5_000,
    });
    assert_eq!(figures(&server).await["disk"]["stores"], stores);
}

#[tokio::test]
async fn running_the_cleanup_now_completes_an_abandoned_call_as_the_catalog_remembers() {
    let server = TestServer::start().await;
    assert_eq!(figures(&server).await["last_cleanup"], Value::Null);
    let widget = server.widget("Help", &json!({})).await;
    server.track(&[at(&widget, "abandoned", "call_start", 0)]).await;
    server.clock.advance_seconds(1_800);
    let done = run(&server, CLEANUP).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.text);
    let counts = json!([{"name": "checked", "count": 1}, {"name": "completed", "count": 1}]);
    assert_eq!(done.json()["counts"], counts);
    assert_eq!(done.json()["error"], Value::Null);
    server.project().await;
    let calls = server.get("/api/projects/{project}/health-figures").await.json();
    assert_eq!(calls["session_completion"]["inferred"], 1);
    let figures = figures(&server).await;
    let status = job(&figures, "session_completion");
    assert_eq!(status["last_run"], done.json());
    assert_eq!((&status["runs"], &status["failures"]), (&json!(1), &json!(0)));
    assert_eq!(
        (&status["running_since"], &status["interval_seconds"]),
        (&Value::Null, &json!(1_800))
    );
    let stored = &figures["last_cleanup"];
    assert_eq!(stored["started_at"], status["last_run"]["started_at"]);
    assert_eq!((&stored["checked"], &stored["completed"]), (&json!(1), &json!(1)));
    assert_eq!(calls["cleanup_runs"][0]["started_at"], stored["started_at"]);
}

#[tokio::test]
async fn the_contracts_cleanup_is_the_same_job() {
    let server = TestServer::start().await;
    server.clock.advance_seconds(60);
    let request = axum::http::Request::post("/api/analytics/cleanup").header("host", "localhost");
    let request = request.body(axum::body::Body::empty()).expect("a request");
    let answer = server.send_from([127, 0, 0, 1], request).await;
    assert_eq!(answer.json(), json!({"success": true, "checked": 0, "completed": 0}));
    let figures = figures(&server).await;
    let last = &job(&figures, "session_completion")["last_run"];
    assert_eq!(last["started_at"], "2026-11-21T12:01:00.000Z");
    assert_eq!(figures["last_cleanup"]["started_at"], last["started_at"]);
}

/// A machine that measures its stores only when the test permits it.
#[derive(Default)]
struct SlowResources {
    begun: Notify,
    may_end: Notify,
}

#[async_trait]
impl Resources for SlowResources {
    fn memory_bytes(&self) -> Option<u64> {
        None
    }

    async fn disk_space(&self) -> Result<DiskSpace, engine::Error> {
        Ok(FixedResources::DISK)
    }

    async fn store_sizes(&self) -> Result<StoreSizes, engine::Error> {
        self.begun.notify_one();
        self.may_end.notified().await;
        Ok(FixedResources::SIZES)
    }
}

#[tokio::test]
async fn a_job_that_is_running_is_not_run_again() {
    const MEASURE: &str = "/api/operations/jobs/storage_sizes/run";
    let mut server = TestServer::start().await;
    let resources = Arc::new(SlowResources::default());
    let slow = resources.clone();
    server.restart(|ports, _| ports.resources = slow).await;
    let meanwhile = async {
        resources.begun.notified().await;
        let refused = run(&server, MEASURE).await;
        assert_eq!(refused.status, StatusCode::CONFLICT, "{}", refused.text);
        assert_eq!(refused.json()["detail"], "the job is already running");
        let other = run(&server, "/api/operations/jobs/audit_log/run").await;
        assert_eq!(other.status, StatusCode::OK, "{}", other.text);
        let figures = figures(&server).await;
        let status = job(&figures, "storage_sizes");
        assert_eq!(status["running_since"], "2026-11-21T12:00:00.000Z");
        assert_eq!(status["last_run"], Value::Null);
        resources.may_end.notify_one();
    };
    let (done, ()) = tokio::join!(run(&server, MEASURE), meanwhile);
    assert_eq!(done.status, StatusCode::OK, "{}", done.text);
    let figures = figures(&server).await;
    let status = job(&figures, "storage_sizes");
    assert_eq!((&status["running_since"], &status["runs"]), (&Value::Null, &json!(1)));
}

#[tokio::test]
async fn a_job_that_is_not_there_is_not_found() {
    let server = TestServer::start().await;
    for name in ["nothing", "Session%20completion", "session_completion%2F.."] {
        let answer = run(&server, &format!("/api/operations/jobs/{name}/run")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{name}: {}", answer.text);
    }
}

/// An audit log in memory.
#[derive(Default)]
struct MemoryAudit(Mutex<Vec<AuditEntry>>);

#[async_trait]
impl AuditStore for MemoryAudit {
    async fn record(&self, entry: AuditEntry) -> Result<(), Error> {
        self.0.lock().expect("no panic").push(entry);
        Ok(())
    }

    async fn entries(
        &self,
        _: ProjectId,
        _: Option<AuditCursor>,
        _: u32,
    ) -> Result<Vec<AuditEntry>, Error> {
        Ok(Vec::new())
    }

    async fn prune_entries(&self, _: Timestamp) -> Result<u64, Error> {
        Ok(0)
    }
}

#[tokio::test]
async fn a_run_and_a_refused_one_are_in_the_audit_log() {
    let log = Arc::new(MemoryAudit::default());
    let server = TestServer::start().await.with_audit_log(log.clone()).await;
    let viewer = server.as_role(Role::Viewer).await;
    run(&server, CLEANUP).await;
    server.ask(RequestAuth::Session(&viewer.session), "POST", CLEANUP, &Value::Null).await;
    let entries = log.0.lock().expect("no panic");
    let entries: Vec<_> = entries
        .iter()
        .map(|it| (it.operation.as_str(), it.target.as_str(), it.status, it.actor.label.as_str()))
        .collect();
    let label = viewer.member.email.as_str();
    assert_eq!(
        entries,
        [("run_job", "session_completion", 200, "owner@shop.test"), ("run_job", "", 403, label),]
    );
}
