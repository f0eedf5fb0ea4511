//! Which values a filter may have.

use domain::event::Event;
use domain::friction::Kind;
use domain::question::{FilterDimension, Filters};
use engine::ports::lake::LakeQuestions as _;

use super::filtered;
use crate::support::{Fixture, day, filters, friction, view};

/// Three sessions in Chrome, one of them on two pages, and one in Firefox by a newsletter, stuck twice.
fn visits() -> Vec<Event> {
    let browser = |name: &str, event: Event| {
        let mut event = event;
        event.device.browser = Some(name.to_owned());
        event
    };
    let mut landing = browser("Firefox", view(5, 14, "v4", "s4", "/Rooms"));
    landing.page.utm.source = Some("newsletter".into());
    vec![
        browser("Chrome", view(1, 10, "v1", "s1", "/")),
        browser("Chrome", view(2, 11, "v1", "s1", "/rooms")),
        browser("Chrome", view(3, 12, "v2", "s2", "/")),
        browser("Chrome", view(4, 13, "v3", "s3", "/pay")),
        landing,
        browser("Firefox", friction(6, 15, Kind::RageClick, "#pay", "s4")),
        browser("Firefox", friction(7, 16, Kind::DeadClick, "#pay", "s4")),
    ]
}

async fn values(
    fixture: &Fixture,
    filters: Filters,
    dimension: FilterDimension,
    search: &str,
    limit: u32,
) -> Vec<(String, u64)> {
    let scope = filtered(&day(), filters);
    let found = fixture.lake.filter_values(&scope, dimension, search, limit).await;
    found.expect("an answer").into_iter().map(|it| (it.value, it.sessions)).collect()
}

#[tokio::test]
async fn values_come_with_the_sessions_that_have_them_most_first() {
    let fixture = Fixture::holding(visits()).await;
    for (text, dimension, search, expected) in [
        ("", FilterDimension::Browser, "", &[("Chrome", 3), ("Firefox", 1)][..]),
        ("path=/rooms", FilterDimension::Browser, "", &[("Chrome", 1)]),
        ("session=rage_click", FilterDimension::Browser, "", &[("Firefox", 1)]),
        ("", FilterDimension::Path, "", &[("/", 3), ("/Rooms", 1), ("/pay", 1), ("/rooms", 1)]),
        ("", FilterDimension::Path, "ROOM", &[("/Rooms", 1), ("/rooms", 1)]),
        ("", FilterDimension::Path, "';--", &[]),
        ("", FilterDimension::Path, "%", &[]),
        ("", FilterDimension::UtmSource, "", &[("", 3), ("newsletter", 1)]),
        ("", FilterDimension::UtmSource, "NEWS", &[("newsletter", 1)]),
        ("browser=Chrome", FilterDimension::UtmSource, "", &[("", 3)]),
        ("", FilterDimension::Channel, "", &[("direct", 3), ("campaign", 1)]),
        ("", FilterDimension::ExitPath, "", &[("/", 2), ("/pay", 1), ("/rooms", 1)]),
        ("", FilterDimension::Selector, "", &[("#pay", 1)]),
        ("", FilterDimension::FrictionKind, "", &[("dead_click", 1), ("rage_click", 1)]),
        ("session=engaged", FilterDimension::City, "", &[]),
    ] {
        let found = values(&fixture, filters(text), dimension, search, 20).await;
        let found: Vec<_> = found.iter().map(|(value, sessions)| (&**value, *sessions)).collect();
        assert_eq!(found, expected, "{text} {dimension} {search}");
    }
    let one = values(&fixture, Filters::default(), FilterDimension::Path, "", 1).await;
    assert_eq!(one, [("/".to_owned(), 3)]);
}

#[tokio::test]
async fn behaviours_are_counted_all_at_once() {
    let fixture = Fixture::holding(visits()).await;
    let recorded_sessions = Some(vec!["s1".to_owned()].into());
    let scope = Filters { recorded_sessions, ..Filters::default() };
    let found = values(&fixture, scope.clone(), FilterDimension::Session, "", 50).await;
    let of = |name: &str| found.iter().find(|(value, _)| value == name).expect("a count").1;
    for (name, sessions) in [
        ("new_visitor", 4),
        ("returning_visitor", 0),
        ("bounced", 3),
        ("engaged", 1),
        ("friction", 1),
        ("rage_click", 1),
        ("slow_click", 0),
        ("booked", 0),
        ("recorded", 1),
    ] {
        assert_eq!(of(name), sessions, "{name}");
    }
    assert_eq!(found.len(), 17);
    assert_eq!(found[0], ("new_visitor".to_owned(), 4));
    let clicks = values(&fixture, scope, FilterDimension::Session, "Click", 2).await;
    let clicks: Vec<_> = clicks.iter().map(|(value, _)| &**value).collect();
    assert_eq!(clicks, ["rage_click", "dead_click"]);
}
