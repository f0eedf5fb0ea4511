//! A booking under way, and when it is abandoned.

use serde_json::{Map, Value};
use uuid::Uuid;

use super::fact::{ContactFact, EventPayload};
use super::rules::BookingStep;
use super::{BOOKING_ABANDONED, ContactState};
use crate::event::{Category, Event};
use crate::id::{EventId, ProjectId};
use crate::money::Money;
use crate::time::Timestamp;

/// The member of `event_data` that says that the server made the event.
pub const INFERRED: &str = "inferred";
/// The member of `event_data` that names the start an inferred event is about.
pub const STARTED_EVENT_ID: &str = "started_event_id";

/// A booking that was started and not ended.
#[derive(Debug, Clone, PartialEq)]
pub struct OpenBooking {
    /// The event that started it.
    pub start: EventId,
    /// The latest event of it.
    pub last_at: Timestamp,
    /// What it is worth.
    pub amount: Option<Money>,
    /// The visit it was started in.
    pub session_id: Option<String>,
    /// The starting event's data.
    pub data: Map<String, Value>,
}

/// The start an event made by the server is about; none when somebody sent the event.
pub(super) fn inferred_start(payload: &EventPayload) -> Option<EventId> {
    let is_inferred = payload.data.get(INFERRED).and_then(Value::as_bool).unwrap_or(false);
    let start = payload.data.get(STARTED_EVENT_ID).and_then(Value::as_str)?;
    is_inferred.then(|| start.parse().ok()).flatten()
}

/// The open booking after an event of a booking.
pub(super) fn step(
    open: Option<OpenBooking>,
    step: BookingStep,
    fact: &ContactFact,
    payload: &EventPayload,
) -> Option<OpenBooking> {
    match step {
        BookingStep::Ended => None,
        BookingStep::Continued => {
            open.map(|open| OpenBooking { last_at: fact.occurred_at, ..open })
        }
        BookingStep::Started => Some(OpenBooking {
            start: fact.id,
            last_at: fact.occurred_at,
            amount: payload.amount.clone(),
            session_id: payload.session_id.clone(),
            data: payload.data.clone(),
        }),
    }
}

impl ContactState {
    /// The `booking.abandoned` of the open booking, if nothing of it has happened for
    /// `after_minutes`. Its id follows from the start, so that however often it is made, there is one.
    /// None of a contact whose only address a member has cleared: no event could name it.
    pub fn abandoned(
        &self,
        project_id: ProjectId,
        after_minutes: u32,
        now: Timestamp,
    ) -> Option<Event> {
        let open = self.open_booking.as_ref()?;
        let occurred_at = open.last_at.plus_seconds(i64::from(after_minutes) * 60);
        if occurred_at > now || (self.user_id.is_none() && self.email.is_none()) {
            return None;
        }
        let name = format!("{BOOKING_ABANDONED}:{}", open.start);
        let mut data = open.data.clone();
        data.insert(INFERRED.to_owned(), Value::Bool(true));
        data.insert(STARTED_EVENT_ID.to_owned(), Value::String(open.start.to_string()));
        let customer = serde_json::json!({"id": self.user_id, "email": self.email});
        let properties = serde_json::json!({"customer": customer, "event_data": data});
        let id = EventId(Uuid::new_v5(&project_id.0, name.as_bytes()));
        Some(Event {
            received_at: now,
            session_id: open.session_id.clone(),
            user_id: self.user_id.clone(),
            value: open.amount.as_ref().and_then(|amount| amount.to_decimal().parse().ok()),
            currency: open.amount.as_ref().map(|amount| amount.currency.as_str().to_owned()),
            properties: Some(properties.to_string()),
            ..Event::new(id, project_id, Category::Customer, BOOKING_ABANDONED, occurred_at)
        })
    }
}
