//! Contract 5, `POST /api/analytics/session/start` and `/end`.

use serde_json::json;

use crate::server::{Contract, Seeds};

fn seeds() -> [Seeds; 2] {
    let start = json!({"id": "b1", "session_id": "s1", "user_id": 42, "visitor_id": "v1", "page_url": "https://shop.test/",
        "referrer": "https://search.test/", "user_agent": "Mozilla/5.0", "started_at": 1_795_262_000_000_u64,
        "sent_at": 1_795_262_400_000_u64});
    let end = json!({"id": "x1", "session_id": "s1", "user_id": "42", "reason": "sign_out", "ended_at": "2026-11-21T11:59:59.5Z"});
    let refused = json!({"session_id": "s1", "user_id": "42", "reason": "bored"});
    let credential = ("x-api-key", "{key}");
    [
        Seeds {
            paths: &["/api/analytics/session/start"],
            bodies: vec![start, json!({"session_id": 7, "api_key": "{key}"})],
            credential,
            is_page: true,
        },
        Seeds {
            paths: &["/api/analytics/session/end"],
            bodies: vec![end, refused, json!({"session_id": 7}), json!({"session_id": "never"})],
            credential,
            is_page: true,
        },
    ]
}

#[test]
fn sessions() {
    let must_find = &[
        "200 0",
        "400 session_id is required",
        "400 reason must be one of",
        "404 session not found",
    ];
    let seeds = seeds().into();
    Contract { name: "sessions", must_find, seeds, items: |_| Some(1) }.run();
}
