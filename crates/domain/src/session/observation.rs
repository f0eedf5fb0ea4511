//! Reads a session observation from an event.

use serde_json::Value;

use super::{ENDED, EndReason, ObservationKind, STARTED};
use crate::event::{Category, Device, EventRef, Place};
use crate::id::{EventId, ProjectId};
use crate::time::Timestamp;

/// A customer seen in a session.
#[derive(Debug, Clone, PartialEq)]
pub struct SessionObservation {
    /// The tenant.
    pub project_id: ProjectId,
    /// The session's id, unique per project and customer.
    pub session_id: String,
    /// Who; empty when a session's start or end named nobody.
    pub user_id: String,
    /// The browser's anonymous id.
    pub visitor_id: Option<String>,
    /// When.
    pub at: Timestamp,
    /// The event.
    pub event_id: EventId,
    /// What it says.
    pub kind: ObservationKind,
    /// The page.
    pub entry_page: Option<String>,
    /// The device.
    pub device: Device,
    /// The place.
    pub place: Place,
}

impl SessionObservation {
    /// Reads an event. `None` when it does not affect a customer's session: it names no session; or
    /// no customer, unless it starts or ends a session; or a bot sent it by a browser's contract.
    pub fn of(event: &EventRef<'_>) -> Option<Self> {
        let session_id = non_empty(event.session_id)?;
        let user_id = non_empty(event.user_id);
        let kind = match event.category {
            Category::Session => match event.name {
                STARTED => ObservationKind::Start,
                ENDED => ObservationKind::End(reason(event)),
                _ => return None,
            },
            Category::Widget | Category::System => return None,
            _ if user_id.is_none() => return None,
            Category::Behavior | Category::Customer => ObservationKind::Activity,
            Category::Friction | Category::Heatmap | Category::Performance | Category::Form => {
                if event.bot.is_some() {
                    return None;
                }
                ObservationKind::Activity
            }
        };
        Some(Self {
            project_id: event.project_id,
            session_id: session_id.to_owned(),
            user_id: user_id.unwrap_or_default().to_owned(),
            visitor_id: non_empty(event.visitor_id).map(str::to_owned),
            at: event.occurred_at,
            event_id: event.id,
            kind,
            entry_page: event.page.url.map(str::to_owned),
            device: event.device.owned(),
            place: event.place.owned(),
        })
    }
}

fn non_empty(text: Option<&str>) -> Option<&str> {
    text.filter(|text| !text.is_empty())
}

/// An end without a reason we know is one the site asked for.
fn reason(event: &EventRef<'_>) -> EndReason {
    let properties: Option<Value> =
        event.properties.and_then(|text| serde_json::from_str(text).ok());
    properties
        .as_ref()
        .and_then(|properties| properties.get("reason"))
        .and_then(Value::as_str)
        .and_then(EndReason::parse)
        .unwrap_or(EndReason::Explicit)
}
