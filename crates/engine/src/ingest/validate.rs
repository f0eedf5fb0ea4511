//! Whether an event means something: its id, and when it happened.

use std::borrow::Cow;

use domain::event::NewEvent;
use domain::id::EventId;
use domain::limits::MAX_FUTURE_SECONDS;
use domain::outcome::RejectionReason;
use domain::time::Timestamp;

use super::Rejection;
use super::context::Context;

/// The id and time of a valid event.
#[derive(Debug, Clone, Copy)]
pub(super) struct Valid {
    pub(super) id: EventId,
    pub(super) occurred_at: Timestamp,
}

/// Checks an event. One without an id gets one.
pub(super) fn check(
    new: &NewEvent<Cow<'_, str>>,
    context: &Context<'_>,
) -> Result<Valid, Rejection> {
    let id = event_id(new.id.as_deref(), context)?;
    Ok(Valid { id, occurred_at: occurred_at(new.at, context)? })
}

fn event_id(text: Option<&str>, context: &Context<'_>) -> Result<EventId, Rejection> {
    match text {
        Some(text) => EventId::from_client(text)
            .map_err(|error| Rejection::new(RejectionReason::InvalidId, error.to_string())),
        None => Ok(EventId(context.ids.next(context.received_at))),
    }
}

/// The client's time corrected by its clock's skew; the time of receipt when it named none.
fn occurred_at(at: Option<Timestamp>, context: &Context<'_>) -> Result<Timestamp, Rejection> {
    let Some(at) = at else { return Ok(context.received_at) };
    let corrected = at.plus_micros(context.offset_micros);
    if corrected > context.received_at.plus_seconds(MAX_FUTURE_SECONDS) {
        return Err(Rejection::new(
            RejectionReason::InTheFuture,
            "timestamp is more than 24 h in the future",
        ));
    }
    let retention_seconds = i64::from(context.retention_days) * 86_400;
    if corrected < context.received_at.plus_seconds(-retention_seconds) {
        let days = context.retention_days;
        return Err(Rejection::new(
            RejectionReason::TooOld,
            format!("timestamp is before the project's retention of {days} days"),
        ));
    }
    if let Some(floor) = context.floor.filter(|floor| corrected < *floor) {
        return Err(Rejection::new(
            RejectionReason::TooOld,
            format!("timestamp is before {floor}: the project's older events have been removed"),
        ));
    }
    Ok(corrected)
}
