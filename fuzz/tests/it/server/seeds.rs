//! Requests of a contract: valid bodies, changed, from senders who are mostly who they should be.

use fuzz::{Random, json, text};
use serde_json::Value;

use super::Head;

/// A contract's paths and bodies.
pub(crate) struct Seeds {
    /// Each is as good as the others.
    pub(crate) paths: &'static [&'static str],
    /// Bodies that are accepted.
    pub(crate) bodies: Vec<Value>,
    /// The header and value by which senders are known.
    pub(crate) credential: (&'static str, &'static str),
    /// Whether senders are pages.
    pub(crate) is_page: bool,
}

const BROWSER: &str = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) \
    Chrome/142.0.0.0 Mobile Safari/537.36";
const ENCODINGS: [&str; 7] = ["gzip", "gzip-twice", "deflate", "bare-deflate", "br", "zstd", ""];
const NAMES: [&str; 8] =
    ["gzip", "deflate", "br", "zstd", "identity", "x-gzip", "GZIP", "gzip, br"];
const ORIGINS: [&str; 6] = [
    "null",
    "https://evil.test",
    "https://www.shop.test",
    "http://shop.test:80",
    "https://",
    "shop.test",
];

impl Seeds {
    pub(crate) fn request(&self, random: &mut Random) -> Vec<u8> {
        let body = &self.bodies[random.below(self.bodies.len())];
        let body = json::like(random, body);
        self.with_body(random, &body)
    }

    /// A request with this body.
    pub(crate) fn with_body(&self, random: &mut Random, body: &[u8]) -> Vec<u8> {
        self.head(random).body(body)
    }

    /// The head of a request, mostly a good one.
    pub(crate) fn head(&self, random: &mut Random) -> Head {
        let mut path = random.pick(self.paths).to_owned();
        if random.one_in(30) {
            path = format!("{path}?key={}", random.pick(&["{key}", "", "%00", "fk_", "{secret}"]));
        }
        let mut head = Head::post(&path);
        if !random.one_in(30) {
            let (name, value) = self.credential;
            let other = ["", "fk_unknown", "{secret}", "Bearer {key}", "Bearer {secret}"];
            head = head.header(name, if random.one_in(30) { random.pick(&other) } else { value });
        }
        if self.is_page != random.one_in(30) {
            let origin =
                if random.one_in(20) { random.pick(&ORIGINS) } else { "https://shop.test" };
            head = head.header("origin", origin);
        }
        let agent = if random.one_in(20) { text::any(random) } else { BROWSER.to_owned() };
        head = head.header("user-agent", &agent);
        with_encoding(random, head)
    }
}

/// Packs the body, or says so, or both.
fn with_encoding(random: &mut Random, mut head: Head) -> Head {
    if !random.one_in(4) {
        return head;
    }
    let name = random.pick(&NAMES);
    let is_honest = !random.one_in(5);
    let encoding =
        if is_honest && ENCODINGS.contains(&name) { name } else { random.pick(&ENCODINGS) };
    head = head.header("content-encoding", name).header("pack", encoding);
    if random.one_in(5) {
        head = head.header("cut", &random.small(300).to_string());
    }
    if random.one_in(40) {
        head = head.header("pad", &(random.below(24) << 20).to_string());
    }
    head
}
