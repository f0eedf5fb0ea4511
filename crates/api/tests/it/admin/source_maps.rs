//! `/api/projects/{project_id}/source-maps` and `/stack-frames`

use axum::body::Body;
use axum::http::{Request, StatusCode};
use domain::clock::Clock as _;
use domain::key::SecretKeyRole;
use domain::role::Role;
use domain::source_map::MAX_SOURCE_MAP_BYTES;
use serde_json::{Value, json};
use testkit::source_maps::{CHROMIUM_STACK, FIREFOX_STACK, MAP, ORIGINALS, SCRIPT_URL};

use crate::credentials::RequestAuth;
use crate::harness::{Answer, TestServer};

const MAPS: &str = "/api/projects/{project}/source-maps";
const FRAMES: &str = "/api/projects/{project}/stack-frames";

fn path(query: &str) -> String {
    format!("{MAPS}?{query}")
}

fn fixture() -> Value {
    serde_json::from_str(MAP).expect("JSON")
}

async fn upload(server: &TestServer, query: &str, map: &Value) -> Answer {
    server.manage("POST", &path(query), map).await
}

async fn uploaded(server: &TestServer, query: &str, map: &Value) -> Value {
    let answer = upload(server, query, map).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text);
    answer.json()
}

/// The frames of a stack that was met `seconds` from now.
async fn frames(server: &TestServer, stack: &str, seconds: i64) -> Value {
    let at = server.clock.now().plus_seconds(seconds).to_rfc3339();
    let body = json!({"stack": stack, "occurred_at": at});
    let answer = server.manage("POST", FRAMES, &body).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    answer.json()["frames"].clone()
}

/// The function, file and line of each resolved frame.
fn resolved(frames: &Value) -> Vec<(String, String, u64)> {
    let frames = frames.as_array().into_iter().flatten();
    let frames = frames.filter(|frame| frame["is_resolved"] == true);
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let of = |frame: &Value| {
        (text(&frame["function"]), text(&frame["file"]), frame["line"].as_u64().expect("a line"))
    };
    frames.map(of).collect()
}

#[tokio::test]
async fn a_map_is_uploaded_once_listed_and_deleted() {
    let server = TestServer::start().await;
    let query = "url=https://Shop.test/assets/app.js%3Fv=2&release=4.2";
    let made = uploaded(&server, query, &fixture()).await;
    assert_eq!((&made["url"], &made["release"]), (&json!(SCRIPT_URL), &json!("4.2")));
    assert_eq!(made["size_bytes"], fixture().to_string().len());
    assert_eq!(made["uploaded_by"], server.owner().await.member.id.to_string());
    let again = upload(&server, query, &fixture()).await;
    assert_eq!((again.status, &again.json()["id"]), (StatusCode::OK, &made["id"]));
    let other = uploaded(&server, "url=/assets/app.js", &fixture()).await;
    assert_eq!((&other["url"], &other["release"]), (&json!("~/assets/app.js"), &json!(null)));
    let first = server.get(&path("limit=1")).await.json();
    assert_eq!(first["source_maps"].as_array().map(Vec::len), Some(1));
    let cursor = first["next_cursor"].as_str().expect("a cursor");
    let second = server.get(&path(&format!("limit=1&cursor={cursor}"))).await.json();
    let ids = [&first, &second].map(|page| page["source_maps"][0]["id"].clone());
    assert!(ids.contains(&made["id"]) && ids.contains(&other["id"]), "{ids:?}");
    let listed = server.get(MAPS).await;
    assert!(!listed.text.contains("priceOf"), "no contents: {}", listed.text);
    let one = format!("{MAPS}/{}", made["id"].as_str().expect("an id"));
    assert_eq!(server.manage("DELETE", &one, &Value::Null).await.status, StatusCode::NO_CONTENT);
    assert_eq!(server.manage("DELETE", &one, &Value::Null).await.status, StatusCode::NOT_FOUND);
    assert_eq!(server.get(&one).await.status, StatusCode::METHOD_NOT_ALLOWED);
    let left = server.get(MAPS).await.json();
    assert_eq!(left["source_maps"].as_array().map(Vec::len), Some(1));
    let audit = server.get("/api/projects/{project}/audit").await.json();
    let entries = audit["entries"].as_array().into_iter().flatten();
    let of = |operation| entries.clone().filter(move |entry| entry["operation"] == operation);
    assert_eq!(of("upload_source_map").count(), 3, "{audit}");
    assert!(of("delete_source_map").all(|entry| entry["target"] == made["id"]), "{audit}");
    assert_eq!(of("stack_frames").count(), 0);
}

#[tokio::test]
async fn stacks_are_resolved_by_the_maps_of_their_scripts() {
    let server = TestServer::start().await;
    let raw = frames(&server, CHROMIUM_STACK, 0).await;
    assert_eq!(resolved(&raw), []);
    assert_eq!((&raw[0]["file"], &raw[0]["column"]), (&json!("app.js"), &json!(39)));
    assert_eq!((&raw[0]["script"], &raw[0]["has_source_map"]), (&json!(SCRIPT_URL), &json!(false)));
    uploaded(&server, "url=~/assets/app.js", &fixture()).await;
    // Also of what was met before there was a map.
    for (stack, seconds) in [(CHROMIUM_STACK, 60), (FIREFOX_STACK, -60)] {
        let answer = frames(&server, stack, seconds).await;
        let found = resolved(&answer);
        let expected = ORIGINALS.map(|(_, file, line, _)| (file.to_owned(), line.into()));
        let places: Vec<(String, u64)> =
            found.iter().map(|(_, file, line)| (file.clone(), *line)).collect();
        assert_eq!(places, expected, "{answer}");
        assert_eq!(found[0].0, "priceOf");
        assert_eq!(answer.as_array().map(Vec::len), Some(5));
        let context = &answer[0]["source_context"];
        assert_eq!(
            context["line"],
            "  if (!item.price) throw new Error(`no price of ${item.name}`)"
        );
        assert_eq!(context["before"].as_array().map(Vec::len), Some(4));
        assert_eq!(context["after"].as_array().map(Vec::len), Some(4));
        assert_eq!(answer[4]["has_source_map"], false);
    }
    let other_path = CHROMIUM_STACK.replace("/assets/", "/other/");
    assert_eq!(resolved(&frames(&server, &other_path, 0).await), []);
}

#[tokio::test]
async fn the_map_of_the_time_and_of_the_release_counts() {
    let server = TestServer::start().await;
    let named = |name: &str| {
        let mut map = fixture();
        map["sources"] = json!([format!("{name}.ts"), "main.ts"]);
        map
    };
    let file = async |seconds| {
        let answer = frames(&server, CHROMIUM_STACK, seconds).await;
        resolved(&answer)[0].1.clone()
    };
    uploaded(&server, "url=~/assets/app.js&release=1", &named("first")).await;
    server.clock.advance_seconds(100);
    uploaded(&server, "url=~/assets/app.js&release=2", &named("second")).await;
    assert_eq!((file(-50).await, file(0).await), ("first.ts".to_owned(), "second.ts".to_owned()));
    // The second release was later than the upload of its maps.
    for (text, seconds) in [("1", -300), ("2", 200)] {
        let at = server.clock.now().plus_seconds(seconds).to_rfc3339();
        let release = json!({"text": text, "kind": "release", "at": at});
        let made = server.manage("POST", "/api/projects/{project}/annotations", &release).await;
        assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
    }
    assert_eq!((file(100).await, file(300).await), ("first.ts".to_owned(), "second.ts".to_owned()));
    // Rolled back: the same map again.
    server.clock.advance_seconds(400);
    let again = upload(&server, "url=~/assets/app.js&release=1", &named("first")).await;
    assert_eq!(again.status, StatusCode::OK, "{}", again.text);
}

#[tokio::test]
async fn programs_upload_by_their_key_and_others_do_not() {
    let server = TestServer::start().await;
    let ask = async |auth: RequestAuth<'_>, method, path: &str, body: &Value| {
        server.ask(auth, method, path, body).await
    };
    let query = path("url=~/assets/app.js");
    let key = server.secret_key(server.project, Role::Analyst).await;
    let made = ask(RequestAuth::Key(&key), "POST", &query, &fixture()).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
    assert_eq!(made.json()["uploaded_by"], Value::Null);
    let viewer = server.as_role(Role::Viewer).await;
    let writers_key = server.secret_key_of(server.project, SecretKeyRole::Writer).await;
    let one = format!("{MAPS}/{}", made.json()["id"].as_str().expect("an id"));
    let stack = json!({"stack": CHROMIUM_STACK, "occurred_at": "2026-11-25T00:00:00Z"});
    for (auth, status) in [
        (RequestAuth::Nobody, StatusCode::UNAUTHORIZED),
        (RequestAuth::Session(&viewer.session), StatusCode::FORBIDDEN),
        (RequestAuth::Key(&writers_key), StatusCode::FORBIDDEN),
        (RequestAuth::KeyInAPage(&key), StatusCode::FORBIDDEN),
    ] {
        for (method, path, body) in [
            ("POST", &*query, &fixture()),
            ("GET", MAPS, &Value::Null),
            ("DELETE", &one, &Value::Null),
            ("POST", FRAMES, &stack),
        ] {
            let answer = ask(auth, method, path, body).await;
            assert_eq!(answer.status, status, "{auth:?} {method} {path}: {}", answer.text);
        }
    }
    // A page's own key, which everybody can read.
    let request = Request::post(query.replace("{project}", &server.project.to_string()))
        .header("x-api-key", &server.key)
        .body(Body::from(MAP));
    let answer = server.send(request.expect("a request")).await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn maps_of_another_project_resolve_nothing() {
    let server = TestServer::start().await;
    let (stranger, foreign) = server.stranger().await;
    let auth = RequestAuth::Session(&stranger.session);
    let foreign_path = |path: &str| path.replace("{project}", &foreign.to_string());
    let query = foreign_path(&path(&format!("url={SCRIPT_URL}")));
    let made = server.ask(auth, "POST", &query, &fixture()).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
    let one = format!("{MAPS}/{}", made.json()["id"].as_str().expect("an id"));
    assert_eq!(resolved(&frames(&server, CHROMIUM_STACK, 60).await), []);
    assert_eq!(server.get(MAPS).await.json()["source_maps"], json!([]));
    let deleted = server.manage("DELETE", &one, &Value::Null).await;
    assert_eq!(deleted.status, StatusCode::NOT_FOUND, "{}", deleted.text);
    for path in [query, foreign_path(MAPS)] {
        let answer = server.manage("POST", &path, &fixture()).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{}", answer.text);
    }
    let at = server.clock.now().plus_seconds(60).to_rfc3339();
    let body = json!({"stack": CHROMIUM_STACK, "occurred_at": at});
    let own = server.ask(auth, "POST", &foreign_path(FRAMES), &body).await;
    assert_eq!(resolved(&own.json()["frames"]).len(), 4, "it was not deleted: {}", own.text);
    let bought = server.secret_key(server.project, Role::Analyst).await;
    let answer =
        server.ask(RequestAuth::Key(&bought), "GET", &foreign_path(MAPS), &Value::Null).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_is_no_map_or_has_no_address_is_refused() {
    let server = TestServer::start().await;
    let long = format!("url=/a.js&release={}", "a".repeat(201));
    for (query, map, status, field) in [
        ("", fixture(), 400, "url"),
        ("url=", fixture(), 422, "url"),
        ("url=app.js", fixture(), 422, "url"),
        ("url=javascript:alert(1)", fixture(), 422, "url"),
        (&long, fixture(), 422, "release"),
        ("url=/a.js", json!({}), 422, "version"),
        ("url=/a.js", json!({"version": 3, "mappings": "!"}), 422, "not a source map"),
        ("url=/a.js", json!([1, 2]), 422, "not a source map"),
        ("url=/a.js", Value::Null, 422, "not a source map"),
    ] {
        let answer = upload(&server, query, &map).await;
        assert_eq!(answer.status, status, "{query}: {}", answer.text);
        assert!(answer.text.contains(field), "{query}: {}", answer.text);
    }
    assert_eq!(server.get(MAPS).await.json()["source_maps"], json!([]), "nothing is stored");
    for (body, status, field) in [
        (json!({"stack": "x"}), 400, "occurred_at"),
        (json!({"stack": "x", "occurred_at": "soon"}), 400, "occurred_at"),
        (json!({"stack": "x".repeat(8_193), "occurred_at": 0}), 400, "occurred_at"),
        (json!({"stack": "x".repeat(8_193), "occurred_at": "0"}), 422, "stack"),
    ] {
        let answer = server.manage("POST", FRAMES, &body).await;
        assert_eq!(answer.status, status, "{}", answer.text);
        assert!(answer.text.contains(field), "{}", answer.text);
    }
}

#[tokio::test]
async fn a_map_beyond_32_mib_is_refused_while_it_arrives() {
    let server = TestServer::start().await;
    let mut map = fixture();
    map["sourcesContent"] = json!(["a".repeat(MAX_SOURCE_MAP_BYTES)]);
    let answer = upload(&server, "url=/a.js", &map).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE, "{}", answer.text);
    // Of unknown length.
    let piece = bytes::Bytes::from(vec![b' '; 1_024 * 1_024]);
    let pieces = std::iter::repeat_n(piece, 33).map(Ok::<_, std::io::Error>);
    let uri = path("url=/a.js").replace("{project}", &server.project.to_string());
    let request = Request::post(uri)
        .header("cookie", format!("footfall={}", server.session))
        .body(Body::from_stream(futures::stream::iter(pieces)));
    let answer = server.send(request.expect("a request")).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE, "{}", answer.text);
    // What fits is read, although it is larger than all bodies may be together.
    let mut map = fixture();
    map["sourcesContent"] = json!(["a".repeat(30 * 1_024 * 1_024)]);
    let made = uploaded(&server, "url=~/assets/app.js", &map).await;
    assert!(made["size_bytes"].as_u64() > Some(30 * 1_024 * 1_024));
    assert_eq!(resolved(&frames(&server, CHROMIUM_STACK, 0).await).len(), 4);
}
