//! Accepted events on their way to a reader: journal blocks, decoded where they are needed.

use std::sync::Arc;

use bytes::Bytes;
use domain::event::{Category, Event, EventRef};
use domain::time::Timestamp;

use super::{EncodedEvent, EventHead, Record, Unreadable};
use crate::ports::journal::{Block, Position, RecordBody, RecordHeader};
use crate::retention::{EventFloors, RetentionFloors};

/// The accepted events of some journal blocks. Cheap to clone and to send to another thread.
#[derive(Debug, Clone, Default)]
pub struct EventBatch {
    blocks: Vec<Block>,
    from: Position,
    floors: Option<Arc<RetentionFloors>>,
}

impl EventBatch {
    /// The events of `blocks` from the position `from` on.
    pub fn new(blocks: Vec<Block>, from: Position) -> Self {
        Self { blocks, from, floors: None }
    }

    /// The events above the floors, with the floors at the time the events are read.
    #[must_use]
    pub fn above(self, floors: Arc<RetentionFloors>) -> Self {
        Self { floors: Some(floors), ..self }
    }

    /// The events in the journal's order, each with its head, otherwise still encoded.
    pub fn heads(&self) -> impl Iterator<Item = (EventHead<'_>, EncodedEvent<'_>)> {
        let floors = self.floors.as_ref().map(|floors| floors.current());
        encoded(&self.blocks, self.from)
            .filter_map(|event| Some((reported(event.position, event.head())?, event)))
            .filter(move |(head, _)| !is_removed(floors.as_deref(), head))
    }

    /// The events in the journal's order.
    pub fn events(&self) -> impl Iterator<Item = EventRef<'_>> {
        let floors = self.floors.as_ref().map(|floors| floors.current());
        events(&self.blocks, self.from, move |head| !is_removed(floors.as_deref(), head))
    }
}

fn is_removed(floors: Option<&EventFloors>, head: &EventHead<'_>) -> bool {
    floors.is_some_and(|floors| floors.is_below(head.project_id, head.occurred_at))
}

/// These events as the journal would hold them, for readers that are fed without one.
impl From<Vec<Event>> for EventBatch {
    fn from(events: Vec<Event>) -> Self {
        let mut payloads = Vec::new();
        let mut heads = Vec::new();
        for event in events {
            let start = payloads.len();
            // Writing to memory fails for what cannot be encoded only, and events can.
            if super::encode_event(&event.borrowed(), &mut payloads).is_ok() {
                let payload = Some(start..payloads.len());
                heads.push(RecordHeader {
                    owner: event.project_id.0,
                    id: Some(event.id.0),
                    payload,
                });
            }
        }
        let block = Block::new(0, Timestamp::EPOCH, heads, Bytes::from(payloads));
        Self { blocks: block.into_iter().collect(), from: 0, floors: None }
    }
}

/// The accepted events of `blocks` from `from` on that `wants` chooses. The others are not decoded: nearly
/// all events of a site are clicks and page views, which most projections pass over.
pub(crate) fn events(
    blocks: &[Block],
    from: Position,
    wants: impl Fn(&EventHead<'_>) -> bool,
) -> impl Iterator<Item = EventRef<'_>> {
    encoded(blocks, from)
        .filter(move |event| reported(event.position, event.head()).is_some_and(|it| wants(&it)))
        .filter_map(|event| event.decode_or_report())
}

/// The accepted events of these categories, with their positions. Of the others only the first byte is read.
pub(crate) fn events_of<const COUNT: usize>(
    blocks: &[Block],
    from: Position,
    categories: [Category; COUNT],
) -> impl Iterator<Item = (Position, EventRef<'_>)> {
    encoded(blocks, from)
        .filter(move |event| {
            reported(event.position, event.category()).is_some_and(|it| categories.contains(&it))
        })
        .filter_map(|event| Some((event.position, event.decode_or_report()?)))
}

fn encoded(blocks: &[Block], from: Position) -> impl Iterator<Item = EncodedEvent<'_>> {
    blocks.iter().flat_map(Block::records).filter(move |entry| entry.position >= from).filter_map(
        |entry| {
            let RecordBody::Payload(payload) = entry.body else { return None };
            match reported(entry.position, super::decode(payload))? {
                Record::Event(event) => Some(EncodedEvent { position: entry.position, ..event }),
                Record::Rejected(_) | Record::Erased => None,
            }
        },
    )
}

impl<'a> EncodedEvent<'a> {
    /// All of it; none, and an entry in the log, when it cannot be read. Reading it again would fail again,
    /// so whoever follows the journal leaves it out.
    pub fn decode_or_report(&self) -> Option<EventRef<'a>> {
        reported(self.position, self.decode())
    }
}

fn reported<T>(position: Position, read: Result<T, Unreadable>) -> Option<T> {
    read.inspect_err(|error| {
        metrics::counter!("footfall_unreadable_records_total").increment(1);
        tracing::error!(position, %error, "a journal record cannot be read; it is left out of the tables");
    })
    .ok()
}
