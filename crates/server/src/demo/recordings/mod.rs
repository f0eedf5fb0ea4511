//! Visits that were recorded in a real browser, with the SDK, on pages of the demo's sites: their events, the
//! parts of their recordings and their screenshots, uploaded as visits of the last days.
//!
//! `npm run record` in `e2e/` makes the files again; `e2e/README.md` says how.

use std::collections::BTreeSet;
use std::io::Read as _;

use anyhow::Context;
use axum::http::{Method, header};
use data_encoding::BASE64;
use domain::time::Timestamp;
use serde::Deserialize;
use serde_json::{Value, json};

use super::Target;
use super::local_api::LocalApi;
use super::people::Person;

/// Each file, and how many minutes ago its visit ended: in the days in which what it shows happened.
const VISITS: [(&[u8], i64); 8] = [
    (include_bytes!("payment.json.gz"), 4_630),
    (include_bytes!("contact.json.gz"), 190),
    (include_bytes!("checkout.json.gz"), 55),
    (include_bytes!("catalogue.json.gz"), 1_600),
    (include_bytes!("long-weekend.json.gz"), 6_110),
    (include_bytes!("kitchen.json.gz"), 1_350),
    (include_bytes!("booking.json.gz"), 5_320),
    (include_bytes!("phones.json.gz"), 7_150),
];
/// Bytes of a file's JSON.
const MAX_BYTES: u64 = 16 * 1024 * 1024;
/// Events of a request.
const EVENTS_PER_REQUEST: usize = 100;
const MULTIPART: &str = "multipart/form-data; boundary=footfall-demo";

/// A recorded visit. Times are milliseconds since 1970, by the browser's clock.
#[derive(Debug, Deserialize)]
struct RecordedVisit {
    /// The name of the site.
    site: String,
    user_agent: String,
    ended_at: i64,
    /// By contract 3.
    events: Vec<Value>,
    chunks: Vec<Value>,
    #[serde(rename = "pictures")]
    screenshots: Vec<RecordedScreenshot>,
}

/// A screenshot of the visitor's screen.
#[derive(Debug, Deserialize)]
struct RecordedScreenshot {
    friction_event_id: String,
    page_url: String,
    /// Base64.
    png: String,
}

/// Uploads all visits, so that they ended some time before `now`.
pub(super) async fn upload(
    api: &LocalApi,
    targets: &[Target],
    now: Timestamp,
) -> anyhow::Result<()> {
    let mut taken = BTreeSet::new();
    for (file, ended_minutes_ago) in VISITS {
        let visit = read(file)?;
        let target = targets.iter().find(|target| target.site.name == visit.site);
        let target = target.with_context(|| format!("{} is no site of the demo", visit.site))?;
        let visitor = Person::regular_with(&visit.user_agent, &mut taken)
            .with_context(|| format!("nobody uses {}", visit.user_agent))?;
        let ended_at = now.plus_seconds(-ended_minutes_ago * 60);
        let delta_ms = ended_at.micros() / 1_000 - visit.ended_at;
        let upload = Upload { api, target, visitor, user_agent: &visit.user_agent, delta_ms };
        upload.events(visit.events).await?;
        for chunk in visit.chunks {
            upload.chunk(chunk).await?;
        }
        for screenshot in visit.screenshots {
            upload.screenshot(&screenshot).await?;
        }
    }
    Ok(())
}

#[expect(clippy::disallowed_types, reason = "our own file, and what is read of it is limited")]
fn read(file: &[u8]) -> anyhow::Result<RecordedVisit> {
    let mut json = String::new();
    flate2::read::GzDecoder::new(file).take(MAX_BYTES).read_to_string(&mut json)?;
    serde_json::from_str(&json).context("a recorded visit cannot be read")
}

/// The upload of one visit.
struct Upload<'a> {
    api: &'a LocalApi,
    target: &'a Target,
    visitor: Person,
    user_agent: &'a str,
    /// Added to every time.
    delta_ms: i64,
}

impl Upload<'_> {
    async fn events(&self, mut events: Vec<Value>) -> anyhow::Result<()> {
        for event in &mut events {
            self.shift(event);
            self.name_visitor(event);
        }
        for events in events.chunks(EVENTS_PER_REQUEST) {
            let body = json!({ "events": events });
            self.post("/ingest-events", "application/json", body.to_string().into_bytes()).await?;
        }
        Ok(())
    }

    async fn chunk(&self, mut chunk: Value) -> anyhow::Result<()> {
        self.name_visitor(&mut chunk);
        for event in chunk["events"].as_array_mut().into_iter().flatten() {
            self.shift(event);
        }
        let body = chunk.to_string().into_bytes();
        self.post("/ingest-recording", "application/json", body).await
    }

    async fn screenshot(&self, screenshot: &RecordedScreenshot) -> anyhow::Result<()> {
        let RecordedScreenshot { friction_event_id, page_url, png } = screenshot;
        let fields = [("friction_event_id", &**friction_event_id), ("page_url", page_url)];
        let mut body = Vec::new();
        for (name, value) in fields {
            let field = format!(
                "--footfall-demo\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
            );
            body.extend(field.into_bytes());
        }
        body.extend(
            b"--footfall-demo\r\ncontent-disposition: form-data; name=\"file\"; filename=\"screenshot.png\"\r\n\
              content-type: image/png\r\n\r\n",
        );
        body.extend(BASE64.decode(png.as_bytes())?);
        body.extend(b"\r\n--footfall-demo--\r\n");
        self.post("/upload-screenshot", MULTIPART, body).await
    }

    async fn post(&self, path: &str, kind: &str, body: Vec<u8>) -> anyhow::Result<()> {
        let headers = [
            (header::CONTENT_TYPE, kind),
            (header::USER_AGENT, self.user_agent),
            (header::ORIGIN, self.target.site.origin),
            (super::API_KEY, &*self.target.key.key),
        ];
        let sent = self.api.send(self.visitor.address, (Method::POST, path), &headers, body).await;
        sent?.succeeded().map(|_| ())
    }

    fn shift(&self, event: &mut Value) {
        if let Some(at) = event["timestamp"].as_i64() {
            event["timestamp"] = json!(at + self.delta_ms);
        }
    }

    fn name_visitor(&self, of: &mut Value) {
        of["visitor_id"] = json!(self.visitor.visitor_id);
        if let Some(customer) = &self.visitor.customer {
            of["user_id"] = json!(customer.id);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::sites::SITES;

    #[test]
    fn every_recorded_visit_is_whole_and_of_a_site_and_a_visitor_of_the_demo() {
        let mut taken = BTreeSet::new();
        let mut kinds = BTreeSet::new();
        for (file, _) in VISITS {
            let visit = read(file).expect("reads");
            let site = SITES.iter().find(|site| site.name == visit.site).expect("a site");
            Person::regular_with(&visit.user_agent, &mut taken).expect("a visitor");
            let has_origin = |of: &Value| {
                of["page_url"].as_str().is_some_and(|url| url.starts_with(site.origin))
            };
            assert!(visit.events.iter().all(has_origin), "{}", visit.site);
            assert!(visit.chunks.iter().all(has_origin), "{}", visit.site);
            // rrweb shows nothing without a snapshot of the whole page, its second event.
            let first: Vec<&Value> =
                visit.chunks[0]["events"].as_array().expect("events").iter().take(2).collect();
            assert_eq!([&first[0]["type"], &first[1]["type"]], [4, 2]);
            let seqs = visit.chunks.iter().map(|chunk| chunk["seq"].as_u64());
            assert!(seqs.eq((0..visit.chunks.len() as u64).map(Some)), "{}", visit.site);
            kinds.extend(
                visit.events.iter().filter_map(|it| it["event_type"].as_str().map(str::to_owned)),
            );
            for screenshot in &visit.screenshots {
                let shown =
                    visit.events.iter().find(|it| it["id"] == *screenshot.friction_event_id);
                assert!(shown.is_some_and(|it| it["type"] == "friction"), "{}", visit.site);
            }
        }
        for kind in ["rage_click", "dead_click", "error_click", "form_validation_error"] {
            assert!(kinds.contains(kind), "{kind} is recorded: {kinds:?}");
        }
    }

    /// Up to this width a screen is a phone's.
    const PHONE_PX: i64 = 480;
    /// Recorded on desktops as well.
    const MOST_VIEWED: [&[&str]; 2] = [
        &["/", "/vehicles", "/vehicles/toyota-noah", "/booking/payment"],
        &["/", "/c/phones", "/p/solar-lamp", "/checkout"],
    ];

    /// The page views of all recorded visits: the address, and whether it was seen on a phone.
    fn page_views() -> BTreeSet<(String, bool)> {
        let events = VISITS.iter().flat_map(|(file, _)| read(file).expect("reads").events);
        let views = events.filter(|event| event["interaction_type"] == "pageview");
        let view = |event: Value| {
            let url = event["page_url"].as_str().expect("a page").to_owned();
            (url, event["viewport_width"].as_i64().expect("a width") < PHONE_PX)
        };
        views.map(view).collect()
    }

    #[test]
    fn every_page_is_recorded_on_a_phone_and_the_most_viewed_ones_on_a_desktop() {
        let seen = page_views();
        for (site, most_viewed) in SITES.into_iter().zip(MOST_VIEWED) {
            let pages = [site.entries, site.inside, site.purchase].into_iter().flatten();
            let on_phones = pages.map(|page| (page.path, true));
            let wanted = on_phones.chain(most_viewed.iter().map(|path| (*path, false)));
            let missing: Vec<_> = wanted
                .filter(|(path, phone)| !seen.contains(&(format!("{}{path}", site.origin), *phone)))
                .collect();
            assert!(missing.is_empty(), "{}: {missing:?}", site.name);
        }
    }
}
