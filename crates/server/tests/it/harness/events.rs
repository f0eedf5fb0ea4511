//! Events as the SDK sends them.

use domain::time::Timestamp;
use serde_json::{Value, json};
use uuid::Uuid;

use super::Random;

const PATHS: [&str; 6] = ["/", "/cars", "/cars/fiat-500", "/checkout", "/help", "/account"];
const SELECTORS: [&str; 4] = ["#pay", ".car button", "nav a.help", "form input[name=date]"];
const KINDS: [&str; 5] =
    ["rage_click", "dead_click", "slow_click", "form_validation_error", "thrashing"];

/// The id of a run's event of this number.
pub(crate) fn event_id(number: u64) -> String {
    Uuid::from_u128((0x0f00_f411_u128 << 96) | u128::from(number)).to_string()
}

/// A page view.
pub(crate) fn page_view(id: &str) -> Value {
    json!({"id": id, "type": "heatmap", "interaction_type": "pageview", "page_url": "https://shop.test/",
           "visitor_id": "v1", "session_id": "s1"})
}

/// A click.
pub(crate) fn click(id: &str) -> Value {
    json!({"id": id, "type": "heatmap", "interaction_type": "click", "x": 10, "y": 20,
           "element_selector": "#pay", "page_url": "https://shop.test/", "visitor_id": "v1", "session_id": "s1"})
}

/// A rage click.
pub(crate) fn rage_click(id: &str) -> Value {
    json!({"id": id, "type": "friction", "event_type": "rage_click", "element_selector": "#pay",
           "page_url": "https://shop.test/checkout", "visitor_id": "v1", "session_id": "s1"})
}

/// An uncaught error.
pub(crate) fn error(id: &str, message: &str) -> Value {
    json!({"id": id, "type": "friction", "event_type": "javascript_error", "error_message": message,
           "page_url": "https://shop.test/checkout", "visitor_id": "v1", "session_id": "s1"})
}

/// A page load's measurements.
pub(crate) fn performance(id: &str, largest_contentful_paint: f64) -> Value {
    json!({"id": id, "type": "performance", "largest_contentful_paint": largest_contentful_paint,
           "page_url": "https://shop.test/", "visitor_id": "v1", "session_id": "s1"})
}

/// `count` events of many visitors, sessions, pages and kinds within the hour after `start`.
pub(crate) fn site_traffic(seed: u64, count: u64, start: Timestamp) -> Vec<Value> {
    let mut random = Random::new(seed);
    (0..count).map(|number| visit(&mut random, number, start)).collect()
}

fn visit(random: &mut Random, number: u64, start: Timestamp) -> Value {
    let id = event_id(number);
    let mut event = match random.below(10) {
        0..3 => page_view(&id),
        3..6 => click(&id),
        6..8 => {
            let mut event = rage_click(&id);
            event["event_type"] = json!(random.one_of(&KINDS));
            event
        }
        8 => error(&id, &format!("Cannot read property {} of undefined", random.below(9))),
        _ => performance(&id, real(500 + random.below(4_000))),
    };
    let session = random.below(400);
    event["session_id"] = json!(format!("s{session}"));
    event["visitor_id"] = json!(format!("v{}", session / 2));
    event["page_url"] = json!(format!("https://shop.test{}", random.one_of(&PATHS)));
    if event["element_selector"].is_string() {
        event["element_selector"] = json!(random.one_of(&SELECTORS));
    }
    let into_hour = i64::try_from(random.below(3_600_000)).expect("milliseconds");
    event["timestamp"] = json!(start.plus_micros(into_hour * 1_000).to_rfc3339());
    event
}

fn real(number: usize) -> f64 {
    f64::from(u32::try_from(number).expect("a small number"))
}
