//! `/api/projects/{project_id}/saved-questions`.

use axum::http::StatusCode;
use domain::role::Role;
use serde_json::{Value, json};

use crate::credentials::{Person, RequestAuth};
use crate::harness::{Answer, TestServer};
use crate::privacy::fixtures::{erase, go_on};

const QUESTIONS: &str = "/api/projects/{project}/saved-questions";

fn question(name: &str, visibility: &str) -> Value {
    json!({
        "name": name,
        "description": "Who came, and from where",
        "statement": "SELECT id FROM users WHERE registered_at > $since AND country = $country",
        "parameters": [
            {"name": "since", "type": "timestamp"},
            {"name": "country", "type": "text", "default": "TZ"},
        ],
        "chart": {"shape": "bar", "x": "id", "y": ["id"]},
        "visibility": visibility,
    })
}

/// The same at the version it has.
fn change(made: &Value, fields: &[(&str, Value)]) -> Value {
    let mut question = question("Users", "project");
    for (name, value) in fields {
        question[*name] = value.clone();
    }
    json!({"version": made["version"], "question": question})
}

struct Fixture {
    server: TestServer,
    /// Two analysts of the project.
    asha: Person,
    baraka: Person,
}

impl Fixture {
    async fn start() -> Self {
        let server = TestServer::start().await;
        let asha = server.as_role(Role::Analyst).await;
        let baraka = server.as_role(Role::Analyst).await;
        Self { server, asha, baraka }
    }

    async fn ask(&self, who: &Person, method: &str, end: &str, body: &Value) -> Answer {
        let path = QUESTIONS.replace("{project}", &self.server.project.to_string()) + end;
        self.server.ask(RequestAuth::Session(&who.session), method, &path, body).await
    }

    async fn save(&self, who: &Person, new: &Value) -> Value {
        let made = self.ask(who, "POST", "", new).await;
        assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
        made.json()
    }

    async fn names(&self, who: &Person) -> Vec<String> {
        let listed = self.ask(who, "GET", "", &Value::Null).await.json();
        let questions = listed["saved_questions"].as_array().cloned().unwrap_or_default();
        questions.iter().map(|it| it["name"].as_str().expect("a name").to_owned()).collect()
    }
}

fn path(made: &Value) -> String {
    format!("/{}", made["id"].as_str().expect("an id"))
}

#[tokio::test]
async fn a_question_is_saved_read_listed_and_deleted() {
    let fixture = Fixture::start().await;
    let new = question(" Users ", "own");
    let made = fixture.save(&fixture.asha, &new).await;
    assert_eq!((&made["name"], &made["version"]), (&json!("Users"), &json!(1)));
    for member in ["statement", "parameters", "visibility", "description"] {
        assert_eq!(made[member], new[member], "{member}");
    }
    assert_eq!(made["chart"], new["chart"]);
    assert_eq!(made["author"]["id"], fixture.asha.member.id.to_string());
    let read = fixture.ask(&fixture.asha, "GET", &path(&made), &Value::Null).await.json();
    assert_eq!(read, made);
    let listed = fixture.ask(&fixture.asha, "GET", "", &Value::Null).await.json();
    let summary = &listed["saved_questions"][0];
    assert_eq!((&summary["name"], &summary["statement"]), (&made["name"], &Value::Null));
    let deleted = fixture.ask(&fixture.asha, "DELETE", &path(&made), &Value::Null).await;
    assert_eq!(deleted.status, StatusCode::NO_CONTENT);
    let again = fixture.ask(&fixture.asha, "DELETE", &path(&made), &Value::Null).await;
    assert_eq!(again.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn an_own_question_is_nobodys_but_its_authors() {
    let fixture = Fixture::start().await;
    let own = fixture.save(&fixture.asha, &question("Own", "own")).await;
    fixture.save(&fixture.asha, &question("Shared", "project")).await;
    assert_eq!(fixture.names(&fixture.asha).await, ["Own", "Shared"]);
    let owner = fixture.server.owner().await;
    for other in [&fixture.baraka, &owner] {
        assert_eq!(fixture.names(other).await, ["Shared"]);
        for (method, end, body) in [
            ("GET", path(&own), Value::Null),
            ("PUT", path(&own), change(&own, &[])),
            ("DELETE", path(&own), Value::Null),
            ("POST", format!("{}/run", path(&own)), json!({})),
        ] {
            let answer = fixture.ask(other, method, &end, &body).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{method}: {}", answer.text);
        }
    }
    let key = fixture.server.secret_key(fixture.server.project, Role::Analyst).await;
    let project = fixture.server.project.to_string();
    let listed = QUESTIONS.replace("{project}", &project);
    let seen =
        fixture.server.ask(RequestAuth::Key(&key), "GET", &listed, &Value::Null).await.json();
    assert_eq!(seen["saved_questions"].as_array().map(Vec::len), Some(1));
    assert_eq!(seen["saved_questions"][0]["name"], "Shared");
}

#[tokio::test]
async fn a_shared_question_is_changed_by_its_author_and_by_administrators() {
    let fixture = Fixture::start().await;
    let made = fixture.save(&fixture.asha, &question("Users", "project")).await;
    let end = path(&made);
    let refused = fixture.ask(&fixture.baraka, "PUT", &end, &change(&made, &[])).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    let refused = fixture.ask(&fixture.baraka, "DELETE", &end, &Value::Null).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    let admin = fixture.server.as_role(Role::Admin).await;
    let renamed = change(&made, &[("name", json!("Customers"))]);
    let changed = fixture.ask(&admin, "PUT", &end, &renamed).await;
    assert_eq!(changed.status, StatusCode::OK, "{}", changed.text);
    let changed = changed.json();
    assert_eq!((&changed["name"], &changed["version"]), (&json!("Customers"), &json!(2)));
    assert_eq!(changed["author"], made["author"], "the author stays");
    let hidden = change(&changed, &[("visibility", json!("own"))]);
    let refused = fixture.ask(&admin, "PUT", &end, &hidden).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN, "only its author takes it back");
    let stale = fixture.ask(&fixture.asha, "PUT", &end, &change(&made, &[])).await;
    assert_eq!(stale.status, StatusCode::CONFLICT, "{}", stale.text);
    let taken_back = fixture.ask(&fixture.asha, "PUT", &end, &hidden).await;
    assert_eq!(taken_back.status, StatusCode::OK, "{}", taken_back.text);
    assert_eq!(fixture.names(&admin).await, [""; 0]);
}

#[tokio::test]
async fn who_leaves_takes_own_questions_along() {
    let fixture = Fixture::start().await;
    fixture.save(&fixture.asha, &question("Own", "own")).await;
    fixture.save(&fixture.asha, &question("Shared", "project")).await;
    let leave = "/api/projects/{project}/members/leave"
        .replace("{project}", &fixture.server.project.to_string());
    let session = RequestAuth::Session(&fixture.asha.session);
    let left = fixture.server.ask(session, "POST", &leave, &json!({})).await;
    assert_eq!(left.status, StatusCode::NO_CONTENT, "{}", left.text);
    fixture.server.join(fixture.server.project, &fixture.asha, Role::Analyst).await;
    assert_eq!(fixture.names(&fixture.asha).await, ["Shared"]);
}

#[tokio::test]
async fn what_is_no_question_is_refused_by_its_field() {
    let fixture = Fixture::start().await;
    let parameter = |fields: Value| json!([{"name": "a", "type": "text"}, fields]);
    let many: Vec<Value> =
        (0..21).map(|number| json!({"name": format!("p{number}"), "type": "text"})).collect();
    let chart = |x: &str, y: &[&str]| json!({"shape": "line", "x": x, "y": y});
    for (member, value, field) in [
        ("name", json!("  "), "name"),
        ("name", json!("a".repeat(101)), "name"),
        ("description", json!("a\nb"), "description"),
        ("description", json!("a".repeat(301)), "description"),
        ("statement", json!(" \n"), "statement"),
        ("statement", json!("a\0b"), "statement"),
        // 100 KB: the body is too large already.
        ("statement", json!(format!("SELECT '{}'", "x".repeat(100_000))), "larger than 64 KiB"),
        ("visibility", json!("everybody"), "visibility"),
        ("parameters", json!(many), "parameters"),
        ("parameters", parameter(json!({"name": "1a", "type": "text"})), "parameters[1].name"),
        ("parameters", parameter(json!({"name": "a", "type": "text"})), "parameters[1].name"),
        ("parameters", parameter(json!({"name": "b", "type": "date"})), "parameters"),
        (
            "parameters",
            parameter(json!({"name": "b", "type": "number", "default": "1"})),
            "parameters[1].default",
        ),
        (
            "parameters",
            parameter(json!({"name": "b", "type": "timestamp", "default": "yesterday"})),
            "parameters[1].default",
        ),
        ("chart", chart("", &["a"]), "chart.x"),
        ("chart", chart("x", &[]), "chart.y"),
        ("chart", chart("x", &["a"; 7]), "chart.y"),
        ("chart", chart("x", &["a\n"]), "chart.y"),
        ("folder", json!("Reports"), "folder"),
    ] {
        let mut new = question("Users", "own");
        new[member] = value;
        let answer = fixture.ask(&fixture.asha, "POST", "", &new).await;
        assert!(answer.status.is_client_error(), "{member}: {}", answer.status);
        assert!(answer.text.contains(field), "{field}: {}", answer.text);
    }
    assert_eq!(fixture.names(&fixture.asha).await, [""; 0]);
}

#[tokio::test]
async fn a_question_runs_with_values_or_defaults_which_are_bound() {
    let fixture = Fixture::start().await;
    let end = path(&fixture.save(&fixture.asha, &question("Users", "project")).await) + "/run";
    let run = async |body: Value| fixture.ask(&fixture.baraka, "POST", &end, &body).await;
    let since = "2026-11-21T12:00:00+03:00";
    let attack = "'; DROP TABLE users; --";
    let body = json!({"parameters": {"since": since, "country": attack}, "limit": 5});
    let answer = run(body).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    let row = &answer.json()["rows"][0];
    assert_eq!(row[1], question("", "own")["statement"], "the text stays as it was saved");
    assert_eq!(row[2], 5);
    let bound = row[3].as_str().expect("parameters");
    assert!(bound.contains(&format!("country=Text({attack:?})")), "{bound}");
    assert!(bound.contains("since=Timestamp("), "{bound}");
    let answer = run(json!({"parameters": {"since": since}})).await;
    assert!(answer.json()["rows"][0][3].as_str().is_some_and(|it| it.contains("Text(\"TZ\")")));
    let csv = run(json!({"parameters": {"since": since}, "format": "csv"})).await;
    assert_eq!(csv.headers["x-truncated"], "true");
    for (parameters, field) in [
        (json!({}), "parameters.since"),
        (json!({"since": null}), "parameters.since"),
        (json!({"since": "yesterday"}), "parameters.since"),
        (json!({"since": 5}), "parameters.since"),
        (json!({"since": since, "country": true}), "parameters.country"),
        (json!({"since": since, "country": "x".repeat(10_001)}), "parameters.country"),
        (json!({"since": since, "since\" OR 1=1": "x"}), "parameters.since\" OR 1=1"),
    ] {
        let answer = run(json!({"parameters": parameters})).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.text);
        assert_eq!(answer.json()["field"], field);
    }
}

/// Only its id: a statement can quote a customer's address.
#[tokio::test]
async fn the_audit_log_names_the_question_and_never_its_text() {
    let fixture = Fixture::start().await;
    let made = fixture.save(&fixture.asha, &question("Users", "project")).await;
    fixture.ask(&fixture.asha, "PUT", &path(&made), &change(&made, &[])).await;
    fixture.ask(&fixture.asha, "POST", &format!("{}/run", path(&made)), &json!({})).await;
    fixture.ask(&fixture.asha, "DELETE", &path(&made), &Value::Null).await;
    let log = fixture.server.get("/api/projects/{project}/audit").await;
    let entries = log.json()["entries"].as_array().cloned().unwrap_or_default();
    let of_question = entries.iter().filter(|entry| entry["target"] == made["id"]);
    let operations: Vec<&Value> = of_question.map(|entry| &entry["operation"]).collect();
    let expected = ["delete_saved_question", "change_saved_question", "create_saved_question"];
    assert_eq!(operations, expected.map(|name| json!(name)).iter().collect::<Vec<_>>());
    assert!(!log.text.contains("SELECT"), "{}", log.text);
}

/// A question without parameters that lack a value.
fn scheduled(schedule: &Value) -> Value {
    json!({"name": "Users", "statement": "SELECT 1", "visibility": "project", "schedule": schedule})
}

async fn ask_scheduled(server: &TestServer) {
    let path = "/api/operations/jobs/scheduled_questions/run";
    let run = server.manage("POST", path, &Value::Null).await;
    assert_eq!(run.status, StatusCode::OK, "{}", run.text);
}

#[tokio::test]
async fn a_scheduled_question_is_asked_at_once_and_then_when_it_is_due() {
    let fixture = Fixture::start().await;
    let daily = json!({"every": "day", "at": "13:00"});
    let made = fixture.save(&fixture.asha, &scheduled(&daily)).await;
    assert_eq!((&made["schedule"], &made["last_run"]), (&daily, &Value::Null));
    assert_eq!(made["next_run_at"], made["created_at"]);
    ask_scheduled(&fixture.server).await;
    let read = async |end: &str| {
        fixture.ask(&fixture.baraka, "GET", &format!("{}{end}", path(&made)), &Value::Null).await
    };
    let found = read("").await.json();
    assert_eq!(found["next_run_at"], "2026-11-21T13:00:00.000Z");
    assert_eq!(found["last_run"]["outcome"], "answered");
    let listed = fixture.ask(&fixture.asha, "GET", "", &Value::Null).await.json();
    assert_eq!(listed["saved_questions"][0]["last_run"], found["last_run"]);
    ask_scheduled(&fixture.server).await;
    let runs = async || read("/runs").await.json()["runs"].as_array().cloned().expect("runs");
    assert_eq!(runs().await.len(), 1, "it is not due");
    fixture.server.clock.advance_seconds(3_600);
    ask_scheduled(&fixture.server).await;
    let due: Vec<Value> = runs().await.iter().map(|run| run["due_at"].clone()).collect();
    assert_eq!(due, ["2026-11-21T13:00:00.000Z", "2026-11-21T12:00:00.000Z"]);
    let run = format!("/runs/{}", found["last_run"]["id"].as_str().expect("an id"));
    let answer = read(&run).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    assert_eq!(answer.json()["rows"][0][1], "SELECT 1");
    assert_eq!(answer.json()["row_count"], found["last_run"]["row_count"]);
    let csv = read(&format!("{run}?format=csv")).await;
    assert!(csv.text.contains("SELECT 1\r\n") || csv.text.contains("SELECT 1,"), "{}", csv.text);
    for missing in ["/runs/1", "/runs/018f3f3e-7d1c-7cc2-9d4e-ffffffffffff"] {
        assert_eq!(read(missing).await.status, StatusCode::NOT_FOUND, "{missing}");
    }
}

#[tokio::test]
async fn answers_go_when_a_person_is_erased_and_with_their_question() {
    let fixture = Fixture::start().await;
    let made = fixture.save(&fixture.asha, &scheduled(&json!({"every": "hour"}))).await;
    ask_scheduled(&fixture.server).await;
    let listed = format!("{}/runs", path(&made));
    let runs = fixture.ask(&fixture.asha, "GET", &listed, &Value::Null).await.json();
    let run = format!("{listed}/{}", runs["runs"][0]["id"].as_str().expect("an id"));
    let status = async || fixture.ask(&fixture.asha, "GET", &run, &Value::Null).await.status;
    assert_eq!(status().await, StatusCode::OK);
    erase(&fixture.server, "somebody").await;
    go_on(&fixture.server).await;
    assert_eq!(status().await, StatusCode::GONE);
    let own = change(&made, &[("visibility", json!("own")), ("parameters", json!([]))]);
    let changed = fixture.ask(&fixture.asha, "PUT", &path(&made), &own).await;
    assert_eq!(changed.status, StatusCode::OK, "{}", changed.text);
    let other = fixture.ask(&fixture.baraka, "GET", &run, &Value::Null).await;
    assert_eq!(other.status, StatusCode::NOT_FOUND, "another's own question");
    let deleted = fixture.ask(&fixture.asha, "DELETE", &path(&made), &Value::Null).await;
    assert_eq!(deleted.status, StatusCode::NO_CONTENT);
    assert_eq!(status().await, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_is_no_schedule_is_named() {
    let fixture = Fixture::start().await;
    for (schedule, field) in [
        (json!({"every": "day"}), "schedule.at"),
        (json!({"every": "day", "at": "7:00"}), "schedule.at"),
        (json!({"every": "day", "at": "24:00"}), "schedule.at"),
        (json!({"every": "hour", "at": "07:00"}), "schedule.at"),
        (json!({"every": "week", "at": "07:00"}), "schedule.weekday"),
        (json!({"every": "day", "at": "07:00", "weekday": "monday"}), "schedule.weekday"),
        (json!({"every": "month", "at": "07:00"}), "schedule.day"),
        (json!({"every": "month", "at": "07:00", "day": 29}), "schedule.day"),
        (json!({"every": "week", "at": "07:00", "weekday": "monday", "day": 1}), "schedule.day"),
    ] {
        let refused = fixture.ask(&fixture.asha, "POST", "", &scheduled(&schedule)).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}: {}", refused.text);
        assert_eq!(refused.json()["field"], field);
    }
    let mut open = question("Users", "project");
    open["schedule"] = json!({"every": "hour"});
    let refused = fixture.ask(&fixture.asha, "POST", "", &open).await;
    assert_eq!(refused.json()["field"], "parameters[0].default", "{}", refused.text);
    for _ in 0..50 {
        fixture.save(&fixture.asha, &scheduled(&json!({"every": "hour"}))).await;
    }
    let refused =
        fixture.ask(&fixture.asha, "POST", "", &scheduled(&json!({"every": "hour"}))).await;
    assert_eq!(refused.json()["field"], "schedule", "{}", refused.text);
}
