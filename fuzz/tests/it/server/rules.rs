//! Invariants of every response.

use axum::http::header;
use serde_json::Value;

use super::{Account, Exchange, Request};

/// The rules of ingest: no 5xx, the contract's error shape, and every item with an outcome. `items` is
/// how many a body of this contract holds that are accounted for; none when it cannot be read.
pub(crate) fn check_ingest(exchange: &Exchange, items: impl Fn(&[u8]) -> Option<usize>) -> String {
    let Exchange { request, answer, account } = exchange;
    let status = answer.status.as_u16();
    if status == 503 && request.is_padded() && answer.headers.contains_key(header::RETRY_AFTER) {
        // More than the share of bodies that senders without a key have.
        return "503".to_owned();
    }
    assert!(status < 500, "{status} {}", answer.text);
    if !is_ingest(request) {
        return format!("elsewhere {status}");
    }
    assert_eq!(answer.headers.get(header::CONTENT_TYPE).expect("a type"), "application/json");
    let json: Value = serde_json::from_str(&answer.text).expect("the answer is JSON");
    let rejected = json["rejected"].as_array().map_or(&[][..], Vec::as_slice);
    let sent = items(&request.body);
    if status < 300 {
        assert_eq!(json["success"], true, "{}", answer.text);
        check_stored(&json, *account);
        check_refused(request, rejected, *account);
        if request.is_whole() {
            let known = account.accepted + account.duplicates + rejected.len();
            assert_eq!(Some(known), sent, "{json} {account:?}");
        }
        return format!("{status} {} rejected", rejected.len().min(2));
    }
    let message = json["error"].as_str().unwrap_or_default();
    assert!(!message.is_empty() && json["request_id"].is_string(), "{}", answer.text);
    assert_eq!(account.accepted + account.duplicates, 0, "{status} {message}: {account:?}");
    if !rejected.is_empty() {
        check_refused(request, rejected, *account);
    } else if is_known(request) && status != 401 && sent != Some(0) {
        assert!(account.refused > 0, "{status} {message}: nobody accounts for it");
    }
    format!("{status} {}", pattern(message))
}

/// Whether a request still goes where its target aims: changes of its bytes may lead it elsewhere.
fn is_ingest(request: &Request) -> bool {
    const PATHS: [&str; 13] = [
        "/ingest-events",
        "/functions/v1/ingest-events",
        "/api/tracking/flush",
        "/api/interactions",
        "/track-event",
        "/make-server-0a1b/track-event",
        WIDGETS,
        "/api/analytics/session/start",
        "/api/analytics/session/end",
        "/api/orders",
        "/api/bookings",
        "/ingest-recording",
        "/upload-screenshot",
    ];
    let path = request.path.split('?').next().unwrap_or_default();
    request.method == "POST" && PATHS.contains(&path)
}

const WIDGETS: &str = "/api/analytics/track";

/// Whether the head shows whose the request is, so that somebody accounts for it.
fn is_known(request: &Request) -> bool {
    request.header("x-api-key").is_some_and(|key| key.starts_with("fk_") && key.is_ascii())
}

/// What is answered as stored is in the journal.
fn check_stored(json: &Value, account: Account) {
    for count in ["processed", "inserted"].iter().filter_map(|name| json[name].as_u64()) {
        let stored = account.accepted + account.duplicates;
        assert_eq!(u64::try_from(stored), Ok(count), "{json}");
    }
}

/// What is answered as rejected is counted. An event that names no widget is nobody's.
fn check_refused(request: &Request, rejected: &[Value], account: Account) {
    if request.path.starts_with(WIDGETS) {
        assert!(account.refused <= rejected.len(), "{rejected:?} {account:?}");
    } else {
        assert_eq!(account.refused, rejected.len(), "{rejected:?}");
    }
}

/// The rules of everything else: no 5xx, and problem documents for what is not done. A path that changes of its bytes
/// made one of ingest's is answered as ingest does.
pub(crate) fn check_problem(exchange: &Exchange) -> String {
    let Exchange { request, answer, account } = exchange;
    let status = answer.status.as_u16();
    assert!(status < 500, "{status} {}", answer.text);
    if status < 400 {
        return status.to_string();
    }
    assert_eq!(*account, Account::default(), "{status} {}", answer.text);
    let content_type = answer.headers.get(header::CONTENT_TYPE).expect("a type");
    let json: Value = serde_json::from_str(&answer.text).expect("the answer is JSON");
    if !request.path.starts_with("/api/projects/") && json["error"].is_string() {
        assert_eq!(content_type, "application/json", "{status} {}", answer.text);
        return format!("elsewhere {status}");
    }
    assert_eq!(content_type, "application/problem+json", "{status} {}", answer.text);
    assert_eq!(json["status"], status, "{}", answer.text);
    format!("{status} {}", pattern(json["detail"].as_str().unwrap_or_default()))
}

/// A message without what it quotes: two messages of one kind are one thing found.
fn pattern(message: &str) -> String {
    let mut is_quoted = false;
    let kept = message.chars().filter(|character| {
        if matches!(character, '"' | '`') {
            is_quoted = !is_quoted;
        }
        !is_quoted && !character.is_ascii_digit()
    });
    kept.take(60).collect()
}
