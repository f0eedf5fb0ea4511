//! Calls and what they cost.

mod cleanup;
mod months;
mod two_servers;
mod usage;

use serde_json::{Value, json};

use crate::harness::TestServer;

/// An event of a widget, this many seconds after 2026-11-21T12:00:00Z.
pub(crate) fn at(widget: &str, session: &str, event_type: &str, second: i64) -> Value {
    json!({
        "widget_id": widget, "session_id": session, "event_type": event_type,
        "timestamp": (1_795_262_400 + second) * 1_000, "page_url": "https://shop.test/",
    })
}

impl TestServer {
    /// Sends events of widgets and applies them.
    pub(crate) async fn track(&self, events: &[Value]) {
        for events in events.chunks(5_000) {
            let answer = self.beacon("/api/analytics/track", &json!({"events": events})).await;
            assert_eq!(answer.json(), json!({"success": true, "tracked": true}), "{}", answer.text);
        }
        self.project().await;
    }

    /// Sets a tariff of TZS 1.00 a second.
    pub(crate) async fn tariff(&self) {
        let tariff = json!({"currency": "TZS", "price_minor": 100, "rounding": "per_second"});
        let set = self.manage("PUT", "/api/projects/{project}/billing/tariff", &tariff).await;
        assert_eq!(set.status, 200, "{}", set.text);
    }
}
