//! Known answers of how often goals are reached.

use domain::crm::{CUSTOMER, IN_PROGRESS, RuleSet};
use domain::event::{Category, Event};
use domain::friction::Kind;
use domain::goal::{GoalKind, GoalMatcher, MAX_GOALS};
use domain::question::goals::{GoalAnswer, GoalCount, GoalFigures, GoalQuestion};
use domain::question::{FilterDimension, Filters, Scope};
use engine::ports::lake::LakeQuestions as _;

use crate::acquisition::{money, order};
use crate::support::{Fixture, PROJECT, day, event, friction, view};

const WEEK: i64 = 7 * 86_400;

fn matcher(kind: GoalKind, target: &str) -> GoalMatcher {
    GoalMatcher::parse(kind, target).expect("a matcher")
}

fn wanted(goals: &[(GoalKind, &str)]) -> GoalQuestion {
    let goals = goals.iter().map(|(kind, target)| (matcher(*kind, target), None)).collect();
    GoalQuestion { goals, rules: RuleSet::default() }
}

async fn answer(fixture: &Fixture, scope: &Scope, wanted: &GoalQuestion) -> GoalAnswer {
    fixture.lake.goals(scope, wanted).await.expect("an answer")
}

/// An event of a customer in a session, or in none.
fn customer(number: u128, seconds: i64, session: Option<&str>, name: &str) -> Event {
    let session_id = session.map(str::to_owned);
    Event { session_id, ..event(number, seconds, Category::Customer, name) }
}

fn click(number: u128, seconds: i64, session: &str, selector: &str) -> Event {
    let mut click = event(number, seconds, Category::Heatmap, "click");
    click.session_id = Some(session.to_owned());
    click.element.selector = Some(selector.to_owned());
    click
}

/// s1 sees /thanks twice and /rooms/1, clicks #call, orders A-1, which is reported twice, and A-2; s2 sees /rooms/2 and starts a
/// booking; s3 sees / on a phone; the server reports a booking and a newsletter without a session; the week before o1 orders.
fn visits() -> Vec<Event> {
    let mut phone = view(21, 300, "v3", "s3", "/");
    phone.device.kind = Some("mobile".into());
    let mut robot = view(31, 400, "v9", "s9", "/thanks");
    robot.bot = Some("ua:bot".into());
    vec![
        view(1, 10, "v1", "s1", "/rooms/1"),
        click(2, 20, "s1", "#call"),
        friction(3, 21, Kind::RageClick, "#call", "s1"),
        order(4, 30, Some("s1"), "A-1", Some((150_000.0, "TZS"))),
        order(5, 31, None, "A-1", Some((150_000.0, "TZS"))),
        order(6, 32, Some("s1"), "A-2", Some((20.5, "EUR"))),
        view(7, 40, "v1", "s1", "/thanks"),
        view(8, 50, "v1", "s1", "/thanks"),
        view(11, 100, "v2", "s2", "/rooms/2"),
        customer(12, 110, Some("s2"), "booking.started"),
        phone,
        robot,
        customer(41, 500, None, "booking.completed"),
        customer(42, 501, None, "newsletter.joined"),
        view(51, 10 - WEEK, "v4", "o1", "/thanks"),
        order(52, 20 - WEEK, Some("o1"), "A-1", Some((1.0, "USD"))),
    ]
}

/// Times and sessions of the period and of the one before, and times without a session.
fn counts(count: &GoalCount) -> (u64, u64, u64, u64, u64) {
    let GoalCount { current, previous, unattributed } = count;
    (
        current.conversions,
        current.converting_sessions,
        previous.conversions,
        previous.converting_sessions,
        *unattributed,
    )
}

#[tokio::test]
async fn goals_of_each_kind_are_counted_with_the_sessions_that_reach_them() {
    let fixture = Fixture::holding(visits()).await;
    let goals = [
        ((GoalKind::Page, "/thanks"), (2, 1, 1, 1, 0)),
        ((GoalKind::Page, "/rooms/*"), (2, 2, 0, 0, 0)),
        ((GoalKind::Page, "*"), (5, 3, 1, 1, 0)),
        ((GoalKind::Event, "booking.started"), (1, 1, 0, 0, 0)),
        ((GoalKind::Event, "newsletter.joined"), (0, 0, 0, 0, 1)),
        ((GoalKind::Event, "rage_click"), (0, 0, 0, 0, 0)),
        ((GoalKind::Click, "#call"), (1, 1, 0, 0, 0)),
        ((GoalKind::Order, ""), (2, 1, 1, 1, 0)),
        ((GoalKind::Booking, ""), (0, 0, 0, 0, 1)),
        ((GoalKind::Stage, IN_PROGRESS), (1, 1, 0, 0, 0)),
        ((GoalKind::Stage, CUSTOMER), (0, 0, 0, 0, 1)),
        ((GoalKind::Stage, "Lost"), (0, 0, 0, 0, 0)),
    ];
    let found = answer(&fixture, &day(), &wanted(&goals.map(|(goal, _)| goal))).await;
    assert_eq!((found.sessions, found.previous_sessions), (3, 1));
    for ((goal, expected), count) in goals.iter().zip(&found.goals) {
        assert_eq!(counts(count), *expected, "{goal:?}");
    }
    assert_eq!(found.goals.len(), goals.len());
}

#[tokio::test]
async fn a_goal_is_worth_its_own_value_or_what_was_paid() {
    let fixture = Fixture::holding(visits()).await;
    let mut wanted =
        wanted(&[(GoalKind::Order, ""), (GoalKind::Order, ""), (GoalKind::Page, "/thanks")]);
    wanted.goals[1].1 = Some(money(10.0, "USD"));
    let found = answer(&fixture, &day(), &wanted).await;
    let paid = vec![money(20.5, "EUR"), money(150_000.0, "TZS")];
    let values: Vec<_> = found.goals.iter().map(|goal| goal.current.value.clone()).collect();
    assert_eq!(values, [paid, vec![money(20.0, "USD")], Vec::new()]);
    assert_eq!(found.goals[0].previous.value, [money(1.0, "USD")]);
}

/// The rules of the project decide on stages: the whole name before patterns, an earlier pattern before a later one.
#[tokio::test]
async fn stages_are_given_by_the_projects_rules() {
    let fixture = Fixture::holding(visits()).await;
    let rules = serde_json::json!({"abandon_after_minutes": 30, "rules": [
        {"event": "booking.*", "status": {"to": "Warm"}},
        {"event": "*.joined", "status": {"to": "Warm"}},
        {"event": "booking.completed", "status": {"to": "Won"}},
    ]});
    let rules: RuleSet = serde_json::from_value(rules).expect("rules");
    let wanted =
        GoalQuestion { rules, ..wanted(&[(GoalKind::Stage, "Warm"), (GoalKind::Stage, "Won")]) };
    let found = answer(&fixture, &day(), &wanted).await;
    assert_eq!(
        found.goals.iter().map(counts).collect::<Vec<_>>(),
        [(1, 1, 0, 0, 1), (0, 0, 0, 0, 1)]
    );
}

#[tokio::test]
async fn filters_choose_whole_visits() {
    let fixture = Fixture::holding(visits()).await;
    let wanted =
        wanted(&[(GoalKind::Page, "/thanks"), (GoalKind::Order, ""), (GoalKind::Page, "/")]);
    for (filters, sessions, expected) in [
        (Filters::of(FilterDimension::Path, "/rooms/1"), 1, [2, 2, 0]),
        (Filters::of(FilterDimension::Device, "mobile"), 1, [0, 0, 1]),
        (Filters { include_bots: true, ..Filters::default() }, 4, [3, 2, 1]),
        (Filters::of(FilterDimension::EntryPath, "/rooms/1"), 1, [2, 2, 0]),
        (Filters::of(FilterDimension::EntryPath, "'; DROP TABLE events; --"), 0, [0, 0, 0]),
    ] {
        let scope = Scope { filters: filters.clone(), ..day() };
        let found = answer(&fixture, &scope, &wanted).await;
        let times: Vec<u64> = found.goals.iter().map(|goal| goal.current.conversions).collect();
        assert_eq!((found.sessions, &*times), (sessions, &expected[..]), "{filters:?}");
    }
}

#[tokio::test]
async fn as_many_goals_as_a_project_may_have_are_counted_at_once() {
    let fixture = Fixture::holding(visits()).await;
    let many: Vec<(GoalKind, &str)> = (0..MAX_GOALS).map(|_| (GoalKind::Page, "/thanks")).collect();
    let found = answer(&fixture, &day(), &wanted(&many)).await;
    assert_eq!(found.goals.len(), MAX_GOALS);
    assert!(found.goals.iter().all(|goal| counts(goal) == (2, 1, 1, 1, 0)));
    assert_eq!(answer(&fixture, &day(), &wanted(&[])).await.sessions, 3);
    let foreign = domain::id::ProjectId(uuid::Uuid::from_u128(9));
    assert_ne!(foreign, PROJECT);
    let found = answer(&fixture, &Scope { project_id: foreign, ..day() }, &wanted(&many)).await;
    assert_eq!(found.goals[0].current, GoalFigures::default());
}
