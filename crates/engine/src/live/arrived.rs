//! What arrived since the message before: the latest events, and counts of all.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use bytes::Bytes;
use domain::event::{Category, Event};
use domain::question::EventRow;

/// Events named in one message; more are only counted.
const MAX_EVENTS: usize = 50;

/// What arrived since the message before.
#[derive(Debug, Default)]
pub struct Arrived {
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

impl Arrived {
    pub(super) fn take_in(&mut self, event: Event) {
        if event.bot.is_some() {
            return;
        }
        self.count += 1;
        match event.category {
            Category::Heatmap if event.name == "pageview" => self.page_views += 1,
            Category::Friction => *self.friction.entry(event.name.clone()).or_default() += 1,
            _ => {}
        }
        if self.events.len() == MAX_EVENTS {
            self.events.remove(0);
        }
        self.events.push(row(event));
    }
}

/// An event as lists show it.
fn row(event: Event) -> EventRow {
    let friction = event.friction.unwrap_or_default();
    EventRow {
        id: event.id,
        category: event.category.as_str().to_owned(),
        name: event.name,
        occurred_at: event.occurred_at,
        received_at: event.received_at,
        visitor_id: event.visitor_id,
        session_id: event.session_id,
        user_id: event.user_id,
        path: event.page.path,
        element_selector: event.element.selector,
        element_text: event.element.text,
        error_message: friction.error_message,
        // Long, and of no use before somebody opens the event.
        stack: None,
        severity: friction.severity,
        browser: event.device.browser,
        os: event.device.os,
        device: event.device.kind,
        country: event.place.country,
        properties: event.properties,
        bot: event.bot,
    }
}
