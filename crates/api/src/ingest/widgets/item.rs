//! One event of a call widget.

use domain::event::{Category, NewEvent};
use domain::outcome::RejectionReason;
use domain::widget::EVENT_TYPES;
use engine::ingest::Rejection;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use utoipa::ToSchema;

use crate::ingest::lenient::{LenientText, LenientTime};
use crate::ingest::{metadata, properties};

/// An event of a call widget. Unknown fields are ignored.
#[derive(Deserialize, ToSchema)]
#[schema(as = WidgetEvent)]
pub(super) struct Item<'a> {
    /// Names the event; sending it again changes nothing.
    id: Option<String>,
    #[schema(value_type = uuid::Uuid)]
    widget_id: Option<uuid::Uuid>,
    /// `widget_load`, `widget_open`, `call_start`, `call_heartbeat`, `call_end` or `call_error`.
    #[schema(value_type = String)]
    event_type: Option<String>,
    #[schema(value_type = LenientText)]
    session_id: Option<LenientText>,
    page_url: Option<String>,
    user_agent: Option<String>,
    /// The time of receipt by default.
    timestamp: Option<LenientTime>,
    /// Its place within the session, from 1: orders events of the same instant, and shows which are lost.
    seq: Option<u32>,
    #[serde(borrow)]
    #[schema(value_type = Option<Object>)]
    metadata: Option<&'a RawValue>,
}

/// What is kept of an item beside the columns all events have. A client's `metadata` stays below its
/// own member: nothing in it is taken for a word of ours.
#[derive(Serialize)]
struct Properties<'a> {
    widget_id: uuid::Uuid,
    #[serde(skip_serializing_if = "Option::is_none")]
    user_agent: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    metadata: Option<&'a RawValue>,
}

/// Reads one item of a request with this user agent, which may be empty.
pub(in crate::ingest) fn read(json: &str, user_agent: &str) -> Result<NewEvent, Rejection> {
    let item: Item<'_> = properties::read_item(json)?;
    let widget_id = item.widget_id.ok_or_else(|| Rejection::missing("widget_id"))?;
    let name = item.event_type.filter(|name| !name.is_empty());
    let name = name.ok_or_else(|| Rejection::missing("event_type"))?;
    if !EVENT_TYPES.contains(&name.as_str()) {
        let detail = format!("event_type must be one of {}", EVENT_TYPES.join(", "));
        return Err(Rejection::new(RejectionReason::UnknownType, detail));
    }
    let session_id = item.session_id.map(|LenientText(text)| text).filter(|text| !text.is_empty());
    let session_id = session_id.ok_or_else(|| Rejection::missing("session_id"))?;
    let properties = Properties {
        widget_id,
        user_agent: item
            .user_agent
            .clone()
            .or_else(|| Some(user_agent.to_owned()).filter(|text| !text.is_empty())),
        metadata: metadata::read(item.metadata)?,
    };
    Ok(NewEvent {
        id: item.id,
        at: item.timestamp.map(|LenientTime(at)| at),
        seq: item.seq,
        session_id: Some(session_id),
        page_url: item.page_url,
        user_agent: item.user_agent,
        properties: properties::write(&properties)?,
        ..NewEvent::new(Category::Widget, name)
    })
}
