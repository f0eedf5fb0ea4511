//! Random filters over random visits are counted as by the naive evaluator.

use std::cell::Cell;
use std::sync::Arc;

use domain::event::{Category, Event, Friction};
use domain::friction::Kind;
use domain::question::{FilterCondition, FilterDimension, FilterOperator, Filters, Period, Scope};
use engine::ports::lake::{LakeQuestions as _, LakeWriter as _};
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{Config, TestRunner};

use super::reference::{Chosen, chosen};
use super::{counts, listed};
use crate::support::{Fixture, PROJECT, any_zone, at, event};

const DAY: i64 = 86_400;
/// When each session begins; none lasts a day.
const BEGINNINGS: [i64; 9] = [
    -9 * DAY,
    -7 * DAY - 3_600,
    -7 * DAY,
    -6 * DAY + 7_200,
    -2 * DAY,
    -DAY,
    -3_600,
    0,
    DAY - 7_200,
];
/// Values of texts, some in another case, one empty.
const TEXTS: [&str; 6] = ["Chrome", "chrome mobile", "Zürich", "zÜRICH-ä", "a,b;c\\d'", ""];
const PATHS: [&str; 4] = ["/", "/rooms", "/Rooms/2", "/pay"];
const LINKS: [&str; 4] =
    ["https://google.com/x", "https://shop.test/", "https://t.co/y", "https://other.example/"];

fn maybe<T: Clone + std::fmt::Debug + 'static>(
    values: &'static [T],
) -> impl Strategy<Value = Option<T>> {
    prop_oneof![2 => Just(None), 3 => select(values).prop_map(Some)]
}

fn any_event() -> impl Strategy<Value = Event> {
    let who =
        (proptest::option::weighted(0.9, 0..6_u8), proptest::option::weighted(0.9, 0..9_usize));
    let what = (0..9_u8, 0..3_u8, any::<bool>(), 0..25_u8, proptest::option::of(0..3_u32));
    let texts =
        (maybe(&TEXTS), maybe(&TEXTS), maybe(&PATHS), maybe(&LINKS), maybe(&[390, 480, 1_440]));
    let second = prop_oneof![0..20 * 3_600_i64, 0..20_i64, Just(0)];
    (any::<u128>(), second, who, what, texts).prop_map(
        |(id, second, (visitor, session), (what, number, is_low, bot, seq), texts)| {
            let (text, other, path, link, width) = texts;
            let owned = |text: &str| text.to_owned();
            let (category, name) = match what {
                0 => (Category::Friction, Kind::RageClick.as_str()),
                1 => (Category::Friction, Kind::JavascriptError.as_str()),
                2 => (Category::Customer, "order.placed"),
                3 => (Category::Customer, "booking.completed"),
                4 => (Category::Heatmap, "click"),
                _ => (Category::Heatmap, "pageview"),
            };
            let begun = BEGINNINGS[session.unwrap_or(usize::from(number))];
            let mut event = event(id, begun + second, category, name);
            // A session has one visitor, whom not every event names; a visitor has two or three sessions.
            event.session_id = session.map(|n| format!("s{n}"));
            event.visitor_id =
                visitor.map(|n| format!("v{}", session.map_or(usize::from(n), |it| it % 4)));
            event.seq = seq;
            event.page.path = path.map(owned);
            event.page.url = path.map(|path| format!("https://shop.test{path}"));
            event.page.referrer = link.map(owned);
            event.page.utm.source = text.filter(|_| is_low).map(owned);
            event.page.utm.term = other.map(owned);
            event.device.browser = text.map(owned);
            event.place.city = other.map(owned);
            event.place.region = text.map(owned);
            event.element.selector = other.map(owned);
            event.element.viewport_width = width;
            event.bot = (bot == 0).then(|| owned("rule"));
            let severity = Some(owned(if is_low { "low" } else { "high" }));
            let error_group = text.filter(|_| what == 1).map(owned);
            event.friction = Some(Friction { severity, error_group, ..Friction::default() });
            if category == Category::Customer {
                let id = if what == 2 { "order_id" } else { "booking_id" };
                event.properties = Some(format!(r#"{{"event_data": {{"{id}": "A-{number}"}}}}"#));
            }
            event
        },
    )
}

fn any_filter() -> impl Strategy<Value = FilterCondition> {
    let dimensions = FilterDimension::ALL
        .map(|it| (if it == FilterDimension::Session { 8 } else { 1 }, Just(it).boxed()));
    let dimension = proptest::strategy::Union::new_weighted(dimensions.to_vec());
    let operator = select(&FilterOperator::ALL[..]);
    let texts = proptest::collection::vec((0..TEXTS.len(), 0..64_usize), 1..4);
    (dimension, operator, texts).prop_filter_map("no filter", |(dimension, operator, texts)| {
        let known = dimension.known_values();
        let value = |(text, number): (usize, usize)| match (&known, dimension) {
            (Some(known), _) => known[number % known.len()].to_owned(),
            (
                None,
                FilterDimension::Path | FilterDimension::EntryPath | FilterDimension::ExitPath,
            ) => PATHS[number % PATHS.len()].to_owned(),
            (None, FilterDimension::Referrer) => {
                ["google.com", "shop.test", "", "O"][number % 4].to_owned()
            }
            _ => TEXTS[text].chars().take(1 + number % 9).collect(),
        };
        FilterCondition::new(dimension, operator, texts.into_iter().map(value).collect()).ok()
    })
}

fn any_filters() -> impl Strategy<Value = Filters> {
    let list = proptest::collection::vec(any_filter(), 1..4);
    (list, 0..6_u8, 0..4_u8).prop_map(|(list, bots, answered)| Filters {
        list,
        include_bots: bots == 0,
        include_answered: answered == 0,
        recorded_sessions: Some(Arc::from(["s1", "s2", "s5"].map(str::to_owned))),
    })
}

#[test]
fn random_filters_choose_what_a_naive_evaluator_does() {
    let runtime = tokio::runtime::Runtime::new().expect("runtime");
    let mut runner = TestRunner::new(Config { cases: 12, ..Config::default() });
    let period = (-2 * DAY..0, 1..4 * DAY, any_zone());
    let events = proptest::collection::vec(any_event(), 0..90);
    let filters = proptest::collection::vec(any_filters(), 12);
    let (chosen_sessions, left_out) = (Cell::new(0), Cell::new(0));
    let result =
        runner.run(&(events, period, filters), |(events, (from, length, zone), filters)| {
            let period = Period::new(at(from), at(from + length)).expect("a period").in_zone(zone);
            runtime.block_on(async {
                let fixture = Fixture::holding(events.clone()).await;
                for (number, filters) in filters.into_iter().enumerate() {
                    if number == 6 {
                        fixture.lake.maintain(at(40 * DAY)).await.expect("maintained");
                    }
                    let scope = Scope { project_id: PROJECT, period, filters };
                    let expected = chosen(&events, &scope, period);
                    let (events_found, event_sessions, friction, acquired) =
                        counts(&fixture, &scope).await;
                    let sessions = listed(&fixture, &scope).await;
                    prop_assert_eq!(acquired, sessions.len() as u64, "{:?}", &scope.filters);
                    let found = Chosen { events: events_found, friction, event_sessions, sessions };
                    prop_assert_eq!(&found, &expected, "{:?}", &scope.filters);
                    let before = fixture.lake.overview(&scope).await.expect("an answer").previous;
                    let expected_before = chosen(&events, &scope, period.previous());
                    prop_assert_eq!(before.events, expected_before.events, "{:?}", &scope.filters);
                    prop_assert_eq!(before.sessions, expected_before.event_sessions);
                    chosen_sessions.set(chosen_sessions.get() + expected.sessions.len());
                    left_out.set(left_out.get() + usize::from(expected.sessions.is_empty()));
                }
                Ok(())
            })
        });
    result.expect("holds");
    assert!(chosen_sessions.get() > 60 && left_out.get() > 6, "{chosen_sessions:?} {left_out:?}");
}
