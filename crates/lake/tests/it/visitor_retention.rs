//! Known answers of how visitors return, and the same by a naive evaluator that goes by dates.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use domain::event::{Category, Event};
use domain::question::visitor_retention::{
    CohortCalendar, RetentionAnswer, RetentionUnit, VisitorAction, VisitorRetention,
};
use domain::question::{FilterDimension, Filters, Period, Scope};
use domain::time::Timestamp;
use domain::zone::Zone;
use engine::ports::lake::{Error, LakeQuestions as _, LakeWriter as _};
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
    VisitorRetention { calendar, first, returning }
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
        found.average.iter().map(|it| (it.offset, it.share, it.visitors)).collect();
    assert_eq!(average, [(0, 1.0, 3), (1, 1.0 / 3.0, 3), (2, 0.5, 2)]);
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

/// The date by which an instant is counted.
fn label(zone: Zone, at: Timestamp, unit: RetentionUnit) -> String {
    let date = zone.civil(at).date();
    match unit {
        RetentionUnit::Day => date.to_string(),
        RetentionUnit::Week => {
            let week = date.iso_week_date();
            format!("{:04}-{:02}", week.year(), week.week())
        }
        RetentionUnit::Month => format!("{:04}-{:02}", date.year(), date.month()),
    }
}

type Labels = BTreeMap<String, BTreeSet<String>>;

/// The labels of each visitor's visits, and of its bookings, each booking once.
fn actions(events: &[&Event], zone: Zone, unit: RetentionUnit) -> (Labels, Labels) {
    let (mut visits, mut bought) = (Labels::new(), Labels::new());
    let mut in_order = events.to_vec();
    in_order.sort_by_key(|it| (it.occurred_at, it.received_at, it.id.0));
    for event in &in_order {
        if let Some(visitor) = &event.visitor_id {
            visits.entry(visitor.clone()).or_default().insert(label(zone, event.occurred_at, unit));
        }
    }
    let is_booking = |it: &&&Event| it.name == "booking.completed";
    let ids: BTreeSet<_> = in_order.iter().filter(is_booking).map(|it| &it.properties).collect();
    for id in ids {
        let reports = || in_order.iter().filter(is_booking).filter(|it| it.properties == *id);
        // Of the session the last event that names a visitor.
        let of_session = || {
            let session = reports().find_map(|it| it.session_id.as_ref())?;
            let named = in_order.iter().filter(|it| it.session_id.as_ref() == Some(session));
            named.filter_map(|it| it.visitor_id.clone()).next_back()
        };
        let visitor = reports().find_map(|it| it.visitor_id.clone()).or_else(of_session);
        if let (Some(visitor), Some(first)) = (visitor, reports().next()) {
            bought.entry(visitor).or_default().insert(label(zone, first.occurred_at, unit));
        }
    }
    (visits, bought)
}

/// Visitors of each cohort, and how many of them return in each unit, by walking over all dates.
fn naive(
    events: &[Event],
    period: Period,
    calendar: &CohortCalendar,
    unit: RetentionUnit,
    [first, returning]: [VisitorAction; 2],
) -> Vec<(u64, Vec<u64>)> {
    let zone = period.zone();
    let stored: Vec<&Event> =
        events.iter().filter(|it| it.occurred_at < calendar.to() && it.bot.is_none()).collect();
    let (visits, bought) = actions(&stored, zone, unit);
    let of = |action| if action == VISIT { &visits } else { &bought };
    let mut labels = BTreeSet::new();
    let mut instant = period.from();
    while instant < period.to() {
        labels.insert(label(zone, instant, unit));
        instant = instant.plus_seconds(1_800);
    }
    let labels: Vec<String> = labels.into_iter().collect();
    let cohort = |cohort: usize| {
        let members = of(first).iter().filter(|(_, units)| units.first() == labels.get(cohort));
        let members: Vec<&String> = members.map(|(visitor, _)| visitor).collect();
        let back = labels[cohort..].iter().map(|unit| {
            let is_back =
                |it: &&&String| of(returning).get(**it).is_some_and(|it| it.contains(unit));
            members.iter().filter(is_back).count() as u64
        });
        (members.len() as u64, back.collect())
    };
    (0..labels.len()).map(cohort).collect()
}

/// Numbers that follow from a seed.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u64) -> i64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        i64::try_from((self.0 >> 33) % limit).expect("small")
    }
}

/// Events of fifty visitors over four months around the days on which clocks are changed.
fn histories(random: &mut Random) -> Vec<Event> {
    let mut events = Vec::new();
    for number in 0..500_u128 {
        let second = (random.below(120) - 90) * DAY + random.below(86_400);
        let (visitor, session) = (format!("v{}", random.below(50)), format!("s{}", number / 3));
        let mut event = if random.below(4) == 0 {
            let session = (random.below(3) > 0).then_some(&*session);
            let visitor = (random.below(3) == 0).then_some(&*visitor);
            booked(
                1_000 + number * 1_000 + u128::from(random.below(60).unsigned_abs()),
                second,
                session,
                visitor,
            )
        } else {
            view(number, second, &visitor, &session, "/")
        };
        event.bot = (random.below(20) == 0).then(|| "rule".to_owned());
        events.push(event);
    }
    events
}

#[tokio::test]
async fn random_histories_are_counted_as_by_a_naive_evaluator() {
    let zones = ["America/New_York", "Africa/Dar_es_Salaam", "Africa/Cairo"];
    let mut returned = 0;
    for (seed, zone) in (1..).zip(zones) {
        let mut random = Random(seed);
        let events = histories(&mut random);
        let fixture = Fixture::new().await;
        for part in events.chunks(200) {
            fixture.write(part.to_vec()).await;
        }
        fixture.lake.maintain(at(40 * DAY)).await.expect("maintained");
        let from = (random.below(40) - 60) * DAY + random.below(86_400);
        let to = from + (10 + random.below(50)) * DAY + random.below(86_400);
        let mut scope = scope(from, to, Filters::default());
        scope.period = scope.period.in_zone(Zone::parse(zone).expect("a zone"));
        for unit in [RetentionUnit::Day, RetentionUnit::Week, RetentionUnit::Month] {
            for actions in
                [[VISIT, VISIT], [VISIT, CONVERSION], [CONVERSION, VISIT], [CONVERSION; 2]]
            {
                let question = question(&scope, unit, actions[0], actions[1]);
                let found = fixture.lake.visitor_retention(&scope, &question, at(100 * DAY)).await;
                let found = found.expect("an answer");
                let expected = naive(&events, scope.period, &question.calendar, unit, actions);
                let cohorts: Vec<(u64, Vec<u64>)> =
                    found.cohorts.iter().map(|it| (it.visitors, it.returned.clone())).collect();
                assert_eq!(cohorts, expected, "{zone}, {unit:?}, {actions:?}");
                returned += cohorts.iter().flat_map(|it| it.1.iter().skip(1)).sum::<u64>();
            }
        }
    }
    assert!(returned > 100, "{returned}");
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
