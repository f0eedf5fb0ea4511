//! The closing of last month, and a call of it that comes too late.

use axum::http::{Method, header};
use domain::time::Timestamp;
use serde_json::{Value, json};

use super::Office;
use crate::demo::people::Person;

/// How long before the month's end the late call ended, far enough in every time zone, and how long it
/// lasted, in seconds.
const BEFORE_END_SECONDS: i64 = 20 * 3_600;
const LATE_CALL_SECONDS: i64 = 275;

impl Office<'_> {
    /// Closes last month, and has a phone that was offline send a call of it afterwards.
    pub(super) async fn close_month(&self) -> anyhow::Result<()> {
        if !self.list("billing/periods", "periods").await?.is_empty() {
            return Ok(());
        }
        let this_month: String = self.now.to_rfc3339().chars().take(7).collect();
        let begun = Timestamp::parse(&format!("{this_month}-01T00:00:00Z"))?;
        let last_month: String = begun.plus_seconds(-1).to_rfc3339().chars().take(7).collect();
        self.send(Method::POST, "billing/periods", json!({"month": last_month})).await?;
        let page = format!("{}{}", self.target.site.origin, self.target.site.call_pages[0]);
        let ended = begun.plus_seconds(-BEFORE_END_SECONDS);
        let event = |kind: &str, seconds: i64| -> Value {
            json!({"widget_id": self.target.widget.0, "event_type": kind, "session_id": "offline-phone-1", "page_url": page,
                   "timestamp": ended.plus_seconds(seconds).to_rfc3339()})
        };
        let call =
            json!({"events": [event("call_start", -LATE_CALL_SECONDS), event("call_end", 0)]});
        let caller = Person::of(2);
        let headers = [
            (header::CONTENT_TYPE, "text/plain;charset=UTF-8"),
            (header::USER_AGENT, caller.browser.user_agent),
            (header::ORIGIN, self.target.site.origin),
        ];
        let request = (Method::POST, "/api/analytics/track");
        let sent = self.api.send(caller.address, request, &headers, call.to_string().into_bytes());
        sent.await?.succeeded()?;
        Ok(())
    }
}
