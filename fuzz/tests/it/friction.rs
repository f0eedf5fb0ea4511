//! Contract 3, `POST /ingest-events`.

use serde_json::json;

use crate::server::{Contract, Seeds, events};

fn seeds() -> Seeds {
    let page = "https://shop.test/book?utm_source=mail&token=x#a";
    let friction = json!({
        "type": "friction", "event_type": "rage_click", "id": "client-1", "page_url": page,
        "session_id": "s1", "visitor_id": "v1", "user_id": 42, "seq": 7, "timestamp": 1_795_262_300_000_u64,
        "element_selector": "#buy > button", "element_text": "Buy", "metadata": {"a": {"b": [1, 2]}},
    });
    let error = json!({
        "type": "friction", "event_type": "javascript_error", "page_url": page, "error_message": "x is null",
        "stack": "at f (https://shop.test/a.js:1:2)\nat g (b.js:3:4)", "severity": "high",
        "screenshot_url": "https://shop.test/a.png", "timestamp": "2026-11-21T11:59:00Z",
    });
    let heatmap = json!({
        "type": "heatmap", "interaction_type": "click", "page_url": page, "x": 10.5, "y": -3, "element_x": 0.5,
        "element_y": 1, "viewport_width": 390, "viewport_height": 844, "document_width": 390, "document_height": 9_000,
    });
    let vitals = json!({
        "type": "performance", "page_url": page, "loadTime": 812.4, "largest_contentful_paint": 1_200,
        "cumulative_layout_shift": 0.02, "page_title": "Book", "referrer": "https://search.test/?q=a",
    });
    let stats = json!({"created": 3, "sent": 3, "acknowledged": 2, "retries": 1, "dropped": {"full": 1},
        "bytes": 900, "latency_ms": 12.5, "requests": 1, "busy_ms": 3.5});
    Seeds {
        paths: &["/ingest-events", "/functions/v1/ingest-events"],
        bodies: vec![
            json!({"events": [friction, heatmap, vitals], "session_id": "s1", "sent_at": 1_795_262_400_000_u64,
                "sdk": {"version": "1", "consent": "granted", "stats": stats}}),
            json!({"events": [error], "api_key": "{key}", "user_id": "u1"}),
            json!({"events": []}),
        ],
        credential: ("x-api-key", "{key}"),
        is_page: true,
    }
}

#[test]
fn friction() {
    let must_find =
        &["200 0", "200 1", "400 the body is not a JSON", "401", "403", "413", "415", "422"];
    let seeds = vec![seeds()];
    Contract { name: "friction", must_find, seeds, items: events }.run();
}
