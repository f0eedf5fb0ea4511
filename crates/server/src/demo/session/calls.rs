//! Calls by the widget in some pages: most end, a few fail, and of some nothing more is heard.

use domain::event::{Category, NewEvent};
use domain::widget::{CALL_END, CALL_ERROR, CALL_HEARTBEAT, CALL_START};
use serde_json::{Value, json};

use super::SessionBuilder;
use crate::demo::sites::Page;

/// Of a thousand visitors who see the widget, those that open it.
const OPENS_PER_MILLE: u64 = 300;
/// The same for visitors the page does not let go on.
const STUCK_OPENS_PER_MILLE: u64 = 600;
/// Of a thousand visitors who opened it, those that call.
const CALLS_PER_MILLE: u64 = 650;
/// Of a thousand calls, those that fail.
const FAILS_PER_MILLE: u64 = 50;
/// Of a thousand other calls, those that never end: the browser is gone.
const ENDLESS_PER_MILLE: u64 = 100;
/// Of a thousand of these, those of which nothing was heard at all.
const SILENT_PER_MILLE: u64 = 400;
/// The shortest and the longest call.
const SECONDS: std::ops::RangeInclusive<u64> = 30..=360;
/// The widget says that a call is going on every so often.
const HEARTBEAT_SECONDS: u64 = 30;

impl SessionBuilder {
    /// The visitor may call, once a visit.
    pub(super) fn call(&mut self, page: &'static Page) {
        if !self.load_widget(page) {
            return;
        }
        let random = if self.is_stuck { STUCK_OPENS_PER_MILLE } else { OPENS_PER_MILLE };
        if self.has_called || !self.random.with_probability(random) {
            return;
        }
        self.pause(3_000);
        self.widget(page, "widget_open", None);
        if !self.random.with_probability(CALLS_PER_MILLE) {
            return;
        }
        self.pause(4_000);
        self.has_called = true;
        self.widget(page, CALL_START, None);
        if self.random.with_probability(FAILS_PER_MILLE) {
            self.pause(5_000);
            return self.widget(page, CALL_ERROR, Some(json!({"reason": "microphone_denied"})));
        }
        self.talk(page);
    }

    /// Loads the widget. Whether the page has it.
    pub(super) fn load_widget(&mut self, page: &'static Page) -> bool {
        let has_widget = self.stage.site.call_pages.contains(&page.path);
        if has_widget {
            self.widget(page, "widget_load", None);
        }
        has_widget
    }

    fn talk(&mut self, page: &'static Page) {
        let seconds = SECONDS.start() + self.random.below(SECONDS.end() - SECONDS.start() + 1);
        self.has_vanished = self.random.with_probability(ENDLESS_PER_MILLE);
        if self.has_vanished && self.random.with_probability(SILENT_PER_MILLE) {
            return;
        }
        let began_ms = self.at_ms;
        for beat in 1..=(seconds - 1) / HEARTBEAT_SECONDS {
            self.at_ms = began_ms + beat * HEARTBEAT_SECONDS * 1_000;
            self.widget(page, CALL_HEARTBEAT, None);
        }
        if !self.has_vanished {
            self.at_ms = began_ms + seconds * 1_000;
            self.widget(page, CALL_END, None);
        }
    }

    /// An event of the widget, by contract 2.
    fn widget(&mut self, page: &'static Page, name: &str, metadata: Option<Value>) {
        let mut properties = json!({"widget_id": self.stage.widget.0});
        if let Some(metadata) = metadata {
            properties["metadata"] = metadata;
        }
        let event = self.event(page, Category::Widget, name);
        self.push(NewEvent { properties: Some(properties.to_string()), ..event });
    }
}
