//! Known answers: where visitors get stuck.

use domain::event::{Event, Friction};
use domain::friction::{Kind, Severity};
use domain::question::{
    FilterDimension, Filters, FrictionItem, ItemSort, KindCount, PageRange, Scope,
};
use engine::ports::lake::LakeQuestions;

use crate::support::{Fixture, all, at, day, event, filters, friction, latest, view};

fn on(path: &str, mut event: Event) -> Event {
    event.page.path = Some(path.into());
    event
}

fn error(number: u128, seconds: i64, group: &str, message: &str, session: &str) -> Event {
    let friction = Friction {
        error_message: Some(message.into()),
        error_group: Some(group.into()),
        ..Friction::default()
    };
    let mut event = crate::support::friction(number, seconds, Kind::JavascriptError, "", session);
    event.element.selector = None;
    Event { friction: Some(friction), ..event }
}

/// Four sessions. `#buy`: two rage clicks and a dead click in s1 and s2, on two pages. `#menu`: a
/// slow click. Group g1: two errors. The same weekday
/// of the week before: one dead click on `#buy`.
fn events() -> Vec<Event> {
    let mut first = on("/cart", friction(1, 10, Kind::RageClick, "#buy", "s1"));
    first.element.text = Some("Buy".into());
    let mut second = on("/cart", friction(2, 3_700, Kind::RageClick, "#buy", "s2"));
    second.element.text = Some("Buy now".into());
    let mut slow = friction(4, 20, Kind::SlowClick, "#menu", "s1");
    slow.friction = Some(Friction { severity: Some("medium".into()), ..Friction::default() });
    vec![
        first,
        second,
        on("/", friction(3, 3_650, Kind::DeadClick, "#buy", "s2")),
        slow,
        error(5, 30, "v1:g1", "x is 1", "s3"),
        error(6, 40, "v1:g1", "x is 2", "s3"),
        friction(7, -6 * 86_400 - 10, Kind::DeadClick, "#buy", "s9"),
        view(8, 50, "v4", "s4", "/"),
    ]
}

async fn items(fixture: &Fixture, sort: ItemSort) -> Vec<FrictionItem> {
    fixture.lake.friction_items(&day(), sort, all()).await.expect("answer").items
}

fn count(kind: Kind, count: u64) -> KindCount {
    KindCount { kind, count }
}

#[tokio::test]
async fn kinds_come_heaviest_first_with_the_period_before() {
    let fixture = Fixture::holding(events()).await;
    let kinds = fixture.lake.friction_kinds(&day()).await.expect("answer");
    let rows: Vec<_> =
        kinds.iter().map(|k| (k.kind, k.count, k.previous_count, k.sessions, k.visitors)).collect();
    let expected = [
        (Kind::RageClick, 2, 0, 2, 2),
        (Kind::DeadClick, 1, 1, 1, 1),
        (Kind::JavascriptError, 2, 0, 1, 1),
        (Kind::SlowClick, 1, 0, 1, 1),
    ];
    assert_eq!(rows, expected);
}

#[tokio::test]
async fn an_element_gathers_its_occurrences() {
    let fixture = Fixture::holding(events()).await;
    let items = items(&fixture, ItemSort::Score).await;
    let mut trend = vec![0; 24];
    trend[0] = 1;
    trend[1] = 2;
    let expected = FrictionItem {
        element_selector: Some("#buy".into()),
        element_text: Some("Buy now".into()),
        error_group: None,
        error_message: None,
        kinds: vec![count(Kind::RageClick, 2), count(Kind::DeadClick, 1)],
        count: 3,
        previous_count: 1,
        sessions: 2,
        visitors: 2,
        pages: 2,
        top_page: Some("/cart".into()),
        severity: Severity::High,
        // 2 × 3 + 1 × 2 over four sessions.
        score: 200.0,
        first_seen: at(10),
        last_seen: at(3_700),
        trend,
    };
    assert_eq!(items[0], expected);
}

#[tokio::test]
async fn errors_are_gathered_by_their_group() {
    let fixture = Fixture::holding(events()).await;
    let items = items(&fixture, ItemSort::Score).await;
    let error = &items[1];
    assert_eq!(error.error_group.as_deref(), Some("v1:g1"));
    assert_eq!(error.element_selector, None);
    assert_eq!(error.error_message.as_deref(), Some("x is 2"));
    assert_eq!((error.count, error.sessions, error.severity), (2, 1, Severity::Medium));
    assert!((error.score - 100.0).abs() < 1e-9, "{}", error.score);
}

#[tokio::test]
async fn a_stated_severity_stands_before_that_of_the_kind() {
    let fixture = Fixture::holding(events()).await;
    let items = items(&fixture, ItemSort::Score).await;
    assert_eq!(items[2].element_selector.as_deref(), Some("#menu"));
    assert_eq!(items[2].severity, Severity::Medium);
}

#[tokio::test]
async fn items_come_in_the_order_asked_for() {
    let mut more = events();
    more.push(friction(20, 9_000, Kind::SlowClick, "#menu", "s3"));
    more.push(friction(21, 9_001, Kind::SlowClick, "#menu", "s4"));
    more.push(friction(22, 9_002, Kind::SlowClick, "#menu", "s1"));
    let fixture = Fixture::holding(more).await;
    let mut first = Vec::new();
    for sort in [ItemSort::Score, ItemSort::Count, ItemSort::Sessions, ItemSort::LastSeen] {
        let items = items(&fixture, sort).await;
        first.push(items[0].element_selector.clone().unwrap_or_default());
    }
    assert_eq!(first, ["#buy", "#menu", "#menu", "#menu"]);
}

#[tokio::test]
async fn slices_cut_the_list_and_know_how_long_it_is() {
    let fixture = Fixture::holding(events()).await;
    let slice = async |offset, limit| {
        let slice = PageRange::new(offset, limit);
        fixture.lake.friction_items(&day(), ItemSort::Score, slice).await.expect("answer")
    };
    let second = slice(1, 1).await;
    assert_eq!((second.items.len(), second.total), (1, 3));
    assert_eq!(second.items[0].error_group.as_deref(), Some("v1:g1"));
    let past = slice(9, 5).await;
    assert_eq!((past.items.len(), past.total), (0, 3));
}

#[tokio::test]
async fn friction_without_an_element_or_group_is_one_item() {
    let mut nameless = friction(1, 1, Kind::Thrashing, "", "s1");
    nameless.element.selector = None;
    let fixture = Fixture::holding(vec![nameless]).await;
    let items = items(&fixture, ItemSort::Score).await;
    assert_eq!((items[0].element_selector.clone(), items[0].error_group.clone()), (None, None));
    assert_eq!((items[0].count, items[0].trend[0]), (1, 1));
    assert_eq!(items[0].top_page.as_deref(), Some("/"));
}

#[tokio::test]
async fn filters_on_friction_narrow_items_kinds_and_pages_but_not_the_sessions() {
    let fixture = Fixture::holding(events()).await;
    let filters = filters("friction_kind=rage_click;selector=#buy");
    let scope = Scope { filters, ..day() };
    let items = fixture.lake.friction_items(&scope, ItemSort::Score, all()).await.expect("answer");
    assert_eq!((items.total, items.items[0].count), (1, 2));
    assert!((items.items[0].score - 150.0).abs() < 1e-9, "{}", items.items[0].score);
    assert_eq!(fixture.lake.friction_kinds(&scope).await.expect("answer").len(), 1);
    let pages = fixture.lake.friction_pages(&scope, all()).await.expect("answer");
    assert_eq!(pages.len(), 1);
    assert_eq!((&*pages[0].path, pages[0].count), ("/cart", 2));
}

/// The same, with the third rage click of #buy answered, and one on #tabs, in a session without other friction.
fn with_answered() -> Vec<Event> {
    let answered = |number, seconds, selector: &str, session: &str| {
        let mut click = on("/cart", friction(number, seconds, Kind::RageClick, selector, session));
        click.friction = Some(Friction { severity: Some("low".into()), ..Friction::default() });
        click
    };
    let more = [
        answered(30, 100, "#buy", "s1"),
        answered(31, 200, "#tabs", "s4"),
        // A week before: that is what a day is compared with.
        answered(32, 200 - 7 * 86_400, "#tabs", "s4"),
    ];
    events().into_iter().chain(more).collect()
}

#[tokio::test]
async fn answered_rage_clicks_count_nowhere_unless_they_are_asked_for() {
    let plain = Fixture::holding(events()).await;
    let fixture = Fixture::holding(with_answered()).await;
    let lake = &fixture.lake;
    let all_of = |include_answered| Scope {
        filters: Filters { include_answered, ..Filters::default() },
        ..day()
    };
    let hidden = all_of(false);
    assert_eq!(
        lake.friction_kinds(&hidden).await.expect("answer"),
        plain.lake.friction_kinds(&hidden).await.expect("answer"),
    );
    assert_eq!(items(&fixture, ItemSort::Score).await, items(&plain, ItemSort::Score).await);
    assert_eq!(
        lake.events(&hidden, true, latest()).await.expect("answer").events.len(),
        6,
        "of the day"
    );
    for (scope, friction, sessions, rage, on_cart) in
        [(hidden, 6, 3, (2, 0), 2), (all_of(true), 8, 4, (4, 1), 4)]
    {
        let totals = lake.overview(&scope).await.expect("answer").totals;
        assert_eq!((totals.friction, totals.friction_sessions), (friction, sessions));
        let kinds = lake.friction_kinds(&scope).await.expect("answer");
        assert_eq!((kinds[0].count, kinds[0].previous_count), rage);
        let pages = lake.friction_pages(&scope, all()).await.expect("answer");
        let cart = pages.iter().find(|page| page.path == "/cart").expect("the page");
        assert_eq!(cart.count, on_cart);
        let items = lake.friction_items(&scope, ItemSort::Score, all()).await.expect("answer");
        assert_eq!(items.items.iter().map(|item| item.count).sum::<u64>(), friction);
        assert_eq!(
            items.items.iter().any(|item| item.element_selector.as_deref() == Some("#tabs")),
            rage.1 > 0
        );
    }
}

#[tokio::test]
async fn an_item_has_one_score_and_severity_wherever_it_is_looked_at() {
    // The click before the error belongs to its element, and leaves a group behind as well.
    let mut before = friction(40, 29, Kind::ErrorClick, "#pay", "s3");
    let group = Some("v1:g1".to_owned());
    before.friction = Some(Friction {
        error_group: group.clone(),
        severity: Some("high".into()),
        ..Friction::default()
    });
    // A sender may name the element of an error; it is the error's occurrence all the same.
    let mut placed = error(41, 45, "v1:g2", "y is 1", "s4");
    placed.element.selector = Some("#pay".into());
    let fixture = Fixture::holding(events().into_iter().chain([before, placed]).collect()).await;
    let whole = items(&fixture, ItemSort::Score).await;
    assert_eq!(whole.len(), 5);
    for item in &whole {
        let with = |filters: Filters, dimension, value: Option<&String>| match value {
            Some(value) => filters.with(dimension, value),
            None => filters,
        };
        let selector = item.element_selector.as_ref();
        let own = with(Filters::default(), FilterDimension::Selector, selector);
        let own = with(own, FilterDimension::ErrorGroup, item.error_group.as_ref());
        let pages = [None, item.top_page.clone().filter(|_| item.pages == 1)];
        for path in pages {
            let filters = with(own.clone(), FilterDimension::Path, path.as_ref());
            let scope = Scope { filters, ..day() };
            let alone = fixture.lake.friction_items(&scope, ItemSort::Score, all()).await;
            assert_eq!(alone.expect("answer").items, std::slice::from_ref(item), "{scope:?}");
            let overview = fixture.lake.overview(&scope).await.expect("answer");
            assert_eq!(overview.totals.friction, item.count, "{scope:?}");
            let kinds = fixture.lake.friction_kinds(&scope).await.expect("answer");
            assert_eq!(kinds.iter().map(|kind| kind.count).sum::<u64>(), item.count, "{scope:?}");
            let found = fixture.lake.events(&scope, true, latest()).await.expect("answer").events;
            assert_eq!(found.len() as u64, item.count, "{scope:?}");
        }
    }
}

#[tokio::test]
async fn an_errors_events_can_be_asked_for_by_themselves() {
    let fixture = Fixture::holding(events()).await;
    let filters = Filters::of(FilterDimension::ErrorGroup, "v1:g1");
    let scope = Scope { filters, ..day() };
    let items = fixture.lake.friction_items(&scope, ItemSort::Score, all()).await.expect("answer");
    assert_eq!((items.total, items.items[0].count), (1, 2));
    let events = fixture.lake.events(&scope, true, latest()).await.expect("answer").events;
    assert_eq!(events.len(), 2);
    assert!(events.iter().all(|event| event.name == "javascript_error"), "{events:?}");
}

#[tokio::test]
async fn pages_are_scored_by_the_sessions_that_were_on_them() {
    let fixture = Fixture::holding(events()).await;
    let pages = fixture.lake.friction_pages(&day(), all()).await.expect("answer");
    let rows: Vec<_> = pages
        .iter()
        .map(|p| (&*p.path, p.count, p.previous_count, p.friction_sessions, p.sessions))
        .collect();
    // On `/`: s1 slow, s2 dead, s3 twice an error, s4 a view.
    assert_eq!(rows, [("/cart", 2, 0, 2, 2), ("/", 4, 1, 3, 4)]);
    assert!((pages[0].score - 300.0).abs() < 1e-9, "{}", pages[0].score);
    assert!((pages[1].score - 175.0).abs() < 1e-9, "{}", pages[1].score);
}

#[tokio::test]
async fn without_sessions_scores_are_zero() {
    let mut lonely = event(1, 1, domain::event::Category::Friction, "rage_click");
    lonely.page.path = Some("/".into());
    let fixture = Fixture::holding(vec![lonely]).await;
    let pages = fixture.lake.friction_pages(&day(), all()).await.expect("answer");
    assert_eq!((pages[0].count, pages[0].sessions), (1, 0));
    assert!(pages[0].score.abs() < f64::EPSILON);
    assert!(items(&fixture, ItemSort::Score).await[0].score.abs() < f64::EPSILON);
}

#[tokio::test]
async fn an_empty_lake_has_no_friction() {
    let fixture = Fixture::new().await;
    assert!(fixture.lake.friction_kinds(&day()).await.expect("answer").is_empty());
    assert!(fixture.lake.friction_pages(&day(), all()).await.expect("answer").is_empty());
    assert!(items(&fixture, ItemSort::Count).await.is_empty());
}
