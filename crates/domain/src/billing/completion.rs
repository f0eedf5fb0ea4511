//! Session completion: infers the end of a call without one, and makes its event.

use serde_json::json;
use uuid::Uuid;

use super::fact::EndSource;
use crate::event::{Category, Event};
use crate::id::{EventId, ProjectId, WidgetId};
use crate::time::Timestamp;
use crate::widget::CALL_END;

/// A call may be taken for ended this long after its start.
pub const ORPHAN_AFTER_SECONDS: i64 = 30 * 60;
/// A call whose last heartbeat is younger than this is still going on: three are missing by then.
pub const HEARTBEAT_SILENCE_SECONDS: i64 = 90;

/// Namespace of the ids of calls and of their (widget, session).
const CALL_NAMESPACE: Uuid = Uuid::from_u128(0x6f0f_a11e_7e4d_5c0a_9a3b_f007_fa11_0002);

/// An end to infer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InferredEnd {
    /// When the call is taken to have ended.
    pub at: Timestamp,
    /// By what evidence.
    pub source: EndSource,
}

/// Names a (widget, session).
pub fn session_key(widget: WidgetId, session: &str) -> Uuid {
    let name = [widget.0.as_bytes(), session.as_bytes()].concat();
    Uuid::new_v5(&CALL_NAMESPACE, &name)
}

/// Names the call of a (widget, session) that began at this time, and its inferred end.
pub fn call_id(widget: WidgetId, session: &str, started_at: Timestamp) -> EventId {
    let key = session_key(widget, session);
    EventId(Uuid::new_v5(&key, &started_at.micros().to_be_bytes()))
}

/// The end of a call without one, or none while it may still be going on: at its last heartbeat where
/// there is one, else 30 minutes after its start.
pub fn inferred_end(
    started_at: Timestamp,
    last_heartbeat_at: Option<Timestamp>,
    now: Timestamp,
) -> Option<InferredEnd> {
    let timeout_at = started_at.plus_seconds(ORPHAN_AFTER_SECONDS);
    if now < timeout_at {
        return None;
    }
    let Some(heartbeat_at) = last_heartbeat_at else {
        return Some(InferredEnd { at: timeout_at, source: EndSource::Timeout });
    };
    let is_silent = now >= heartbeat_at.plus_seconds(HEARTBEAT_SILENCE_SECONDS);
    is_silent.then_some(InferredEnd { at: heartbeat_at, source: EndSource::Heartbeat })
}

/// The `call_end` that says so: the same event from whoever infers it.
pub fn inferred_event(
    project_id: ProjectId,
    widget: WidgetId,
    session: &str,
    started_at: Timestamp,
    end: InferredEnd,
    now: Timestamp,
) -> Event {
    let properties = json!({
        "widget_id": widget.0,
        "inferred": { "started_at_micros": started_at.micros(), "end_source": end.source.as_str() },
        "metadata": { "inferred": true, "end_source": end.source.as_str() },
    });
    let id = call_id(widget, session, started_at);
    Event {
        received_at: now,
        session_id: Some(session.to_owned()),
        properties: Some(properties.to_string()),
        ..Event::new(id, project_id, Category::Widget, CALL_END, end.at)
    }
}
