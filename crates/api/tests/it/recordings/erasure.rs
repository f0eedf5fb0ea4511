//! Recordings and pictures that are forgotten.

use axum::http::StatusCode;
use serde_json::Value;
use testkit::multipart::PNG;

use super::{EVENT, chunk, files, list, send_chunk, upload};
use crate::harness::TestServer;

#[tokio::test]
async fn an_erased_persons_recordings_and_pictures_go_and_no_more_come() {
    let server = TestServer::start().await;
    let mut foreign = chunk(&server, 0, 0);
    foreign["user_id"] = "user-1".into();
    assert_eq!(send_chunk(&server, &foreign).await.status, StatusCode::OK);
    let subject = [("session_id", "session-1"), ("user_id", "user-1")];
    assert_eq!(upload(&server, &subject, Some(PNG)).await.status, StatusCode::OK);
    let mut anothers = chunk(&server, 0, 0);
    for (field, value) in
        [("recording_id", EVENT), ("session_id", "session-2"), ("visitor_id", "visitor-2")]
    {
        anothers[field] = value.into();
    }
    assert_eq!(send_chunk(&server, &anothers).await.status, StatusCode::OK);
    assert_eq!(files(&server), 3);

    let response =
        server.manage("DELETE", "/api/projects/{project}/privacy/subjects/user-1", &Value::Null);
    let erasure = response.await;
    assert!(erasure.status.is_success(), "{}", erasure.text);
    server.project().await;
    server.app.privacy.run().await.expect("steps taken");
    assert_eq!(files(&server), 1);
    let left = list(&server, "").await;
    assert_eq!((left[0]["id"].clone(), left.as_array().map(Vec::len)), (EVENT.into(), Some(1)));

    for answer in [send_chunk(&server, &foreign).await, upload(&server, &subject, Some(PNG)).await]
    {
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.text);
        assert!(answer.text.contains("asked to be forgotten"), "{}", answer.text);
    }
    assert_eq!(files(&server), 1);
}
