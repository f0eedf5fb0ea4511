//! A live batch: the latest events since the previous message, and counts of all.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use bytes::Bytes;
use domain::event::{Category, EventRef};
use domain::question::EventRow;

/// Events named in one message; more are only counted.
const MAX_EVENTS: usize = 50;

/// What arrived since the message before.
#[derive(Debug, Default)]
pub struct LiveBatch {
    /// The latest of them, latest first.
    pub events: Vec<EventRow>,
    /// How many there were, bots left out.
    pub count: u64,
    /// Page views among them.
    pub page_views: u64,
    /// Friction among them, by its kind's word.
    pub friction: BTreeMap<String, u64>,
    /// All of it as it is sent, once the first watcher has needed it.
    pub encoded: OnceLock<Bytes>,
}

impl LiveBatch {
    pub(super) fn add(&mut self, event: &EventRef<'_>) {
        if event.bot.is_some() {
            return;
        }
        self.count += 1;
        match event.category {
            Category::Heatmap if event.name == "pageview" => self.page_views += 1,
            Category::Friction => *self.friction.entry(event.name.to_owned()).or_default() += 1,
            _ => {}
        }
        if self.events.len() == MAX_EVENTS {
            self.events.remove(0);
        }
        self.events.push(row(event));
    }
}

/// An event as lists show it.
fn row(event: &EventRef<'_>) -> EventRow {
    let friction = event.friction.as_ref();
    let owned = |text: Option<&str>| text.map(str::to_owned);
    EventRow {
        id: event.id,
        category: event.category.as_str().to_owned(),
        name: event.name.to_owned(),
        occurred_at: event.occurred_at,
        received_at: event.received_at,
        visitor_id: owned(event.visitor_id),
        session_id: owned(event.session_id),
        user_id: owned(event.user_id),
        path: owned(event.page.path),
        element_selector: owned(event.element.selector),
        element_text: owned(event.element.text),
        error_message: owned(friction.and_then(|friction| friction.error_message)),
        error_group: owned(friction.and_then(|friction| friction.error_group)),
        // Long, and of no use before somebody opens the event.
        stack: None,
        severity: owned(friction.and_then(|friction| friction.severity)),
        browser: owned(event.device.browser),
        os: owned(event.device.os),
        device: owned(event.device.kind),
        country: owned(event.place.country),
        properties: owned(event.properties),
        bot: owned(event.bot),
    }
}
