//! Contract 2, `POST /api/analytics/track`: no key, each event names its widget.

use fuzz::{Observation, Random, Target};
use serde::Deserialize;
use serde_json::json;
use uuid::Uuid;

use crate::server::{Seeds, Server, check_ingest, items_of};

struct WidgetTarget {
    server: Server,
    seeds: Seeds,
}

/// The widget that an item names.
#[derive(Deserialize)]
struct Named {
    widget_id: Option<Uuid>,
}

impl Target for WidgetTarget {
    fn name(&self) -> &'static str {
        "widgets"
    }

    fn generate(&mut self, random: &mut Random) -> Vec<u8> {
        self.seeds.request(random)
    }

    fn check(&mut self, input: &[u8]) -> Observation {
        let Some(exchange) = self.server.send(input) else { return "no request".to_owned() };
        let demo: Uuid = self.server.word("{demo}").parse().expect("an id");
        // What a demo widget sends is stored nowhere, and counted nowhere. An item that names its widget twice
        // names none.
        let counts = |json: &str| {
            let is_object = json.trim_ascii_start().starts_with('{');
            let named = serde_json::from_str::<Named>(json).ok().filter(|_| is_object);
            named.and_then(|named| named.widget_id).is_none_or(|widget| widget != demo)
        };
        check_ingest(&exchange, |body| match items_of(body) {
            Some(items) => Some(items.iter().filter(|item| counts(item.get())).count()),
            None => Some(usize::from(std::str::from_utf8(body).is_ok_and(counts))),
        })
    }

    fn must_find(&self) -> &'static [&'static str] {
        &["200 0", "200 1", "403", "404", "400", "422"]
    }
}

fn seeds() -> Seeds {
    let start = json!({
        "widget_id": "{widget}", "event_type": "call_start", "session_id": "s1", "id": "w1",
        "page_url": "https://shop.test/", "user_agent": "Mozilla/5.0", "timestamp": "2026-11-21T11:30:00Z",
        "metadata": {"agent": "a"},
    });
    let end = json!({"widget_id": "{widget}", "event_type": "call_end", "session_id": "s1", "timestamp": 1_795_261_000_000_u64});
    let demo = json!({"widget_id": "{demo}", "event_type": "widget_open", "session_id": "s2"});
    let unknown = json!({"widget_id": "11111111-2222-3333-4444-555555555555", "event_type": "widget_load", "session_id": "s"});
    Seeds {
        paths: &["/api/analytics/track"],
        bodies: vec![start.clone(), json!({"events": [start, end, demo, unknown]}), demo, unknown],
        credential: ("accept", "*/*"),
        is_page: true,
    }
}

#[test]
fn widgets() {
    fuzz::run(&mut WidgetTarget { server: Server::start(), seeds: seeds() });
}
