//! Answers worked by hand.

use domain::event::{Category, Event, Vitals};
use domain::friction::Kind;
use domain::question::heatmap::{HeatmapLayer, WidthRange};
use domain::question::{
    FilterCondition, FilterDimension, FilterOperator, Filters, ItemSort, MAX_FILTER_VALUES,
    PageRange,
};
use engine::ports::lake::{LakeQuestions as _, LakeWriter as _};

use super::{counts, filtered, listed};
use crate::acquisition::order;
use crate::support::{Fixture, all, at, day, event, filters, friction, latest, view};

const DAY: i64 = 86_400;

fn booking(number: u128, seconds: i64, session: &str) -> Event {
    Event {
        session_id: Some(session.to_owned()),
        ..event(number, seconds, Category::Customer, "booking.completed")
    }
}

/// s1: Chrome, by a newsletter, two pages, a rage click and a booking that the server reports, without a browser; its visitor
/// was there a month ago. s2: Firefox, from a search, one page for 5 s, an answered rage click. s3: mobile Chrome, one page, an
/// order at once, its visitor new. s4: no browser, a click, no page. One view without a session.
fn visits() -> Vec<Event> {
    let browser = |name: &str, event: Event| {
        let mut event = event;
        event.device.browser = Some(name.to_owned());
        event
    };
    let mut landing = browser("Chrome", view(1, 100, "v1", "s1", "/Offers"));
    landing.page.utm.source = Some("Newsletter".into());
    landing.page.utm.medium = Some("email".into());
    landing.element.viewport_width = Some(390);
    let mut found = browser("Firefox", view(11, 200, "v2", "s2", "/rooms"));
    found.page.referrer = Some("https://www.google.com/".into());
    let mut answered = browser("Firefox", friction(12, 205, Kind::RageClick, "#menu", "s2"));
    answered.friction.as_mut().expect("friction").severity = Some("low".into());
    let click = event(31, 400, Category::Heatmap, "click");
    vec![
        view(41, 100 - 30 * DAY, "v1", "old", "/"),
        landing,
        browser("Chrome", view(2, 101, "v1", "s1", "/pay")),
        browser("Chrome", friction(3, 102, Kind::RageClick, "#pay", "s1")),
        booking(4, 103, "s1"),
        found,
        answered,
        browser("Chrome Mobile", view(21, 300, "v3", "s3", "/rooms/2")),
        order(22, 300, Some("s3"), "A-1", None),
        Event { session_id: Some("s4".into()), ..click },
        Event { session_id: None, ..view(51, 500, "v8", "none", "/rooms") },
    ]
}

/// The filters, the events they leave of the day's ten, and the sessions.
const KNOWN: [(&str, u64, &[&str]); 37] = [
    ("browser=Chrome", 3, &["s1"]),
    ("browser=Chrome,Firefox", 5, &["s1", "s2"]),
    // Events without a browser are of none of these; the booking of s1 is one.
    ("browser!=Chrome", 7, &["s2", "s3", "s4"]),
    ("browser!=Chrome,Firefox", 5, &["s3", "s4"]),
    ("browser~chrome", 4, &["s1", "s3"]),
    ("browser!~chrome", 6, &["s2", "s4"]),
    ("browser~CHROME,fox", 6, &["s1", "s2", "s3"]),
    ("path~ROOMS", 3, &["s2", "s3"]),
    ("path=/offers", 0, &[]),
    ("path!~rooms;browser~chrome", 3, &["s1"]),
    // One event must be on both pages.
    ("path=/Offers;path=/pay", 0, &[]),
    // Filters on sessions: all of their events count.
    ("entry_path=/Offers", 4, &["s1"]),
    ("exit_path~rooms", 2, &["s3"]),
    ("utm_source~newsletter", 4, &["s1"]),
    ("utm_source=", 5, &["s2", "s3", "s4"]),
    ("utm_source!=", 4, &["s1"]),
    ("utm_source!=Newsletter", 5, &["s2", "s3", "s4"]),
    ("referrer=www.google.com", 2, &["s2"]),
    ("referrer=,www.google.com", 9, &["s1", "s2", "s3", "s4"]),
    ("channel=email", 4, &["s1"]),
    ("channel=search,direct", 5, &["s2", "s3", "s4"]),
    ("channel!=direct", 6, &["s1", "s2"]),
    ("viewport=0-479", 4, &["s1"]),
    ("viewport=", 5, &["s2", "s3", "s4"]),
    ("session=rage_click", 4, &["s1"]),
    ("session!=rage_click", 5, &["s2", "s3", "s4"]),
    ("session=booked", 4, &["s1"]),
    ("session=ordered", 2, &["s3"]),
    ("session=converted", 6, &["s1", "s3"]),
    ("session=booked,ordered;browser~mobile", 1, &["s3"]),
    // s1 by its pages and its booking, s3 by its order.
    ("session=engaged", 6, &["s1", "s3"]),
    ("session=bounced", 3, &["s2", "s4"]),
    ("session!=engaged;session!=rage_click", 3, &["s2", "s4"]),
    ("session=returning_visitor", 4, &["s1"]),
    // The click of s4 names no visitor.
    ("session=new_visitor", 4, &["s2", "s3"]),
    ("session=recorded", 2, &["s2"]),
    ("session!=recorded", 7, &["s1", "s3", "s4"]),
];

#[tokio::test]
async fn each_filter_chooses_the_events_and_sessions_that_were_counted_by_hand() {
    let fixture = Fixture::holding(visits()).await;
    for is_merged in [false, true] {
        if is_merged {
            fixture.lake.maintain(at(40 * DAY)).await.expect("maintained");
        }
        for (text, events, sessions) in KNOWN {
            let recorded_sessions = Some(vec!["s2".to_owned(), "other".to_owned()].into());
            let scope = filtered(&day(), Filters { recorded_sessions, ..filters(text) });
            assert_eq!(listed(&fixture, &scope).await, sessions, "{text}");
            let (found, _, _, acquired) = counts(&fixture, &scope).await;
            assert_eq!((found, acquired), (events, sessions.len() as u64), "{text}");
        }
    }
}

#[tokio::test]
async fn filters_on_friction_take_operators_as_well() {
    let mut error = friction(61, 110, Kind::JavascriptError, "#ignored", "s1");
    error.friction.as_mut().expect("friction").error_group = Some("v1:aa".into());
    let events = visits().into_iter().chain([
        error,
        friction(62, 111, Kind::DeadClick, "#pay-later", "s2"),
        friction(63, 112, Kind::DeadClick, "", "s4"),
    ]);
    let mut events: Vec<Event> = events.collect();
    events.last_mut().expect("one").element.selector = None;
    let fixture = Fixture::holding(events).await;
    for (text, occurrences, sessions) in [
        ("", 4, &["s1", "s2", "s3", "s4"][..]),
        ("selector=#pay", 1, &["s1"]),
        ("selector~pay", 2, &["s1", "s2"]),
        ("selector!=#pay", 3, &["s1", "s2", "s4"]),
        ("selector!~pay", 2, &["s1", "s4"]),
        ("error_group=v1:aa", 1, &["s1"]),
        ("error_group!=v1:aa", 3, &["s1", "s2", "s4"]),
        ("friction_kind=rage_click,javascript_error", 2, &["s1"]),
        ("friction_kind!=dead_click", 2, &["s1"]),
        ("friction_kind=dead_click;session!=booked", 2, &["s2", "s4"]),
    ] {
        let scope = filtered(&day(), filters(text));
        assert_eq!(counts(&fixture, &scope).await.2, occurrences, "{text}");
        assert_eq!(listed(&fixture, &scope).await, sessions, "{text}");
        let kinds = fixture.lake.friction_kinds(&scope).await.expect("an answer");
        assert_eq!(kinds.iter().map(|it| it.count).sum::<u64>(), occurrences, "{text}");
    }
}

/// Each question about events counts the chosen session's only: of s1, who booked.
#[tokio::test]
async fn every_question_takes_filters_on_sessions() {
    let mut load = event(71, 104, Category::Performance, "web_vitals");
    load.session_id = Some("s3".into());
    load.page.path = Some("/rooms/2".into());
    load.vitals = Some(Vitals { largest_contentful_paint: Some(900.0), ..Vitals::default() });
    let events = visits().into_iter().chain([load]).collect();
    let lake = &Fixture::holding(events).await.lake;
    let booked = filtered(&day(), filters("session=booked"));
    let pages = lake.pages(&booked, all()).await.expect("an answer").pages;
    let paths: Vec<_> = pages.iter().map(|page| (&*page.path, page.views)).collect();
    assert_eq!(paths, [("/Offers", 1), ("/pay", 1)]);
    let events = lake.events(&booked, false, latest()).await.expect("an answer").events;
    assert_eq!(events.len(), 4);
    assert_eq!(lake.event_count(&booked, true).await.expect("an answer"), 1);
    let items = lake.friction_items(&booked, ItemSort::Score, all()).await.expect("an answer");
    assert_eq!((items.total, items.items[0].sessions), (1, 1));
    let pages = lake.friction_pages(&booked, all()).await.expect("an answer");
    assert_eq!((pages.len(), &*pages[0].path, pages[0].sessions), (1, "/", 1));
    let vitals = lake.web_vitals(&booked, all()).await.expect("an answer");
    assert!(vitals.metrics.iter().all(|metric| metric.samples == 0));
    let ordered = filtered(&day(), filters("session=ordered"));
    let vitals = lake.web_vitals(&ordered, PageRange::new(0, 5)).await.expect("an answer");
    assert!(vitals.metrics.iter().any(|metric| metric.samples == 1));
    let share = lake.bots(&booked).await.expect("an answer");
    assert_eq!((share.events, share.bot_events), (4, 0));
    let costs = lake.friction_costs(&booked, 5).await.expect("an answer");
    assert_eq!(costs.items.iter().map(|item| item.occurrences).sum::<u64>(), 1);
    let on_page = filtered(&booked, booked.filters.clone().with(FilterDimension::Path, "/pay"));
    let map = lake.heatmap(&on_page, HeatmapLayer::Clicks, WidthRange::default()).await;
    assert_eq!(map.expect("an answer").totals.page_views, 1);
    let not = filtered(&on_page, filters("path=/pay;session!=booked"));
    let map = lake.heatmap(&not, HeatmapLayer::Clicks, WidthRange::default()).await;
    assert_eq!(map.expect("an answer").totals.page_views, 0);
}

/// The visit a week before is compared by what it did itself.
#[tokio::test]
async fn a_session_of_the_period_before_is_chosen_by_its_own_part() {
    let week = 7 * DAY;
    let fixture = Fixture::holding(vec![
        view(1, 100, "v1", "s1", "/"),
        booking(2, 110, "s1"),
        view(3, 200 - week, "v2", "s2", "/"),
        booking(4, 210 - week, "s2"),
        view(5, 300 - week, "v3", "s3", "/"),
        // Over the edge between both: booked in the part of the day only.
        view(6, -10, "v4", "s4", "/"),
        view(7, -week - 10, "v5", "s5", "/"),
        booking(8, 10 - week, "s5"),
    ])
    .await;
    let scope = filtered(&day(), filters("session=booked"));
    let overview = fixture.lake.overview(&scope).await.expect("an answer");
    assert_eq!((overview.totals.events, overview.totals.sessions), (2, 1));
    assert_eq!((overview.previous.events, overview.previous.sessions), (3, 2));
}

#[tokio::test]
async fn hostile_and_unusual_values_are_compared_as_they_are() {
    let texts = ["'; DROP TABLE events; --", "$filter_0_0", "%_\\", "Zürich ÄÖ", "日本", "\u{0}x"];
    let mut events = Vec::new();
    for (number, text) in (1..).zip(texts) {
        let mut event = view(number, 10, "v", &format!("s{number}"), "/");
        event.place.city = Some(text.to_owned());
        event.page.utm.term = Some(text.to_owned());
        events.push(event);
    }
    let fixture = Fixture::holding(events).await;
    for dimension in [FilterDimension::City, FilterDimension::UtmTerm] {
        for text in texts {
            for (operator, expected) in [
                (FilterOperator::Is, 1),
                (FilterOperator::IsNot, 5),
                (FilterOperator::Contains, 1),
                (FilterOperator::DoesNotContain, 5),
            ] {
                let filter = FilterCondition::new(dimension, operator, vec![text.to_owned()]);
                let list = vec![filter.expect("a filter")];
                let scope = filtered(&day(), Filters { list, ..Filters::default() });
                let found = counts(&fixture, &scope).await;
                assert_eq!((found.0, found.3), (expected, expected), "{dimension} {text}");
            }
        }
    }
    let scope = filtered(&day(), filters("city~zürich äö"));
    assert_eq!(counts(&fixture, &scope).await.0, 1, "letters' case does not matter");
    // As many values as there may be.
    let many = |operator| {
        let values = (1..MAX_FILTER_VALUES).map(|n| format!("city {n}"));
        let values = values.chain(["日本".to_owned()]).collect();
        let filter =
            FilterCondition::new(FilterDimension::City, operator, values).expect("a filter");
        filtered(&day(), Filters { list: vec![filter; 3], ..Filters::default() })
    };
    assert_eq!(counts(&fixture, &many(FilterOperator::Is)).await.0, 1);
    assert_eq!(counts(&fixture, &many(FilterOperator::IsNot)).await.0, 5);
    assert_eq!(counts(&fixture, &many(FilterOperator::Contains)).await.3, 1);
}
