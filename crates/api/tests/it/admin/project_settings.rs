//! `/api/projects/{project_id}/settings` and `/logo`: name, currency and picture of a project.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use serde_json::{Value, json};
use testkit::multipart::PNG;

use crate::harness::{Answer, TestServer};

const SETTINGS: &str = "/api/projects/{project}/settings";
const LOGO: &str = "/api/projects/{project}/logo";

async fn upload(server: &TestServer, image: Vec<u8>) -> Answer {
    let request = Request::put(LOGO.replace("{project}", &server.project.to_string()))
        .header("cookie", format!("footfall={}", server.session))
        .header("content-type", "text/html")
        .body(Body::from(image));
    server.send(request.expect("a request")).await
}

async fn shown(server: &TestServer, member: &str) -> Value {
    let me = server.get("/api/auth/me").await.json();
    let projects = me["projects"].as_array().expect("projects").iter();
    let project = projects.clone().find(|it| it["id"] == server.project.to_string().as_str());
    project.expect("the project")[member].clone()
}

#[tokio::test]
async fn a_project_is_named_and_its_amounts_have_a_currency() {
    let server = TestServer::start().await;
    let mut settings = server.get(SETTINGS).await.json();
    assert_eq!(settings["name"], shown(&server, "name").await);
    assert_eq!(settings["default_currency"], Value::Null);
    settings["name"] = json!(" Café Bahari ");
    settings["default_currency"] = json!("kes");
    let set = server.manage("PUT", SETTINGS, &settings).await;
    assert_eq!(set.status, StatusCode::OK, "{}", set.text);
    let set = set.json();
    assert_eq!(
        (&set["name"], &set["default_currency"], &set["version"]),
        (&json!("Café Bahari"), &json!("KES"), &json!(1))
    );
    assert_eq!(shown(&server, "name").await, "Café Bahari");
    let paid = json!({
        "event_type": "booking.completed", "customer": {"id": "asha"},
        "event_data": {"total_amount": 10},
    });
    assert_eq!(server.ingest("/track-event", &paid).await.status, StatusCode::OK);
    let events = server.events().await;
    assert_eq!(events[0].currency.as_deref(), Some("KES"));
}

#[tokio::test]
async fn what_cannot_be_set_is_refused_by_its_field() {
    let server = TestServer::start().await;
    let settings = server.get(SETTINGS).await.json();
    for (field, value) in [
        ("name", json!("  ")),
        ("name", json!("a\nb")),
        ("name", json!("a".repeat(101))),
        ("default_currency", json!("shilling")),
        ("default_currency", json!("")),
        ("time_zone", json!("Mars/Olympus")),
    ] {
        let mut change = settings.clone();
        change[field] = value;
        let answer = server.manage("PUT", SETTINGS, &change).await;
        assert!(answer.status.is_client_error(), "{change}: {}", answer.status);
        assert_eq!(answer.json()["field"], field, "{change}: {}", answer.text);
    }
    for field in ["name", "default_currency"] {
        let mut change = settings.clone();
        change.as_object_mut().expect("an object").remove(field);
        let answer = server.manage("PUT", SETTINGS, &change).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{field} is left out");
    }
    assert_eq!(server.get(SETTINGS).await.json(), settings);
}

#[tokio::test]
async fn a_logo_is_stored_shown_as_a_picture_only_and_removed() {
    let server = TestServer::start().await;
    assert_eq!(server.get(LOGO).await.status, StatusCode::NOT_FOUND);
    assert_eq!(shown(&server, "logo_url").await, Value::Null);
    let stored = upload(&server, PNG.to_vec()).await;
    assert_eq!(stored.status, StatusCode::NO_CONTENT, "{}", stored.text);
    let url = shown(&server, "logo_url").await;
    let url = url.as_str().expect("a path").to_owned();
    let request = Request::get(&url).header("cookie", format!("footfall={}", server.session));
    let answer = server.send(request.body(Body::empty()).expect("a request")).await;
    assert_eq!(answer.status, StatusCode::OK);
    for (name, value) in [
        (header::CONTENT_TYPE, "image/png"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"logo\""),
    ] {
        assert_eq!(answer.headers[&name], value, "{name}");
    }
    server.clock.advance_seconds(1);
    assert_eq!(upload(&server, PNG.to_vec()).await.status, StatusCode::NO_CONTENT);
    assert_ne!(shown(&server, "logo_url").await, url.as_str(), "browsers load the new one");
    let removed = server.manage("DELETE", LOGO, &Value::Null).await;
    assert_eq!(removed.status, StatusCode::NO_CONTENT);
    let again = server.manage("DELETE", LOGO, &Value::Null).await;
    assert_eq!(again.status, StatusCode::NOT_FOUND);
    assert_eq!(shown(&server, "logo_url").await, Value::Null);
}

#[tokio::test]
async fn what_is_no_picture_is_refused_by_its_field() {
    let server = TestServer::start().await;
    for image in [
        Vec::new(),
        b"<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>".to_vec(),
        [PNG, b"<script>alert(1)</script>"].concat(),
        b"GIF89a".to_vec(),
    ] {
        let refused = upload(&server, image).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.text);
        assert_eq!(refused.json()["field"], "logo");
        assert!(refused.text.contains("PNG or JPEG"), "{}", refused.text);
    }
    let mut wide = PNG.to_vec();
    wide[16..20].copy_from_slice(&2_000_u32.to_be_bytes());
    let refused = upload(&server, wide).await;
    assert!(refused.text.contains("1024 pixels"), "{}", refused.text);
    let large = upload(&server, vec![0; 200 * 1024 + 1]).await;
    assert_eq!(large.status, StatusCode::PAYLOAD_TOO_LARGE, "{}", large.text);
    assert_eq!(server.get(LOGO).await.status, StatusCode::NOT_FOUND);
}
