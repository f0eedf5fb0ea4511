//! Known answers: what happened lately.

use domain::event::Category;
use domain::friction::Kind;
use domain::id::EventId;
use domain::question::{EventCursor, EventRange, EventRow, FilterDimension, Filters, Scope};
use engine::ports::lake::LakeQuestions;
use uuid::Uuid;

use crate::support::{Fixture, at, day, event, friction, latest, view};

async fn numbers(fixture: &Fixture, friction_only: bool, range: EventRange) -> Vec<u128> {
    let events = fixture.lake.events(&day(), friction_only, range).await.expect("answer");
    events.events.iter().map(|row| row.id.0.as_u128()).collect()
}

#[tokio::test]
async fn the_latest_come_first_and_ties_by_id() {
    let fixture = Fixture::holding(vec![
        view(3, 100, "v1", "s1", "/"),
        view(2, 100, "v1", "s1", "/"),
        view(1, 100, "v1", "s1", "/"),
        view(4, 200, "v1", "s1", "/"),
        view(5, 50, "v1", "s1", "/"),
        view(6, 86_400, "v1", "s1", "/"),
        friction(7, 60, Kind::DeadClick, "#x", "s1"),
    ])
    .await;
    assert_eq!(numbers(&fixture, false, latest()).await, [4, 1, 2, 3, 7, 5]);
    let after = |number, seconds| {
        let cursor = EventCursor { id: EventId(Uuid::from_u128(number)), occurred_at: at(seconds) };
        EventRange::new(Some(cursor), 2)
    };
    assert_eq!(numbers(&fixture, false, after(1, 100)).await, [2, 3]);
    assert_eq!(numbers(&fixture, false, after(3, 100)).await, [7, 5]);
    assert_eq!(numbers(&fixture, false, after(9, 1_000)).await, [4, 1]);
    assert_eq!(numbers(&fixture, false, after(5, 50)).await, [0_u128; 0]);
    assert_eq!(numbers(&fixture, true, latest()).await, [7]);
    for (friction_only, count) in [(false, 6), (true, 1)] {
        let counted = fixture.lake.event_count(&day(), friction_only).await.expect("answer");
        assert_eq!(counted, count);
    }
}

/// The list continues after its last row, whatever arrived before that row meanwhile.
#[tokio::test]
async fn an_event_that_comes_between_two_pages_repeats_none() {
    let fixture = Fixture::holding((1..=6).map(|n| view(n, 100, "v1", "s1", "/")).collect()).await;
    let mut seen = Vec::new();
    let mut after = None;
    for newer in 7..10 {
        let range = EventRange::new(after, 2);
        let page = fixture.lake.events(&day(), false, range).await.expect("answer").events;
        seen.extend(page.iter().map(|row| row.id.0.as_u128()));
        after = page.last().map(|row| EventCursor { occurred_at: row.occurred_at, id: row.id });
        fixture.write(vec![view(newer, 200, "v1", "s1", "/")]).await;
    }
    assert_eq!(seen, [1, 2, 3, 4, 5, 6]);
}

#[tokio::test]
async fn filters_on_friction_narrow_the_list_of_friction_only() {
    let fixture = Fixture::holding(vec![
        view(1, 1, "v1", "s1", "/"),
        friction(2, 2, Kind::DeadClick, "#x", "s1"),
        friction(3, 3, Kind::RageClick, "#x", "s1"),
    ])
    .await;
    let filters = Filters::of(FilterDimension::FrictionKind, "rage_click");
    let scope = Scope { filters, ..day() };
    let count = async |friction_only| {
        fixture.lake.events(&scope, friction_only, latest()).await.expect("answer").events.len()
    };
    assert_eq!((count(true).await, count(false).await), (1, 3));
}

#[tokio::test]
async fn a_row_carries_what_a_list_shows() {
    let mut whole = event(1, 5, Category::Friction, "javascript_error");
    whole.visitor_id = Some("v".into());
    whole.session_id = Some("s".into());
    whole.user_id = Some("u".into());
    whole.page.path = Some("/p".into());
    whole.element.selector = Some("#e".into());
    whole.element.text = Some("Text".into());
    whole.friction = Some(domain::event::Friction {
        error_message: Some("message".into()),
        error_group: Some("group".into()),
        stack: Some("stack".into()),
        severity: Some("low".into()),
        ..domain::event::Friction::default()
    });
    whole.device.browser = Some("Chrome".into());
    whole.device.os = Some("Android".into());
    whole.device.kind = Some("mobile".into());
    whole.place.country = Some("TZ".into());
    whole.properties = Some(r#"{"a":1}"#.into());
    whole.bot = Some("rule".into());
    let fixture = Fixture::holding(vec![whole.clone()]).await;
    let filters = Filters { include_bots: true, ..Filters::default() };
    let scope = Scope { filters, ..day() };
    let events = fixture.lake.events(&scope, false, latest()).await.expect("answer").events;
    let text = |value: &str| Some(value.to_owned());
    let expected = EventRow {
        id: whole.id,
        category: "friction".into(),
        name: "javascript_error".into(),
        occurred_at: at(5),
        received_at: at(6),
        visitor_id: text("v"),
        session_id: text("s"),
        user_id: text("u"),
        path: text("/p"),
        element_selector: text("#e"),
        element_text: text("Text"),
        error_message: text("message"),
        error_group: text("group"),
        stack: text("stack"),
        severity: text("low"),
        browser: text("Chrome"),
        os: text("Android"),
        device: text("mobile"),
        country: text("TZ"),
        properties: text(r#"{"a":1}"#),
        bot: text("rule"),
    };
    assert_eq!(events, [expected]);
}
