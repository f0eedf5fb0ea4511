//! Pictures of pages.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use serde_json::{Value, json};
use testkit::multipart::PNG;

use super::{picture_of, upload};
use crate::harness::TestServer;

#[tokio::test]
async fn a_picture_is_shown_as_a_picture_and_nothing_else() {
    let server = TestServer::start().await;
    let answer = upload(&server, &picture_of("session-1"), Some(PNG)).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    let url = answer.json()["screenshot_url"].as_str().expect("an address").to_owned();
    assert!(url.starts_with(&format!("/api/projects/{}/screenshots/", server.project)), "{url}");
    let again = upload(&server, &picture_of("session-1"), Some(PNG)).await;
    assert_eq!(again.json()["screenshot_url"], *url, "sent again it replaces itself");

    let shown = server.get(&url).await;
    assert_eq!(shown.status, StatusCode::OK);
    assert!(shown.text.contains("IHDR"), "the file as it was sent");
    assert_eq!(shown.headers["content-type"], "image/png");
    let disposition = shown.headers["content-disposition"].to_str().expect("a text");
    assert_eq!(disposition, "attachment; filename=\"screenshot.png\"");
    assert_eq!(shown.headers["x-content-type-options"], "nosniff");
    let elsewhere = server.second_project().await;
    let foreign = url.replace(&server.project.to_string(), &elsewhere);
    assert_eq!(server.get(&foreign).await.status, StatusCode::NOT_FOUND);
    let nobody = Request::get(&*url).body(Body::empty()).expect("a request");
    assert_eq!(server.send(nobody).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn only_pictures_are_taken() {
    let server = TestServer::start().await;
    let subject = picture_of("session-1");
    let html = b"<html><script>alert(1)</script></html>";
    let svg = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>";
    let with_more = [PNG, b"<script>alert(1)</script>"].concat();
    for file in [&html[..], svg, b"\x1aE\xdf\xa3", b"", &PNG[..40], &with_more] {
        let answer = upload(&server, &subject, Some(file)).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{}", answer.text);
        assert_eq!(answer.json()["error"], "file must be a PNG image");
    }
    let huge = vec![0; 3 << 20];
    let answer = upload(&server, &subject, Some(&huge)).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE, "{}", answer.text);
    let missing = upload(&server, &subject, None).await;
    assert_eq!(missing.json()["error"], "file is missing");
    let request = Request::post("/upload-screenshot")
        .header("origin", "https://shop.test")
        .header("x-api-key", &server.key);
    let answer = server.send(request.body(Body::from("x")).expect("a request")).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{}", answer.text);
}

/// Contract 3 asks for the file alone.
#[tokio::test]
async fn a_picture_of_an_unnamed_visit_is_kept_and_its_sender_hears_so() {
    let server = TestServer::start().await;
    let no_event = "friction_event_id is missing: the screenshot is linked to no event";
    let no_session = "session_id is missing: the screenshot is linked to no session";
    for (fields, warnings) in [
        (vec![], json!([no_event, no_session])),
        (vec![("session_id", ""), ("user_id", "")], json!([no_event, no_session])),
        (vec![("session_id", "session-1")], json!([no_event])),
        (vec![("friction_event_id", super::EVENT)], json!([no_session])),
        (picture_of("session-1").to_vec(), Value::Null),
    ] {
        let answer = upload(&server, &fields, Some(PNG)).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        let answer = answer.json();
        assert_eq!(answer["warnings"], warnings, "{fields:?}");
        let shown = server.get(answer["screenshot_url"].as_str().expect("an address")).await;
        assert_eq!(shown.status, StatusCode::OK, "{fields:?}");
    }
    let long = "s".repeat(1_000);
    let answer = upload(&server, &[("session_id", &*long)], Some(PNG)).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    assert!(answer.text.contains("session_id must be a text of"), "{}", answer.text);
}
