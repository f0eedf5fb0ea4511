//! Settings of the browser SDK.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use domain::sdk_settings::SdkSettings;
use serde_json::{Value, json};

use crate::harness::TestServer;

const SDK: &str = include_str!("../../../../../sdk/README.md");
const SHOP: &str = "https://shop.test";

#[tokio::test]
async fn pages_get_what_was_set() {
    let server = TestServer::start().await;
    let path = "/api/projects/{project}/sdk-settings";
    let default = server.ask_from_page("/sdk-settings", SHOP, "").await;
    assert_eq!(default.status, StatusCode::OK, "{}", default.text);
    assert_eq!(default.headers["access-control-allow-origin"], SHOP);
    assert_eq!(default.json()["version"], 0);
    assert_eq!(default.json()["thresholds"]["rage_min_clicks"], 3);

    let change = json!({"version": 0, "settings": {
        "signals": {"form_validation_error": false}, "thresholds": {"rage_min_clicks": 4}, "consent": "none",
    }});
    let stored = server.manage("PUT", path, &change).await;
    assert_eq!(stored.status, StatusCode::OK, "{}", stored.text);
    assert_eq!(stored.json()["version"], 1);
    assert_eq!(server.manage("PUT", path, &change).await.status, StatusCode::CONFLICT);

    let etag = default.headers["etag"].to_str().expect("ASCII");
    let changed = server.ask_from_page("/sdk-settings", SHOP, etag).await;
    let stored = changed.json();
    assert_eq!(stored["version"], 1);
    assert_eq!(stored["signals"]["form_validation_error"], false);
    assert_eq!(stored["signals"]["javascript_error"], true);
    assert_eq!(stored["thresholds"]["rage_min_clicks"], 4);
    assert_eq!(stored["consent"], "none");
    let etag = changed.headers["etag"].to_str().expect("ASCII");
    let known = server.ask_from_page("/sdk-settings", SHOP, etag).await;
    assert_eq!((known.status, known.text.as_str()), (StatusCode::NOT_MODIFIED, ""));
    assert_eq!(server.get(path).await.json()["settings"]["consent"], "none");
}

#[tokio::test]
async fn strangers_get_nothing() {
    let server = TestServer::start().await;
    let elsewhere = server.ask_from_page("/sdk-settings", "https://other.test", "").await;
    assert_eq!(elsewhere.status, StatusCode::FORBIDDEN);
    let request = Request::get("/sdk-settings?key=fk_nobody").body(Body::empty());
    let unknown = server.send(request.expect("a request")).await;
    assert_eq!(unknown.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn what_pages_cannot_use_is_refused() {
    let server = TestServer::start().await;
    let path = "/api/projects/{project}/sdk-settings";
    for (settings, expected) in [
        (json!({"thresholds": {"rage_min_clicks": 1}}), "thresholds.rage_min_clicks"),
        (json!({"sampling": {"session_share": 2}}), "sampling.session_share"),
    ] {
        let change = json!({"version": 0, "settings": settings});
        let refused = server.manage("PUT", path, &change).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.text);
        assert!(refused.text.contains(expected), "{}", refused.text);
        assert_eq!(refused.json()["field"], expected);
    }
    let unknown = json!({"version": 0, "settings": {"signals": {"clicks": true}}});
    assert_eq!(server.manage("PUT", path, &unknown).await.status, StatusCode::BAD_REQUEST);
    assert_eq!(server.get(path).await.json()["version"], 0);
}

/// The names of all settings, each with its group's.
fn names(settings: &Value) -> Vec<String> {
    let groups = settings.as_object().expect("an object").iter();
    let within = groups.flat_map(|(group, values)| match values.as_object() {
        Some(values) => values.keys().map(|name| format!("{group}.{name}")).collect(),
        None => vec![group.clone()],
    });
    within.collect()
}

#[test]
fn server_and_sdk_have_the_same_settings_and_defaults() {
    let (_, rest) = SDK.split_once("```json\n").expect("the README shows the settings");
    let (shown, _) = rest.split_once("```").expect("the end of the JSON");
    let mut shown: Value = serde_json::from_str(shown).expect("JSON");
    assert_eq!(shown.as_object_mut().expect("an object").remove("version"), Some(json!(0)));
    let default = SdkSettings::default();
    assert_eq!(names(&shown), names(&serde_json::to_value(&default).expect("JSON")));
    assert_eq!(serde_json::from_value::<SdkSettings>(shown).expect("settings"), default);
}
