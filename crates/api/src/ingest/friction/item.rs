//! One item of contract 3, from its JSON to a [`NewEvent`].

use domain::event::{Category, Element, Friction, NewEvent, Vitals};
use domain::friction::Kind;
use domain::outcome::Reason;
use engine::ingest::Invalid;
use serde::Deserialize;
use serde_json::value::RawValue;
use utoipa::ToSchema;

use crate::ingest::values::{Text, Time};
use crate::ingest::{metadata, properties};

/// The name of performance events.
const PERFORMANCE_NAME: &str = "page_performance";

/// What happened on a page. Unknown fields are passed over.
#[derive(Deserialize, ToSchema)]
#[schema(as = PageEvent)]
pub(super) struct Item<'a> {
    /// Sent again, an event with the same id changes nothing.
    id: Option<String>,
    /// `friction`, `heatmap` or `performance`.
    #[serde(rename = "type")]
    #[schema(value_type = String)]
    kind: Option<String>,
    /// The kind of friction, such as `rage_click`; friction events need it.
    event_type: Option<String>,
    /// `click`, `pageview`, `scroll` or `move`; heatmap events need it.
    interaction_type: Option<String>,
    /// When it happened, by the page's clock; the time of receipt by default.
    timestamp: Option<Time>,
    session_id: Option<Text>,
    visitor_id: Option<Text>,
    user_id: Option<Text>,
    /// Its place in the visit.
    seq: Option<u32>,
    #[schema(value_type = String)]
    page_url: Option<String>,
    page_title: Option<String>,
    referrer: Option<String>,
    element_selector: Option<String>,
    element_text: Option<String>,
    error_message: Option<String>,
    stack: Option<String>,
    severity: Option<String>,
    screenshot_url: Option<String>,
    #[serde(borrow)]
    #[schema(value_type = Option<Object>)]
    metadata: Option<&'a RawValue>,
    /// In CSS pixels; clicks and moves need it, and `y`.
    x: Option<f64>,
    y: Option<f64>,
    element_x: Option<f64>,
    element_y: Option<f64>,
    viewport_width: Option<f64>,
    viewport_height: Option<f64>,
    document_width: Option<f64>,
    document_height: Option<f64>,
    /// In milliseconds, as the other measurements; performance events need one of them. Each may be written
    /// in camel case, too.
    #[serde(alias = "loadTime")]
    load_time: Option<f64>,
    #[serde(alias = "firstContentfulPaint")]
    first_contentful_paint: Option<f64>,
    #[serde(alias = "timeToInteractive")]
    time_to_interactive: Option<f64>,
    #[serde(alias = "largestContentfulPaint")]
    largest_contentful_paint: Option<f64>,
    #[serde(alias = "interactionToNextPaint")]
    interaction_to_next_paint: Option<f64>,
    /// A score, without a unit.
    #[serde(alias = "cumulativeLayoutShift")]
    cumulative_layout_shift: Option<f64>,
    #[serde(alias = "timeToFirstByte")]
    time_to_first_byte: Option<f64>,
}

/// Reads one item.
pub(in crate::ingest) fn read(json: &str) -> Result<NewEvent, Invalid> {
    let item: Item<'_> = properties::read_item(json)?;
    match item.kind.as_deref() {
        Some("friction") => friction(item),
        Some("heatmap") => heatmap(item),
        Some("performance") => performance(item),
        Some(other) => Err(Invalid::new(
            Reason::UnknownType,
            format!("type {other:?} is not one of friction, heatmap, performance"),
        )),
        None => Err(Invalid::missing("type")),
    }
}

fn friction(mut item: Item<'_>) -> Result<NewEvent, Invalid> {
    let name = item.event_type.take().ok_or_else(|| Invalid::missing("event_type"))?;
    if Kind::parse(&name).is_none() {
        let known: Vec<&str> = Kind::ALL.into_iter().map(Kind::as_str).collect();
        return Err(Invalid::new(
            Reason::UnknownType,
            format!("event_type {name:?} is not one of {}", known.join(", ")),
        ));
    }
    let friction = Friction {
        error_message: item.error_message.take(),
        stack: item.stack.take(),
        severity: item.severity.take(),
        screenshot_url: item.screenshot_url.take(),
        error_group: None,
    };
    let mut event = common(Category::Friction, name, item)?;
    event.friction = Some(friction);
    Ok(event)
}

fn heatmap(mut item: Item<'_>) -> Result<NewEvent, Invalid> {
    let name = item.interaction_type.take().ok_or_else(|| Invalid::missing("interaction_type"))?;
    let has_place = match name.as_str() {
        "click" | "move" => true,
        "pageview" | "scroll" => false,
        _ => {
            return Err(Invalid::new(
                Reason::UnknownType,
                format!("interaction_type {name:?} is not one of click, pageview, scroll, move"),
            ));
        }
    };
    if has_place && item.x.is_none() {
        return Err(Invalid::missing("x"));
    }
    if has_place && item.y.is_none() {
        return Err(Invalid::missing("y"));
    }
    common(Category::Heatmap, name, item)
}

fn performance(item: Item<'_>) -> Result<NewEvent, Invalid> {
    let vitals = Vitals {
        load_time: measurement("load_time", item.load_time)?,
        first_contentful_paint: measurement("first_contentful_paint", item.first_contentful_paint)?,
        time_to_interactive: measurement("time_to_interactive", item.time_to_interactive)?,
        largest_contentful_paint: measurement(
            "largest_contentful_paint",
            item.largest_contentful_paint,
        )?,
        interaction_to_next_paint: measurement(
            "interaction_to_next_paint",
            item.interaction_to_next_paint,
        )?,
        cumulative_layout_shift: measurement(
            "cumulative_layout_shift",
            item.cumulative_layout_shift,
        )?,
        time_to_first_byte: measurement("time_to_first_byte", item.time_to_first_byte)?,
    };
    if vitals == Vitals::default() {
        return Err(Invalid::new(
            Reason::MissingField,
            "a performance event needs at least one of load_time, first_contentful_paint, \
             time_to_interactive, largest_contentful_paint, interaction_to_next_paint, \
             cumulative_layout_shift, time_to_first_byte",
        ));
    }
    let mut event = common(Category::Performance, PERFORMANCE_NAME.to_owned(), item)?;
    event.vitals = Some(vitals);
    Ok(event)
}

/// A duration or score: never negative, and below a day in milliseconds.
fn measurement(field: &str, value: Option<f64>) -> Result<Option<f64>, Invalid> {
    match value {
        Some(value) if !(0.0..86_400_000.0).contains(&value) => Err(Invalid::new(
            Reason::InvalidField,
            format!("{field} must lie between 0 and 86400000"),
        )),
        value => Ok(value),
    }
}

fn common(category: Category, name: String, item: Item<'_>) -> Result<NewEvent, Invalid> {
    let page_url = item.page_url.filter(|url| !url.is_empty());
    if page_url.is_none() {
        return Err(Invalid::missing("page_url"));
    }
    Ok(NewEvent {
        id: item.id,
        category,
        name,
        at: item.timestamp.map(|Time(at)| at),
        seq: item.seq,
        visitor_id: text(item.visitor_id),
        session_id: text(item.session_id),
        user_id: text(item.user_id),
        page_url,
        page_title: item.page_title,
        referrer: item.referrer,
        element: Element {
            selector: item.element_selector.filter(|text| !text.is_empty()),
            text: item.element_text.filter(|text| !text.is_empty()),
            x: pixels(item.x),
            y: pixels(item.y),
            element_x: item.element_x,
            element_y: item.element_y,
            viewport_width: pixels(item.viewport_width),
            viewport_height: pixels(item.viewport_height),
            document_width: pixels(item.document_width),
            document_height: pixels(item.document_height),
        },
        friction: None,
        vitals: None,
        value: None,
        currency: None,
        user_agent: None,
        properties: metadata::read(item.metadata)?,
    })
}

fn text(text: Option<Text>) -> Option<String> {
    text.map(|Text(text)| text).filter(|text| !text.is_empty())
}

/// Whole CSS pixels; browsers give fractions where pages are zoomed.
fn pixels(value: Option<f64>) -> Option<i32> {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the cast saturates, and no page is that large"
    )]
    value.map(|value| value.round() as i32)
}

#[cfg(test)]
mod tests {
    use domain::time::Timestamp;

    use super::*;

    fn refused(json: &str) -> (Reason, String) {
        let invalid = read(json).expect_err("refused");
        (invalid.reason, invalid.detail)
    }

    #[test]
    fn a_friction_event_reads_with_all_its_fields() {
        let event = read(
            r##"{"type":"friction","event_type":"rage_click","element_selector":"#pay","element_text":"Pay",
                "page_url":"https://a.test/cart","timestamp":"2026-11-21T12:00:00Z","session_id":"s","visitor_id":7,
                "seq":3,"metadata":{"click_count":3},"severity":"high","x":10.6}"##,
        )
        .expect("reads");
        assert_eq!(event.name, "rage_click");
        assert_eq!(event.visitor_id.as_deref(), Some("7"));
        assert_eq!(event.element.x, Some(11));
        assert_eq!(event.properties.as_deref(), Some(r#"{"click_count":3}"#));
        assert_eq!(event.at, Some(Timestamp::from_seconds(1_795_262_400)));
    }

    #[test]
    fn both_spellings_of_measurements_are_read() {
        let event = read(r#"{"type":"performance","page_url":"https://a.test/","loadTime":812.5,"first_contentful_paint":300}"#)
            .expect("reads");
        let vitals = event.vitals.expect("vitals");
        assert_eq!(vitals.load_time, Some(812.5));
        assert_eq!(vitals.first_contentful_paint, Some(300.0));
    }

    #[test]
    fn what_is_wrong_is_named_by_its_field() {
        let page = r#""page_url":"https://a.test/""#;
        for (json, reason, detail) in [
            ("{}".to_owned(), Reason::MissingField, "type is missing"),
            ("[]".to_owned(), Reason::InvalidField, "expected an object"),
            (r#"{"type":"x"}"#.to_owned(), Reason::UnknownType, "type \"x\""),
            (format!(r#"{{"type":"friction",{page}}}"#), Reason::MissingField, "event_type"),
            (
                format!(r#"{{"type":"friction","event_type":"sulk",{page}}}"#),
                Reason::UnknownType,
                "sulk",
            ),
            (
                r#"{"type":"friction","event_type":"rage_click"}"#.to_owned(),
                Reason::MissingField,
                "page_url",
            ),
            (
                format!(r#"{{"type":"heatmap","interaction_type":"click","y":1,{page}}}"#),
                Reason::MissingField,
                "x is missing",
            ),
            (
                format!(
                    r#"{{"type":"heatmap","interaction_type":"click","x":"left","y":1,{page}}}"#
                ),
                Reason::InvalidField,
                "x: ",
            ),
            (
                format!(r#"{{"type":"performance",{page}}}"#),
                Reason::MissingField,
                "at least one of",
            ),
            (
                format!(r#"{{"type":"performance","load_time":-1,{page}}}"#),
                Reason::InvalidField,
                "load_time",
            ),
            (
                format!(
                    r#"{{"type":"heatmap","interaction_type":"scroll","timestamp":"soon",{page}}}"#
                ),
                Reason::InvalidField,
                "timestamp",
            ),
            (
                format!(
                    r#"{{"type":"heatmap","interaction_type":"scroll","metadata":[1],{page}}}"#
                ),
                Reason::InvalidField,
                "metadata",
            ),
        ] {
            let (got, text) = refused(&json);
            assert_eq!(got, reason, "{json}");
            assert!(text.contains(detail), "{text:?} should contain {detail:?}");
        }
    }
}
