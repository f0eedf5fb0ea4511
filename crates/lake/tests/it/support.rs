//! A lake in a folder of its own, and events to put in it.

use std::sync::Arc;

use domain::event::{Category, Event, Friction, Page};
use domain::friction::Kind;
use domain::id::{EventId, ProjectId};
use domain::question::{EventRange, Filters, PageRange, Period, Scope, parse_filters};
use domain::time::Timestamp;
use domain::zone::Zone;
use engine::ports::lake::LakeWriter;
use lake::{Lake, Options};
use proptest::prelude::*;
use tempfile::TempDir;
use testkit::clock::ManualClock;
use testkit::ids::CountingIds;
use uuid::Uuid;

/// 2026-11-20T00:00:00Z, the day before the clock's.
pub(crate) const MIDNIGHT: i64 = 1_795_132_800;
/// The project most tests ask about.
pub(crate) const PROJECT: ProjectId = ProjectId(Uuid::from_u128(7));
/// UTC half of the time; zones ahead of it and behind it, one by half an hour.
pub(crate) fn any_zone() -> impl Strategy<Value = Zone> {
    const OTHERS: [&str; 3] = ["Africa/Dar_es_Salaam", "America/New_York", "Asia/Kolkata"];
    let other =
        proptest::sample::select(&OTHERS[..]).prop_map(|name| Zone::parse(name).expect("a zone"));
    prop_oneof![Just(Zone::UTC), other]
}

/// All rows of a list.
pub(crate) fn all() -> PageRange {
    PageRange::new(0, 1_000)
}

/// All events of a list.
pub(crate) fn latest() -> EventRange {
    EventRange::new(None, 1_000)
}

/// A lake and what it stands on.
pub(crate) struct Fixture {
    pub(crate) lake: Lake,
    pub(crate) folder: TempDir,
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) ids: Arc<CountingIds>,
    pub(crate) options: Options,
}

impl Fixture {
    pub(crate) async fn new() -> Self {
        let folder = tempfile::tempdir().expect("folder");
        let options = Options { query_threads: 2, ..Options::new(folder.path()) };
        Self::with(folder, options).await
    }

    pub(crate) async fn with(folder: TempDir, options: Options) -> Self {
        let clock = Arc::new(ManualClock::default());
        let ids = Arc::new(CountingIds::default());
        let lake = Lake::open(options.clone(), clock.clone(), ids.clone()).await.expect("open");
        Self { lake, folder, clock, ids, options }
    }

    /// A lake with these events, written in one commit.
    pub(crate) async fn holding(events: Vec<Event>) -> Self {
        let fixture = Self::new().await;
        fixture.write(events).await;
        fixture
    }

    /// Writes the events at the next positions.
    pub(crate) async fn write(&self, events: Vec<Event>) {
        let position = self.lake.position().await.expect("position") + events.len() as u64;
        self.lake.write(events.into(), position).await.expect("write");
    }

    /// Another lake over the same folder, as another process would open it.
    pub(crate) async fn second(&self) -> Lake {
        Lake::open(self.options.clone(), self.clock.clone(), self.ids.clone()).await.expect("open")
    }
}

/// An instant `seconds` after midnight.
pub(crate) fn at(seconds: i64) -> Timestamp {
    Timestamp::from_seconds(MIDNIGHT + seconds)
}

/// The project's events of `from` to `to` seconds after midnight.
pub(crate) fn scope(from: i64, to: i64) -> Scope {
    let period = Period::new(at(from), at(to)).expect("period");
    Scope { project_id: PROJECT, period, filters: Filters::default() }
}

/// Filters as text; see [`domain::question::parse_filters`].
pub(crate) fn filters(text: &str) -> Filters {
    Filters { list: parse_filters(text).expect("filters"), ..Filters::default() }
}

/// The whole day from midnight.
pub(crate) fn day() -> Scope {
    scope(0, 86_400)
}

/// An event with nothing but what every event has.
pub(crate) fn event(number: u128, seconds: i64, category: Category, name: &str) -> Event {
    let id = EventId(Uuid::from_u128(number));
    Event { received_at: at(seconds + 1), ..Event::new(id, PROJECT, category, name, at(seconds)) }
}

/// A page view.
pub(crate) fn view(number: u128, seconds: i64, visitor: &str, session: &str, path: &str) -> Event {
    on_page(event(number, seconds, Category::Heatmap, "pageview"), visitor, session, path)
}

/// Friction on an element.
pub(crate) fn friction(
    number: u128,
    seconds: i64,
    kind: Kind,
    selector: &str,
    session: &str,
) -> Event {
    let event = event(number, seconds, Category::Friction, kind.as_str());
    let visitor = session.replace('s', "v");
    let mut event = on_page(event, &visitor, session, "/");
    event.element.selector = Some(selector.into());
    event.friction = Some(Friction::default());
    event
}

fn on_page(event: Event, visitor: &str, session: &str, path: &str) -> Event {
    let page = Page {
        url: Some(format!("https://shop.test{path}")),
        path: Some(path.into()),
        ..Page::default()
    };
    Event { visitor_id: Some(visitor.into()), session_id: Some(session.into()), page, ..event }
}
