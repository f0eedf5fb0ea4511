//! `/api/projects/{project_id}/share-links` and `/api/shared`

mod search;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use serde_json::{Value, json};

use crate::credentials::RequestAuth;
use crate::harness::{Answer, TestServer};

const LINKS: &str = "/api/projects/{project}/share-links";
const PASSWORD: &str = "habari gani";

/// Makes a link; its token and id.
async fn create(server: &TestServer, body: &Value) -> (String, String) {
    let answer = server.manage("POST", LINKS, body).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text);
    let body = answer.json();
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    assert_eq!(body["path"], format!("/shared/{}", text(&body["token"])));
    (text(&body["token"]), text(&body["share_link"]["id"]))
}

async fn open(server: &TestServer, body: Value) -> Answer {
    server.ask(RequestAuth::Nobody, "POST", "/api/shared", &body).await
}

/// The credential that opening a link answers.
async fn access(server: &TestServer, body: Value) -> String {
    let answer = open(server, body).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    answer.json()["access"].as_str().expect("a text").to_owned()
}

/// A question that the link allows: it reaches the lake, which the server under test lacks.
const ALLOWED: StatusCode = StatusCode::SERVICE_UNAVAILABLE;

async fn read(server: &TestServer, access: &str, below_project: &str) -> StatusCode {
    let path = format!("/api/projects/{{project}}{below_project}");
    server.ask(RequestAuth::Key(access), "GET", &path, &Value::Null).await.status
}

#[tokio::test]
async fn a_link_shows_its_page_with_its_filters_and_nothing_else() {
    let server = TestServer::start().await;
    let new = json!({"name": "Client", "page": "overview", "search": "period=28d&device=mobile&path=%2Frooms"});
    let (token, id) = create(&server, &new).await;
    let opened = open(&server, json!({"token": token})).await.json();
    assert_eq!(opened["access"], token);
    assert_eq!((&opened["page"], &opened["search"]), (&new["page"], &new["search"]));
    assert_eq!(opened["project"]["id"], server.project.to_string());
    for allowed in [
        "/overview?device=mobile&path=/rooms",
        "/overview?path=%2Frooms&device=mobile&from=2026-11-20T00:00:00Z&country=KE",
        "/engagement?device=mobile&path=/rooms",
    ] {
        assert_eq!(read(&server, &token, allowed).await, ALLOWED, "{allowed}");
    }
    for unfiltered in ["", "/annotations", "/goals"] {
        assert_eq!(read(&server, &token, unfiltered).await, StatusCode::OK, "{unfiltered}");
    }
    for refused in [
        "/overview",
        "/overview?device=desktop&path=/rooms",
        "/overview?device=mobile&path=/rooms&path=/",
        // Of other pages.
        "/acquisition?device=mobile&path=/rooms",
        "/errors?device=mobile&path=/rooms",
        "/errors/v1:0123456789abcdef0123456789abcdef?device=mobile&path=/rooms",
        "/source-maps",
        "/widget-activity",
        "/members",
        "/customers/metrics",
        "/live",
        // Of roles above a viewer's.
        "/sessions?device=mobile&path=/rooms",
        "/share-links",
    ] {
        assert_eq!(read(&server, &token, refused).await, StatusCode::FORBIDDEN, "{refused}");
    }
    let listed = server.get(LINKS).await;
    assert!(!listed.text.contains(&token), "{}", listed.text);
    let link = &listed.json()["share_links"][0];
    assert_eq!((&link["id"], &link["has_password"]), (&json!(id), &json!(false)));
    assert_eq!(link["last_used_at"], "2026-11-21T12:00:00.000Z");
}

#[tokio::test]
async fn a_link_to_a_board_shows_the_questions_of_its_cards_with_their_filters() {
    let server = TestServer::start().await;
    let card = |id: &str, piece: &str, search: &str| json!({"id": id, "piece": piece, "search": search, "width": 1});
    let shared = json!({
        "name": "Client", "visibility": "project",
        "cards": [
            card("a", "overview.visitors", "period=7d&device=mobile"),
            card("b", "friction.items", ""),
            card("c", "recordings.list", ""),
            card("d", "board.board", ""),
        ],
    });
    let boards = "/api/projects/{project}/boards";
    let made = server.manage("POST", boards, &shared).await.json();
    let board = made["id"].as_str().expect("an id");
    let other = json!({"name": "Other", "visibility": "project"});
    let other = server.manage("POST", boards, &other).await.json()["id"]
        .as_str()
        .expect("an id")
        .to_owned();
    let new = json!({"name": "Client", "page": "board", "search": format!("board={board}")});
    let (token, _) = create(&server, &new).await;
    let opened = open(&server, json!({"token": token})).await.json();
    assert_eq!((&opened["page"], &opened["search"]), (&new["page"], &new["search"]));
    let found = format!("/boards/{board}");
    for readable in [&*found, "", "/annotations"] {
        assert_eq!(read(&server, &token, readable).await, StatusCode::OK, "{readable}");
    }
    for allowed in
        ["/overview?device=mobile", "/overview?device=mobile&country=KE", "/friction/items"]
    {
        assert_eq!(read(&server, &token, allowed).await, ALLOWED, "{allowed}");
    }
    for refused in [
        "/overview",
        "/overview?device=desktop",
        "/overview?device=mobile&device=desktop",
        "/acquisition",
        "/recordings",
        "/boards",
        &format!("/boards/{other}"),
        &format!("{found}?device=mobile&x=/boards/{other}").replace(board, &other),
        "/sessions",
    ] {
        assert_eq!(read(&server, &token, refused).await, StatusCode::FORBIDDEN, "{refused}");
    }
    let hidden = json!({"version": 1, "board": {"name": "Client", "visibility": "own"}});
    let path = format!("{boards}/{board}");
    assert_eq!(server.manage("PUT", &path, &hidden).await.status, StatusCode::OK);
    for gone in [&*found, "/friction/items"] {
        assert_eq!(read(&server, &token, gone).await, StatusCode::FORBIDDEN, "{gone}");
    }
}

#[tokio::test]
async fn a_link_changes_nothing_and_opens_no_other_project() {
    let server = TestServer::start().await;
    let other = server.second_project().await;
    let (token, _) = create(&server, &json!({"name": "Client", "page": "friction"})).await;
    let by = RequestAuth::Key(&token);
    for (method, path, status) in [
        ("POST", "/api/projects/{project}/annotations", StatusCode::FORBIDDEN),
        ("DELETE", "/api/projects/{project}/logo", StatusCode::FORBIDDEN),
        ("POST", "/api/projects/{project}/sql", StatusCode::FORBIDDEN),
        ("GET", &format!("/api/projects/{other}/friction/kinds"), StatusCode::NOT_FOUND),
        // Paths of no project take no link.
        ("GET", "/api/auth/me", StatusCode::UNAUTHORIZED),
        ("GET", "/api/customers/metrics", StatusCode::UNAUTHORIZED),
    ] {
        let body = if method == "POST" { json!({"text": "Hello"}) } else { Value::Null };
        assert_eq!(server.ask(by, method, path, &body).await.status, status, "{method} {path}");
    }
    assert_eq!(read(&server, &token, "/friction/kinds").await, ALLOWED);
}

#[tokio::test]
async fn a_link_with_a_password_needs_it_and_proves_it() {
    let server = TestServer::start().await;
    let new = json!({"name": "Client", "page": "overview", "password": PASSWORD});
    let (token, _) = create(&server, &new).await;
    let missing = open(&server, json!({"token": token})).await;
    assert_eq!(missing.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(missing.json()["field"], "password");
    let wrong = open(&server, json!({"token": token, "password": "habari yako"})).await;
    assert_eq!(wrong.status, StatusCode::FORBIDDEN);
    let access = access(&server, json!({"token": token, "password": PASSWORD})).await;
    assert_eq!(read(&server, &access, "/overview").await, ALLOWED);
    let forged = format!("{token}.{}", "0".repeat(64));
    for other in [&token, &forged, &format!("{token}."), "fl_"] {
        assert_eq!(read(&server, other, "/overview").await, StatusCode::UNAUTHORIZED, "{other}");
    }
    // The proof of one link proves nothing of another.
    let (second, _) = create(&server, &new).await;
    let mixed = access.replace(&*token, &second);
    assert_eq!(read(&server, &mixed, "/overview").await, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn passwords_and_tokens_cannot_be_guessed_for_long() {
    let server = TestServer::start().await;
    let new = json!({"name": "Client", "page": "overview", "password": PASSWORD});
    let (token, _) = create(&server, &new).await;
    let mut tried = Vec::new();
    for number in 0..20 {
        let password = format!("habari {number:04}");
        tried.push(open(&server, json!({"token": token, "password": password})).await.status);
    }
    assert_eq!(tried.last(), Some(&StatusCode::TOO_MANY_REQUESTS), "{tried:?}");
    let server = TestServer::start().await;
    let mut tried = Vec::new();
    for number in 0..20 {
        tried.push(open(&server, json!({"token": format!("fl_{number:032}")})).await.status);
    }
    assert_eq!(tried[0], StatusCode::NOT_FOUND);
    assert_eq!(tried.last(), Some(&StatusCode::TOO_MANY_REQUESTS), "{tried:?}");
}

#[tokio::test]
async fn an_expired_or_revoked_link_shows_nothing() {
    let server = TestServer::start().await;
    let (revoked, id) = create(&server, &json!({"name": "A", "page": "journeys"})).await;
    let expiring =
        json!({"name": "B", "page": "performance", "expires_at": "2026-11-21T13:00:00Z"});
    let (expiring, _) = create(&server, &expiring).await;
    server.clock.advance_seconds(3_599);
    assert_eq!(read(&server, &revoked, "/journeys").await, ALLOWED);
    assert_eq!(read(&server, &expiring, "/web-vitals").await, ALLOWED);
    server.clock.advance_seconds(1);
    assert_eq!(read(&server, &expiring, "/web-vitals").await, StatusCode::UNAUTHORIZED);
    let path = format!("{LINKS}/{id}");
    assert_eq!(server.manage("DELETE", &path, &Value::Null).await.status, StatusCode::NO_CONTENT);
    assert_eq!(server.manage("DELETE", &path, &Value::Null).await.status, StatusCode::NOT_FOUND);
    assert_eq!(read(&server, &revoked, "/journeys").await, StatusCode::UNAUTHORIZED);
    for token in [revoked, expiring] {
        assert_eq!(open(&server, json!({"token": token})).await.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn other_sites_may_frame_what_a_link_lets_them() {
    let server = TestServer::start().await;
    let link = json!({"name": "Client", "page": "overview"});
    let (closed, _) = create(&server, &link).await;
    let embedded = json!({"name": "Client", "page": "overview", "can_embed": true});
    let (embedded, _) = create(&server, &embedded).await;
    for (path, ancestors, frame_options) in [
        (format!("/shared/{embedded}"), "frame-ancestors *", None),
        (format!("/shared/{closed}"), "frame-ancestors 'none'", Some("DENY")),
        ("/shared/fl_unknown".to_owned(), "frame-ancestors 'none'", Some("DENY")),
        ("/sign-in".to_owned(), "frame-ancestors 'none'", Some("DENY")),
    ] {
        let request = Request::get(&path).header("accept", "text/html").body(Body::empty());
        let answer = server.send(request.expect("a request")).await;
        let header = |name| answer.headers.get(name).map(|value| value.to_str().expect("a text"));
        let policy = header("content-security-policy").unwrap_or_default();
        assert!(policy.ends_with(ancestors), "{path}: {policy}");
        assert!(policy.contains("script-src 'self'"), "{path}: {policy}");
        assert_eq!(header("x-frame-options"), frame_options, "{path}");
    }
}

#[tokio::test]
async fn what_is_wrong_with_a_new_link_is_named() {
    let server = TestServer::start().await;
    let link = json!({"name": "Client", "page": "overview"});
    for (field, value) in [
        ("name", json!("")),
        ("name", json!("x".repeat(101))),
        ("password", json!("short")),
        ("expires_at", json!("2026-11-21T12:00:00Z")),
        ("expires_at", json!("tomorrow")),
        ("search", json!("a\nb")),
    ] {
        let mut new = link.clone();
        new[field] = value;
        let answer = server.manage("POST", LINKS, &new).await;
        assert!(matches!(answer.status.as_u16(), 400 | 422), "{field}: {}", answer.text);
        assert_eq!(answer.json()["field"], field);
    }
    let answer = server.manage("POST", LINKS, &json!({"name": "A", "page": "contacts"})).await;
    assert!(answer.status.is_client_error() && answer.text.contains("page"), "{}", answer.text);
}
