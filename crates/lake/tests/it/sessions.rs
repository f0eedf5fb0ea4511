//! Known answers: which visits were there, and what happened in one?

use domain::event::{Category, Event};
use domain::friction::Kind;
use domain::id::ProjectId;
use domain::question::{
    FilterDimension, Filters, PageRange, Scope, SessionEventRange, SessionFilters, SessionPage,
    SessionSort,
};
use engine::ports::lake::LakeQuestions as _;

use crate::support::{Fixture, PROJECT, all, at, day, event, filters, friction, scope, view};

async fn ask(fixture: &Fixture, scope: &Scope, which: &SessionFilters) -> SessionPage {
    let latest = SessionSort::Latest;
    fixture.lake.sessions(scope, which, latest, all()).await.expect("an answer")
}

fn ids(page: &SessionPage) -> Vec<&str> {
    page.sessions.iter().map(|session| session.session_id.as_str()).collect()
}

/// s1: a campaign's visitor who signs in and gets stuck; s2: two pages from a search engine; s3: one event.
fn visits() -> Vec<Event> {
    let mut landing = view(1, 100, "v1", "s1", "/");
    landing.page.utm.source = Some("newsletter".into());
    landing.page.utm.campaign = Some("spring".into());
    landing.page.referrer = Some("https://mail.example/inbox?x=1".into());
    landing.device.browser = Some("Chrome".into());
    landing.device.kind = Some("mobile".into());
    landing.place.country = Some("TZ".into());
    landing.place.city = Some("Arusha".into());
    let mut inner = view(2, 160, "v1", "s1", "/rooms");
    inner.page.referrer = Some("https://shop.test/".into());
    let mut known = view(4, 200, "v1", "s1", "/pay");
    known.user_id = Some("u1".into());
    let mut failed = friction(6, 220, Kind::JavascriptError, "#pay", "s1");
    failed.page.path = Some("/pay".into());
    let mut answered = friction(7, 230, Kind::RageClick, "#menu", "s2");
    answered.page.path = Some("/rooms".into());
    answered.friction = Some(domain::event::Friction {
        severity: Some("low".into()),
        ..domain::event::Friction::default()
    });
    let mut found = view(8, 210, "v2", "s2", "/rooms");
    found.page.referrer = Some("https://search.example/".into());
    let mut robot = view(11, 500, "v9", "robot", "/");
    robot.bot = Some("ua:googlebot".into());
    let nameless = Event { session_id: None, ..view(12, 600, "v8", "none", "/") };
    vec![
        landing,
        inner,
        view(3, 170, "v1", "s1", "/rooms"),
        known,
        friction(5, 215, Kind::DeadClick, "#pay", "s1"),
        failed,
        found,
        answered,
        view(9, 811, "v2", "s2", "/"),
        event_of("s3", 10, 300),
        robot,
        nameless,
    ]
}

fn event_of(session: &str, number: u128, second: i64) -> Event {
    let event = event(number, second, Category::Widget, "widget_load");
    Event { session_id: Some(session.into()), ..event }
}

#[tokio::test]
async fn a_row_says_what_happened_in_a_visit() {
    let fixture = Fixture::holding(visits()).await;
    let page = ask(&fixture, &day(), &SessionFilters::default()).await;
    assert_eq!((ids(&page), page.total), (vec!["s3", "s2", "s1"], 3));
    let first = &page.sessions[2];
    assert_eq!((first.started_at, first.last_event_at), (at(100), at(220)));
    assert!((first.duration_seconds() - 120.0).abs() < 1e-9);
    assert_eq!((first.events, first.page_views), (6, 4));
    assert_eq!((first.friction, first.errors), (2, 1));
    assert_eq!(first.friction_kinds.len(), 2);
    assert_eq!(first.paths, ["/", "/rooms", "/pay"]);
    assert_eq!(
        (first.entry_path.as_deref(), first.exit_path.as_deref()),
        (Some("/"), Some("/pay"))
    );
    assert_eq!(first.referrer_host.as_deref(), Some("mail.example"));
    assert_eq!((&first.visitor_id, &first.user_id), (&Some("v1".into()), &Some("u1".into())));
    assert_eq!((&first.utm_source, &first.utm_medium), (&Some("newsletter".into()), &None));
    assert_eq!((&first.browser, &first.device), (&Some("Chrome".into()), &Some("mobile".into())));
    assert_eq!((&first.country, &first.city), (&Some("TZ".into()), &Some("Arusha".into())));
    let second = &page.sessions[1];
    // The answered rage click is an event, and no friction that counts.
    assert_eq!((second.events, second.friction, second.errors), (3, 0, 0));
    assert_eq!(second.paths, ["/rooms", "/"]);
    let third = &page.sessions[0];
    assert_eq!((third.events, third.page_views, &third.entry_path), (1, 0, &None));
    assert_eq!(third.referrer_host, None);
    let bots = Scope { filters: Filters { include_bots: true, ..Filters::default() }, ..day() };
    let page = ask(&fixture, &bots, &SessionFilters::default()).await;
    assert_eq!(ids(&page)[0], "robot");
    assert_eq!(page.sessions[0].bot.as_deref(), Some("ua:googlebot"));
}

#[tokio::test]
async fn filters_choose_whole_visits() {
    let fixture = Fixture::holding(visits()).await;
    let none = SessionFilters::default;
    let cases = [
        (SessionFilters { user_id: Some("u1".into()), ..none() }, vec!["s1"]),
        (SessionFilters { visitor_id: Some("v2".into()), ..none() }, vec!["s2"]),
        (SessionFilters { session_id: Some("s3".into()), ..none() }, vec!["s3"]),
        (SessionFilters { min_seconds: Some(120), ..none() }, vec!["s2", "s1"]),
        (SessionFilters { min_seconds: Some(121), ..none() }, vec!["s2"]),
        (SessionFilters { max_seconds: Some(120), ..none() }, vec!["s3", "s1"]),
        (SessionFilters { has_friction: true, ..none() }, vec!["s1"]),
        (SessionFilters { has_error: true, ..none() }, vec!["s1"]),
        (SessionFilters { session_ids: Some(vec!["s2".into(), "x".into()]), ..none() }, vec!["s2"]),
        (SessionFilters { session_ids: Some(Vec::new()), ..none() }, vec![]),
        (
            SessionFilters { has_friction: true, session_ids: Some(vec!["s2".into()]), ..none() },
            vec![],
        ),
    ];
    for (which, expected) in cases {
        let page = ask(&fixture, &day(), &which).await;
        assert_eq!(
            (ids(&page), page.total),
            (expected.clone(), expected.len() as u64),
            "{which:?}"
        );
        if let Some(session) = page.sessions.iter().find(|session| session.session_id == "s1") {
            assert_eq!(session.events, 6, "all of it is shown: {which:?}");
        }
    }
    let of = |filters| Scope { filters, ..day() };
    let rage = filters("friction_kind=rage_click");
    let injected = "'; DROP TABLE events";
    let cases = [
        (filters("entry_path=/"), vec!["s1"]),
        (filters("exit_path=/"), vec!["s2"]),
        (filters("referrer=mail.example"), vec!["s1"]),
        (filters("referrer=shop.test"), vec![]),
        (filters("utm_source=newsletter"), vec!["s1"]),
        (filters("utm_campaign=autumn"), vec![]),
        (Filters::of(FilterDimension::UtmMedium, injected), vec![]),
        (filters("city=Arusha"), vec!["s1"]),
        (filters("path=/rooms"), vec!["s2", "s1"]),
        (filters("browser=Chrome"), vec!["s1"]),
        (filters("friction_kind=dead_click"), vec!["s1"]),
        (rage.clone(), vec![]),
        (Filters { include_answered: true, ..rage }, vec!["s2"]),
        // One event must meet them together.
        (filters("path=/rooms;friction_kind=javascript_error"), vec![]),
        (filters("path=/pay;friction_kind=javascript_error"), vec!["s1"]),
        (filters("selector=#pay"), vec!["s1"]),
    ];
    for (filters, expected) in cases {
        let page = ask(&fixture, &of(filters.clone()), &none()).await;
        assert_eq!(ids(&page), expected, "{filters:?}");
    }
}

#[tokio::test]
async fn visits_are_sorted_and_paged() {
    let fixture = Fixture::holding(visits()).await;
    for (sort, expected) in [
        (SessionSort::Latest, ["s3", "s2", "s1"]),
        (SessionSort::Longest, ["s2", "s1", "s3"]),
        (SessionSort::Friction, ["s1", "s3", "s2"]),
        (SessionSort::Pages, ["s1", "s2", "s3"]),
    ] {
        let mut found = Vec::new();
        for offset in 0..4 {
            let slice = PageRange::new(offset, 1);
            let none = SessionFilters::default();
            let page = fixture.lake.sessions(&day(), &none, sort, slice).await.expect("an answer");
            assert_eq!(page.total, 3, "{sort:?} {offset}");
            found.extend(page.sessions.into_iter().map(|session| session.session_id));
        }
        assert_eq!(found, expected, "{sort:?}");
    }
}

/// Of a visit that crosses midnight each day has its own part.
#[tokio::test]
async fn only_events_of_the_period_count() {
    let fixture = Fixture::holding(vec![
        view(1, -60, "v1", "s1", "/before"),
        view(2, 60, "v1", "s1", "/a"),
        view(3, 86_399, "v1", "s1", "/b"),
        view(4, 86_400, "v1", "s1", "/after"),
    ])
    .await;
    let page = ask(&fixture, &day(), &SessionFilters::default()).await;
    let session = &page.sessions[0];
    assert_eq!(
        (session.events, session.started_at, session.last_event_at),
        (2, at(60), at(86_399))
    );
    assert_eq!(session.paths, ["/a", "/b"]);
    let other = Scope { project_id: ProjectId(uuid::Uuid::from_u128(9)), ..day() };
    assert_eq!(ask(&fixture, &other, &SessionFilters::default()).await.total, 0);
}

#[tokio::test]
async fn a_path_holds_the_first_pages_and_no_page_twice_in_a_row() {
    let page_of = |n: u32| if n < 20 { n / 2 } else { n };
    let seen =
        |n: u32| view(u128::from(n) + 1, i64::from(n) + 10, "v", "s", &format!("/{}", page_of(n)));
    let views = (0..40).map(seen).collect();
    let fixture = Fixture::holding(views).await;
    let page = ask(&fixture, &scope(0, 1_000), &SessionFilters::default()).await;
    let expected: Vec<String> = (0..10).chain(20..22).map(|n| format!("/{n}")).collect();
    assert_eq!(page.sessions[0].paths, expected);
}

#[tokio::test]
async fn the_events_of_a_visit_come_in_order_and_by_pages() {
    let seq = |seq: u32, event: Event| Event { seq: Some(seq), ..event };
    let mut paid = event(9, 30, Category::Customer, "order");
    paid.session_id = Some("s1".into());
    paid.value = Some(12.5);
    paid.currency = Some("EUR".into());
    let mut loaded = event(8, 20, Category::Performance, "page_load");
    loaded.session_id = Some("s1".into());
    loaded.vitals = Some(domain::event::Vitals {
        largest_contentful_paint: Some(1_200.0),
        ..domain::event::Vitals::default()
    });
    let mut robot = view(7, 15, "v", "s1", "/");
    robot.bot = Some("rule".into());
    let fixture = Fixture::holding(vec![
        // Of one instant: by the page's count, then those without.
        seq(3, view(1, 10, "v", "s1", "/")),
        seq(1, view(3, 10, "v", "s1", "/")),
        seq(2, view(2, 10, "v", "s1", "/")),
        view(5, 10, "v", "s1", "/"),
        view(4, 10, "v", "s1", "/"),
        paid,
        loaded,
        robot,
        view(6, 1, "v", "s2", "/"),
    ])
    .await;
    for limit in [1, 2, 3, 100] {
        let mut found = Vec::new();
        let mut after = None;
        loop {
            let range = SessionEventRange::new(after, limit);
            let events = fixture.lake.session_events(PROJECT, "s1", range).await.expect("events");
            let Some(last) = events.last() else { break };
            after = Some(last.cursor());
            found.extend(events);
        }
        let numbers: Vec<u128> = found.iter().map(|event| event.row.id.0.as_u128()).collect();
        assert_eq!(numbers, [3, 2, 1, 4, 5, 7, 8, 9], "{limit}");
        assert_eq!((found[7].value, &found[7].currency), (Some(12.5), &Some("EUR".into())));
        let range = SessionEventRange::new(None, 10);
        let foreign = ProjectId(uuid::Uuid::from_u128(9));
        let events = fixture.lake.session_events(foreign, "s1", range).await.expect("events");
        assert_eq!(events, []);
        assert_eq!(found[6].vitals.largest_contentful_paint, Some(1_200.0));
    }
}
