//! The dashboard's API as a signed-in member reaches it: paths, queries, cursors, cookies and settings.

use fuzz::{Observation, Random, Target, json, text};
use serde_json::Value;

use crate::server::{Head, Server, check_problem};

struct Dashboard {
    server: Server,
    reads: Vec<Read>,
    settings: Value,
}

/// An operation that only reads.
struct Read {
    path: String,
    parameters: Vec<String>,
}

/// What asks the lake is answered 503 here: there is none behind the harness.
const OF_THE_LAKE: [&str; 2] = ["Questions", "Errors"];
const PATHS_OF_THE_LAKE: [&str; 2] = ["/retention/preview", "/people/{person_id}/timeline"];
const SETTINGS: &str = "/api/projects/{project}/sdk-settings";
const PLACES: [&str; 9] = [
    "{project}",
    "018f3f3e-7d1c-7cc2-9d4e-1f2a3b4c5d6e",
    "contact_00000000000000000000000000000001",
    "0",
    "-1",
    "99999999999999999999",
    "%00",
    "%ff",
    "a%2Fb",
];
const VALUES: [&str; 20] = [
    "",
    "0",
    "1",
    "1000000",
    "-1",
    "1e9",
    "2026-11-21",
    "2026-11-21T00:00:00Z",
    "0000-00-00",
    "+262142-12-31",
    "asc",
    "desc",
    "all",
    "day",
    "csv",
    "1795262400000000.1",
    "-9223372036854775808.a",
    "73657373696f6e730a646573630a370a61",
    "%ff",
    "true",
];
const COOKIES: [&str; 10] = [
    "footfall={session}",
    "footfall={session}",
    "__Host-footfall={session}",
    "footfall=",
    "=",
    "footfall",
    ";;;",
    "a=b; footfall={session}; footfall=x",
    "__Host-footfall=x; footfall={session}",
    "\"footfall\"={session}",
];

impl Target for Dashboard {
    fn name(&self) -> &'static str {
        "dashboard"
    }

    fn generate(&mut self, random: &mut Random) -> Vec<u8> {
        if random.one_in(3) {
            let body = json::like(random, &self.settings);
            let head = Head::method("PUT", SETTINGS).header("cookie", COOKIES[0]);
            return head.header("content-type", "application/json").body(&body);
        }
        let read = &self.reads[random.below(self.reads.len())];
        let mut path = String::new();
        for part in read.path.split('/').skip(1) {
            path.push('/');
            match part {
                "{project_id}" if !random.one_in(20) => path.push_str("{project}"),
                _ if part.starts_with('{') => path.push_str(random.pick(&PLACES)),
                _ => path.push_str(part),
            }
        }
        let mut sign = '?';
        for name in &read.parameters {
            if random.one_in(2) {
                continue;
            }
            let value = random.pick(&VALUES).to_owned();
            let value = if random.one_in(6) { escaped(&text::any(random)) } else { value };
            path.push(std::mem::replace(&mut sign, '&'));
            path.extend([name, "=", &value]);
        }
        let cookie = if random.one_in(8) { random.pick(&COOKIES) } else { COOKIES[0] };
        Head::get(&path).header("cookie", cookie).body(b"")
    }

    fn check(&mut self, input: &[u8]) -> Observation {
        let Some(exchange) = self.server.send(input) else { return "no request".to_owned() };
        check_problem(&exchange)
    }

    fn must_find(&self) -> &'static [&'static str] {
        &["200", "400", "401", "404", "409", "422"]
    }
}

/// As it may stand in a query.
fn escaped(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

fn reads() -> Vec<Read> {
    let document: Value = serde_json::from_str(&api::openapi::document_json()).expect("JSON");
    let paths = document["paths"].as_object().expect("paths");
    let reads = paths.iter().filter_map(|(path, operations)| {
        let operation = operations.get("get")?;
        let of_the_lake =
            operation["tags"][0].as_str().is_some_and(|tag| OF_THE_LAKE.contains(&tag))
                || PATHS_OF_THE_LAKE.iter().any(|end| path.ends_with(end));
        let parameters = operation["parameters"].as_array().map_or(&[][..], Vec::as_slice);
        let names = parameters.iter().filter(|one| one["in"] == "query");
        let parameters = names.filter_map(|one| one["name"].as_str().map(str::to_owned)).collect();
        (!of_the_lake).then(|| Read { path: path.clone(), parameters })
    });
    reads.collect()
}

#[test]
fn dashboard() {
    let settings = serde_json::json!({"version": 1, "settings": {
        "signals": {"click": true, "move": false}, "thresholds": {"rage_min_clicks": 4, "dead_after_ms": 3000},
        "sampling": {"session_share": 0.5}, "recording": {"record_urls": "/a/*", "recording_max_kib": 1024},
        "masking": {"ignore": ".ad", "mask": "#name"}, "consent": "none",
    }});
    let reads = reads();
    assert!(reads.len() > 20, "only {} operations that read were found", reads.len());
    fuzz::run(&mut Dashboard { server: Server::start(), reads, settings });
}
