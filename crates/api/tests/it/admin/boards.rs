//! `/api/projects/{project_id}/boards`

use axum::http::StatusCode;
use domain::role::Role;
use serde_json::{Value, json};

use crate::credentials::{Person, RequestAuth};
use crate::harness::{Answer, TestServer};

const BOARDS: &str = "/api/projects/{project}/boards";

fn board(name: &str, visibility: &str) -> Value {
    json!({
        "name": name,
        "visibility": visibility,
        "cards": [
            {"id": "b", "piece": "overview.visitors", "title": " Phones ", "search": "device=mobile", "width": 1},
            {"id": "a", "piece": "visitor-retention.curve", "width": 4},
        ],
    })
}

/// The same at the version it has.
fn change(made: &Value, fields: &[(&str, Value)]) -> Value {
    let mut board = board("Monday", "project");
    for (name, value) in fields {
        board[*name] = value.clone();
    }
    json!({"version": made["version"], "board": board})
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
        let path = BOARDS.replace("{project}", &self.server.project.to_string()) + end;
        self.server.ask(RequestAuth::Session(&who.session), method, &path, body).await
    }

    async fn make(&self, who: &Person, new: &Value) -> Value {
        let made = self.ask(who, "POST", "", new).await;
        assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
        made.json()
    }

    async fn names(&self, who: &Person) -> Vec<String> {
        let listed = self.ask(who, "GET", "", &Value::Null).await.json();
        let boards = listed["boards"].as_array().cloned().unwrap_or_default();
        boards.iter().map(|it| it["name"].as_str().expect("a name").to_owned()).collect()
    }
}

fn path(made: &Value) -> String {
    format!("/{}", made["id"].as_str().expect("an id"))
}

#[tokio::test]
async fn a_board_is_made_read_listed_and_deleted() {
    let fixture = Fixture::start().await;
    let made = fixture.make(&fixture.asha, &board(" Monday ", "own")).await;
    assert_eq!((&made["name"], &made["version"]), (&json!("Monday"), &json!(1)));
    assert_eq!(made["author"]["id"], fixture.asha.member.id.to_string());
    let cards = json!([
        {"id": "b", "piece": "overview.visitors", "title": "Phones", "search": "device=mobile", "width": 1},
        {"id": "a", "piece": "visitor-retention.curve", "title": null, "search": "", "width": 4},
    ]);
    assert_eq!(made["cards"], cards, "in the order they were sent");
    let read = fixture.ask(&fixture.asha, "GET", &path(&made), &Value::Null).await.json();
    assert_eq!(read, made);
    let listed = fixture.ask(&fixture.asha, "GET", "", &Value::Null).await.json();
    let summary = &listed["boards"][0];
    assert_eq!((&summary["name"], &summary["card_count"]), (&made["name"], &json!(2)));
    let deleted = fixture.ask(&fixture.asha, "DELETE", &path(&made), &Value::Null).await;
    assert_eq!(deleted.status, StatusCode::NO_CONTENT);
    let again = fixture.ask(&fixture.asha, "DELETE", &path(&made), &Value::Null).await;
    assert_eq!(again.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn an_own_board_is_nobodys_but_its_authors_and_viewers_read_what_is_shared() {
    let fixture = Fixture::start().await;
    let own = fixture.make(&fixture.asha, &board("Own", "own")).await;
    let shared = fixture.make(&fixture.asha, &board("Shared", "project")).await;
    assert_eq!(fixture.names(&fixture.asha).await, ["Own", "Shared"]);
    let (owner, viewer) =
        (fixture.server.owner().await, fixture.server.as_role(Role::Viewer).await);
    for other in [&fixture.baraka, &owner, &viewer] {
        assert_eq!(fixture.names(other).await, ["Shared"]);
        let answer = fixture.ask(other, "GET", &path(&own), &Value::Null).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{}", answer.text);
        let answer = fixture.ask(other, "GET", &path(&shared), &Value::Null).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    }
    for (method, end, body) in [
        ("POST", String::new(), board("Mine", "own")),
        ("PUT", path(&shared), change(&shared, &[])),
        ("DELETE", path(&shared), Value::Null),
    ] {
        let answer = fixture.ask(&viewer, method, &end, &body).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{method}: {}", answer.text);
    }
    let key = fixture.server.secret_key(fixture.server.project, Role::Analyst).await;
    let ask = async |method, body| {
        fixture.server.ask(RequestAuth::Key(&key), method, BOARDS, &body).await
    };
    assert_eq!(ask("GET", Value::Null).await.json()["boards"][0]["name"], "Shared");
    assert_eq!(ask("POST", board("Key", "project")).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_shared_board_is_changed_by_its_author_and_by_administrators() {
    let fixture = Fixture::start().await;
    let made = fixture.make(&fixture.asha, &board("Monday", "project")).await;
    let end = path(&made);
    for (method, body) in [("PUT", change(&made, &[])), ("DELETE", Value::Null)] {
        let refused = fixture.ask(&fixture.baraka, method, &end, &body).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "{}", refused.text);
    }
    let admin = fixture.server.as_role(Role::Admin).await;
    let renamed = change(&made, &[("name", json!("Friday")), ("cards", json!([]))]);
    let changed = fixture.ask(&admin, "PUT", &end, &renamed).await.json();
    assert_eq!((&changed["name"], &changed["version"]), (&json!("Friday"), &json!(2)));
    assert_eq!((&changed["author"], &changed["cards"]), (&made["author"], &json!([])));
    let hidden = change(&changed, &[("visibility", json!("own"))]);
    let refused = fixture.ask(&admin, "PUT", &end, &hidden).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN, "only its author takes it back");
    let stale = fixture.ask(&fixture.asha, "PUT", &end, &change(&made, &[])).await;
    assert_eq!(stale.status, StatusCode::CONFLICT, "{}", stale.text);
}

#[tokio::test]
async fn what_cannot_be_taken_is_named() {
    let fixture = Fixture::start().await;
    let card = |member: &str, value: Value| {
        let mut card = json!({"id": "a", "piece": "overview.visitors", "width": 1});
        card[member] = value;
        json!([{"id": "first", "piece": "overview.visitors", "width": 1}, card])
    };
    let many: Vec<Value> = (0..41)
        .map(|id| json!({"id": id.to_string(), "piece": "overview.visitors", "width": 1}))
        .collect();
    for (member, value, field) in [
        ("name", json!(" "), "name"),
        ("cards", json!(many), "cards"),
        ("cards", card("id", json!("first")), "cards[1].id"),
        ("cards", card("id", json!("a b")), "cards[1].id"),
        ("cards", card("piece", json!("overview")), "cards[1].piece"),
        ("cards", card("piece", json!("../x.y")), "cards[1].piece"),
        ("cards", card("title", json!("a".repeat(101))), "cards[1].title"),
        ("cards", card("search", json!("a".repeat(8_193))), "cards[1].search"),
        ("cards", card("width", json!(0)), "cards[1].width"),
        ("cards", card("width", json!(5)), "cards[1].width"),
    ] {
        let mut new = board("Monday", "project");
        new[member] = value;
        let refused = fixture.ask(&fixture.asha, "POST", "", &new).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}: {}", refused.text);
        assert_eq!(refused.json()["field"], field, "{}", refused.text);
    }
    for (member, value) in [
        ("visibility", json!("everybody")),
        ("cards", card("width", json!("wide"))),
        ("x", json!(1)),
    ] {
        let mut new = board("Monday", "project");
        new[member] = value;
        let refused = fixture.ask(&fixture.asha, "POST", "", &new).await;
        assert!(refused.status.is_client_error(), "{member}: {}", refused.text);
    }
    assert!(fixture.names(&fixture.asha).await.is_empty());
}
