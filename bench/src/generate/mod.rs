//! Events as shops bring them, decided by a seed: 20 projects of very different size, visits of 4 to
//! 20 events over 180 days with quiet nights, in the order in which they arrive.
//!
//! The largest project has about 23 % of all events. A visitor keeps browser, window and place; a
//! page keeps its elements. Two visits in a hundred arrive hours late, two visitors in a hundred are
//! bots.

use std::f64::consts::TAU;

use domain::event::{Category, Device, Event, Page, Place, Utm};
use domain::form_progress::FORM_PROGRESS;
use domain::id::{EventId, ProjectId};
use domain::time::Timestamp;
use uuid::Uuid;

use crate::numbers::{float, whole};
use crate::random::Random;

mod details;

/// The end of the last day: 2026-11-21T00:00:00Z.
pub(crate) const END: Timestamp = Timestamp::from_seconds(1_795_219_200);
/// How many days the events cover.
pub(crate) const DAYS: i64 = 180;
const PROJECTS: u64 = 20;
const PAGES: u64 = 200;
const MEAN_EVENTS_PER_VISIT: usize = 12;
/// The SDK's batch.
const EVENTS_PER_BATCH: usize = 10;
const SEED: u64 = 42;

const BROWSERS: [(&str, &str, &str); 6] = [
    ("Chrome", "Windows", "desktop"),
    ("Chrome Mobile", "Android", "mobile"),
    ("Mobile Safari", "iOS", "mobile"),
    ("Safari", "Mac OS X", "desktop"),
    ("Edge", "Windows", "desktop"),
    ("Firefox", "Linux", "desktop"),
];
const COUNTRIES: [&str; 6] = ["TZ", "KE", "DE", "US", "GB", "IN"];
const CAMPAIGNS: [&str; 5] = ["spring", "launch", "newsletter-41", "brand", "retarget"];

/// The project of that rank; 0 is the largest.
pub(crate) fn project(rank: u64) -> ProjectId {
    ProjectId(Uuid::from_u128(0x018f_3f3e_7d1c_7cc2_9d4e_0000_0000_0000 + u128::from(rank)))
}

/// Exactly `count` events.
pub(crate) fn events(count: usize) -> impl Iterator<Item = Event> {
    let visits = (count / MEAN_EVENTS_PER_VISIT).max(1) as u64;
    let mut random = Random::new(SEED);
    // A few visits more, should their lengths fall short of the mean.
    (0..visits * 2)
        .flat_map(move |number| {
            let started = arrival(float(number) / float(visits));
            Visit::new(&mut random, number * 200_000 / visits, started).events()
        })
        .take(count)
}

/// When the visit comes that has `share` of all before it: nights are five times as quiet as days.
fn arrival(share: f64) -> Timestamp {
    let days = share.min(1.0) * float(DAYS.unsigned_abs());
    let warped = days + 0.66 * (days * TAU).sin() / TAU;
    let micros = i64::try_from(whole(warped * 86_400e6)).unwrap_or_default();
    END.plus_seconds(-DAYS * 86_400).plus_micros(micros)
}

/// Somebody on a site.
struct Visit<'a> {
    random: &'a mut Random,
    project_id: ProjectId,
    visitor: u64,
    session_id: String,
    at: Timestamp,
    page: Page,
    page_rank: u64,
    is_late: bool,
}

impl<'a> Visit<'a> {
    /// `newest` is about the number of visitors so far: half of the visits are somebody's first.
    fn new(random: &'a mut Random, newest: u64, started: Timestamp) -> Self {
        let project_id = project(random.zipf(PROJECTS));
        let visitor = newest.saturating_sub(random.zipf(newest.max(1)));
        let session_id = random.uuid(started).to_string();
        let is_late = random.with_probability(20);
        let page = Page::default();
        Visit { random, project_id, visitor, session_id, at: started, page, page_rank: 0, is_late }
    }

    fn events(mut self) -> Vec<Event> {
        let length = usize::try_from(4 + self.random.below(17)).unwrap_or(12);
        let mut events: Vec<Event> = (0..length).map(|seq| self.event(seq)).collect();
        for batch in events.chunks_mut(EVENTS_PER_BATCH) {
            self.send(batch);
        }
        events
    }

    fn event(&mut self, seq: usize) -> Event {
        self.at = self.at.plus_micros((200 + self.random.signed(18_000)) * 1_000);
        let (category, name) = self.happening(seq);
        if name == "pageview" {
            self.turn_page(seq == 0);
        }
        let page = Page {
            title: self.page.title.clone().filter(|_| name == "pageview"),
            referrer: self.page.referrer.clone().filter(|_| name == "pageview"),
            ..self.page.clone()
        };
        let visitor = self.visitor;
        Event {
            id: EventId(self.random.uuid(self.at)),
            project_id: self.project_id,
            category,
            name: name.to_owned(),
            occurred_at: self.at,
            client_at: Some(self.at),
            sent_at: None,
            received_at: self.at,
            seq: u32::try_from(seq).ok(),
            visitor_id: Some(details::uuid_of(visitor).to_string()),
            session_id: Some(self.session_id.clone()),
            user_id: visitor.is_multiple_of(5).then(|| format!("user-{visitor}")),
            page,
            element: details::element(self.random, category, name, self.page_rank, visitor),
            friction: details::friction(self.random, category, name),
            vitals: details::vitals(self.random, category),
            value: None,
            currency: None,
            device: device(visitor),
            place: place(visitor),
            properties: details::properties(self.random, category, name),
            bot: visitor.is_multiple_of(50).then(|| "ua:bot".to_owned()),
        }
    }

    /// A page view and its load first, then clicks, with friction and forms among them and pages in between.
    fn happening(&mut self, seq: usize) -> (Category, &'static str) {
        match seq {
            0 => (Category::Heatmap, "pageview"),
            1 => (Category::Performance, "page_performance"),
            _ => match self.random.below(100) {
                0..15 => (Category::Heatmap, "pageview"),
                15..25 => (Category::Performance, "page_performance"),
                25..33 => (Category::Friction, details::kind(self.random)),
                33..36 => (Category::Form, FORM_PROGRESS),
                _ => (Category::Heatmap, "click"),
            },
        }
    }

    fn turn_page(&mut self, is_entry: bool) {
        self.page_rank = self.random.zipf(PAGES);
        let path = format!("/catalogue/page-{}", self.page_rank);
        let campaign = (is_entry && self.random.with_probability(150)).then(|| {
            let name = CAMPAIGNS[usize::try_from(self.random.below(5)).unwrap_or_default()];
            ["newsletter", "email", name]
        });
        let query = campaign.map_or_else(String::new, |[source, medium, name]| {
            format!("?utm_source={source}&utm_medium={medium}&utm_campaign={name}")
        });
        let referrer = if is_entry {
            Some("https://search.example/".to_owned())
        } else {
            self.page.url.clone()
        };
        let [source, medium, campaign] =
            campaign.map_or([None, None, None], |parts| parts.map(|part| Some(part.to_owned())));
        self.page = Page {
            url: Some(format!("https://shop.example{path}{query}")),
            title: Some(format!("Page {} of the catalogue – Shop", self.page_rank)),
            path: Some(path),
            referrer,
            utm: Utm { source, medium, campaign, ..Utm::default() },
        };
    }

    /// Times of sending and receipt, the same for a batch.
    fn send(&mut self, batch: &mut [Event]) {
        let Some(last) = batch.last() else { return };
        let wait = if self.is_late {
            self.random.signed(6 * 3_600_000)
        } else {
            self.random.signed(5_000)
        };
        let sent_at = last.occurred_at.plus_micros(wait * 1_000);
        let received_at = sent_at.plus_micros(20_000 + self.random.signed(300_000));
        for event in batch {
            event.sent_at = Some(sent_at);
            event.received_at = received_at;
        }
    }
}

fn device(visitor: u64) -> Device {
    let of_visitor = Random::new(visitor).zipf(6);
    let (browser, os, kind) = BROWSERS[usize::try_from(of_visitor).unwrap_or_default()];
    Device {
        kind: Some(kind.to_owned()),
        browser: Some(browser.to_owned()),
        browser_version: Some(format!("{}.0", 120 + visitor % 12)),
        os: Some(os.to_owned()),
        os_version: Some((10 + visitor % 7).to_string()),
    }
}

fn place(visitor: u64) -> Place {
    let city = Random::new(visitor ^ 0xc17).zipf(300);
    Place {
        country: Some(COUNTRIES[usize::try_from(city % 6).unwrap_or_default()].to_owned()),
        region: Some(format!("Region {}", city % 40)),
        city: Some(format!("City {city}")),
        masked_ip: Some(format!("{}.{}.xxx.xxx", 41 + city % 150, visitor % 251)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_exactly_as_many_events_as_asked_for_and_each_time_the_same() {
        let once: Vec<Event> = events(5_000).collect();
        assert_eq!(once.len(), 5_000);
        assert!(once.iter().eq(events(5_000).collect::<Vec<_>>().iter()));
    }

    #[test]
    fn every_event_has_an_id_of_its_own() {
        let ids: std::collections::HashSet<EventId> =
            events(20_000).map(|event| event.id).collect();
        assert_eq!(ids.len(), 20_000);
    }

    #[test]
    fn the_largest_project_has_about_a_fifth_of_the_events_and_all_days_have_some() {
        let largest = events(100_000).filter(|event| event.project_id == project(0)).count();
        assert!((18_000..28_000).contains(&largest), "{largest}");
        let days: std::collections::HashSet<i32> =
            events(100_000).map(|event| event.occurred_at.day()).collect();
        assert!(days.len() >= 180, "{}", days.len());
    }
}
