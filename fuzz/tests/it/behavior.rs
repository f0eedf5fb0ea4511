//! Contract 1, `POST /api/tracking/flush` and its older path.

use serde_json::json;

use crate::server::{Contract, Seeds, events};

fn seeds() -> Seeds {
    let view = json!({
        "id": "018f3f3e-7d1c-7cc2-9d4e-1f2a3b4c5d6e", "behavior_type": "property_view", "property_id": 12,
        "session_id": "s1", "page_url": "https://shop.test/p/12", "referrer": "https://search.test/",
        "user_agent": "Mozilla/5.0 (iPhone)", "duration_seconds": 12.5, "created_at": "2026-11-21T11:00:00Z",
    });
    let search = json!({
        "type": "search", "search_query": "two rooms", "filters": {"rooms": 2, "price": [1, 2]},
        "metadata": {"method": "phone"}, "timestamp": 1_795_262_000_000_u64,
    });
    Seeds {
        paths: &["/api/tracking/flush", "/api/interactions"],
        bodies: vec![
            json!({"user_id": "u1", "events": [view, search]}),
            json!({"user_id": 7, "events": [{"behavior_type": "contact_click", "metadata": {"method": "email"}}],
                "api_key": "{key}", "sent_at": 1_795_262_400_000_u64}),
            json!({"user_id": "u1", "events": []}),
        ],
        credential: ("x-api-key", "{key}"),
        is_page: true,
    }
}

#[test]
fn behavior() {
    let must_find = &[
        "200 0",
        "200 1",
        "400 Missing or invalid events array",
        "400 Missing or invalid user_id",
        "403",
    ];
    let seeds = vec![seeds()];
    Contract { name: "behavior", must_find, seeds, items: events }.run();
}
