//! Known answers: how much is going on.

use domain::event::Event;
use domain::friction::Kind;
use domain::id::ProjectId;
use domain::question::{FilterDimension, Filters, Scope, Totals};
use engine::ports::lake::LakeQuestions;
use uuid::Uuid;

use crate::support::{Fixture, at, day, event, filters, friction, scope, view};

/// The day: two visitors, three sessions, three views, two friction events in one session. The same
/// weekday of the week before: one view.
fn two_days() -> Vec<Event> {
    vec![
        view(1, 0, "v1", "s1", "/"),
        view(2, 3_599, "v1", "s1", "/cart"),
        view(3, 7_200, "v1", "s2", "/"),
        friction(4, 7_201, Kind::RageClick, "#buy", "s2"),
        friction(5, 7_202, Kind::DeadClick, "#buy", "s2"),
        Event { visitor_id: Some("v2".into()), ..friction(6, 86_399, Kind::DeadClick, "#x", "s3") },
        event(7, 86_400, domain::event::Category::Behavior, "search"),
        view(8, -6 * 86_400 - 1, "v9", "s9", "/"),
        view(9, -7 * 86_400 - 1, "v9", "s9", "/"),
    ]
}

#[tokio::test]
async fn totals_count_the_period_and_the_one_before() {
    let fixture = Fixture::holding(two_days()).await;
    let overview = fixture.lake.overview(&day()).await.expect("answer");
    let expected = Totals {
        events: 6,
        page_views: 3,
        visitors: 2,
        sessions: 3,
        friction: 3,
        friction_sessions: 2,
    };
    assert_eq!(overview.totals, expected);
    let expected =
        Totals { events: 1, page_views: 1, visitors: 1, sessions: 1, ..Totals::default() };
    assert_eq!(overview.previous, expected);
}

#[tokio::test]
async fn the_series_has_every_bucket_and_counts_distinct_within_each() {
    let fixture = Fixture::holding(two_days()).await;
    let overview = fixture.lake.overview(&day()).await.expect("answer");
    assert_eq!(overview.series.len(), 24);
    assert_eq!(overview.previous_series.len(), 24);
    let first = Totals { events: 2, page_views: 2, visitors: 1, sessions: 1, ..Totals::default() };
    assert_eq!((overview.series[0].at, overview.series[0].totals), (at(0), first));
    assert_eq!(overview.series[1].totals, Totals::default());
    let third = Totals {
        events: 3,
        page_views: 1,
        visitors: 2,
        sessions: 1,
        friction: 2,
        friction_sessions: 1,
    };
    // `friction` gives session s2 the visitor v2.
    assert_eq!(overview.series[2].totals, third);
    assert_eq!(overview.series[23].totals.friction, 1);
    assert_eq!(overview.previous_series[23].totals.events, 1);
    assert_eq!(overview.previous_series[23].at, at(-6 * 86_400 - 3_600));
}

#[tokio::test]
async fn a_period_off_the_hour_has_a_part_of_its_first_and_last_bucket() {
    let a_week = 7 * 86_400;
    let events = [1_799, 1_800, 1_799 - a_week, 5_399 - a_week, 5_400 - a_week];
    let views = (1..).zip(events).map(|(id, seconds)| view(id, seconds, "v1", "s1", "/"));
    let events = views.collect();
    let fixture = Fixture::holding(events).await;
    let overview = fixture.lake.overview(&scope(1_800, 5_400)).await.expect("answer");
    let counts = |series: &[domain::question::Bucket]| {
        series.iter().map(|bucket| bucket.totals.events).collect::<Vec<_>>()
    };
    assert_eq!(counts(&overview.series), [1, 0]);
    assert_eq!(counts(&overview.previous_series), [0, 1]);
}

#[tokio::test]
async fn from_belongs_to_the_period_and_to_does_not() {
    let fixture = Fixture::holding(two_days()).await;
    let events = async |from, to| {
        fixture.lake.overview(&scope(from, to)).await.expect("answer").totals.events
    };
    assert_eq!(events(0, 1).await, 1);
    assert_eq!(events(1, 3_599).await, 0);
    assert_eq!(events(3_599, 3_600).await, 1);
    assert_eq!(events(86_399, 86_401).await, 2);
}

#[tokio::test]
async fn an_empty_lake_answers_with_zeros() {
    let fixture = Fixture::new().await;
    let overview = fixture.lake.overview(&day()).await.expect("answer");
    assert_eq!(overview.totals, Totals::default());
    assert_eq!(overview.series.len(), 24);
}

#[tokio::test]
async fn nothing_of_another_project_is_counted() {
    let other = ProjectId(Uuid::from_u128(8));
    let mut events = two_days();
    events.extend(two_days().into_iter().map(|event| Event { project_id: other, ..event }));
    let fixture = Fixture::holding(events).await;
    for project_id in [crate::support::PROJECT, other] {
        let overview = fixture.lake.overview(&Scope { project_id, ..day() }).await.expect("answer");
        assert_eq!(overview.totals.events, 6);
    }
    let unknown = Scope { project_id: ProjectId(Uuid::from_u128(9)), ..day() };
    assert_eq!(fixture.lake.overview(&unknown).await.expect("answer").totals.events, 0);
}

#[tokio::test]
async fn bots_are_passed_over_unless_asked_for() {
    let mut events = two_days();
    events[0].bot = Some("user_agent".into());
    let fixture = Fixture::holding(events).await;
    let events = async |include_bots| {
        let filters = Filters { include_bots, ..Filters::default() };
        let scope = Scope { filters, ..day() };
        fixture.lake.overview(&scope).await.expect("answer").totals.events
    };
    assert_eq!(events(false).await, 5);
    assert_eq!(events(true).await, 6);
}

#[tokio::test]
async fn each_filter_narrows_to_the_events_that_match_it() {
    let mut events = two_days();
    events[0].device.kind = Some("mobile".into());
    events[0].device.browser = Some("Chrome".into());
    events[1].device.browser = Some("Chrome".into());
    events[1].device.os = Some("Android".into());
    events[2].place.country = Some("TZ".into());
    let fixture = Fixture::holding(events).await;
    let cases = [
        ("device=mobile", 1),
        ("browser=Chrome", 2),
        ("os=Android", 1),
        ("country=TZ", 1),
        ("country=tz", 0),
        ("path=/cart", 1),
        ("path=/cart;country=TZ", 0),
    ];
    for (text, expected) in cases {
        let scope = Scope { filters: filters(text), ..day() };
        let overview = fixture.lake.overview(&scope).await.expect("answer");
        assert_eq!(overview.totals.events, expected, "{scope:?}");
    }
}

#[tokio::test]
async fn filters_on_friction_narrow_the_friction_figures_only() {
    let fixture = Fixture::holding(two_days()).await;
    let filters = filters("friction_kind=dead_click;selector=#buy");
    let overview = fixture.lake.overview(&Scope { filters, ..day() }).await.expect("answer");
    assert_eq!((overview.totals.events, overview.totals.sessions), (6, 3));
    assert_eq!((overview.totals.friction, overview.totals.friction_sessions), (1, 1));
}

#[tokio::test]
async fn a_filter_is_compared_as_it_is_whatever_it_contains() {
    let path = "/it's \"$project\" -- ; DROP TABLE events";
    let mut events = two_days();
    events.push(view(20, 50, "v1", "s1", path));
    let fixture = Fixture::holding(events).await;
    for (text, expected) in [(path, 1), ("' OR '1'='1", 0), ("%", 0)] {
        let filters = Filters::of(FilterDimension::Path, text);
        let overview = fixture.lake.overview(&Scope { filters, ..day() }).await.expect("answer");
        assert_eq!(overview.totals.events, expected, "{text}");
    }
}
