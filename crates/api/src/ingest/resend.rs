//! Sending a failed event again.

use std::net::{IpAddr, Ipv4Addr};

use domain::event::NewEvent;
use domain::outcome::{Contract, Reason};
use engine::ingest::{Admitted, Incoming, Invalid, Receipt, Sender};
use engine::ports::catalog::FailedEvent;

use super::friction::FrictionRequest;
use super::{behavior, customer, friction, widgets};
use crate::object;
use crate::state::App;

/// Sends a failed event's bytes through ingest again, as they are: one item, or a whole request.
///
/// Who sent it first is not kept with it, so its device and place stay unknown.
pub(crate) async fn resend(
    app: &App,
    admitted: &Admitted,
    failed: &FailedEvent,
) -> Result<Receipt, engine::Error> {
    let text = String::from_utf8_lossy(&failed.bytes);
    let whole: Option<FrictionRequest<'_>> = object::from_str(&text).ok();
    let envelope = whole.as_ref().map(FrictionRequest::envelope).unwrap_or_default();
    let events = whole.and_then(|body| body.events);
    let items = match &events {
        Some(events) => events.as_slice().iter().map(|raw| raw.get()).collect(),
        None => vec![&*text],
    };
    let items = items.into_iter().enumerate().map(|(index, json)| {
        let event = read(app, failed.contract, json).map(|event| NewEvent {
            // Sent again and again, an event without an id stays one event, of the time it came.
            id: event
                .id
                .or_else(|| Some(format!("failed:{}:{}:{index}", admitted.project_id, failed.id))),
            at: event.at.or(Some(failed.received_at)),
            ..event
        });
        // A repeated refusal is counted; its bytes are kept already.
        Incoming { raw: &[], event }
    });
    let sender = Sender { user_agent: "Footfall", address: IpAddr::V4(Ipv4Addr::UNSPECIFIED) };
    app.ingest.accept(failed.contract, admitted, sender, envelope, items.collect()).await
}

/// Reads an item as its contract says.
fn read(app: &App, contract: Contract, json: &str) -> Result<NewEvent, Invalid> {
    match contract {
        Contract::Behavior => behavior::read(json),
        Contract::Customer => {
            customer::read(json, &app.settings.default_currency).map(|tracked| tracked.event)
        }
        // Their bytes do not say which of the contract's requests they were; their senders were told.
        Contract::Session => Err(Invalid::new(
            Reason::UnknownType,
            "requests about sessions, orders and bookings are sent again by their sender only",
        )),
        Contract::Widget => widgets::read(json),
        Contract::Friction => friction::read_item(json),
    }
}
