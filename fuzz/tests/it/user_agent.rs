//! User agents: parsed by patterns of others, in time that grows with their length and no faster.

use fuzz::{Observation, Random, Target, text};
use serde_json::json;

use crate::server::{Head, Server, check_ingest};

struct UserAgent {
    server: Server,
}

const WORDS: [&str; 36] = [
    "Mozilla/5.0 ",
    "(",
    ")",
    ";",
    " ",
    "/",
    ".",
    "1",
    "17_2",
    "Windows NT 10.0",
    "Macintosh; Intel Mac OS X 10_15_7",
    "Linux; Android 14",
    "iPhone; CPU iPhone OS 17_2 like Mac OS X",
    "AppleWebKit/537.36 ",
    "(KHTML, like Gecko) ",
    "Chrome/142.0.0.0 ",
    "Safari/537.36",
    "Mobile ",
    "Firefox/130.0",
    "Version/17.2 ",
    "Edg/120",
    "OPR/100",
    "SamsungBrowser/23",
    "bot",
    "CUBOT",
    "Googlebot/2.1",
    "curl/8",
    "; wv",
    "Build/",
    "U; ",
    "en-us",
    "compatible; ",
    "MSIE 9.0",
    "Trident/5.0",
    "PlayStation",
    "-",
];
/// Longest text, in bytes.
const MAX_BYTES: usize = 64 * 1024;

impl Target for UserAgent {
    fn name(&self) -> &'static str {
        "user_agent"
    }

    fn generate(&mut self, random: &mut Random) -> Vec<u8> {
        let mut agent = text::from_vocabulary(random, &WORDS);
        if random.one_in(3) {
            agent = agent.repeat(1 + MAX_BYTES / agent.len().max(1));
            agent.truncate(agent.floor_char_boundary(MAX_BYTES));
        }
        // A client sends its own in the head, a server that speaks for it in the event.
        let header = if agent.len() < 8_000 { &*agent } else { "curl" };
        let event = json!({"behavior_type": "search", "user_agent": agent});
        let body = json!({"user_id": "u1", "events": [event]}).to_string();
        let head = Head::post("/api/tracking/flush").header("x-api-key", "{key}");
        head.header("origin", "https://shop.test")
            .header("user-agent", header)
            .body(body.as_bytes())
    }

    fn check(&mut self, input: &[u8]) -> Observation {
        let Some(exchange) = self.server.send(input) else { return "no request".to_owned() };
        check_ingest(&exchange, |_| Some(1))
    }

    fn must_find(&self) -> &'static [&'static str] {
        &["200 0"]
    }
}

#[test]
fn user_agent() {
    fuzz::run(&mut UserAgent { server: Server::start() });
}
