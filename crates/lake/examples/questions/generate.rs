//! Events as a busy season might bring them: 20 projects and 200 paths by Zipf's law, visits of
//! about a dozen events, 180 days. The same number gives the same events.

use domain::event::{Category, Device, Element, Event, Friction, Page, Place, Vitals};
use domain::friction::Kind;
use domain::id::{EventId, ProjectId};
use domain::time::Timestamp;
use uuid::Uuid;

/// The end of the last day: 2026-11-21T00:00:00Z.
pub(crate) const END: i64 = 1_795_219_200;
const DAYS: i64 = 180;
const EVENTS_PER_VISIT: usize = 12;
const BROWSERS: [&str; 4] = ["Chrome", "Safari", "Firefox", "Edge"];
const SYSTEMS: [&str; 4] = ["Android", "iOS", "Windows", "Mac OS X"];
const COUNTRIES: [&str; 6] = ["TZ", "KE", "DE", "US", "GB", "IN"];

/// The project of that rank; 0 is the largest.
pub(crate) fn project(rank: u64) -> ProjectId {
    ProjectId(Uuid::from_u128(0x018f_3f3e_7d1c_7cc2_9d4e_0000_0000_0000 + u128::from(rank)))
}

/// About `count` events in the order in which they arrive, visit by visit.
pub(crate) fn events(count: usize) -> impl Iterator<Item = Event> {
    let visits = count / EVENTS_PER_VISIT;
    let mut random = Random(42);
    (0..visits).flat_map(move |number| {
        let share = i64::try_from(number).unwrap_or_default() * DAYS * 86_400
            / i64::try_from(visits).unwrap_or(1);
        let started = Timestamp::from_seconds(END - DAYS * 86_400 + share);
        visit(&mut random, started)
    })
}

fn visit(random: &mut Random, started: Timestamp) -> Vec<Event> {
    let project_id = project(random.zipf(20));
    let visitor = random.below(200_000);
    let scattered = u128::from(visitor).wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835);
    let visitor_id = Uuid::from_u128(scattered).to_string();
    let session_id = random.uuid(started).to_string();
    let device_of = |n: u64| Device {
        kind: Some(["mobile", "desktop"][(n % 2) as usize].into()),
        browser: Some(BROWSERS[(n % 4) as usize].into()),
        browser_version: Some(format!("{}.0", 120 + n % 9)),
        os: Some(SYSTEMS[(n / 3 % 4) as usize].into()),
        os_version: Some(format!("{}", 10 + n % 6)),
    };
    let place = Place {
        country: Some(COUNTRIES[(visitor % 6) as usize].into()),
        region: Some(format!("Region {}", visitor % 40)),
        city: Some(format!("City {}", visitor % 300)),
        masked_ip: Some(format!("{}.{}.xxx.xxx", 41 + visitor % 150, visitor % 251)),
    };
    let mut at = started.plus_micros(random.signed(3_600_000) * 1_000);
    let mut page = page(random);
    (0..EVENTS_PER_VISIT)
        .map(|seq| {
            at = at.plus_micros(random.signed(25_000) * 1_000);
            let received_at = at.plus_micros(random.signed(5_000_000));
            let (category, name) = kind(random, seq);
            if name == "pageview" {
                page = self::page(random);
            }
            Event {
                id: EventId(random.uuid(at)),
                project_id,
                category,
                name: name.into(),
                occurred_at: at,
                client_at: Some(at),
                sent_at: Some(received_at.plus_micros(-40_000)),
                received_at,
                seq: u32::try_from(seq).ok(),
                visitor_id: Some(visitor_id.clone()),
                session_id: Some(session_id.clone()),
                user_id: (visitor.is_multiple_of(5)).then(|| format!("user-{visitor}")),
                page: page.clone(),
                element: element(random, category, name),
                friction: (category == Category::Friction).then(|| wrong(random, name)),
                vitals: (category == Category::Performance).then(|| vitals(random)),
                value: None,
                currency: None,
                device: device_of(visitor),
                place: place.clone(),
                properties: None,
                bot: (visitor.is_multiple_of(50)).then(|| "user_agent".to_owned()),
            }
        })
        .collect()
}

/// Of twelve events: three views, a page load, seven clicks and scrolls, one in ten of them friction.
fn kind(random: &mut Random, seq: usize) -> (Category, &'static str) {
    match seq {
        0 | 4 | 8 => (Category::Heatmap, "pageview"),
        1 => (Category::Performance, "page_performance"),
        _ if random.below(10) == 0 => {
            let rank = usize::try_from(random.zipf(8)).unwrap_or_default();
            (Category::Friction, Kind::ALL[rank % 8].as_str())
        }
        _ if seq.is_multiple_of(3) => (Category::Heatmap, "scroll"),
        _ => (Category::Heatmap, "click"),
    }
}

fn page(random: &mut Random) -> Page {
    let path = format!("/catalogue/page-{}", random.zipf(200));
    Page {
        url: Some(format!("https://shop.test{path}")),
        title: Some(format!("{path} - Shop")),
        path: Some(path),
        referrer: None,
        ..Page::default()
    }
}

fn element(random: &mut Random, category: Category, name: &str) -> Element {
    if !matches!(category, Category::Heatmap | Category::Friction) {
        return Element::default();
    }
    let coordinate = |n: u64| i32::try_from(n).ok();
    #[expect(clippy::cast_precision_loss, reason = "small numbers")]
    let fraction = |n: u64| Some(n as f64 / 1_000.0);
    let rank = random.zipf(300);
    let has_target = name != "pageview" && name != "scroll";
    Element {
        selector: has_target.then(|| format!("main > div.card:nth-child({rank}) > button")),
        text: has_target.then(|| format!("Button {rank}")),
        x: coordinate(random.below(1_400)),
        y: coordinate(random.below(4_000)),
        element_x: fraction(random.below(1_000)),
        element_y: fraction(random.below(1_000)),
        viewport_width: coordinate([390, 1_440, 1_920][(rank % 3) as usize]),
        viewport_height: coordinate([844, 900, 1_080][(rank % 3) as usize]),
        document_width: coordinate([390, 1_440, 1_920][(rank % 3) as usize]),
        document_height: coordinate(4_000 + rank % 50),
    }
}

fn wrong(random: &mut Random, name: &str) -> Friction {
    let is_error = name == "javascript_error" || name == "unhandled_rejection";
    let group = random.zipf(60);
    Friction {
        error_message: is_error.then(|| format!("TypeError: value {group} is not a function")),
        stack: is_error.then(|| format!("at pay (https://shop.test/app.js:{group}:5)")),
        severity: None,
        screenshot_url: None,
        error_group: is_error.then(|| format!("v1:{group:016x}")),
    }
}

fn vitals(random: &mut Random) -> Vitals {
    #[expect(clippy::cast_precision_loss, reason = "small numbers")]
    let mut tenths = |least: u64, spread: u64| Some((least + random.below(spread)) as f64 / 10.0);
    Vitals {
        load_time: tenths(4_000, 40_000),
        first_contentful_paint: tenths(3_000, 30_000),
        time_to_interactive: tenths(5_000, 50_000),
        largest_contentful_paint: tenths(5_000, 45_000),
        interaction_to_next_paint: tenths(200, 6_000),
        cumulative_layout_shift: tenths(0, 4),
        time_to_first_byte: tenths(500, 15_000),
    }
}

/// `SplitMix64`.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit
    }

    fn signed(&mut self, limit: u64) -> i64 {
        i64::try_from(self.below(limit)).unwrap_or_default()
    }

    /// A rank below `count`, rank `n` about `1 / (n + 1)` times as likely as the first.
    fn zipf(&mut self, count: u64) -> u64 {
        #[expect(
            clippy::cast_precision_loss,
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "an approximation by the inverse of the logarithm"
        )]
        let rank = {
            let share = self.below(1 << 30) as f64 / f64::from(1 << 30);
            ((count as f64 + 1.0).powf(share) - 1.0) as u64
        };
        rank.min(count - 1)
    }

    /// As `UUIDv7` is made: the time in milliseconds, then chance.
    fn uuid(&mut self, at: Timestamp) -> Uuid {
        let millis = u128::try_from(at.millis()).unwrap_or_default();
        let random = u128::from(self.next()) << 64 | u128::from(self.next());
        let bits = millis << 80 | (random >> 48);
        Uuid::from_u128(bits & !(0xf << 76) & !(0x3 << 62) | 0x7 << 76 | 0x2 << 62)
    }
}
