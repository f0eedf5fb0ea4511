//! Known answers of journeys, and the first of their links by SQL of another kind.

use std::time::Duration;

use datafusion::arrow::array::AsArray;
use datafusion::arrow::datatypes::Int64Type;
use domain::event::{Category, Event};
use domain::friction::Kind;
use domain::question::journey::{Journey, JourneyAnswer, JourneyBy, JourneyDirection};
use domain::question::{FilterDimension, Filters, Scope};
use engine::ports::lake::{Error, LakeQuestions as _};
use lake::{Lake, Options};

use crate::support::{Fixture, PROJECT, day, event, filters, friction, view};

fn journey(direction: JourneyDirection, start: Option<&str>) -> Journey {
    Journey::new(direction, JourneyBy::Page, start, 3, 5).expect("journeys")
}

fn forward(start: Option<&str>) -> Journey {
    journey(JourneyDirection::Forward, start)
}

async fn ask(fixture: &Fixture, scope: &Scope, journey: &Journey) -> JourneyAnswer {
    fixture.lake.journeys(scope, journey).await.expect("an answer")
}

/// Each node as its step, page, sessions, the ended, the stuck and the converted.
type Node<'a> = (usize, Option<&'a str>, u64, Option<u64>, u64, u64);

fn nodes(answer: &JourneyAnswer) -> Vec<Node<'_>> {
    let steps = answer.steps.iter().enumerate();
    let nodes = steps.flat_map(|(step, it)| it.nodes.iter().map(move |node| (step, node)));
    let shown = nodes.map(|(step, it)| {
        let page = it.page.as_deref();
        (step, page, it.sessions, it.ended, it.friction_sessions, it.converting_sessions)
    });
    shown.collect()
}

/// s1: / (twice), /rooms, /pay with friction and a booking; s2: /rooms, /; s3: friction alone; s4: an answered rage click,
/// and three views of one instant by the page's count; a bot; views before and after the day.
fn visits() -> Vec<Event> {
    let seq = |seq: u32, event: Event| Event { seq: Some(seq), ..event };
    let mut robot = view(31, 500, "v9", "robot", "/");
    robot.bot = Some("ua:googlebot".into());
    let mut answered = friction(24, 310, Kind::RageClick, "#menu", "s4");
    answered.friction = Some(domain::event::Friction {
        severity: Some("low".into()),
        ..domain::event::Friction::default()
    });
    let booked = event(5, 400, Category::Customer, "booking.completed");
    let mut campaign = view(11, 100, "v2", "s2", "/rooms");
    campaign.page.utm.source = Some("newsletter".into());
    vec![
        view(1, 100, "v1", "s1", "/"),
        view(2, 110, "v1", "s1", "/"),
        view(3, 120, "v1", "s1", "/rooms"),
        view(4, 130, "v1", "s1", "/pay"),
        friction(6, 140, Kind::DeadClick, "#pay", "s1"),
        Event { session_id: Some("s1".into()), ..booked },
        campaign,
        view(12, 105, "v2", "s2", "/"),
        friction(13, 140, Kind::DeadClick, "#pay", "s3"),
        seq(3, view(21, 300, "v4", "s4", "/pay")),
        seq(1, view(23, 300, "v4", "s4", "/")),
        seq(2, view(22, 300, "v4", "s4", "/rooms")),
        answered,
        robot,
        Event { session_id: None, ..view(32, 600, "v8", "none", "/") },
        view(33, -1, "v5", "s5", "/"),
        view(34, 86_400, "v5", "s5", "/pay"),
        view(35, 50, "v5", "s5", "/about"),
    ]
}

#[tokio::test]
async fn pages_follow_each_other_in_the_order_of_the_visit() {
    let fixture = Fixture::holding(visits()).await;
    let found = ask(&fixture, &day(), &forward(Some("/"))).await;
    assert_eq!(found.sessions, 3);
    assert_eq!(
        nodes(&found),
        [
            (0, Some("/"), 3, Some(1), 1, 1),
            (1, Some("/rooms"), 2, Some(0), 1, 1),
            (2, Some("/pay"), 2, None, 1, 1),
        ]
    );
    let found = ask(&fixture, &day(), &forward(None)).await;
    assert_eq!(found.sessions, 4);
    assert_eq!(
        nodes(&found)[..3],
        [
            (0, Some("/"), 2, Some(0), 1, 1),
            (0, Some("/about"), 1, Some(1), 0, 0),
            (0, Some("/rooms"), 1, Some(0), 0, 0),
        ]
    );
    let back = journey(JourneyDirection::Back, Some("/pay"));
    let found = ask(&fixture, &day(), &back).await;
    assert_eq!(
        nodes(&found),
        [
            (0, Some("/pay"), 2, Some(0), 1, 1),
            (1, Some("/rooms"), 2, Some(0), 1, 1),
            (2, Some("/"), 2, None, 1, 1),
        ]
    );
}

#[tokio::test]
async fn filters_choose_whole_visits() {
    let fixture = Fixture::holding(visits()).await;
    let of = |filters| Scope { filters, ..day() };
    for (filters, sessions) in [
        (filters("utm_source=newsletter"), 1),
        (filters("entry_path=/"), 2),
        (filters("exit_path=/about"), 1),
        (Filters::of(FilterDimension::City, "'; DROP TABLE events; --"), 0),
        (filters("path=/pay"), 2),
        (Filters { include_bots: true, ..Filters::default() }, 5),
        (filters("friction_kind=dead_click"), 1),
    ] {
        let found = ask(&fixture, &of(filters.clone()), &forward(None)).await;
        assert_eq!(found.sessions, sessions, "{filters:?}");
    }
    let answered = Filters { include_answered: true, ..Filters::default() };
    let found = ask(&fixture, &of(answered), &forward(Some("/"))).await;
    assert_eq!(nodes(&found)[0], (0, Some("/"), 3, Some(1), 2, 1), "of s4, too");
    let injected = forward(Some("'; DROP TABLE events; --"));
    assert_eq!(ask(&fixture, &day(), &injected).await, JourneyAnswer::default());
}

/// Numbers that follow from a seed.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}

/// Which page follows the first view of `/`, by window functions: the next view of another path.
#[tokio::test]
async fn the_first_links_are_those_of_window_functions() {
    let mut random = Random(7);
    let mut events = Vec::new();
    for visit in 0..300_u64 {
        let mut second = i64::try_from(random.below(80_000)).expect("small");
        for seq in 0..random.below(8) {
            let path = ["/", "/a", "/b", "/c"][usize::try_from(random.below(4)).expect("small")];
            let id = u128::from(visit * 100 + seq);
            let event = view(id, second, "v", &format!("s{visit}"), path);
            events.push(Event { seq: u32::try_from(seq).ok(), ..event });
            second += i64::try_from(random.below(3) * random.below(100)).expect("small");
        }
    }
    let fixture = Fixture::holding(events).await;
    let found = ask(&fixture, &day(), &forward(Some("/"))).await;
    let views = fixture.lake.views(PROJECT).await.expect("views");
    for (index, link) in found.links.iter().filter(|link| link.step == 0).enumerate() {
        let page = found.steps[1].nodes[link.to].page.as_deref().expect("named");
        assert_eq!(index, link.to);
        let sql = format!(
            "WITH changed AS (
               SELECT session_id, path, occurred_at, seq, lag(path) OVER visit AS path_before FROM events
               WINDOW visit AS (PARTITION BY session_id ORDER BY occurred_at, seq)),
             followed AS (
               SELECT session_id, path, lead(path) OVER visit AS next,
                      count(*) FILTER (WHERE path = '/') OVER visit AS times
               FROM changed WHERE path_before IS DISTINCT FROM path
               WINDOW visit AS (PARTITION BY session_id ORDER BY occurred_at, seq))
             SELECT count(*) FROM followed WHERE path = '/' AND times = 1 AND next = '{page}'"
        );
        let rows = views.sql(&sql).await.expect("a statement").collect().await.expect("rows");
        let count = rows[0].column(0).as_primitive::<Int64Type>().value(0);
        assert_eq!(link.sessions, u64::try_from(count).expect("a count"), "{page}");
        assert!(count > 20, "{page}: {count}");
    }
    assert_eq!(found.steps[1].nodes.len(), 3);
}

#[tokio::test]
async fn an_answer_that_takes_too_long_is_refused() {
    let fixture = Fixture::holding(vec![view(1, 1, "v", "s", "/")]).await;
    let options = Options { question_timeout: Duration::ZERO, ..fixture.options.clone() };
    let hurried = Lake::open(options, fixture.clock.clone(), fixture.ids.clone()).await;
    let refused = hurried.expect("open").journeys(&day(), &forward(None)).await;
    assert!(matches!(refused, Err(Error::Limit { limit: "time" })), "{refused:?}");
}
