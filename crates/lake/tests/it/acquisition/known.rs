//! Answers worked by hand.

use domain::event::{Category, Event};
use domain::friction::Kind;
use domain::id::ProjectId;
use domain::question::acquisition::{AcquisitionAnswer, AcquisitionBy, AcquisitionFigures};
use domain::question::{FilterDimension, Filters, PageRange, Scope};
use engine::ports::lake::LakeQuestions as _;

use super::{answer, money, order};
use crate::support::{Fixture, day, event, filters, friction, view};

const DAY: i64 = 86_400;

fn from_host(event: Event, referrer: &str) -> Event {
    let mut event = event;
    event.page.referrer = Some(referrer.to_owned());
    event
}

/// s1, from a search: two pages in 120 s, friction, an order that is reported three times, another in euros; s2, from a
/// campaign: one page; s3: the visitor of s1 again, back from the shop itself, 12 s on one page; s4: an order of the server
/// alone; a bot; a view without a session. The week before: a visit from a search, and one with an order of the same id.
fn visits() -> Vec<Event> {
    let mut found = from_host(view(1, 100, "v1", "s1", "/"), "https://www.google.co.tz/search?q=a");
    found.device.kind = Some("mobile".into());
    found.element.viewport_width = Some(390);
    found.place.city = Some("Arusha".into());
    let mut campaign = from_host(view(11, 300, "v2", "s2", "/offer"), "https://partner.example/");
    campaign.page.utm.source = Some("newsletter".into());
    campaign.page.utm.medium = Some("email".into());
    campaign.element.viewport_width = Some(1_440);
    let mut robot = view(31, 500, "v9", "robot", "/");
    robot.bot = Some("ua:googlebot".into());
    let earlier = from_host(view(41, 100 - 7 * DAY, "v1", "old-1", "/"), "https://google.com/");
    let stay = event(22, 412, Category::Heatmap, "click");
    vec![
        found,
        view(2, 160, "v1", "s1", "/rooms"),
        friction(3, 170, Kind::DeadClick, "#pay", "s1"),
        order(4, 200, Some("s1"), "A-1", Some((150_000.0, "TZS"))),
        order(5, 210, None, "A-1", Some((150_000.0, "TZS"))),
        order(6, 220, Some("s2"), "A-1", None),
        order(7, 220, Some("s1"), "A-2", Some((20.5, "EUR"))),
        campaign,
        from_host(view(21, 400, "v1", "s3", "/rooms"), "https://shop.test/rooms"),
        Event { session_id: Some("s3".into()), visitor_id: Some("v1".into()), ..stay },
        order(24, 430, Some("s4"), "", None),
        order(25, 440, None, "A-3", Some((9.0, "EUR"))),
        robot,
        Event { session_id: None, ..view(32, 600, "v8", "none", "/") },
        earlier,
        view(42, 200 - 7 * DAY, "v5", "old-2", "/"),
        order(43, 230 - 7 * DAY, Some("old-2"), "A-1", Some((1.0, "USD"))),
    ]
}

fn rows(answer: &AcquisitionAnswer) -> Vec<(Option<&str>, u64, u64)> {
    let rows = answer.rows.iter();
    rows.map(|row| (row.value.as_deref(), row.figures.sessions, row.previous_sessions)).collect()
}

/// Durations: s1 120 s, s2 80 s (its report of A-1 is an event of it, too), s3 12 s, s4 0 s; the median is 46 s.
#[tokio::test]
async fn visits_are_counted_by_channel_with_what_they_are_worth() {
    let fixture = Fixture::holding(visits()).await;
    let found = answer(&fixture, &day(), AcquisitionBy::Channel).await;
    assert_eq!(
        rows(&found),
        [(Some("direct"), 2, 1), (Some("email"), 1, 0), (Some("search"), 1, 1)]
    );
    assert_eq!((found.total, found.unattributed_conversions), (3, 1));
    let search = AcquisitionFigures {
        sessions: 1,
        visitors: 1,
        page_views: 2,
        engaged_sessions: 1,
        friction_sessions: 1,
        conversions: 2,
        converting_sessions: 1,
        revenue: vec![money(20.5, "EUR"), money(150_000.0, "TZS")],
        median_seconds: Some(120.0),
    };
    assert_eq!(found.rows[2].figures, search);
    let email = &found.rows[1].figures;
    assert_eq!((email.engaged_sessions, email.conversions), (1, 0), "80 s, nothing bought");
    assert_eq!(email.median_seconds, Some(80.0));
    let direct = &found.rows[0].figures;
    assert_eq!((direct.visitors, direct.page_views, direct.conversions), (1, 1, 1));
    assert_eq!((direct.revenue.as_slice(), direct.median_seconds), (&[][..], Some(6.0)));
    let totals = AcquisitionFigures {
        sessions: 4,
        visitors: 2,
        page_views: 4,
        engaged_sessions: 4,
        conversions: 3,
        converting_sessions: 2,
        median_seconds: Some(46.0),
        ..search
    };
    assert_eq!(found.totals, totals);
    let previous = AcquisitionFigures {
        sessions: 2,
        visitors: 2,
        page_views: 2,
        engaged_sessions: 1,
        friction_sessions: 0,
        conversions: 1,
        converting_sessions: 1,
        revenue: vec![money(1.0, "USD")],
        median_seconds: Some(15.0),
    };
    assert_eq!(found.previous_totals, previous);
}

#[tokio::test]
async fn visits_are_counted_by_any_of_their_values() {
    let fixture = Fixture::holding(visits()).await;
    for (by, expected) in [
        (
            AcquisitionBy::Referrer,
            vec![
                (Some("partner.example"), 1, 0),
                (Some("shop.test"), 1, 0),
                (Some("www.google.co.tz"), 1, 0),
                (None, 1, 1),
            ],
        ),
        (AcquisitionBy::UtmSource, vec![(None, 3, 2), (Some("newsletter"), 1, 0)]),
        (AcquisitionBy::UtmMedium, vec![(None, 3, 2), (Some("email"), 1, 0)]),
        (AcquisitionBy::UtmCampaign, vec![(None, 4, 2)]),
        (
            AcquisitionBy::EntryPath,
            vec![(Some("/"), 1, 2), (Some("/offer"), 1, 0), (Some("/rooms"), 1, 0), (None, 1, 0)],
        ),
        (
            AcquisitionBy::ExitPath,
            vec![(Some("/"), 1, 2), (Some("/offer"), 1, 0), (Some("/rooms"), 1, 0), (None, 1, 0)],
        ),
        (AcquisitionBy::City, vec![(None, 3, 2), (Some("Arusha"), 1, 0)]),
        (AcquisitionBy::Device, vec![(None, 3, 2), (Some("mobile"), 1, 0)]),
        (AcquisitionBy::Viewport, vec![(None, 2, 2), (Some("0-479"), 1, 0), (Some("1440+"), 1, 0)]),
        (AcquisitionBy::Country, vec![(None, 4, 2)]),
        (AcquisitionBy::Browser, vec![(None, 4, 2)]),
        (AcquisitionBy::Os, vec![(None, 4, 2)]),
    ] {
        let found = answer(&fixture, &day(), by).await;
        assert_eq!(rows(&found), expected, "{by:?}");
    }
}

/// Filters choose whole visits, as in the list of visits; what names no visit stays counted.
#[tokio::test]
async fn filters_choose_whole_visits() {
    let fixture = Fixture::holding(visits()).await;
    for (filters, sessions, page_views) in [
        (filters("entry_path=/"), 1, 2),
        (filters("exit_path=/rooms"), 1, 1),
        (filters("referrer=shop.test"), 1, 1),
        (filters("utm_source=newsletter"), 1, 1),
        (filters("utm_medium=email"), 1, 1),
        (Filters::of(FilterDimension::UtmCampaign, "'; DROP TABLE events; --"), 0, 0),
        (filters("city=Arusha"), 1, 2),
        (filters("city=Arusha;utm_source=x"), 0, 0),
    ] {
        let scope = Scope { filters, ..day() };
        let found = answer(&fixture, &scope, AcquisitionBy::Channel).await;
        assert_eq!(
            (found.totals.sessions, found.totals.page_views, found.unattributed_conversions),
            (sessions, page_views, 1),
            "{scope:?}"
        );
    }
    for (filters, sessions) in [
        (filters("path=/rooms"), 2),
        (filters("device=mobile"), 1),
        (filters("device=mobile;path=/rooms"), 0),
        (filters("friction_kind=dead_click"), 1),
        (Filters { include_bots: true, ..Filters::default() }, 5),
    ] {
        let scope = Scope { filters: filters.clone(), ..day() };
        let found = answer(&fixture, &scope, AcquisitionBy::Channel).await;
        assert_eq!(found.totals.sessions, sessions, "{filters:?}");
    }
    let foreign = Scope { project_id: ProjectId(uuid::Uuid::from_u128(9)), ..day() };
    let found = answer(&fixture, &foreign, AcquisitionBy::Channel).await;
    assert_eq!((found.rows, found.totals), (Vec::new(), AcquisitionFigures::default()));
}

/// Of a visit over midnight of the zone's week each period has its part.
#[tokio::test]
async fn a_visit_over_the_edge_of_the_period_counts_with_its_part_inside() {
    let first = from_host(view(1, -60, "v1", "s1", "/before"), "https://google.com/");
    let events = vec![
        first,
        view(2, 30, "v1", "s1", "/a"),
        view(3, 30, "v1", "s1", "/a"),
        view(4, DAY, "v1", "s1", "/after"),
        view(5, -7 * DAY, "v2", "s2", "/x"),
        view(6, -7 * DAY - 1, "v2", "s2", "/y"),
        view(7, -6 * DAY, "v2", "s2", "/z"),
    ];
    let fixture = Fixture::holding(events).await;
    let found = answer(&fixture, &day(), AcquisitionBy::Channel).await;
    assert_eq!(rows(&found), [(Some("direct"), 1, 1)]);
    assert_eq!((found.totals.page_views, found.totals.median_seconds), (2, Some(0.0)));
    assert_eq!(found.previous_totals.page_views, 1);
    let found = answer(&fixture, &day(), AcquisitionBy::ExitPath).await;
    assert_eq!(rows(&found), [(Some("/a"), 1, 0)]);
}

#[tokio::test]
async fn rows_come_by_pages() {
    let fixture = Fixture::holding(visits()).await;
    let mut found = Vec::new();
    for offset in 0..5 {
        let slice = PageRange::new(offset, 1);
        let by = AcquisitionBy::Referrer;
        let page = fixture.lake.acquisition(&day(), by, slice).await.expect("an answer");
        assert_eq!((page.total, page.totals.sessions), (4, 4), "{offset}");
        found.extend(page.rows.into_iter().map(|row| row.value));
    }
    let found: Vec<Option<&str>> = found.iter().map(Option::as_deref).collect();
    let hosts = [Some("partner.example"), Some("shop.test"), Some("www.google.co.tz"), None];
    assert_eq!(found, hosts);
}
