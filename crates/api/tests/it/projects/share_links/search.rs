//! The search parameters that a link keeps.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::{LINKS, create};
use crate::harness::TestServer;

/// The answer to a link that may not be: it names its search.
async fn refused(server: &TestServer, page: &str, search: &str) -> Value {
    let new = json!({"name": "Client", "page": page, "search": search});
    let answer = server.manage("POST", LINKS, &new).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{search}: {}", answer.text);
    let problem = answer.json();
    assert_eq!(problem["field"], "search", "{search}");
    problem
}

#[tokio::test]
async fn a_page_keeps_what_its_questions_can_read() {
    let server = TestServer::start().await;
    for (search, detail, allowed) in [
        ("period=7d&filters=colour%3Dred", "\"colour\" is no dimension", Some("utm_campaign")),
        ("filters=browser", "filter 1 has no operator", None),
        ("filters=session%3Dcried", "\"cried\" is no value of session", Some("booked")),
        ("friction_kind=sneeze", "\"sneeze\" is no value of friction_kind", Some("rage_click")),
        ("from=yesterday&to=2026-11-21T00:00:00Z", "from is", None),
        ("from=2026-11-21T00:00:00Z&to=2026-11-20T00:00:00Z", "to must be later", None),
        ("device=mobile&device=desktop", "duplicate field", None),
        ("channel=paid", "channel is no parameter of its own", None),
        ("?device=mobile", "leave out the ?", None),
        (&format!("path=/{}", "x".repeat(2_048)), "longer than 2048 bytes", None),
    ] {
        let problem = refused(&server, "overview", search).await;
        assert!(problem["detail"].as_str().is_some_and(|it| it.contains(detail)), "{problem}");
        let names = problem["allowed"].as_array();
        let is_named = names.map(|names| names.contains(&json!(allowed)));
        assert_eq!(is_named, allowed.map(|_| true), "{problem}");
    }
    assert_eq!(server.get(LINKS).await.json()["share_links"], json!([]));
    for search in [
        "period=28d&vs=none&answered=true&device=mobile&channel=",
        "filters=channel%3Dpaid%2Cemail%3Bcity!~dar&friction_kind=rage_click",
        "from=2026-11-20T00:00:00Z&to=2026-11-21T00:00:00Z&view=table",
    ] {
        create(&server, &json!({"name": "Client", "page": "friction", "search": search})).await;
    }
}

#[tokio::test]
async fn a_board_is_one_that_is_shared_and_has_no_filters_but_those_of_its_cards() {
    let server = TestServer::start().await;
    let boards = "/api/projects/{project}/boards";
    let mut made = Vec::new();
    for visibility in ["own", "project"] {
        let new = json!({"name": "Client", "visibility": visibility});
        let board = server.manage("POST", boards, &new).await.json();
        made.push(board["id"].as_str().expect("an id").to_owned());
    }
    let [own, shared] = &*made else { panic!("two boards") };
    for search in [
        "",
        "board=",
        "board=018f3f3e-7d1c-7cc2-9d4e-ffffffffffff",
        &format!("board={own}"),
        &format!("board={shared}&device=mobile"),
        &format!("board={shared}&filters=channel%3Dpaid"),
        &format!("board={shared}&filters=channel"),
    ] {
        refused(&server, "board", search).await;
    }
    let search = format!("board={shared}&period=28d");
    create(&server, &json!({"name": "Client", "page": "board", "search": search})).await;
}
