//! Known answers: what did a customer do, and what friction did they meet?

use domain::event::{Category, Event};
use domain::friction::Kind;
use domain::id::ProjectId;
use domain::question::PersonEventRange;
use domain::time::Timestamp;
use engine::ports::lake::LakeQuestions as _;
use uuid::Uuid;

use crate::support::{Fixture, PROJECT, at, event, friction, view};

fn of(user: &str, event: Event) -> Event {
    Event { user_id: Some(user.into()), ..event }
}

fn did(number: u128, seconds: i64, user: &str) -> Event {
    of(user, event(number, seconds, Category::Behavior, "property_view"))
}

/// Of u: behavior at 100 and 300 (two), friction at 200; everything else is of somebody else or does not count.
fn events() -> Vec<Event> {
    let mut answered = of("u", friction(6, 210, Kind::RageClick, "#menu", "s1"));
    answered.friction = Some(domain::event::Friction {
        severity: Some("low".into()),
        ..domain::event::Friction::default()
    });
    let mut robot = did(7, 220, "u");
    robot.bot = Some("ua:googlebot".into());
    let foreign = Event { project_id: ProjectId(Uuid::from_u128(8)), ..did(8, 230, "u") };
    vec![
        did(1, 100, "u"),
        of("u", friction(2, 200, Kind::DeadClick, "#pay", "s1")),
        did(3, 300, "u"),
        did(4, 300, "u"),
        did(5, 250, "v"),
        answered,
        robot,
        foreign,
        of("u", view(9, 240, "v1", "s1", "/")),
        of("u", event(10, 260, Category::Customer, "booking.started")),
    ]
}

async fn ask(fixture: &Fixture, range: &PersonEventRange) -> Vec<u128> {
    let found = fixture.lake.person_events(range).await.expect("an answer");
    found.iter().map(|event| event.id.0.as_u128()).collect()
}

#[tokio::test]
async fn the_latest_come_first_and_only_what_counts() {
    let fixture = Fixture::holding(events()).await;
    let all = |user: &str| PersonEventRange::new(PROJECT, user, None, 100);
    assert_eq!(ask(&fixture, &all("u")).await, [4, 3, 2, 1]);
    assert_eq!(ask(&fixture, &all("v")).await, [5]);
    assert_eq!(ask(&fixture, &all("' OR '1' = '1")).await, []);
    let mut only = all("u");
    only.friction = false;
    assert_eq!(ask(&fixture, &only).await, [4, 3, 1]);
    (only.behavior, only.friction) = (false, true);
    assert_eq!(ask(&fixture, &only).await, [2]);
    only.friction = false;
    assert_eq!(ask(&fixture, &only).await, []);
}

#[tokio::test]
async fn pages_follow_each_other_through_events_of_one_instant() {
    let fixture = Fixture::holding(events()).await;
    let mut found = Vec::new();
    let mut before: Option<(Timestamp, String)> = None;
    loop {
        let range = PersonEventRange::new(PROJECT, "u", before.clone(), 1);
        let page = fixture.lake.person_events(&range).await.expect("an answer");
        let Some(last) = page.last() else { break };
        before = Some((last.occurred_at, last.id.to_string()));
        found.push(last.id.0.as_u128());
    }
    assert_eq!(found, [4, 3, 2, 1]);
    // An empty id stands before all of its instant.
    let range = PersonEventRange::new(PROJECT, "u", Some((at(300), String::new())), 9);
    assert_eq!(ask(&fixture, &range).await, [2, 1]);
}
