//! Sending a failed event again.

use std::borrow::Cow;
use std::net::{IpAddr, Ipv4Addr};

use domain::event::NewEvent;
use domain::money::Currency;
use domain::outcome::{Contract, RejectionReason};
use engine::ingest::{AdmittedSender, IncomingItem, Receipt, Rejection, Sender};
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
    admitted: &AdmittedSender,
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
    let currency = app.default_currency(admitted.project_id).await;
    let named = |index| format!("failed:{}:{}:{index}", admitted.project_id, failed.id);
    let items = items.into_iter().enumerate().map(|(index, json)| {
        let event = read(&currency, failed.contract, json).map(|event| NewEvent {
            // Sent again and again, an event without an id stays one event, of the time it came.
            id: event.id.or_else(|| Some(named(index).into())),
            at: event.at.or(Some(failed.received_at)),
            ..event
        });
        // A repeated refusal is counted; its bytes are kept already.
        IncomingItem { raw: &[], event }
    });
    let sender = Sender { user_agent: "Footfall", address: IpAddr::V4(Ipv4Addr::UNSPECIFIED) };
    app.ingest.accept(failed.contract, admitted, sender, envelope, items.collect()).await
}

/// Reads an item as its contract says.
fn read<'a>(
    default_currency: &Currency,
    contract: Contract,
    json: &'a str,
) -> Result<NewEvent<Cow<'a, str>>, Rejection> {
    match contract {
        Contract::Behavior => behavior::read(json, "").map(Into::into),
        Contract::Customer => {
            customer::read(json, default_currency).map(|tracked| tracked.event.into())
        }
        // Their bytes do not name the request type; their senders got the error.
        Contract::Session => Err(Rejection::new(
            RejectionReason::UnknownType,
            "only the sender can send sessions, orders and bookings again",
        )),
        Contract::Widget => widgets::read(json, "").map(Into::into),
        Contract::Friction => friction::read_item(json),
    }
}
