//! Requests made beforehand, whose ids and times are written anew before each is sent.

use std::fmt::Write as _;

use anyhow::ensure;
use domain::event::Event;
use domain::time::Timestamp;

use crate::numbers::float;
use crate::random::Random;
use crate::{clock, generate, wire};

/// Different events altogether, so that no cache and no dictionary sees the same few again and again.
const EVENTS: usize = 20_480;
const ID_BYTES: usize = 36;
const TIME_BYTES: usize = 13;
/// Stands in the body where a time of sending will; as long as one.
const NO_TIME: &str = "1000000000000";
/// Between two events of a batch.
const BETWEEN_EVENTS_MS: i64 = 250;

const USER_AGENTS: [&str; 6] = [
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36",
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0",
    "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0",
];

/// One request and where in it ids and times stand.
#[derive(Debug)]
struct Request {
    bytes: Vec<u8>,
    ids: Vec<usize>,
    times: Vec<usize>,
    sent_at: usize,
    pub(crate) events: u64,
}

/// The requests of one connection, sent round and round.
#[derive(Debug)]
pub(crate) struct Pool {
    requests: Vec<Request>,
    next: usize,
    random: Random,
}

/// Pools for `connections`, of requests with `batch` events each, authorised by `key`; and the mean
/// length of an event's JSON in bytes.
pub(crate) fn pools(
    connections: usize,
    batch: usize,
    key: &str,
    seed: u64,
) -> anyhow::Result<(Vec<Pool>, f64)> {
    let events: Vec<Event> = generate::events(EVENTS).collect();
    let texts = events.iter().map(wire::json).collect::<Result<Vec<String>, _>>()?;
    let each = (EVENTS / batch / connections).max(1);
    let mut batches = (0..).map(|number| {
        let from = number * batch % (EVENTS - batch + 1);
        (&events[from], &texts[from..from + batch])
    });
    let mut pools = Vec::with_capacity(connections);
    for connection in 0..connections {
        let user_agent = USER_AGENTS[connection % USER_AGENTS.len()];
        let requests = batches.by_ref().take(each);
        let requests = requests
            .map(|(first, texts)| Request::new(first, texts, key, user_agent))
            .collect::<anyhow::Result<Vec<_>>>()?;
        let random = Random::new(seed << 20 | connection as u64);
        pools.push(Pool { requests, next: 0, random });
    }
    let bytes: usize = texts.iter().map(String::len).sum();
    Ok((pools, float(bytes as u64) / float(EVENTS as u64)))
}

impl Pool {
    /// The next request, with fresh ids and the current time.
    pub(crate) fn next(&mut self) -> (&[u8], u64) {
        let now = clock::now();
        let current = self.next;
        self.next = (current + 1) % self.requests.len();
        let request = &mut self.requests[current];
        request.renew(&mut self.random, now);
        (&request.bytes, request.events)
    }
}

impl Request {
    fn new(first: &Event, texts: &[String], key: &str, user_agent: &str) -> anyhow::Result<Self> {
        let session = first.session_id.as_deref().unwrap_or_default();
        let mut body = format!(
            r#"{{"api_key":"{key}","session_id":"{session}","sent_at":{NO_TIME},"sdk":{{"version":"0.1.0","stats":{{"created":{count},"sent":{count},"acknowledged":{count},"retries":0,"dropped":{{}}}}}},"events":["#,
            count = texts.len(),
        );
        body.push_str(&texts.join(","));
        body.push_str("]}");
        let mut bytes = head(body.len(), user_agent)?.into_bytes();
        let head_bytes = bytes.len();
        bytes.extend_from_slice(body.as_bytes());
        let ids = places(&bytes, br#"{"id":""#);
        let times = places(&bytes, br#","timestamp":"#);
        let sent_at = places(&bytes, br#""sent_at":"#);
        ensure!(
            ids.len() == texts.len() && times.len() == texts.len() && sent_at.len() == 1,
            "a request of {} events has not as many ids and times",
            texts.len()
        );
        ensure!(ids.first().is_some_and(|id| *id > head_bytes), "ids stand in the body");
        Ok(Self { bytes, ids, times, sent_at: sent_at[0], events: texts.len() as u64 })
    }

    fn renew(&mut self, random: &mut Random, now: Timestamp) {
        let millis = now.millis();
        write_time(&mut self.bytes, self.sent_at, millis);
        let count = i64::try_from(self.times.len()).unwrap_or_default();
        for ((id, time), index) in self.ids.iter().zip(&self.times).zip(0..count) {
            let happened = millis - (count - 1 - index) * BETWEEN_EVENTS_MS;
            let uuid = random.uuid(Timestamp::from_millis(happened));
            uuid.hyphenated().encode_lower(&mut self.bytes[*id..*id + ID_BYTES]);
            write_time(&mut self.bytes, *time, happened);
        }
    }
}

/// What a browser sends before the body of a cross-origin `fetch` without preflight.
fn head(body_bytes: usize, user_agent: &str) -> Result<String, std::fmt::Error> {
    let mut head = String::from("POST /ingest-events HTTP/1.1\r\nHost: 127.0.0.1\r\n");
    write!(head, "Content-Length: {body_bytes}\r\nUser-Agent: {user_agent}\r\n")?;
    head.push_str(
        "Content-Type: text/plain;charset=UTF-8\r\nAccept: */*\r\n\
         Origin: https://shop.example\r\nReferer: https://shop.example/\r\n\
         Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: cors\r\nSec-Fetch-Dest: empty\r\n\
         Accept-Encoding: gzip, deflate, br, zstd\r\nAccept-Language: en-GB,en;q=0.9\r\n\r\n",
    );
    Ok(head)
}

/// Where `text` ends, each time it occurs.
fn places(bytes: &[u8], text: &[u8]) -> Vec<usize> {
    let found = bytes.windows(text.len()).enumerate().filter(|(_, window)| *window == text);
    found.map(|(at, _)| at + text.len()).collect()
}

/// Thirteen digits: milliseconds between 2001 and 2286.
fn write_time(bytes: &mut [u8], at: usize, millis: i64) {
    let mut left = millis.unsigned_abs();
    for digit in bytes[at..at + TIME_BYTES].iter_mut().rev() {
        *digit = b'0' + u8::try_from(left % 10).unwrap_or_default();
        left /= 10;
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    fn body(request: &[u8]) -> serde_json::Value {
        let at = places(request, b"\r\n\r\n")[0];
        serde_json::from_slice(&request[at..]).expect("the body is JSON")
    }

    #[test]
    fn a_request_stays_valid_json_with_fresh_ids_each_time() {
        let (mut pools, _) = pools(2, 20, "fk_x", 1).expect("pools");
        let mut ids = HashSet::new();
        let rounds = 3 * pools[0].requests.len();
        for pool in &mut pools {
            for _ in 0..rounds {
                let (bytes, count) = pool.next();
                let body = body(bytes);
                let events = body["events"].as_array().expect("events");
                assert_eq!(events.len() as u64, count);
                let sent_at = body["sent_at"].as_i64().expect("number");
                for event in events {
                    assert!(ids.insert(event["id"].as_str().expect("id").to_owned()));
                    let at = event["timestamp"].as_i64().expect("number");
                    assert!((0..=5_000).contains(&(sent_at - at)), "{at} {sent_at}");
                }
            }
        }
    }

    #[test]
    fn two_seeds_never_send_the_same_id() {
        let id = |seed| {
            let (mut pools, _) = pools(1, 1, "fk_x", seed).expect("pools");
            body(pools[0].next().0)["events"][0]["id"].as_str().expect("id")[14..].to_owned()
        };
        assert_ne!(id(1), id(2));
    }
}
