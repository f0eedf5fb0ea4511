//! An event as the browser SDK sends it.

use domain::event::{Category, Event};
use serde::Serialize;
use serde_json::value::RawValue;

/// One item of contract 3, in the SDK's order of fields.
#[derive(Serialize)]
struct Item<'a> {
    id: String,
    timestamp: i64,
    #[serde(rename = "type")]
    kind: &'a str,
    #[serde(flatten)]
    texts: WireTexts<'a>,
    #[serde(flatten)]
    numbers: Numbers,
}

#[derive(Serialize)]
struct WireTexts<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    event_type: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    interaction_type: Option<&'a str>,
    page_url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    page_title: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    referrer: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    element_selector: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    element_text: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    severity: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error_message: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    stack: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    metadata: Option<Box<RawValue>>,
    visitor_id: Option<&'a str>,
    session_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    user_id: Option<&'a str>,
}

#[derive(Serialize)]
struct Numbers {
    #[serde(skip_serializing_if = "Option::is_none")]
    x: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    y: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    element_x: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    element_y: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    viewport_width: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    viewport_height: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    document_width: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    document_height: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    load_time: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    first_contentful_paint: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    largest_contentful_paint: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    interaction_to_next_paint: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cumulative_layout_shift: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    time_to_first_byte: Option<f64>,
    seq: Option<u32>,
}

/// The event's JSON text.
pub(crate) fn json(event: &Event) -> serde_json::Result<String> {
    let is_friction = event.category == Category::Friction;
    let is_heatmap = event.category == Category::Heatmap;
    let friction = event.friction.as_ref();
    let vitals = event.vitals.unwrap_or_default();
    let element = &event.element;
    let metadata = event.properties.clone().map(RawValue::from_string).transpose()?;
    serde_json::to_string(&Item {
        id: event.id.to_string(),
        timestamp: event.client_at.unwrap_or(event.occurred_at).millis(),
        kind: event.category.as_str(),
        texts: WireTexts {
            event_type: is_friction.then_some(&event.name),
            interaction_type: is_heatmap.then_some(&event.name),
            page_url: event.page.url.as_deref(),
            page_title: event.page.title.as_deref(),
            referrer: event.page.referrer.as_deref(),
            element_selector: element.selector.as_deref(),
            element_text: element.text.as_deref(),
            severity: friction.and_then(|friction| friction.severity.as_deref()),
            error_message: friction.and_then(|friction| friction.error_message.as_deref()),
            stack: friction.and_then(|friction| friction.stack.as_deref()),
            metadata,
            visitor_id: event.visitor_id.as_deref(),
            session_id: event.session_id.as_deref(),
            user_id: event.user_id.as_deref(),
        },
        numbers: Numbers {
            x: element.x,
            y: element.y,
            element_x: element.element_x,
            element_y: element.element_y,
            viewport_width: element.viewport_width,
            viewport_height: element.viewport_height,
            document_width: element.document_width,
            document_height: element.document_height,
            load_time: vitals.load_time,
            first_contentful_paint: vitals.first_contentful_paint,
            largest_contentful_paint: vitals.largest_contentful_paint,
            interaction_to_next_paint: vitals.interaction_to_next_paint,
            cumulative_layout_shift: vitals.cumulative_layout_shift,
            time_to_first_byte: vitals.time_to_first_byte,
            seq: event.seq,
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generate;

    #[test]
    fn events_are_about_as_long_as_the_targets_assume() {
        let texts: Vec<String> =
            generate::events(5_000).map(|event| json(&event).expect("json")).collect();
        let mean = texts.iter().map(String::len).sum::<usize>() / texts.len();
        assert!((400..=500).contains(&mean), "{mean} bytes");
    }
}
