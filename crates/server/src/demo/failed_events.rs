//! Events that are refused, each for a reason of its own: of a page with an old script, a device with a wrong
//! clock, a key that is switched off, a site that no key knows.
//!
//! Some are accepted when they are sent again: the key or the origin was wrong, not the event.

use axum::http::{Method, header};
use domain::time::Timestamp;
use serde_json::{Value, json};

use super::Target;
use super::local_api::LocalApi;
use super::people::Person;

const DAY_SECONDS: i64 = 86_400;

/// Further keys of a site.
pub(super) struct OtherKeys {
    /// Switched off.
    pub(super) retired: String,
    /// For another origin.
    pub(super) partner: String,
}

/// Sends the events to be rejected.
pub(super) async fn send(
    api: &LocalApi,
    target: &Target,
    keys: &OtherKeys,
    now: Timestamp,
) -> anyhow::Result<()> {
    let site = target.site;
    let page = format!("{}{}", site.origin, site.inside[0].path);
    let friction = |event_type: &str| {
        json!({"type": "friction", "event_type": event_type, "page_url": page, "session_id": "old-script-1",
               "element_selector": site.inside[0].targets[0].0, "timestamp": now.to_rfc3339()})
    };
    let with = |name: &str, value: Value| {
        let mut event = friction("dead_click");
        event[name] = value;
        event
    };
    let ahead = now.plus_seconds(40 * 3_600).to_rfc3339();
    let old_script = [
        friction("rageclick"),
        with("page_url", Value::Null),
        with("type", json!("analytics")),
        with("x", json!("left")),
        with("id", json!("e".repeat(300))),
        with("timestamp", json!(now.plus_seconds(-1_200 * DAY_SECONDS).to_rfc3339())),
        with("timestamp", json!(ahead)),
        json!({"type": "performance", "page_url": page, "timestamp": now.to_rfc3339()}),
    ];
    let own = &*target.key.key;
    let bodies = [
        (own, site.origin, json!({ "events": old_script }).to_string()),
        (own, site.origin, format!(r#"{{"events":[{{"type":"friction","page_url":"{page}""#)),
        (&*keys.retired, site.origin, json!({ "events": [friction("rage_click")] }).to_string()),
        (
            &*keys.partner,
            "https://preview.sites.example",
            json!({ "events": [friction("dead_click"), friction("slow_click")] }).to_string(),
        ),
    ];
    let visitor = Person::of(1);
    for (key, origin, body) in bodies {
        let headers = [
            (header::CONTENT_TYPE, "text/plain;charset=UTF-8"),
            (header::USER_AGENT, visitor.browser.user_agent),
            (header::ORIGIN, origin),
            (super::API_KEY, key),
        ];
        let request = (Method::POST, "/ingest-events");
        // Rejected, as intended.
        api.send(visitor.address, request, &headers, body.into_bytes()).await?;
    }
    Ok(())
}
