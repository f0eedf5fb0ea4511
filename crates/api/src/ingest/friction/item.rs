//! One item of contract 3, from its JSON to a [`NewEvent`].

use std::borrow::Cow;

use domain::event::{Category, Element, Friction, NewEvent, Vitals};
use domain::form_progress::{FORM_PROGRESS, FormProgress};
use domain::friction::Kind;
use domain::outcome::RejectionReason;
use engine::ingest::Rejection;
use serde::Deserialize;
use serde_json::value::RawValue;
use utoipa::ToSchema;

use crate::ingest::lenient::{LenientText, LenientTextRef, LenientTime, Str};
use crate::ingest::{metadata, properties};

/// The name of performance events.
const PERFORMANCE_NAME: &str = "page_performance";

/// An event of a page. Unknown fields are ignored.
#[derive(Deserialize, ToSchema)]
#[schema(as = PageEvent)]
pub(super) struct Item<'a> {
    /// Sent again, an event with the same id changes nothing.
    #[serde(borrow)]
    #[schema(value_type = Option<String>)]
    id: Option<Str<'a>>,
    /// `friction`, `heatmap`, `performance` or `form`.
    #[serde(borrow, rename = "type")]
    #[schema(value_type = String)]
    kind: Option<Str<'a>>,
    /// The kind of friction, such as `rage_click`; friction events need it.
    #[serde(borrow)]
    #[schema(value_type = Option<String>)]
    event_type: Option<Str<'a>>,
    /// `click`, `pageview`, `scroll` or `move`; heatmap events need it.
    #[serde(borrow)]
    #[schema(value_type = Option<String>)]
    interaction_type: Option<Str<'a>>,
    /// When it happened, by the page's clock; the time of receipt by default.
    timestamp: Option<LenientTime>,
    #[serde(borrow)]
    #[schema(value_type = Option<LenientText>)]
    session_id: Option<LenientTextRef<'a>>,
    #[serde(borrow)]
    #[schema(value_type = Option<LenientText>)]
    visitor_id: Option<LenientTextRef<'a>>,
    #[serde(borrow)]
    #[schema(value_type = Option<LenientText>)]
    user_id: Option<LenientTextRef<'a>>,
    /// Its place in the visit.
    seq: Option<u32>,
    #[serde(borrow)]
    #[schema(value_type = String)]
    page_url: Option<Str<'a>>,
    #[serde(borrow)]
    #[schema(value_type = Option<String>)]
    page_title: Option<Str<'a>>,
    #[serde(borrow)]
    #[schema(value_type = Option<String>)]
    referrer: Option<Str<'a>>,
    #[serde(borrow)]
    #[schema(value_type = Option<String>)]
    element_selector: Option<Str<'a>>,
    #[serde(borrow)]
    #[schema(value_type = Option<String>)]
    element_text: Option<Str<'a>>,
    #[serde(borrow)]
    #[schema(value_type = Option<String>)]
    error_message: Option<Str<'a>>,
    #[serde(borrow)]
    #[schema(value_type = Option<String>)]
    stack: Option<Str<'a>>,
    #[serde(borrow)]
    #[schema(value_type = Option<String>)]
    severity: Option<Str<'a>>,
    #[serde(borrow)]
    #[schema(value_type = Option<String>)]
    screenshot_url: Option<Str<'a>>,
    /// More about it. Of a `form` event, which needs it: `form_id`, `revision`, `form`, `outcome` (`submitted`, `abandoned`),
    /// `duration_ms`, `last_field` and `fields`, each with `field`, `kind`, `position`, `time_ms`, `corrections`, `errors` and
    /// `filled`; never a value.
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
pub(in crate::ingest) fn read(json: &str) -> Result<NewEvent<Cow<'_, str>>, Rejection> {
    let item: Item<'_> = properties::read_item(json)?;
    match item.kind.as_ref().map(|kind| &*kind.0) {
        Some("friction") => friction(item),
        Some("heatmap") => heatmap(item),
        Some("performance") => performance(item),
        Some("form") => form(item),
        Some(other) => Err(Rejection::new(
            RejectionReason::UnknownType,
            format!("type {other:?} is not one of friction, heatmap, performance, form"),
        )),
        None => Err(Rejection::missing("type")),
    }
}

fn friction(mut item: Item<'_>) -> Result<NewEvent<Cow<'_, str>>, Rejection> {
    let name =
        item.event_type.take().map(str_of).ok_or_else(|| Rejection::missing("event_type"))?;
    if Kind::parse(&name).is_none() {
        let known: Vec<&str> = Kind::ALL.into_iter().map(Kind::as_str).collect();
        return Err(Rejection::new(
            RejectionReason::UnknownType,
            format!("event_type {name:?} is not one of {}", known.join(", ")),
        ));
    }
    let friction = Friction {
        error_message: item.error_message.take().map(str_of),
        stack: item.stack.take().map(str_of),
        severity: item.severity.take().map(str_of),
        screenshot_url: item.screenshot_url.take().map(str_of),
        error_group: None,
    };
    let mut event = common(Category::Friction, name, item)?;
    event.friction = Some(friction);
    Ok(event)
}

fn heatmap(mut item: Item<'_>) -> Result<NewEvent<Cow<'_, str>>, Rejection> {
    let name = item
        .interaction_type
        .take()
        .map(str_of)
        .ok_or_else(|| Rejection::missing("interaction_type"))?;
    let has_place = match &*name {
        "click" | "move" => true,
        "pageview" | "scroll" => false,
        _ => {
            return Err(Rejection::new(
                RejectionReason::UnknownType,
                format!("interaction_type {name:?} is not one of click, pageview, scroll, move"),
            ));
        }
    };
    if has_place && item.x.is_none() {
        return Err(Rejection::missing("x"));
    }
    if has_place && item.y.is_none() {
        return Err(Rejection::missing("y"));
    }
    common(Category::Heatmap, name, item)
}

fn performance(item: Item<'_>) -> Result<NewEvent<Cow<'_, str>>, Rejection> {
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
        return Err(Rejection::new(
            RejectionReason::MissingField,
            "a performance event needs at least one of load_time, first_contentful_paint, \
             time_to_interactive, largest_contentful_paint, interaction_to_next_paint, \
             cumulative_layout_shift, time_to_first_byte",
        ));
    }
    let mut event = common(Category::Performance, Cow::Borrowed(PERFORMANCE_NAME), item)?;
    event.vitals = Some(vitals);
    Ok(event)
}

/// A form's state is its metadata, which has members that later questions need.
fn form(item: Item<'_>) -> Result<NewEvent<Cow<'_, str>>, Rejection> {
    let event = common(Category::Form, Cow::Borrowed(FORM_PROGRESS), item)?;
    let Some(metadata) = event.properties.as_deref() else {
        return Err(Rejection::missing("metadata"));
    };
    FormProgress::read(metadata)
        .map_err(|error| Rejection::new(RejectionReason::InvalidField, error.to_string()))?;
    Ok(event)
}

/// A duration or score: never negative, and below a day in milliseconds.
fn measurement(field: &str, value: Option<f64>) -> Result<Option<f64>, Rejection> {
    match value {
        Some(value) if !(0.0..86_400_000.0).contains(&value) => Err(Rejection::new(
            RejectionReason::InvalidField,
            format!("{field} must be between 0 and 86400000"),
        )),
        value => Ok(value),
    }
}

fn common<'a>(
    category: Category,
    name: Cow<'a, str>,
    item: Item<'a>,
) -> Result<NewEvent<Cow<'a, str>>, Rejection> {
    let page_url = filled(item.page_url);
    if page_url.is_none() {
        return Err(Rejection::missing("page_url"));
    }
    Ok(NewEvent {
        id: item.id.map(str_of),
        category,
        name,
        at: item.timestamp.map(|LenientTime(at)| at),
        seq: item.seq,
        visitor_id: text(item.visitor_id),
        session_id: text(item.session_id),
        user_id: text(item.user_id),
        page_url,
        page_title: item.page_title.map(str_of),
        referrer: item.referrer.map(str_of),
        element: Element {
            selector: filled(item.element_selector),
            text: filled(item.element_text),
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
        device: None,
        properties: metadata::read(item.metadata)?.map(|json| Cow::Borrowed(json.get())),
    })
}

fn text(text: Option<LenientTextRef<'_>>) -> Option<Cow<'_, str>> {
    text.map(|LenientTextRef(text)| text).filter(|text| !text.is_empty())
}

fn filled(text: Option<Str<'_>>) -> Option<Cow<'_, str>> {
    text.map(str_of).filter(|text| !text.is_empty())
}

fn str_of(Str(text): Str<'_>) -> Cow<'_, str> {
    text
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

    fn refused(json: &str) -> (RejectionReason, String) {
        let rejection = read(json).expect_err("refused");
        (rejection.reason, rejection.detail)
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
            ("{}".to_owned(), RejectionReason::MissingField, "type is missing"),
            ("[]".to_owned(), RejectionReason::InvalidField, "expected an object"),
            (r#"{"type":"x"}"#.to_owned(), RejectionReason::UnknownType, "type \"x\""),
            (
                format!(r#"{{"type":"friction",{page}}}"#),
                RejectionReason::MissingField,
                "event_type",
            ),
            (
                format!(r#"{{"type":"friction","event_type":"sulk",{page}}}"#),
                RejectionReason::UnknownType,
                "sulk",
            ),
            (
                r#"{"type":"friction","event_type":"rage_click"}"#.to_owned(),
                RejectionReason::MissingField,
                "page_url",
            ),
            (
                format!(r#"{{"type":"heatmap","interaction_type":"click","y":1,{page}}}"#),
                RejectionReason::MissingField,
                "x is missing",
            ),
            (
                format!(
                    r#"{{"type":"heatmap","interaction_type":"click","x":"left","y":1,{page}}}"#
                ),
                RejectionReason::InvalidField,
                "x: ",
            ),
            (
                format!(r#"{{"type":"form",{page}}}"#),
                RejectionReason::MissingField,
                "metadata is missing",
            ),
            (
                format!(r#"{{"type":"form","metadata":{{"form_id":"f"}},{page}}}"#),
                RejectionReason::InvalidField,
                "metadata: missing field `revision`",
            ),
            (
                format!(r#"{{"type":"performance",{page}}}"#),
                RejectionReason::MissingField,
                "at least one of",
            ),
            (
                format!(r#"{{"type":"performance","load_time":-1,{page}}}"#),
                RejectionReason::InvalidField,
                "load_time",
            ),
            (
                format!(
                    r#"{{"type":"heatmap","interaction_type":"scroll","timestamp":"soon",{page}}}"#
                ),
                RejectionReason::InvalidField,
                "timestamp",
            ),
            (
                format!(
                    r#"{{"type":"heatmap","interaction_type":"scroll","metadata":[1],{page}}}"#
                ),
                RejectionReason::InvalidField,
                "metadata",
            ),
        ] {
            let (got, text) = refused(&json);
            assert_eq!(got, reason, "{json}");
            assert!(text.contains(detail), "{text:?} should contain {detail:?}");
        }
    }
}
