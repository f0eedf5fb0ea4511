//! Pages' URLs, origins and allowlists: what is kept of them, and whom they admit.

use domain::limits::{MAX_TEXT_BYTES, MAX_URL_BYTES};
use domain::origin::{AllowedDomain, is_admitted};
use domain::page;
use domain::privacy::QueryParameters;
use fuzz::{Observation, Random, Target, text};

struct PageUrlTarget;

const WORDS: [&str; 40] = [
    "https://",
    "http://",
    "HTTP://",
    "//",
    "user:pass@",
    "shop.test",
    "www.",
    "SHOP.test",
    "evil.test",
    ".",
    "..",
    "bücher.example",
    "xn--",
    "[::1]",
    "127.1",
    ":443",
    ":0",
    ":99999",
    "/",
    "/a/../b",
    "?",
    "&",
    "=",
    "#",
    "utm_source=a",
    "utm_campaign=%C3",
    "token=secret",
    "%74oken=secret",
    "Email=a%40b.test",
    "%",
    "%00",
    "%2f",
    "\\",
    " ",
    "\t",
    "é",
    "。",
    "*.",
    "@",
    ":",
];

const HOSTS: [&str; 6] =
    ["shop.test", "SHOP.test", "bücher.example", "127.0.0.1", "[::1]", "localhost:3000"];

impl Target for PageUrlTarget {
    fn name(&self) -> &'static str {
        "pages"
    }

    fn generate(&mut self, random: &mut Random) -> Vec<u8> {
        let host = random.pick(&HOSTS);
        let (mut one, mut other) =
            (text::from_vocabulary(random, &WORDS), text::from_vocabulary(random, &WORDS));
        // Entries and pages that may have to do with each other.
        if !random.one_in(3) {
            one = format!("https://{}{host}{one}", random.pick(&["", "www.", "a.b.", "evil"]));
            other = format!("{}{host}", random.pick(&["", "*.", "https://", "www."]));
        }
        [one.as_bytes(), b"\n", other.as_bytes()].concat()
    }

    fn check(&mut self, input: &[u8]) -> Observation {
        let input = String::from_utf8_lossy(input);
        let (url, entry) = input.split_once('\n').unwrap_or((&input, ""));
        format!("{} {}", kept(url), admitted(entry, url))
    }

    fn must_find(&self) -> &'static [&'static str] {
        &["url yes", "url no", "text none"]
    }
}

/// What is kept of a page is short, holds no credentials, and is its own keeping.
fn kept(url: &str) -> &'static str {
    let parameters = QueryParameters::default();
    let page = page::from_url(url, &parameters);
    let scrubbed = page::scrub(url, &parameters);
    let referrer = Some(page::referrer(&scrubbed, None).to_owned());
    let texts = [&page.url, &page.path, &referrer];
    for text in texts.into_iter().flatten() {
        assert!(text.len() <= MAX_URL_BYTES, "{} bytes are kept", text.len());
    }
    let campaign = [&page.utm.source, &page.utm.campaign, &page.title];
    for text in campaign.into_iter().flatten() {
        assert!(text.len() <= MAX_TEXT_BYTES, "{} bytes are kept", text.len());
    }
    let scrubbed = page::scrub(url, &parameters);
    if url::Url::parse(url).is_err() {
        return "text";
    }
    // A text is cut before a character, of four bytes at most.
    if scrubbed.len() + 3 < MAX_URL_BYTES {
        assert_eq!(page::scrub(&scrubbed, &parameters), scrubbed, "scrubbing twice changes more");
    }
    let Ok(parsed) = url::Url::parse(&scrubbed) else { return "text" };
    assert!(parsed.username().is_empty() && parsed.password().is_none(), "{scrubbed}");
    let has_secret = parsed.query_pairs().any(|(name, value)| {
        ["token", "email"].iter().any(|secret| name.eq_ignore_ascii_case(secret))
            && value.contains("secret")
    });
    assert!(!has_secret, "{scrubbed}");
    "url"
}

/// An entry admits its own host and nobody else's.
fn admitted(entry: &str, url: &str) -> &'static str {
    let Ok(entry) = AllowedDomain::parse(entry) else { return "none" };
    let again = AllowedDomain::parse(entry.as_str()).expect("what was read can be read again");
    assert_eq!(again, entry);
    let is_in = is_admitted(std::slice::from_ref(&entry), Some(url));
    if is_in {
        // Judged independently: the last labels of both hosts are the same.
        let host = url::Url::parse(url).ok().and_then(|url| url.host_str().map(str::to_owned));
        let host = host.unwrap_or_default().trim_end_matches('.').to_ascii_lowercase();
        let rest = entry.as_str().trim().rsplit("://").next().unwrap_or_default().to_owned();
        let rest = rest.trim_start_matches("*.");
        let own = url::Url::parse(&format!("ws://{rest}")).ok();
        let own = own.and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_default();
        let own = own.trim_end_matches('.').to_ascii_lowercase();
        assert!(host == own || host.ends_with(&format!(".{own}")), "{entry:?} admits {url:?}");
    }
    if is_in { "yes" } else { "no" }
}

#[test]
fn pages() {
    fuzz::run(&mut PageUrlTarget);
}
