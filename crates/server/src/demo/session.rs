//! One visit: the pages somebody sees, what they click, and where they get stuck.

use std::net::{IpAddr, Ipv4Addr};

use domain::event::{Category, Element, Friction, NewEvent, Vitals};
use domain::friction::Kind;
use domain::time::Timestamp;
use uuid::Uuid;

use super::random::Random;
use super::sites::{BROWSERS, Browser, Page, Site};

/// Of a thousand visits, those that come to a purchase.
const PURCHASES_PER_MILLE: u64 = 240;
/// Of a thousand visitors at each step of it, those that go on.
const GOES_ON_PER_MILLE: u64 = 720;
/// Different visitors of a site; many come again.
const VISITORS: u64 = 4_000;

/// A visit with its events in order.
pub(super) struct Session {
    pub(super) user_agent: &'static str,
    pub(super) address: IpAddr,
    pub(super) steps: Vec<Step>,
}

/// An event and how long after the visit's beginning it happens.
pub(super) struct Step {
    pub(super) after_ms: u64,
    pub(super) event: NewEvent,
}

/// Makes the visit that `seed` stands for, beginning at `start`. `now` decides which flaws exist yet.
pub(super) fn make(site: &'static Site, seed: u64, start: Timestamp, now: Timestamp) -> Session {
    let mut random = Random::new(seed);
    let visitor = random.below(VISITORS).min(random.below(VISITORS));
    // A visitor keeps their browser.
    let mut of_visitor = Random::new(visitor.wrapping_mul(0x1000_0001));
    let browser = of_visitor.favour(&BROWSERS);
    let octet = |value: u64| u8::try_from(value % 254 + 1).unwrap_or(1);
    let mut maker = Maker {
        site,
        browser,
        age_days: now.micros_since(start) / 86_400_000_000,
        start,
        visitor_id: uuid_of(&mut of_visitor).to_string(),
        session_id: uuid_of(&mut random).to_string(),
        random,
        at_ms: 0,
        steps: Vec::new(),
    };
    maker.wander();
    Session {
        user_agent: browser.user_agent,
        address: IpAddr::V4(Ipv4Addr::new(196, 249, octet(visitor / 254), octet(visitor))),
        steps: maker.steps,
    }
}

struct Maker {
    site: &'static Site,
    browser: &'static Browser,
    age_days: i64,
    start: Timestamp,
    visitor_id: String,
    session_id: String,
    random: Random,
    at_ms: u64,
    steps: Vec<Step>,
}

impl Maker {
    fn wander(&mut self) {
        let site = self.site;
        let entry = self.random.favour(site.entries);
        self.visit(entry, true);
        for _ in 0..self.random.below(5) {
            let page = self.random.favour(site.inside);
            self.visit(page, false);
        }
        if self.random.happens(PURCHASES_PER_MILLE) {
            for page in site.purchase {
                self.visit(page, false);
                if !self.random.happens(GOES_ON_PER_MILLE) {
                    break;
                }
            }
        }
    }

    fn visit(&mut self, page: &'static Page, is_entry: bool) {
        let mut view = self.event(page, Category::Heatmap, "pageview");
        view.page_title = Some(page.title.to_owned());
        view.referrer = is_entry.then(|| "https://search.example/".to_owned());
        self.push(view);
        self.measure(page);
        for _ in 0..self.random.below(4) {
            self.pause(3_000);
            self.click(page);
        }
        self.stumble(page);
        self.pause(9_000);
    }

    fn measure(&mut self, page: &'static Page) {
        self.pause(1_200);
        let slowness = self.browser.slowness;
        let mut event = self.event(page, Category::Performance, "page_performance");
        let lcp = real(self.random.around(page.lcp * slowness / 100));
        event.vitals = Some(Vitals {
            load_time: Some((lcp * 1.3).round()),
            first_contentful_paint: Some((lcp * 0.6).round()),
            time_to_interactive: None,
            largest_contentful_paint: Some(lcp),
            interaction_to_next_paint: Some(real(self.random.around(130 * slowness / 100))),
            cumulative_layout_shift: Some(real(self.random.around(60)) / 1_000.0),
            time_to_first_byte: Some((lcp * 0.2).round()),
        });
        self.push(event);
    }

    fn click(&mut self, page: &'static Page) {
        let (selector, text) = *self.random.favour(page.targets);
        let mut event = self.event(page, Category::Heatmap, "click");
        event.element = self.place(Some(selector), Some(text).filter(|text| !text.is_empty()));
        self.push(event);
    }

    /// What is wrong with the page may hit the visitor.
    fn stumble(&mut self, page: &'static Page) {
        for flaw in self.site.flaws.iter().filter(|flaw| flaw.path == page.path) {
            let exists = flaw.since_days == 0 || self.age_days < flaw.since_days;
            let concerns = !flaw.mobile_only || self.browser.is_mobile;
            if !exists || !concerns || !self.random.happens(flaw.per_mille) {
                continue;
            }
            self.pause(2_000);
            let mut event = self.event(page, Category::Friction, flaw.kind.as_str());
            event.element = match flaw.selector {
                Some(selector) => self.place(Some(selector), flaw.text),
                None => Element::default(),
            };
            event.friction = Some(Friction {
                error_message: flaw.message.map(str::to_owned),
                stack: flaw.stack.map(str::to_owned),
                ..Friction::default()
            });
            if flaw.kind == Kind::RageClick {
                let clicks = 3 + self.random.below(5);
                let lasted = clicks * 210;
                event.properties = Some(format!(
                    r#"{{"click_count":{clicks},"duration_ms":{lasted},"responded":false}}"#
                ));
            }
            self.push(event);
        }
    }

    fn place(&mut self, selector: Option<&str>, text: Option<&str>) -> Element {
        let (width, height) = self.browser.window;
        let within = |random: &mut Random, size: i32| {
            i32::try_from(random.below(u64::from(size.unsigned_abs()))).unwrap_or(0)
        };
        let part = |random: &mut Random| real(random.below(1_000)) / 1_000.0;
        Element {
            selector: selector.map(str::to_owned),
            text: text.map(str::to_owned),
            x: Some(within(&mut self.random, width)),
            y: Some(within(&mut self.random, height * 2)),
            element_x: Some(part(&mut self.random)),
            element_y: Some(part(&mut self.random)),
            viewport_width: Some(width),
            viewport_height: Some(height),
            document_width: Some(width),
            document_height: Some(height * 3),
        }
    }

    fn event(&mut self, page: &Page, category: Category, name: &str) -> NewEvent {
        let at = self.start.plus_micros(i64::try_from(self.at_ms * 1_000).unwrap_or(0));
        NewEvent {
            id: Some(uuid_of(&mut self.random).to_string()),
            at: Some(at),
            seq: u32::try_from(self.steps.len()).ok(),
            visitor_id: Some(self.visitor_id.clone()),
            session_id: Some(self.session_id.clone()),
            page_url: Some(format!("{}{}", self.site.origin, page.path)),
            ..NewEvent::new(category, name)
        }
    }

    fn push(&mut self, event: NewEvent) {
        self.steps.push(Step { after_ms: self.at_ms, event });
    }

    fn pause(&mut self, typical_ms: u64) {
        self.at_ms += self.random.around(typical_ms);
    }
}

fn uuid_of(random: &mut Random) -> Uuid {
    uuid::Builder::from_random_bytes(
        (u128::from(random.next()) << 64 | u128::from(random.next())).to_be_bytes(),
    )
    .into_uuid()
}

#[expect(clippy::cast_precision_loss, reason = "small numbers")]
fn real(number: u64) -> f64 {
    number as f64
}
