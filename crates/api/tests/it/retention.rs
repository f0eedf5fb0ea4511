//! Old data leaves by the daily run, as the preview says; what a project keeps stays.

use axum::http::StatusCode;
use domain::clock::Clock as _;
use engine::ports::catalog::{ContactQuery, ContactStore as _, RecordingQuery};
use serde_json::{Value, json};
use testkit::multipart::{MULTIPART, PNG, multipart};

use crate::harness::{Answer, TestServer};

const SETTINGS: &str = "/api/projects/{project}/settings";
const RETENTION: &str = "/api/projects/{project}/retention";
const DAY: i64 = 86_400;
const KINDS: [&str; 5] = ["events", "signals", "sessions", "recordings", "activities"];

/// Settings of this version with these days; the server's for the others.
fn settings(version: u64, days: &Value) -> Value {
    let mut retention = json!({"event_days": null, "session_days": null, "recording_days": null, "activity_days": null});
    for (kind, days) in days.as_object().expect("an object") {
        retention[kind] = days.clone();
    }
    json!({
        "version": version, "name": "Shop", "programs_are_bots": false, "time_zone": "UTC",
        "default_currency": null, "retention": retention,
    })
}

/// Replaces the settings of this version.
async fn set(server: &TestServer, version: u64, days: Value) -> Answer {
    server.manage("PUT", SETTINGS, &settings(version, &days)).await
}

async fn status(server: &TestServer) -> Value {
    let answer = server.get(RETENTION).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    answer.json()
}

/// A member of each kind of an answer.
fn each(answer: &Value, member: &str) -> Vec<Value> {
    let kinds = answer["kinds"].as_array().expect("kinds");
    assert_eq!(kinds.iter().map(|kind| &kind["kind"]).collect::<Vec<_>>(), KINDS);
    kinds.iter().map(|kind| kind[member].clone()).collect()
}

/// The rows of each kind that the next run would remove if these days were set.
async fn preview(server: &TestServer, query: &str) -> Vec<Value> {
    let answer = server.get(&format!("{RETENTION}/preview{query}")).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    each(&answer.json(), "rows")
}

/// The rows of each kind that the latest run removed.
async fn last_rows(server: &TestServer) -> Vec<Value> {
    let runs = each(&status(server).await, "last_run");
    runs.iter().map(|run| run["rows"].clone()).collect()
}

async fn run(server: &TestServer) -> engine::retention::RemovalSummary {
    server.app.retention.run().await.expect("a run")
}

/// One of each kind, now.
async fn leave_traces(server: &TestServer, number: u32) {
    let user = format!("user-{number}");
    let session = format!("session-{number}");
    let behavior = json!({"user_id": user, "events": [
        {"behavior_type": "property_view", "session_id": session},
    ]});
    let customer = json!({
        "event_type": "booking.completed", "customer": {"id": "asha"},
        "event_data": {"total_amount": 1_000}, "session": {"session_id": session},
    });
    for (path, body) in [("/api/tracking/flush", behavior), ("/track-event", customer)] {
        let answer = server.ingest(path, &body).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    }
    let now = server.clock.now().millis();
    let chunk = json!({
        "api_key": server.key, "seq": 0, "session_id": session,
        "recording_id": format!("018f3f3e-7d1c-7cc2-9d4e-{number:012}"),
        "page_url": "https://shop.test/", "events": [
            {"type": 4, "data": {"href": "https://shop.test/"}, "timestamp": now - 1_000},
            {"type": 3, "data": {"source": 1}, "timestamp": now},
        ],
    });
    let answer = server.beacon("/ingest-recording", &chunk).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    let request = axum::http::Request::post("/upload-screenshot")
        .header("origin", "https://shop.test")
        .header("x-api-key", &server.key)
        .header("content-type", MULTIPART)
        .body(axum::body::Body::from(multipart(&[("session_id", &session)], Some(PNG))));
    let answer = server.send(request.expect("a request")).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    server.project().await;
}

/// Sends a click of so many days ago.
async fn click(server: &TestServer, id: &str, days: i64) -> Value {
    let at = server.clock.now().plus_seconds(-days * DAY).to_rfc3339();
    let body = json!({"events": [
        {"id": id, "type": "friction", "event_type": "rage_click", "session_id": "s",
         "page_url": "https://shop.test/", "timestamp": at},
    ]});
    server.ingest("/ingest-events", &body).await.json()
}

/// Sets the clock to the run of the next day; its hour depends on the project.
fn wait_for_run(server: &TestServer) {
    let tomorrow = server.clock.now().day() + 1;
    server.clock.set(domain::retention::run_at(server.project, tomorrow));
}

#[tokio::test]
async fn each_kind_is_removed_by_its_days_as_previewed() {
    let server = TestServer::start().await;
    let days = json!({"event_days": 4, "session_days": 3, "recording_days": 2, "activity_days": 1});
    assert_eq!(set(&server, 0, days).await.status, StatusCode::OK);
    // Six days; at noon of each, one row of each kind is stored.
    let start = server.clock.now();
    for day in 0..6 {
        server.clock.set(start.plus_seconds(i64::from(day) * DAY));
        leave_traces(&server, day).await;
    }
    let query = ContactQuery { limit: 9, ..ContactQuery::default() };
    let contact = server.catalog.list(server.project, &query).await.expect("contacts").remove(0);
    assert_eq!(contact.state.total_bookings, 6);
    wait_for_run(&server);
    let before = each(&status(&server).await, "removes_before");
    let midnight = |days: i64| start.floor_to_seconds(DAY).plus_seconds(days * DAY);
    // The run is a day after the last rows, which were stored on the sixth day.
    let expected = [2, 2, 3, 4, 5].map(|day| Value::from(midnight(day).to_rfc3339()));
    assert_eq!(before, expected);
    let query = "?event_days=4&session_days=3&recording_days=2&activity_days=1";
    let planned = preview(&server, query).await;
    // A day: two events, and of each of their two customers a signal and a session; a recording with a
    // picture; an activity.
    assert_eq!(planned, [4, 4, 6, 8, 5].map(Value::from));
    assert_eq!(preview(&server, "").await, [0, 0, 0, 0, 0].map(Value::from), "the server's days");
    assert_eq!(run(&server).await.finished, 5);
    assert_eq!(last_rows(&server).await, planned);
    // The next run is tomorrow's, which removes one day more.
    assert_eq!(preview(&server, query).await, [2, 2, 2, 2, 1].map(Value::from));
    let left = server.lake.events();
    assert_eq!(left.len(), 8);
    assert!(left.iter().all(|event| event.occurred_at >= midnight(2)));
    let query_all = RecordingQuery::default();
    let recordings = server.app.recordings.list(server.project, &query_all, 10).await;
    assert_eq!(recordings.expect("listed").len(), 2);
    let same = server.app.crm.contact(server.project, contact.id).await.expect("the contact");
    assert_eq!(same, contact, "a contact is what it was");
    let path = format!("/api/projects/{{project}}/contacts/{}/timeline", contact.id);
    let timeline = server.get(&path).await.json();
    assert_eq!(timeline["activities"].as_array().expect("activities").len(), 1, "{timeline}");
    // Not again today; tomorrow the next day goes.
    assert_eq!(run(&server).await.due, 0);
    wait_for_run(&server);
    assert_eq!(preview(&server, query).await, [2, 2, 2, 2, 1].map(Value::from));
    assert_eq!(run(&server).await.finished, 5);
    assert_eq!(last_rows(&server).await, [2, 2, 2, 2, 1].map(Value::from));
}

#[tokio::test]
async fn another_project_keeps_what_it_has() {
    let server = TestServer::start().await;
    leave_traces(&server, 1).await;
    let other = server.second_project().await;
    let days = json!({"event_days": 1, "session_days": 1, "recording_days": 1, "activity_days": 1});
    let body = settings(0, &days);
    let path = format!("/api/projects/{other}/settings");
    assert_eq!(server.manage("PUT", &path, &body).await.status, StatusCode::OK);
    server.clock.advance_seconds(9 * DAY);
    let done = run(&server).await;
    assert_eq!((done.due, done.finished, done.removed.rows), (10, 10, 0));
    assert_eq!(server.lake.events().len(), 2);
}

#[tokio::test]
async fn days_outside_the_limits_are_refused_by_their_name() {
    let server = TestServer::start().await;
    let max = status(&server).await["max_days"].as_u64().expect("a number");
    let defaults = each(&status(&server).await, "default_days");
    assert_eq!(defaults, [max, max, 90, 30, max].map(Value::from));
    for (field, days) in
        [("event_days", 0), ("session_days", max + 1), ("recording_days", 0), ("activity_days", 0)]
    {
        let mut wanted = json!({});
        wanted[field] = days.into();
        let refused = set(&server, 0, wanted).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.text);
        assert_eq!(refused.json()["field"], *field, "{}", refused.text);
        let expected = format!("{field} must be between 1 and {max}");
        assert!(refused.text.contains(&expected), "{}", refused.text);
        let refused = server.get(&format!("{RETENTION}/preview?{field}={days}")).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.text);
        assert_eq!(refused.json()["field"], *field);
    }
    let refused = server.get(&format!("{RETENTION}/preview?event_days=ten")).await;
    assert_eq!(refused.json()["field"], "event_days", "{}", refused.text);
    assert_eq!(set(&server, 0, json!({"event_days": 1, "session_days": max})).await.status, 200);
}

#[tokio::test]
async fn events_older_than_the_retention_are_rejected() {
    let mut server = TestServer::start().await;
    assert_eq!(click(&server, "a", 30).await["processed"], 1);
    assert_eq!(set(&server, 0, json!({"event_days": 10})).await.status, StatusCode::OK);
    // The settings are read again.
    server.restart(|_, _| {}).await;
    let refused = click(&server, "b", 11).await;
    assert_eq!(refused["rejected"][0]["reason"], "too_old", "{refused}");
    assert_eq!(click(&server, "c", 9).await["processed"], 1);
    server.project().await;
    assert_eq!(server.lake.events().len(), 2);
    server.clock.advance_seconds(DAY);
    run(&server).await;
    assert_eq!(server.lake.events().len(), 1);
    // A lake that is rebuilt from the journal has no removed event.
    let replayed = std::sync::Arc::new(testkit::fakes::memory_lake::MemoryLake::default());
    let lake = replayed.clone();
    server.restart(|ports, _| ports.lake = lake).await;
    server.project().await;
    assert_eq!(replayed.events().len(), 1);
    // A project that keeps more again accepts removed events again.
    assert_eq!(set(&server, 1, json!({"event_days": 40})).await.status, StatusCode::OK);
    server.restart(|_, _| {}).await;
    let again = click(&server, "d", 35).await;
    assert_eq!(again["processed"], 1, "{again}");
    server.project().await;
    assert_eq!(replayed.events().len(), 2);
}

#[tokio::test]
async fn an_interrupted_run_continues_and_counts_all_it_removed() {
    let server = TestServer::start().await;
    leave_traces(&server, 1).await;
    leave_traces(&server, 2).await;
    let days = json!({"event_days": 2, "session_days": 2, "recording_days": 2, "activity_days": 2});
    assert_eq!(set(&server, 0, days).await.status, StatusCode::OK);
    server.clock.advance_seconds(5 * DAY);
    server.lake.set_broken(true);
    let failed = server.app.retention.run().await.expect_err("the lake is broken");
    assert_eq!(failed.kind(), engine::Kind::Unavailable);
    // The others are not held up.
    let runs = each(&status(&server).await, "last_run");
    let finished: Vec<bool> = runs.iter().map(|run| run["finished_at"].is_string()).collect();
    assert_eq!(finished, [false, true, true, true, true]);
    assert_eq!((&runs[0]["rows"], server.lake.events().len()), (&json!(4), 4));
    // The process ends; its successor continues the run.
    let mut server = server;
    server.restart(|_, _| {}).await;
    server.lake.set_broken(false);
    let done = run(&server).await;
    assert_eq!((done.due, done.finished, done.removed.rows), (1, 1, 4));
    assert!(server.lake.events().is_empty());
    assert_eq!(last_rows(&server).await[0], 4);
}

#[tokio::test]
async fn a_project_that_keeps_more_during_a_run_keeps_the_rest() {
    let server = TestServer::start().await;
    let start = server.clock.now();
    for day in 0..3 {
        server.clock.set(start.plus_seconds(i64::from(day) * DAY));
        leave_traces(&server, day).await;
    }
    assert_eq!(set(&server, 0, json!({"event_days": 1})).await.status, StatusCode::OK);
    wait_for_run(&server);
    server.lake.set_broken(true);
    server.app.retention.run().await.expect_err("the lake is broken");
    assert_eq!(last_rows(&server).await[0], 4);
    assert_eq!(set(&server, 1, json!({"event_days": 2})).await.status, StatusCode::OK);
    server.lake.set_broken(false);
    run(&server).await;
    assert_eq!(server.lake.events().len(), 4);
    assert_eq!(last_rows(&server).await[0], 2);
}

/// Days are saved between two steps of a removal, which ends there.
#[tokio::test]
async fn nothing_is_removed_once_more_days_are_saved() {
    let server = TestServer::start().await;
    for number in 0..25 {
        click(&server, &format!("c-{number}"), 0).await;
    }
    server.project().await;
    assert_eq!(set(&server, 0, json!({"event_days": 1})).await.status, StatusCode::OK);
    server.clock.advance_seconds(3 * DAY);
    let settings = &server.app.project_settings;
    let mut days = settings.of(server.project).await.expect("settings").settings;
    days.retention.event_days = Some(90);
    let gate = server.lake.gate_removals();
    let saving = async {
        gate.begun.notified().await;
        let mut saving = std::pin::pin!(settings.replace(server.project, "Kilima", &days, 1));
        // Waits for the end of the step under way, and is next.
        assert!(futures::poll!(&mut saving).is_pending());
        gate.passes.add_permits(100);
        saving.await.expect("the days are saved");
        server.lake.events().len()
    };
    let (ended, left) = tokio::join!(server.app.retention.run(), saving);
    ended.expect("a run");
    assert_eq!(left, 24);
    assert_eq!(server.lake.events().len(), left);
}

/// A folder stands where the picture was: it cannot be deleted as a file.
#[tokio::test]
async fn a_file_that_cannot_be_deleted_holds_up_no_other() {
    let server = TestServer::start().await;
    let pictures = || {
        let mut found = Vec::new();
        let mut folders = vec![server.folder.path().join("blobs")];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).expect("a folder") {
                let path = entry.expect("an entry").path();
                if path.is_dir() {
                    folders.push(path);
                } else if std::fs::read(&path).expect("a file").starts_with(b"\x89PNG") {
                    found.push(path);
                }
            }
        }
        found
    };
    leave_traces(&server, 1).await;
    let first = pictures().remove(0);
    leave_traces(&server, 2).await;
    leave_traces(&server, 3).await;
    assert_eq!(pictures().len(), 3);
    std::fs::remove_file(&first).expect("removed");
    std::fs::create_dir_all(first.join("inside")).expect("a folder");
    assert_eq!(set(&server, 0, json!({"recording_days": 1})).await.status, StatusCode::OK);
    server.clock.advance_seconds(5 * DAY);
    server.app.retention.run().await.expect_err("one is left");
    assert!(pictures().is_empty());
    let query = RecordingQuery::default();
    let recordings = server.app.recordings.list(server.project, &query, 10).await;
    assert!(recordings.expect("listed").is_empty());
    std::fs::remove_dir_all(&first).expect("removed");
    assert_eq!(run(&server).await.finished, 1);
    assert_eq!(last_rows(&server).await[3], 6);
}
