//! The body of contract 3 as plain structs: the least that parsing it can mean.
#![expect(dead_code, reason = "what is parsed is thrown away")]

use serde::Deserialize;
use serde_json::value::RawValue;

#[derive(Deserialize)]
struct Body<'a> {
    api_key: Option<String>,
    session_id: Option<String>,
    sent_at: Option<i64>,
    #[serde(borrow)]
    sdk: Option<&'a RawValue>,
    #[serde(borrow)]
    events: Vec<Item<'a>>,
}

#[derive(Deserialize)]
struct Item<'a> {
    id: Option<String>,
    #[serde(rename = "type")]
    kind: Option<String>,
    event_type: Option<String>,
    interaction_type: Option<String>,
    timestamp: Option<i64>,
    session_id: Option<String>,
    visitor_id: Option<String>,
    user_id: Option<String>,
    seq: Option<u32>,
    page_url: Option<String>,
    page_title: Option<String>,
    referrer: Option<String>,
    element_selector: Option<String>,
    element_text: Option<String>,
    error_message: Option<String>,
    stack: Option<String>,
    severity: Option<String>,
    #[serde(borrow)]
    metadata: Option<&'a RawValue>,
    x: Option<f64>,
    y: Option<f64>,
    element_x: Option<f64>,
    element_y: Option<f64>,
    viewport_width: Option<f64>,
    viewport_height: Option<f64>,
    document_width: Option<f64>,
    document_height: Option<f64>,
    load_time: Option<f64>,
    first_contentful_paint: Option<f64>,
    largest_contentful_paint: Option<f64>,
    interaction_to_next_paint: Option<f64>,
    cumulative_layout_shift: Option<f64>,
    time_to_first_byte: Option<f64>,
}

/// Parses the body and says how many events it holds.
pub(super) fn count(bytes: &[u8]) -> serde_json::Result<usize> {
    serde_json::from_slice::<Body<'_>>(bytes).map(|body| body.events.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_events_of_a_body_are_counted() {
        let body = br#"{"api_key":"k","sent_at":1,"events":[{"id":"a","timestamp":2},{"x":1.5}]}"#;
        assert_eq!(count(body).expect("parses"), 2);
        assert!(count(b"{}").is_err());
    }
}
