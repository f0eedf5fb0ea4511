//! From an event as sent to an event as stored: one event at a time, the same stages for every
//! contract.

use std::borrow::Cow;

use domain::event::{EventRef, Friction, NewEvent, Page};

use super::context::Context;
use super::validate::Valid;
use super::{IncomingItem, Rejection, limit, scrub, validate};

/// Checks and scrubs an item in place; the event is what it and its request say together.
pub(super) fn event<'a>(
    item: &'a mut IncomingItem<'_>,
    context: &'a mut Context<'_>,
) -> Result<EventRef<'a>, Rejection> {
    if let Some(rejection) = &context.invalid {
        return Err(rejection.clone());
    }
    let new = item.event.as_mut().map_err(|rejection| rejection.clone())?;
    let valid = validate::check(new, context)?;
    limit::check(new)?;
    context.read_page(new.page_url.as_deref());
    context.read_user_agent(new.user_agent.as_deref());
    scrub::scrub(new, context);
    let event = enriched(valid, new, context);
    match &context.suppressed {
        Some(list) if list.suppresses_event(&event) => Err(Rejection::erased()),
        _ => Ok(event),
    }
}

/// An event with what its request and its sender add to it.
fn enriched<'a>(
    valid: Valid,
    new: &'a NewEvent<Cow<'_, str>>,
    context: &'a Context<'_>,
) -> EventRef<'a> {
    let Valid { id, occurred_at } = valid;
    let agent = context.own_agent.as_ref().unwrap_or(&context.client.agent);
    let envelope = &context.envelope;
    let user_id = new.user_id.as_deref().or(envelope.user_id.as_deref());
    let daily_visitor = context.daily_visitor.as_deref().filter(|_| user_id.is_none());
    let page = context.page.as_deref().map(Page::borrowed).unwrap_or_default();
    EventRef {
        id,
        project_id: context.project_id,
        category: new.category,
        name: &new.name,
        occurred_at,
        client_at: new.at,
        sent_at: envelope.sent_at,
        received_at: context.received_at,
        seq: new.seq,
        visitor_id: new.visitor_id.as_deref().or(daily_visitor),
        session_id: new.session_id.as_deref().or(envelope.session_id.as_deref()),
        user_id,
        page: Page { title: new.page_title.as_deref(), referrer: new.referrer.as_deref(), ..page },
        element: new.element.borrowed(),
        friction: new.friction.as_ref().map(Friction::borrowed),
        vitals: new.vitals,
        value: new.value,
        currency: new.currency.as_deref(),
        device: agent.device(new.device.as_deref()),
        place: context.client.place.borrowed(),
        properties: new.properties.as_deref(),
        bot: agent.bot(context.policy.programs_are_bots),
    }
}
