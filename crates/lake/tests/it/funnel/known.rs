//! Answers worked by hand.

use domain::event::{Category, Event};
use domain::friction::Kind;
use domain::question::funnel::{
    DroppedRange, DroppedSession, Funnel, FunnelBreakdown, FunnelOrder, FunnelUnit, GroupValue,
    PathPattern, StepMatcher,
};
use domain::question::{FilterDimension, Filters};

use super::{answer, booked, customer, funnel, named, page, units};
use crate::support::{Fixture, at, day, event, friction, scope, view};

const HOUR: u32 = 3_600;
const ORDERED: FunnelOrder = FunnelOrder::Ordered;
const STRICT: FunnelOrder = FunnelOrder::Strict;
const ANY: FunnelOrder = FunnelOrder::Any;

fn home_rooms_pay() -> [StepMatcher; 3] {
    [page("/"), page("/rooms/*"), page("/pay")]
}

fn of_sessions(mut funnel: Funnel) -> Funnel {
    funnel.unit = FunnelUnit::Session;
    funnel
}

fn by(breakdown: FunnelBreakdown, mut funnel: Funnel) -> Funnel {
    funnel.breakdown = Some(breakdown);
    funnel
}

fn bot(event: Event) -> Event {
    Event { bot: Some("ua:googlebot".into()), ..event }
}

/// Visitor 1 goes all the way in two sessions, 2 looks at rooms, 3 only pays, 4 is a bot, 5 comes too late.
#[tokio::test]
async fn visitors_are_counted_by_how_far_they_get() {
    let fixture = Fixture::holding(vec![
        view(1, 100, "v1", "s1", "/"),
        view(2, 130, "v1", "s1", "/rooms/7"),
        view(3, 700, "v1", "s2", "/pay"),
        view(4, 200, "v2", "s3", "/"),
        view(5, 210, "v2", "s3", "/rooms/7"),
        view(6, 300, "v3", "s4", "/pay"),
        bot(view(7, 300, "v4", "s5", "/")),
        bot(view(8, 310, "v4", "s5", "/rooms/1")),
        view(9, 400, "v5", "s6", "/"),
        view(10, 400 + 3_601, "v5", "s7", "/rooms/1"),
        view(11, 500, "v6", "s8", "/rooms"),
    ])
    .await;
    let question = funnel(&home_rooms_pay(), HOUR, ORDERED);
    let found = answer(&fixture, &day(), &question).await;
    let figures: Vec<(u64, u64, Option<f64>)> =
        found.steps.iter().map(|it| (it.units, it.dropped, it.median_seconds)).collect();
    // Rooms after 30 and 10 s, payment 570 s later.
    assert_eq!(figures, [(3, 1, None), (2, 1, Some(20.0)), (1, 0, Some(570.0))]);
    assert_eq!(found.steps[1].share_of_first, Some(2.0 / 3.0));
    assert_eq!(found.steps[2].share_of_previous, Some(0.5));
    assert_eq!((found.unattributed_events, found.groups.len()), (0, 0));
    let filters = Filters { include_bots: true, ..Filters::default() };
    let with_bots =
        answer(&fixture, &domain::question::Scope { filters, ..day() }, &question).await;
    assert_eq!(with_bots.steps[1].units, 3);
    let by_session = of_sessions(question);
    assert_eq!(units(&fixture, &by_session).await, [3, 2, 0]);
    let any = funnel(&home_rooms_pay(), HOUR, ANY);
    assert_eq!(units(&fixture, &any).await, [4, 2, 1], "one step, two, three");
}

/// At one instant `seq` decides, then receipt, then the step.
#[tokio::test]
async fn events_of_one_instant_go_by_seq_then_receipt_then_step() {
    let numbered = |number, visitor: &str, path, seq| Event {
        seq,
        ..view(number, 10, visitor, visitor, path)
    };
    let received = |number, visitor: &str, path, second| Event {
        received_at: at(second),
        ..view(number, 10, visitor, visitor, path)
    };
    let fixture = Fixture::holding(vec![
        numbered(1, "backwards", "/", Some(2)),
        numbered(2, "backwards", "/pay", Some(1)),
        numbered(3, "forwards", "/pay", Some(2)),
        numbered(4, "forwards", "/", Some(1)),
        numbered(5, "numbered first", "/pay", None),
        numbered(6, "numbered first", "/", Some(9)),
        received(7, "late pay", "/pay", 30),
        received(8, "late pay", "/", 20),
        received(9, "late home", "/", 30),
        received(10, "late home", "/pay", 20),
        numbered(11, "all equal", "/pay", None),
        numbered(12, "all equal", "/", None),
    ])
    .await;
    for order in [ORDERED, STRICT] {
        let question = funnel(&[page("/"), page("/pay")], HOUR, order);
        // Forwards, numbered first, late pay, all equal.
        assert_eq!(units(&fixture, &question).await, [6, 4], "{order:?}");
    }
}

#[tokio::test]
async fn the_windows_end_and_the_periods_beginning_belong_to_them() {
    let fixture = Fixture::holding(vec![
        view(1, 0, "v1", "s1", "/"),
        view(2, 60, "v1", "s1", "/pay"),
        view(3, 100, "v2", "s2", "/"),
        view(4, 161, "v2", "s2", "/pay"),
        // Its payment lies at the end of the period, and one second before.
        view(5, 970, "v3", "s3", "/"),
        view(6, 1_000, "v3", "s3", "/pay"),
        view(7, 970, "v4", "s4", "/"),
        view(8, 999, "v4", "s4", "/pay"),
        // Its entry lies before the period.
        view(9, -1, "v5", "s5", "/"),
        view(10, 10, "v5", "s5", "/pay"),
    ])
    .await;
    let question = funnel(&[page("/"), page("/pay")], 60, ORDERED);
    let found = answer(&fixture, &scope(0, 1_000), &question).await;
    assert_eq!((found.steps[0].units, found.steps[1].units), (4, 2), "v1 and v4");
}

/// A page view between breaks a strict funnel, a click does not; a step's own event in between does.
#[tokio::test]
async fn strict_steps_follow_directly_among_page_views_and_step_events() {
    let click = |number, seconds, visitor: &str| {
        let mut click = view(number, seconds, visitor, visitor, "/");
        "click".clone_into(&mut click.name);
        click
    };
    let fixture = Fixture::holding(vec![
        view(1, 1, "direct", "s1", "/"),
        click(2, 2, "direct"),
        friction(3, 3, Kind::RageClick, "#a", "s1"),
        view(4, 4, "direct", "s1", "/pay"),
        view(5, 1, "astray", "s2", "/"),
        view(6, 2, "astray", "s2", "/about"),
        view(7, 3, "astray", "s2", "/pay"),
        view(8, 1, "again", "s3", "/"),
        view(9, 2, "again", "s3", "/"),
        view(10, 3, "again", "s3", "/pay"),
    ])
    .await;
    let steps = [page("/"), page("/pay")];
    assert_eq!(units(&fixture, &funnel(&steps, HOUR, STRICT)).await, [3, 2]);
    assert_eq!(units(&fixture, &funnel(&steps, HOUR, ORDERED)).await, [3, 3]);
    let home = |name: &str| StepMatcher::Event {
        name: name.to_owned(),
        path: Some(PathPattern::Exact("/".to_owned())),
        category: Some(Category::Heatmap),
    };
    let with_click = [home("pageview"), home("click"), page("/pay")];
    assert_eq!(units(&fixture, &funnel(&with_click, HOUR, STRICT)).await, [3, 1, 1]);
}

#[tokio::test]
async fn a_repeated_step_and_an_event_of_two_steps_need_an_event_each() {
    let fixture = Fixture::holding(vec![
        view(1, 1, "once", "s1", "/rooms/1"),
        view(2, 1, "twice", "s2", "/rooms/1"),
        view(3, 2, "twice", "s2", "/rooms/2"),
    ])
    .await;
    for order in [ORDERED, STRICT, ANY] {
        let question = funnel(&[page("/rooms/*"), page("/rooms/*")], HOUR, order);
        assert_eq!(units(&fixture, &question).await, [2, 1], "{order:?}");
    }
    let question = funnel(&[page("/rooms/*"), page("/rooms/1")], HOUR, ORDERED);
    assert_eq!(units(&fixture, &question).await, [2, 0]);
}

/// The first attempt ends at rooms, the one of the evening pays; both begin with a view of the home page.
#[tokio::test]
async fn of_several_attempts_the_furthest_counts() {
    let fixture = Fixture::holding(vec![
        view(1, 100, "v1", "s1", "/"),
        view(2, 110, "v1", "s1", "/rooms/1"),
        view(3, 50_000, "v1", "s2", "/"),
        view(4, 50_020, "v1", "s2", "/rooms/1"),
        view(5, 50_050, "v1", "s2", "/pay"),
    ])
    .await;
    let found = answer(&fixture, &day(), &funnel(&home_rooms_pay(), HOUR, ORDERED)).await;
    assert_eq!(found.steps[1].median_seconds, Some(20.0));
    assert_eq!(found.steps[2].median_seconds, Some(30.0));
}

/// Customer events name a session and no visitor: the visitor is that of the session, the last where it has two. One
/// without a visitor anywhere is a unit by its session; one with neither is nobody's.
#[tokio::test]
async fn an_event_without_a_visitor_belongs_to_its_sessions_visitor() {
    let fixture = Fixture::holding(vec![
        view(1, 10, "v1", "s1", "/"),
        view(2, 20, "v1", "s2", "/about"),
        customer(3, 30, Some("s2"), "booking.completed"),
        view(4, 10, "daily", "s3", "/about"),
        view(5, 20, "v2", "s3", "/"),
        customer(6, 30, Some("s3"), "booking.completed"),
        Event { visitor_id: None, ..view(7, 10, "", "s4", "/") },
        customer(8, 30, Some("s4"), "booking.completed"),
        customer(9, 30, None, "booking.completed"),
        customer(10, 30, Some("s1"), "order.placed"),
    ])
    .await;
    let question = funnel(&[page("/"), booked()], HOUR, ORDERED);
    let found = answer(&fixture, &day(), &question).await;
    assert_eq!((found.steps[0].units, found.steps[1].units), (3, 3));
    assert_eq!(found.unattributed_events, 1);
    let by_session = of_sessions(question);
    let found = answer(&fixture, &day(), &by_session).await;
    assert_eq!((found.steps[0].units, found.steps[1].units), (3, 2), "s3 and s4");
    assert_eq!(found.unattributed_events, 1);
}

#[tokio::test]
async fn clicks_and_events_are_matched_by_element_name_page_and_category() {
    let mut click = view(1, 10, "v1", "s1", "/rooms/1");
    "click".clone_into(&mut click.name);
    click.element.selector = Some("#book".to_owned());
    let search =
        Event { visitor_id: Some("v1".to_owned()), ..event(2, 20, Category::Behavior, "search") };
    let fixture = Fixture::holding(vec![click, search]).await;
    let click = |selector: &str, path: Option<&str>| StepMatcher::Click {
        selector: selector.to_owned(),
        path: path.map(|path| PathPattern::parse(path).expect("a path")),
    };
    let of = |category| StepMatcher::Event { name: "search".to_owned(), path: None, category };
    for (first, second, expected) in [
        (click("#book", None), named("search"), [1, 1]),
        (click("#book", Some("/rooms/*")), of(Some(Category::Behavior)), [1, 1]),
        (click("#book", Some("/rooms")), named("search"), [0, 0]),
        (click("#b", None), named("search"), [0, 0]),
        (click("#book", None), of(Some(Category::Customer)), [1, 0]),
    ] {
        let question = funnel(&[first, second], HOUR, ORDERED);
        assert_eq!(units(&fixture, &question).await, expected);
    }
}

/// Visitor 1 enters with Chrome and pays with Firefox, 2 enters and pays with Firefox; 3 has an unknown browser.
#[tokio::test]
async fn a_breakdown_is_the_entrys_value() {
    let with = |event: Event, browser: Option<&str>| {
        let mut event = event;
        event.device.browser = browser.map(str::to_owned);
        event
    };
    let fixture = Fixture::holding(vec![
        with(view(1, 10, "v1", "s1", "/"), Some("Chrome")),
        with(view(2, 20, "v1", "s1", "/pay"), Some("Firefox")),
        with(view(3, 10, "v2", "s2", "/"), Some("Firefox")),
        with(view(4, 30, "v2", "s2", "/pay"), Some("Firefox")),
        with(view(5, 10, "v3", "s3", "/"), None),
        with(view(6, 10, "v4", "s4", "/"), Some("Chrome")),
    ])
    .await;
    let question = funnel(&[page("/"), page("/pay")], HOUR, ORDERED);
    let question = by(FunnelBreakdown::Browser, question);
    let found = answer(&fixture, &day(), &question).await;
    let groups: Vec<(GroupValue, Vec<u64>, Option<f64>)> = found
        .groups
        .iter()
        .map(|group| {
            let units = group.steps.iter().map(|step| step.units).collect();
            (group.value.clone(), units, group.steps[1].median_seconds)
        })
        .collect();
    let known = |browser: &str| GroupValue::Known(browser.to_owned());
    let expected = [
        (known("Chrome"), vec![2, 1], Some(10.0)),
        (known("Firefox"), vec![1, 1], Some(20.0)),
        (GroupValue::Unknown, vec![1, 0], None),
    ];
    assert_eq!(groups, expected);
    assert_eq!((found.steps[0].units, found.steps[1].median_seconds), (4, Some(15.0)));
}

/// A hundred and twenty campaigns with one entry each, and one with two.
#[tokio::test]
async fn rare_values_are_counted_together() {
    let entry = |number: u128, campaign: u128| {
        let mut event = view(number, 10, &format!("v{number}"), "s", "/");
        event.page.utm.campaign = Some(format!("campaign-{campaign:03}"));
        event
    };
    let mut events: Vec<Event> = (1..=120).map(|number| entry(number, number)).collect();
    events.push(entry(121, 77));
    let fixture = Fixture::holding(events).await;
    let question = funnel(&[page("/"), page("/pay")], HOUR, ORDERED);
    let question = by(FunnelBreakdown::UtmCampaign, question);
    let found = answer(&fixture, &day(), &question).await;
    let entries: Vec<u64> = found.groups.iter().map(|group| group.steps[0].units).collect();
    assert_eq!(entries, [2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 110]);
    assert_eq!(found.groups[0].value, GroupValue::Known("campaign-077".to_owned()));
    assert_eq!(found.groups[1].value, GroupValue::Known("campaign-001".to_owned()));
    assert_eq!(found.groups[10].value, GroupValue::Other);
}

/// Friction between the home page and the drop; that of another session, of an answered click, and of before is none.
#[tokio::test]
async fn friction_on_the_way_is_that_of_the_session_after_the_step() {
    let rage = |number, seconds, session: &str| {
        friction(number, seconds, Kind::RageClick, "#pay", session)
    };
    let mut answered = rage(20, 15, "s3");
    answered.friction.as_mut().expect("friction").severity = Some("low".to_owned());
    let mut elsewhere = rage(21, 15, "s9");
    elsewhere.visitor_id = Some("v3".to_owned());
    let fixture = Fixture::holding(vec![
        view(1, 10, "v1", "s1", "/"),
        rage(2, 12, "s1"),
        rage(3, 13, "s1"),
        view(4, 10, "v2", "s2", "/"),
        rage(5, 12, "s2"),
        view(6, 20, "v2", "s2", "/pay"),
        friction(7, 30, Kind::DeadClick, "#pay", "s2"),
        rage(8, 5, "s3"),
        view(9, 10, "v3", "s3", "/"),
        answered,
        elsewhere,
    ])
    .await;
    let found = answer(&fixture, &day(), &funnel(&[page("/"), page("/pay")], HOUR, ORDERED)).await;
    let friction = &found.steps[0].friction;
    assert_eq!(friction.len(), 1);
    let rage = &friction[0];
    assert_eq!((rage.kind, rage.dropped_units, rage.continued_units), (Kind::RageClick, 1, 1));
    assert!(found.steps[1].friction.is_empty());
    let filters = Filters { include_answered: true, ..Filters::default() };
    let scope = domain::question::Scope { filters, ..day() };
    let found = answer(&fixture, &scope, &funnel(&[page("/"), page("/pay")], HOUR, ORDERED)).await;
    assert_eq!(found.steps[0].friction[0].dropped_units, 2);
}

/// Three visitors reach the rooms and do not pay; the latest two are listed with the instant of their rooms.
#[tokio::test]
async fn sessions_of_dropped_units_are_listed_latest_first() {
    let mut events = vec![view(90, 10, "paid", "s9", "/"), view(91, 20, "paid", "s9", "/rooms/1")];
    events.push(view(92, 30, "paid", "s9", "/pay"));
    events.push(view(93, 40, "home", "s8", "/"));
    for (number, seconds) in [(1, 500), (2, 300), (3, 400)] {
        let (visitor, session) = (format!("v{number}"), format!("s{number}"));
        events.push(view(number * 10, 100, &visitor, "another", "/"));
        events.push(view(number * 10 + 1, seconds, &visitor, &session, "/rooms/1"));
    }
    let fixture = Fixture::holding(events).await;
    let question = funnel(&home_rooms_pay(), HOUR, ORDERED);
    let listed = async |step, limit| {
        let question = question.clone().with_dropped(DroppedRange { step, limit });
        answer(&fixture, &day(), &question.expect("bounds")).await.dropped_sessions
    };
    let session =
        |id: &str, second| DroppedSession { session_id: id.to_owned(), reached_at: at(second) };
    let all = [session("s1", 500), session("s3", 400), session("s2", 300)];
    assert_eq!(listed(1, 100).await, all);
    assert_eq!(listed(1, 2).await, all[..2]);
    assert_eq!(listed(0, 100).await, [session("s8", 40)]);
    assert!(answer(&fixture, &day(), &question).await.dropped_sessions.is_empty());
}

#[tokio::test]
async fn filters_hold_for_all_steps_and_nothing_of_other_projects_counts() {
    let from = |event: Event, country: &str| {
        let mut event = event;
        event.place.country = Some(country.to_owned());
        event
    };
    let mut foreign = from(view(9, 10, "v9", "s9", "/"), "TZ");
    foreign.project_id = domain::id::ProjectId(uuid::Uuid::from_u128(9));
    let fixture = Fixture::holding(vec![
        from(view(1, 10, "v1", "s1", "/"), "TZ"),
        from(view(2, 20, "v1", "s1", "/pay"), "KE"),
        from(view(3, 10, "v2", "s2", "/"), "TZ"),
        from(view(4, 20, "v2", "s2", "/pay"), "TZ"),
        foreign,
    ])
    .await;
    let question = funnel(&[page("/"), page("/pay")], HOUR, ORDERED);
    assert_eq!(units(&fixture, &question).await, [2, 2]);
    let filters = Filters::of(FilterDimension::Country, "TZ");
    let scope = domain::question::Scope { filters, ..day() };
    let found = answer(&fixture, &scope, &question).await;
    assert_eq!((found.steps[0].units, found.steps[1].units), (2, 1));
    let empty = answer(&fixture, &self::scope(2_000, 3_000), &question).await;
    assert_eq!(empty.steps[0].units, 0);
}
