//! Contract 2, `POST /api/analytics/track`: no key, each event names its widget.

use std::collections::BTreeMap;

use fuzz::{Found, Random, Target};
use serde_json::json;
use serde_json::value::RawValue;
use uuid::Uuid;

use crate::server::{Seeds, Server, check_ingest, items_of};

struct Widgets {
    server: Server,
    seeds: Seeds,
}

impl Target for Widgets {
    fn name(&self) -> &'static str {
        "widgets"
    }

    fn generate(&mut self, random: &mut Random) -> Vec<u8> {
        self.seeds.request(random)
    }

    fn check(&mut self, input: &[u8]) -> Found {
        let Some(exchange) = self.server.send(input) else { return "no request".to_owned() };
        let demo: Uuid = self.server.word("{demo}").parse().expect("an id");
        // What a demo widget sends is stored nowhere, and counted nowhere.
        let counts = |json: &str| {
            let members: Option<BTreeMap<String, Box<RawValue>>> = serde_json::from_str(json).ok();
            let widget = members.as_ref().and_then(|members| members.get("widget_id"));
            let widget = widget.and_then(|widget| serde_json::from_str::<Uuid>(widget.get()).ok());
            widget.is_none_or(|widget| widget != demo)
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
    fuzz::run(&mut Widgets { server: Server::start(), seeds: seeds() });
}
