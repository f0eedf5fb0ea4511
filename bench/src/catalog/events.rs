//! Customer and widget events as journal blocks.

use bytes::Bytes;
use domain::event::{Category, Event};
use domain::id::EventId;
use domain::time::Timestamp;
use engine::ports::journal::{Block, Position, RecordHeader};
use engine::record;
use serde_json::json;
use uuid::Uuid;

use crate::generate::{self, project};
use crate::numbers::float;
use crate::random::Random;

/// Records of one block: what the journal stores together under load.
const BLOCK: usize = 1_000;
/// Events of a customer, about.
const EVENTS_PER_CUSTOMER: u64 = 5;
/// Events of a call: start, two heartbeats, end.
pub(super) const EVENTS_PER_CALL: u64 = 4;
/// Calls that go on at a time, so each fact of one comes among those of others.
const LANES: u64 = 250;
/// The span the events lie in.
const SECONDS: i64 = 28 * 86_400;
/// The first instant: 2026-10-01T00:00:00Z.
pub(super) const START: Timestamp = Timestamp::from_seconds(1_790_812_800);
/// The widget of all calls.
pub(super) const WIDGET: Uuid = Uuid::from_u128(0x018f_3f3e_7d1c_7cc2_9d4e_0000_0001_0000);

/// Events that one projection follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Customers who sign in, book, pay and order.
    Customers,
    /// Calls of a widget.
    Calls,
    /// What known visitors look at.
    Behaviour,
}

/// Exactly `count` events, in the order of their time.
pub(super) fn events(kind: Kind, count: u64) -> impl Iterator<Item = Event> {
    let mut random = Random::new(11);
    (0..count).map(move |number| {
        let seconds = SECONDS * i64::try_from(number).unwrap_or_default()
            / i64::try_from(count.max(1)).unwrap_or(1);
        let at = START.plus_seconds(seconds).plus_micros(random.signed(1_000_000));
        match kind {
            Kind::Customers => customer(&mut random, at, count),
            Kind::Calls => call(&mut random, at, number),
            Kind::Behaviour => behaviour(&mut random, at, count),
        }
    })
}

/// The events as a journal hands them out, from position 0 on.
pub(super) fn blocks(events: impl Iterator<Item = Event>) -> anyhow::Result<Vec<Block>> {
    let mut events = events.peekable();
    let (mut blocks, mut first): (_, Position) = (Vec::new(), 0);
    while events.peek().is_some() {
        let (mut payloads, mut heads) = (Vec::new(), Vec::with_capacity(BLOCK));
        for event in events.by_ref().take(BLOCK) {
            let start = payloads.len();
            record::encode_event(&event.borrowed(), &mut payloads)?;
            let payload = Some(start..payloads.len());
            heads.push(RecordHeader { owner: event.project_id.0, id: Some(event.id.0), payload });
        }
        let block = Block::new(first, START, heads, Bytes::from(payloads));
        let block = block.ok_or_else(|| anyhow::anyhow!("a block does not hold together"))?;
        first = block.end();
        blocks.push(block);
    }
    Ok(blocks)
}

fn customer(random: &mut Random, at: Timestamp, count: u64) -> Event {
    let person = random.below((count / EVENTS_PER_CUSTOMER).max(1));
    let (name, amount) = match random.below(10) {
        0 => ("customer.created", None),
        1..4 => ("customer.login", None),
        4..6 => ("booking.started", Some(250_000)),
        6..8 => ("booking.completed", Some(250_000)),
        8 => ("payment.failed", Some(250_000)),
        _ => ("order.placed", Some(90_000)),
    };
    let properties = json!({
        "customer": {
            "id": format!("user-{person}"),
            "email": format!("person.{person}@example.com"),
            "first_name": "Asha",
            "last_name": format!("Number {person}"),
        },
        "event_data": { "booking_id": format!("b-{person}"), "vehicle_name": "Toyota Noah" },
    });
    Event {
        user_id: Some(format!("user-{person}")),
        session_id: Some(format!("visit-{person}-{}", random.below(3))),
        value: amount.map(float),
        currency: amount.map(|_| "TZS".to_owned()),
        properties: Some(properties.to_string()),
        ..plain(random, at, Category::Customer, name)
    }
}

fn call(random: &mut Random, at: Timestamp, number: u64) -> Event {
    let (lane, turn) = (number % LANES, number / LANES);
    let call = turn / EVENTS_PER_CALL * LANES + lane;
    let name = match turn % EVENTS_PER_CALL {
        0 => "call_start",
        3 => "call_end",
        _ => "call_heartbeat",
    };
    Event {
        session_id: Some(format!("call-{call}")),
        properties: Some(json!({ "widget_id": WIDGET, "metadata": {} }).to_string()),
        ..plain(random, at, Category::Widget, name)
    }
}

fn behaviour(random: &mut Random, at: Timestamp, count: u64) -> Event {
    let person = random.below((count / EVENTS_PER_CUSTOMER).max(1));
    let name = match random.below(10) {
        0..6 => "property_view",
        6..8 => "search",
        8 => "filter_applied",
        _ => "contact_click",
    };
    Event {
        user_id: Some(format!("user-{person}")),
        session_id: Some(format!("visit-{person}-{}", random.below(3))),
        properties: Some(json!({ "property_id": "noah", "metadata": {} }).to_string()),
        ..plain(random, at, Category::Behavior, name)
    }
}

fn plain(random: &mut Random, at: Timestamp, category: Category, name: &str) -> Event {
    Event::new(EventId(random.uuid(at)), project(0), category, name, at)
}

/// When all events have happened.
pub(super) const fn end() -> Timestamp {
    generate::END
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_call_has_a_start_and_an_end() {
        let count = |name| events(Kind::Calls, 4_000).filter(|event| event.name == name).count();
        assert_eq!((count("call_start"), count("call_end")), (1_000, 1_000));
    }

    #[test]
    fn blocks_hold_every_event_at_a_position_of_its_own() {
        let blocks = blocks(events(Kind::Customers, 2_500)).expect("blocks");
        assert_eq!(blocks.iter().map(Block::len).collect::<Vec<_>>(), [1_000, 1_000, 500]);
        assert_eq!(blocks.last().map(Block::end), Some(2_500));
    }
}
