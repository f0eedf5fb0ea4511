//! Known answers of how visitors return, and the same by a naive evaluator that goes by dates.

mod groups;
mod reference;

use std::time::Duration;

use domain::event::{Category, Event};
use domain::question::visitor_retention::{
    CohortCalendar, RetentionAnswer, RetentionUnit, VisitorAction, VisitorRetention,
};
use domain::question::{FilterDimension, Filters, Period, Scope};
use engine::ports::lake::{Error, LakeQuestions as _};
use lake::{Lake, Options};

use crate::support::{Fixture, PROJECT, at, event, view};

const DAY: i64 = 86_400;
const VISIT: VisitorAction = VisitorAction::Visit;
const CONVERSION: VisitorAction = VisitorAction::Conversion;

fn scope(from: i64, to: i64, filters: Filters) -> Scope {
    let period = Period::new(at(from), at(to)).expect("a period");
    Scope { project_id: PROJECT, period, filters }
}

fn question(
    scope: &Scope,
    unit: RetentionUnit,
    first: VisitorAction,
    returning: VisitorAction,
) -> VisitorRetention {
    let calendar = CohortCalendar::of(scope.period, unit).expect("few units");
    VisitorRetention { calendar, first, returning, grouping: None }
}

async fn by_day(
    fixture: &Fixture,
    scope: &Scope,
    first: VisitorAction,
    returning: VisitorAction,
) -> RetentionAnswer {
    let question = question(scope, RetentionUnit::Day, first, returning);
    let now = at(100 * DAY);
    fixture.lake.visitor_retention(scope, &question, now).await.expect("an answer")
}

fn cohorts(answer: &RetentionAnswer) -> Vec<(u64, &[u64])> {
    answer.cohorts.iter().map(|cohort| (cohort.visitors, &*cohort.returned)).collect()
}

fn booked(number: u128, seconds: i64, session: Option<&str>, visitor: Option<&str>) -> Event {
    Event {
        session_id: session.map(str::to_owned),
        visitor_id: visitor.map(str::to_owned),
        properties: Some(format!(r#"{{"event_data": {{"booking_id": "B-{}"}}}}"#, number % 100)),
        ..event(number, seconds, Category::Customer, "booking.completed")
    }
}

/// v1: days 0, 0, 2; books on day 2 in a session that names it; v2: day 0 alone; v3: long before, and day 1, when it books
/// again (its first booking is from before, and reported again on day 2); v4: days 1 and 2, from Kenya on day 2; a bot;
/// and a booking of nobody on day 1.
fn visits() -> Vec<Event> {
    let mut kenyan = view(9, 2 * DAY + 5, "v4", "s7", "/");
    kenyan.place.country = Some("KE".into());
    let mut robot = view(10, 5, "robot", "s8", "/");
    robot.bot = Some("ua:googlebot".into());
    vec![
        view(1, 0, "v1", "s1", "/"),
        view(2, DAY - 1, "v1", "s1", "/"),
        view(3, 2 * DAY, "v1", "s2", "/"),
        booked(101, 2 * DAY + 60, Some("s2"), None),
        view(4, 10, "v2", "s3", "/"),
        view(5, -40 * DAY, "v3", "s4", "/"),
        booked(102, -40 * DAY + 9, None, Some("v3")),
        view(6, DAY, "v3", "s5", "/"),
        booked(103, DAY + 1, None, Some("v3")),
        booked(202, 2 * DAY + 1, None, Some("v3")),
        view(7, DAY + 7, "v4", "s6", "/"),
        kenyan,
        robot,
        booked(104, DAY + 9, None, None),
        view(11, 3 * DAY, "v2", "s9", "/"),
    ]
}

#[tokio::test]
async fn visitors_return_by_days() {
    let fixture = Fixture::holding(visits()).await;
    let days = scope(100, 2 * DAY + 1, Filters::default());
    let found = by_day(&fixture, &days, VISIT, VISIT).await;
    assert_eq!(cohorts(&found), [(2, &[2, 0, 1][..]), (1, &[1, 1]), (0, &[0])]);
    assert_eq!((found.is_last_partial, found.unattributed_conversions), (false, 0));
    let average: Vec<_> =
        found.average.iter().map(|it| (it.offset, it.share, it.returned, it.visitors)).collect();
    assert_eq!(average, [(0, 1.0, 3, 3), (1, 1.0 / 3.0, 1, 3), (2, 0.5, 1, 2)]);
    let found = by_day(&fixture, &days, VISIT, CONVERSION).await;
    assert_eq!(cohorts(&found), [(2, &[0, 0, 1][..]), (1, &[0, 0]), (0, &[0])]);
    assert_eq!(found.unattributed_conversions, 1);
    // v3 booked before; v1 for the first time on day 2.
    let found = by_day(&fixture, &days, CONVERSION, VISIT).await;
    assert_eq!(cohorts(&found), [(0, &[0, 0, 0][..]), (0, &[0, 0]), (1, &[1])]);
}

#[tokio::test]
async fn filters_choose_visitors_and_bots_are_left_out() {
    let fixture = Fixture::holding(visits()).await;
    let days = |filters| scope(0, 3 * DAY, filters);
    let country = |country: &str| Filters::of(FilterDimension::Country, country);
    let found = by_day(&fixture, &days(country("KE")), VISIT, VISIT).await;
    assert_eq!(cohorts(&found), [(0, &[0, 0, 0][..]), (1, &[1, 1]), (0, &[0])]);
    let injected = country("'; DROP TABLE events; --");
    let found = by_day(&fixture, &days(injected), VISIT, VISIT).await;
    assert_eq!(cohorts(&found)[0], (0, &[0, 0, 0][..]));
    let bots = Filters { include_bots: true, ..Filters::default() };
    let found = by_day(&fixture, &days(bots), VISIT, VISIT).await;
    assert_eq!(cohorts(&found)[0], (3, &[3, 0, 1][..]));
    let foreign = Scope {
        project_id: domain::id::ProjectId(uuid::Uuid::from_u128(9)),
        ..days(Filters::default())
    };
    let found = by_day(&fixture, &foreign, VISIT, VISIT).await;
    assert!(found.cohorts.iter().all(|cohort| cohort.visitors == 0));
}

#[tokio::test]
async fn an_answer_that_takes_too_long_is_refused() {
    let fixture = Fixture::holding(vec![view(1, 1, "v", "s", "/")]).await;
    let options = Options { question_timeout: Duration::ZERO, ..fixture.options.clone() };
    let hurried = Lake::open(options, fixture.clock.clone(), fixture.ids.clone()).await;
    let scope = scope(0, DAY, Filters::default());
    let question = question(&scope, RetentionUnit::Day, VISIT, VISIT);
    let refused = hurried.expect("open").visitor_retention(&scope, &question, at(0)).await;
    assert!(matches!(refused, Err(Error::Limit { limit: "time" })), "{refused:?}");
}
