//! `POST /ingest-recording` and `/upload-screenshot`: parts of recordings, and forms with a file.

use fuzz::{Observation, Random, Target, mutate, text};
use serde_json::json;
use testkit::multipart::{MULTIPART, PNG, multipart};

use crate::server::{Seeds, Server, check_ingest};

struct RecordingTarget {
    server: Server,
    chunks: Seeds,
    forms: Seeds,
}

const FIELDS: [&str; 8] = [
    "friction_event_id",
    "session_id",
    "visitor_id",
    "user_id",
    "page_url",
    "api_key",
    "file",
    "a",
];

impl RecordingTarget {
    fn form(&self, random: &mut Random) -> Vec<u8> {
        let mut fields = vec![
            ("session_id".to_owned(), "s1".to_owned()),
            ("page_url".to_owned(), "/a".to_owned()),
        ];
        for _ in 0..random.small(4) {
            fields.push((random.pick(&FIELDS).to_owned(), text::any(random)));
        }
        let fields: Vec<(&str, &str)> =
            fields.iter().map(|(name, value)| (&**name, &**value)).collect();
        let file =
            if random.one_in(3) { mutate::bytes(random, PNG, b"RIFF") } else { PNG.to_vec() };
        let mut body = multipart(&fields, (!random.one_in(20)).then_some(&file));
        if random.one_in(4) {
            body = mutate::bytes(random, &body, b"--cut--\r\nContent-Disposition: form-data");
        }
        let types = [
            "multipart/form-data",
            "multipart/form-data; boundary=\"\"",
            "text/plain",
            "multipart/mixed; boundary=cut",
        ];
        let content_type = if random.one_in(12) { random.pick(&types) } else { MULTIPART };
        self.forms.head(random).header("content-type", content_type).body(&body)
    }
}

impl Target for RecordingTarget {
    fn name(&self) -> &'static str {
        "recordings"
    }

    fn generate(&mut self, random: &mut Random) -> Vec<u8> {
        if random.one_in(2) { self.form(random) } else { self.chunks.request(random) }
    }

    fn check(&mut self, input: &[u8]) -> Observation {
        let Some(exchange) = self.server.send(input) else { return "no request".to_owned() };
        // They do not pass the journal.
        let found = check_ingest(&exchange, |_| Some(0));
        format!("{} {found}", exchange.request.path.trim_start_matches('/'))
    }

    fn must_find(&self) -> &'static [&'static str] {
        &[
            "ingest-recording 200",
            "ingest-recording 400",
            "upload-screenshot 200",
            "upload-screenshot 400 file must be a PNG",
        ]
    }
}

fn chunks() -> Seeds {
    let events = json!([
        {"type": 4, "data": {"href": "https://shop.test/"}, "timestamp": 1_795_262_300_000_u64},
        {"type": 3, "data": {"source": 1, "positions": [{"x": 1, "y": 2}]}, "timestamp": 1_795_262_301_500.5},
    ]);
    Seeds {
        paths: &["/ingest-recording"],
        bodies: vec![json!({
            "recording_id": "018f3f3e-7d1c-7cc2-9d4e-000000000001", "seq": 0, "session_id": "s1", "visitor_id": "v1",
            "user_id": 7, "page_url": "https://shop.test/", "sent_at": 1_795_262_400_000_u64, "events": events,
        })],
        credential: ("x-api-key", "{key}"),
        is_page: true,
    }
}

#[test]
fn recordings() {
    let forms = Seeds {
        paths: &["/upload-screenshot"],
        bodies: Vec::new(),
        credential: ("x-api-key", "{key}"),
        is_page: true,
    };
    fuzz::run(&mut RecordingTarget { server: Server::start(), chunks: chunks(), forms });
}
