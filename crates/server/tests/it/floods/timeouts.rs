//! Each part that a client owes has a deadline, after which its connection is closed.

use std::time::Duration;

use super::{event, start_with};
use crate::harness::{Connection, Footfall, ingest_head};

/// Long enough for a client on the same machine, short enough to wait for.
const SHORT: [(&str, &str); 5] = [
    ("CONNECTIONS__FIRST_BYTE_SECONDS", "1"),
    ("CONNECTIONS__HEAD_SECONDS", "1"),
    ("CONNECTIONS__BODY_SECONDS", "1"),
    ("CONNECTIONS__WRITE_SECONDS", "1"),
    ("CONNECTIONS__IDLE_SECONDS", "1"),
];
/// Far more than any deadline under test.
const PATIENCE: Duration = Duration::from_mins(1);
/// Far longer than the test runs, except for the deadline under test.
const LONG: &str = "3600";
const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
const EMPTY_SETTINGS: &[u8] = &[0, 0, 0, 4, 0, 0, 0, 0, 0];

/// A server all of whose deadlines but one are far away.
async fn with_short(setting: &str) -> Footfall {
    let settings =
        SHORT.map(|(name, short)| (name, if name.contains(setting) { short } else { LONG }));
    Footfall::start_with(&settings).await
}

/// Sends this, and returns the answer until the server closes the connection, which it must.
async fn answer_to(server: &Footfall, bytes: &[u8]) -> String {
    let mut connection = Connection::open(server.address()).await;
    connection.write(bytes).await;
    tokio::time::timeout(PATIENCE, connection.answer()).await.expect("the connection is closed")
}

#[tokio::test]
async fn a_connection_that_says_nothing_is_closed() {
    let server = with_short("FIRST_BYTE").await;
    assert_eq!(answer_to(&server, b"").await, "");
}

#[tokio::test]
async fn half_a_head_or_half_a_preface_is_closed() {
    let server = with_short("HEAD").await;
    for half in [&b"G"[..], b"GET / HTTP/1.1\r\nhost: a\r\nx: ", b"PRI * HTTP/2.0\r\n"] {
        assert_eq!(answer_to(&server, half).await, "", "{half:?}");
    }
}

#[tokio::test]
async fn an_idle_connection_is_closed_whatever_it_speaks() {
    let server = with_short("IDLE").await;
    let request = b"GET /health/live HTTP/1.1\r\nhost: a\r\n\r\n";
    let answer = answer_to(&server, request).await;
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    answer_to(&server, PREFACE).await;
    answer_to(&server, &[PREFACE, EMPTY_SETTINGS].concat()).await;
}

#[tokio::test]
async fn half_a_body_times_out_on_every_kind_of_route() {
    let (server, owner, page) = start_with(&[
        ("CONNECTIONS__BODY_SECONDS", "1"),
        ("CONNECTIONS__IDLE_SECONDS", LONG),
        ("CONNECTIONS__HEAD_SECONDS", LONG),
    ])
    .await;
    let with_key = ingest_head(&page.key, 100) + "{";
    let without_key = with_key.replace(&page.key, "").replace("x-api-key: \r\n", "");
    let json = "content-type: application/json\r\ncontent-length: 100\r\n\r\n{";
    let origin = server.url("");
    let sign_in = format!(
        "POST /api/auth/sign-in HTTP/1.1\r\nhost: {}\r\norigin: {origin}\r\n{json}",
        server.address()
    );
    let upload = format!(
        "POST /upload-screenshot HTTP/1.1\r\nhost: a\r\nx-api-key: {}\r\n\
         content-type: multipart/form-data; boundary=b\r\ncontent-length: 100\r\n\r\n--b\r\n",
        page.key
    );
    for request in [with_key, without_key, sign_in, upload] {
        let answer = answer_to(&server, request.as_bytes()).await;
        assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 400"), "{request}: {answer}");
    }
    page.send(&event(1)).await.expect(200);
    owner.wait_for_accepted(1).await;
}

#[tokio::test]
async fn a_response_nobody_reads_is_abandoned() {
    let server = with_short("WRITE").await;
    let request = b"GET /friction-tracker.js HTTP/1.1\r\nhost: a\r\n\r\n";
    let mut connection = Connection::open(server.address()).await;
    // Nothing is read: the sockets' buffers fill, and the server stops reading in its turn.
    let asking = async { while connection.write(request).await {} };
    tokio::time::timeout(PATIENCE, asking).await.expect("the connection is closed");
}
