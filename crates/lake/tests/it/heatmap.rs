//! Known answers: where on a page something happens.

use std::collections::BTreeMap;

use domain::event::{Category, Event};
use domain::friction::Kind;
use domain::question::heatmap::{Heatmap, HeatmapLayer, HeatmapWidth, RecordedView, WidthRange};
use domain::question::{FilterDimension, Filters, Scope};
use engine::ports::lake::LakeQuestions;
use proptest::prelude::*;

use crate::support::{Fixture, at, day, friction, view};

const ALL: WidthRange = WidthRange { min: None, max: None };

/// The day of a page.
fn of(path: &str) -> Scope {
    let filters = Filters::of(FilterDimension::Path, path);
    Scope { filters, ..day() }
}

/// A heatmap event of the page `/` in a viewport of this width.
fn signal(number: u128, seconds: i64, name: &str, session: &str, width: i32) -> Event {
    let visitor = session.replace('s', "v");
    let mut event = view(number, seconds, &visitor, session, "/");
    event.category = Category::Heatmap;
    event.name = name.into();
    event.element.viewport_width = Some(width);
    event
}

/// A click in this part of an element's box.
fn click(number: u128, seconds: i64, session: &str, selector: &str, part: (f64, f64)) -> Event {
    let mut event = signal(number, seconds, "click", session, 390);
    event.element.selector = Some(selector.into());
    (event.element.element_x, event.element.element_y) = (Some(part.0), Some(part.1));
    event
}

async fn ask(fixture: &Fixture, layer: HeatmapLayer, widths: WidthRange) -> Heatmap {
    fixture.lake.heatmap(&of("/"), layer, widths).await.expect("answer")
}

fn rows(map: &Heatmap) -> Vec<(&str, u64, u64, u64)> {
    let row = |element: &domain::question::heatmap::HeatmapElement| {
        (element.events, element.previous_events, element.sessions)
    };
    map.elements.iter().map(|e| (&*e.selector, row(e).0, row(e).1, row(e).2)).collect()
}

#[tokio::test]
async fn clicks_are_counted_by_element_and_by_the_place_inside_it() {
    let mut named = click(6, 60, "s2", "#pay", (1.0, 0.99));
    named.element.text = Some("Pay now".into());
    let mut elsewhere = click(7, 70, "s2", "#pay", (0.5, 0.5));
    elsewhere.page.path = Some("/other".into());
    let fixture = Fixture::holding(vec![
        signal(1, 1, "pageview", "s1", 390),
        signal(2, 2, "pageview", "s2", 391),
        signal(3, 3, "pageview", "s2", 1_300),
        click(4, 40, "s1", "#pay", (0.0, 0.0)),
        click(5, 50, "s1", "#pay", (0.031, 0.031_25)),
        named,
        elsewhere,
        click(8, 80, "s1", "a.more", (0.5, 0.5)),
        // The same element, but no place in it; and a share that is none.
        signal_of(9, 90, "a.more", None),
        signal_of(10, 91, "a.more", Some(7.0)),
        click(11, -7 * 86_400 + 5, "s1", "#pay", (0.5, 0.5)),
        click(12, -7 * 86_400 + 6, "s1", "#gone", (0.5, 0.5)),
        signal(13, -7 * 86_400 + 7, "pageview", "s1", 390),
    ])
    .await;
    let map = ask(&fixture, HeatmapLayer::Clicks, ALL).await;
    assert_eq!(rows(&map), [("#pay", 3, 1, 2), ("a.more", 3, 0, 1)]);
    assert_eq!(map.elements[0].text.as_deref(), Some("Pay now"));
    assert_eq!((map.elements[0].first_seen, map.elements[0].last_seen), (at(40), at(60)));
    assert_eq!(map.elements[0].visitors, 2);
    assert_eq!(map.element_total, 2);
    let totals = map.totals;
    assert_eq!(
        (totals.page_views, totals.sessions, totals.events, totals.event_sessions),
        (3, 2, 6, 2)
    );
    assert_eq!((map.previous.page_views, map.previous.events), (1, 2));
    // 0.031 × 32 = 0.992, 0.03125 × 32 = 1; the lower right corner is in the last cell.
    let cells: Vec<_> = map.cells.iter().map(|c| (c.element, c.x, c.y, c.events)).collect();
    assert_eq!(cells, [(0, 0, 0, 1), (0, 0, 1, 1), (0, 31, 31, 1), (1, 16, 16, 1)]);
    assert_eq!(map.points, []);
}

/// A click on an element with a share of its box that is missing or wrong.
fn signal_of(number: u128, seconds: i64, selector: &str, share: Option<f64>) -> Event {
    let mut event = signal(number, seconds, "click", "s1", 390);
    event.element.selector = Some(selector.into());
    (event.element.element_x, event.element.element_y) = (share, share);
    event
}

#[tokio::test]
async fn what_has_no_element_is_placed_by_the_document() {
    let place = |number, x, y, width| {
        let mut event = signal(number, 1, "click", "s1", 390);
        (event.element.x, event.element.y) = (Some(x), Some(y));
        event.element.document_width = Some(width);
        event
    };
    let fixture = Fixture::holding(vec![
        place(1, 100, 15, 400),
        place(2, 50, 8, 200),
        place(3, 400, 16, 400),
        place(4, 401, 16, 400),
        place(5, -1, 16, 400),
        place(6, 1, 1, 0),
    ])
    .await;
    let map = ask(&fixture, HeatmapLayer::Clicks, ALL).await;
    let points: Vec<_> = map.points.iter().map(|p| (p.x, p.y, p.events)).collect();
    assert_eq!(points, [(0.25, 8, 2), (0.995, 16, 1)]);
    assert_eq!((map.elements.len(), map.element_total, map.totals.events), (0, 0, 6));
}

#[tokio::test]
async fn widths_narrow_what_is_counted_but_not_their_own_list() {
    let width = |map: &Heatmap| map.widths.map(|w| (w.page_views, w.events, w.median));
    let mut unknown = signal(9, 9, "click", "s1", 1);
    unknown.element.viewport_width = None;
    let fixture = Fixture::holding(vec![
        signal(1, 1, "pageview", "s1", 360),
        signal(2, 2, "pageview", "s2", 400),
        signal(3, 3, "pageview", "s3", 479),
        signal(4, 4, "pageview", "s4", 480),
        signal(5, 5, "pageview", "s5", 1_440),
        signal(6, 6, "click", "s3", 479),
        signal(7, 7, "click", "s4", 480),
        signal(8, -7 * 86_400 + 9, "click", "s4", 480),
        unknown,
    ])
    .await;
    let expected = [
        (3, 1, Some(400.0)),
        (1, 1, Some(480.0)),
        (0, 0, None),
        (0, 0, None),
        (1, 0, Some(1_440.0)),
    ];
    let all = ask(&fixture, HeatmapLayer::Clicks, ALL).await;
    assert_eq!(width(&all), expected);
    assert_eq!((all.totals.page_views, all.totals.events), (5, 3));
    let phones = WidthRange { min: Some(361), max: Some(479) };
    let phones = ask(&fixture, HeatmapLayer::Clicks, phones).await;
    assert_eq!(width(&phones), expected);
    assert_eq!((phones.totals.page_views, phones.totals.events, phones.previous.events), (2, 1, 0));
    let wider = WidthRange { min: Some(480), max: None };
    let wider = ask(&fixture, HeatmapLayer::Clicks, wider).await;
    assert_eq!((wider.totals.page_views, wider.totals.events, wider.previous.events), (2, 1, 1));
}

#[tokio::test]
async fn friction_has_the_width_of_its_sessions_widest_view_of_the_page() {
    let mut answered = friction(9, 9, Kind::RageClick, "#menu", "s1");
    answered.friction.as_mut().expect("friction").severity = Some("low".into());
    let fixture = Fixture::holding(vec![
        signal(1, 1, "pageview", "s1", 390),
        signal(2, 2, "pageview", "s1", 400),
        signal(3, 3, "pageview", "s2", 1_500),
        friction(4, 4, Kind::RageClick, "#pay", "s1"),
        friction(5, 5, Kind::RageClick, "#pay", "s2"),
        friction(6, 6, Kind::DeadClick, "#pay", "s2"),
        friction(7, 7, Kind::ErrorClick, "#pay", "s2"),
        friction(8, 8, Kind::FormValidationError, "#mail", "s3"),
        answered,
    ])
    .await;
    let phones = WidthRange { min: None, max: Some(479) };
    let rage = ask(&fixture, HeatmapLayer::Rage, ALL).await;
    assert_eq!(rows(&rage), [("#pay", 2, 0, 2)]);
    assert_eq!(rage.widths.map(|w| w.events), [1, 0, 0, 0, 1]);
    assert_eq!(rage.widths[0], HeatmapWidth { page_views: 2, events: 1, median: Some(395.0) });
    assert_eq!(rows(&ask(&fixture, HeatmapLayer::Rage, phones).await), [("#pay", 1, 0, 1)]);
    assert_eq!(rows(&ask(&fixture, HeatmapLayer::Dead, phones).await), []);
    let errors = ask(&fixture, HeatmapLayer::Errors, ALL).await;
    assert_eq!(rows(&errors), [("#mail", 1, 0, 1), ("#pay", 1, 0, 1)]);
    let mut scope = of("/");
    scope.filters.include_answered = true;
    let all = fixture.lake.heatmap(&scope, HeatmapLayer::Rage, ALL).await.expect("answer");
    assert_eq!(rows(&all), [("#pay", 2, 0, 2), ("#menu", 1, 0, 1)]);
}

#[tokio::test]
async fn a_session_saw_what_it_scrolled_to_or_what_was_there_at_first() {
    let sized = |mut event: Event, viewport: i32, document: i32, lowest: Option<i32>| {
        event.element.viewport_height = Some(viewport);
        event.element.document_height = Some(document);
        event.element.y = lowest;
        event
    };
    let fixture = Fixture::holding(vec![
        // 500 of 2,000: a quarter.
        sized(signal(1, 1, "pageview", "s1", 390), 500, 2_000, None),
        // 500 of 1,000, then 910 of 1,000, then no further.
        sized(signal(2, 1, "pageview", "s2", 390), 500, 1_000, None),
        sized(signal(3, 2, "scroll", "s2", 390), 500, 1_000, Some(910)),
        sized(signal(4, 3, "scroll", "s2", 390), 500, 1_000, Some(700)),
        // More than the page.
        sized(signal(5, 1, "pageview", "s3", 390), 1_200, 1_000, None),
        // Nothing is known.
        signal(6, 1, "pageview", "s4", 390),
        // Somewhere wider.
        sized(signal(7, 1, "pageview", "s5", 1_300), 100, 1_000, None),
    ])
    .await;
    let phones = WidthRange { min: None, max: Some(479) };
    let map = ask(&fixture, HeatmapLayer::Scroll, phones).await;
    let expected: Vec<u64> = [vec![3; 6], vec![2; 13], vec![1; 2]].concat();
    assert_eq!((map.scroll.sessions, &map.scroll.reached), (3, &expected));
    assert_eq!((map.totals.events, map.totals.event_sessions, map.elements.len()), (2, 1, 0));
    assert_eq!(map.points, []);
    let clicks = ask(&fixture, HeatmapLayer::Clicks, ALL).await;
    assert_eq!((clicks.scroll.sessions, clicks.scroll.reached[2]), (4, 4));
    assert_eq!(clicks.scroll.reached[3], 3);
}

#[tokio::test]
async fn nothing_happened_on_a_page_nobody_saw() {
    let fixture = Fixture::new().await;
    let map = ask(&fixture, HeatmapLayer::Scroll, ALL).await;
    assert_eq!((map.totals.page_views, map.element_total, map.scroll.sessions), (0, 0, 0));
    assert_eq!(map.scroll.reached, Vec::<u64>::new());
}

#[tokio::test]
async fn views_of_recorded_sessions_end_with_the_next_page() {
    let sized = |mut event: Event| {
        event.element.viewport_width = Some(390);
        event.element.viewport_height = Some(844);
        event.element.document_height = Some(2_000);
        event
    };
    let fixture = Fixture::holding(vec![
        sized(view(1, 10, "v1", "s1", "/")),
        view(2, 20, "v1", "s1", "/rooms"),
        view(3, 30, "v1", "s1", "/"),
        view(4, 40, "v2", "s2", "/"),
        view(5, 50, "v3", "s3", "/rooms"),
    ])
    .await;
    let sessions = ["s1", "s3", "unknown"].map(str::to_owned);
    let views = async |widths, limit| {
        fixture.lake.recorded_views(&of("/"), &sessions, widths, limit).await.expect("answer")
    };
    let last = RecordedView {
        session_id: "s1".into(),
        at: at(30),
        until: None,
        viewport_width: None,
        viewport_height: None,
        document_height: None,
    };
    let first = RecordedView {
        at: at(10),
        until: Some(at(20)),
        viewport_width: Some(390),
        viewport_height: Some(844),
        document_height: Some(2_000),
        ..last.clone()
    };
    assert_eq!(views(ALL, 9).await, [last.clone(), first.clone()]);
    assert_eq!(views(ALL, 1).await, [last]);
    assert_eq!(views(WidthRange { min: Some(300), max: Some(400) }, 9).await, [first]);
}

/// Clicks by (session, element, column, row, width).
fn clicks() -> impl Strategy<Value = Vec<(u8, u8, u8, u8, u16)>> {
    proptest::collection::vec((0..4_u8, 0..3_u8, 0..=8_u8, 0..=8_u8, 300..600_u16), 1..60)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn counts_are_those_of_a_fold_over_the_clicks(clicks in clicks(), max in 300..600_u32) {
        let runtime = tokio::runtime::Runtime::new().expect("runtime");
        runtime.block_on(async {
            let events = clicks.iter().enumerate().map(|(number, (session, element, x, y, width))| {
                let part = (f64::from(*x) / 8.0, f64::from(*y) / 8.0);
                let session = format!("s{session}");
                let mut event =
                    click(number as u128 + 1, 1, &session, &format!("#e{element}"), part);
                event.element.viewport_width = Some(i32::from(*width));
                event
            });
            let fixture = Fixture::holding(events.collect()).await;
            let widths = WidthRange { min: None, max: Some(max) };
            let map = ask(&fixture, HeatmapLayer::Clicks, widths).await;
            let mut cells: BTreeMap<(String, u8, u8), u64> = BTreeMap::new();
            for (_, element, x, y, width) in &clicks {
                if u32::from(*width) <= max {
                    // Eighths of a side are four of its 32 cells; the far edge belongs to the last.
                    let cell = |eighths: u8| (eighths * 4).min(31);
                    *cells.entry((format!("#e{element}"), cell(*x), cell(*y))).or_default() += 1;
                }
            }
            let found: BTreeMap<(String, u8, u8), u64> = map
                .cells
                .iter()
                .map(|c| ((map.elements[c.element].selector.clone(), c.x, c.y), c.events))
                .collect();
            assert_eq!(found, cells);
            let total: u64 = cells.values().sum();
            assert_eq!(map.totals.events, total);
            assert_eq!(map.elements.iter().map(|e| e.events).sum::<u64>(), total);
        });
    }
}
