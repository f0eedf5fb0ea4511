//! Known answers of visitors by a value of their first session, and the same as acquisition has it.

use std::collections::BTreeMap;

use domain::event::{Category, Event};
use domain::question::acquisition::AcquisitionBy;
use domain::question::visitor_retention::{
    GroupValue, RetentionAnswer, RetentionUnit, VisitorAction, VisitorGrouping,
};
use domain::question::{FilterDimension, Filters, PageRange, Scope};
use engine::ports::lake::LakeQuestions as _;

use super::{CONVERSION, DAY, VISIT, booked, cohorts, question, scope};
use crate::support::{Fixture, at, event, view};

async fn grouped(
    fixture: &Fixture,
    scope: &Scope,
    [first, returning]: [VisitorAction; 2],
    by: AcquisitionBy,
    only: Option<&str>,
) -> RetentionAnswer {
    let mut question = question(scope, RetentionUnit::Day, first, returning);
    question.grouping = Some(VisitorGrouping { by, only: only.map(str::to_owned) });
    let answer = fixture.lake.visitor_retention(scope, &question, at(100 * DAY)).await;
    let answer = answer.expect("an answer");
    let all: u64 = answer.cohorts.iter().map(|cohort| cohort.visitors).sum();
    assert_eq!(answer.groups.iter().map(|group| group.visitors).sum::<u64>(), all, "{by:?}");
    answer
}

/// The value of a group, its visitors, and for each offset how many of how many return.
type Figures<'a> = (Option<&'a str>, u64, Vec<(u64, u64)>);

fn figures(answer: &RetentionAnswer) -> Vec<Figures<'_>> {
    let groups = answer.groups.iter().map(|group| {
        let value = match &group.value {
            GroupValue::Value(value) => Some(value.as_str()),
            GroupValue::Without => None,
            GroupValue::Others => Some("(others)"),
        };
        let average = group.average.iter().map(|it| (it.returned, it.visitors)).collect();
        (value, group.visitors, average)
    });
    groups.collect()
}

fn from(country: &str, event: Event) -> Event {
    let mut event = event;
    event.place.country = Some(country.into());
    event
}

fn campaign(name: &str, event: Event) -> Event {
    let mut event = event;
    event.page.utm.campaign = Some(name.into());
    event
}

fn nameless(event: Event) -> Event {
    Event { visitor_id: None, ..event }
}

/// v1: day 0, from Kenya as its second page view says, and day 1 from Tanzania; v2: day 0, first an event of no session, then
/// from Tanzania, and day 2; v3: day 1 at 00:01, in a session that a page view without a visitor began at 23:59 in Uganda;
/// v4: day 0, no session; v5: long before, and day 0; v6: day 1, its country unknown; v7: day 2 from Kenya; a bot from Kenya.
fn visits() -> Vec<Event> {
    let sessionless = |number: u128, seconds: i64, visitor: &str| Event {
        visitor_id: Some(visitor.to_owned()),
        ..from("RW", event(number, seconds, Category::Behavior, "search"))
    };
    let mut robot = from("KE", view(90, 5, "robot", "s9", "/"));
    robot.bot = Some("ua:googlebot".into());
    vec![
        view(1, 10, "v1", "s1", "/"),
        from("KE", view(2, 20, "v1", "s1", "/")),
        from("TZ", view(3, 30, "v1", "s1", "/")),
        from("TZ", view(4, DAY, "v1", "s2", "/")),
        sessionless(5, 5, "v2"),
        from("TZ", view(6, 6, "v2", "s3", "/")),
        from("KE", view(7, 2 * DAY, "v2", "s4", "/")),
        from("UG", nameless(view(8, DAY - 60, "", "s5", "/"))),
        from("KE", view(9, DAY + 60, "v3", "s5", "/")),
        sessionless(10, 7, "v4"),
        from("KE", view(11, -40 * DAY, "v5", "s6", "/")),
        from("KE", view(12, 8, "v5", "s7", "/")),
        view(13, DAY + 9, "v6", "s8", "/"),
        from("KE", view(14, 2 * DAY + 9, "v7", "s10", "/")),
        robot,
    ]
}

/// Kenya: v1 of day 0, who is back on day 1 and not on day 2; v7 of day 2. Tanzania: v2, back on day 2. Uganda: v3 of day 1,
/// never back. Without: v4 of day 0 and v6 of day 1.
#[tokio::test]
async fn visitors_belong_to_the_value_of_their_first_session() {
    let fixture = Fixture::holding(visits()).await;
    let days = scope(0, 3 * DAY, Filters::default());
    let found = grouped(&fixture, &days, [VISIT, VISIT], AcquisitionBy::Country, None).await;
    assert_eq!(cohorts(&found), [(3, &[3, 1, 1][..]), (2, &[2, 0]), (1, &[1])]);
    assert_eq!(
        figures(&found),
        [
            (Some("KE"), 2, vec![(2, 2), (1, 1), (0, 1)]),
            (Some("TZ"), 1, vec![(1, 1), (0, 1), (1, 1)]),
            (Some("UG"), 1, vec![(1, 1), (0, 1)]),
            (None, 2, vec![(2, 2), (0, 2), (0, 1)]),
        ]
    );
    assert!((found.groups[3].average[1].high - 0.6576).abs() < 5e-5, "{:?}", found.groups[3]);
}

#[tokio::test]
async fn one_value_alone_narrows_the_whole_answer() {
    let fixture = Fixture::holding(visits()).await;
    let days = scope(0, 3 * DAY, Filters::default());
    let by = AcquisitionBy::Country;
    let kenya = grouped(&fixture, &days, [VISIT, VISIT], by, Some("KE")).await;
    assert_eq!(cohorts(&kenya), [(1, &[1, 1, 0][..]), (0, &[0, 0]), (1, &[1])]);
    assert_eq!(figures(&kenya), [(Some("KE"), 2, vec![(2, 2), (1, 1), (0, 1)])]);
    assert_eq!(kenya.average, kenya.groups[0].average);
    let without = grouped(&fixture, &days, [VISIT, VISIT], by, Some("")).await;
    assert_eq!(cohorts(&without), [(1, &[1, 0, 0][..]), (1, &[1, 0]), (0, &[0])]);
    let nobody = grouped(&fixture, &days, [VISIT, VISIT], by, Some("'; DROP TABLE events")).await;
    assert_eq!((nobody.groups.len(), nobody.average.len()), (0, 0));
}

/// The filter chooses v1 and v2, of whom each has an event of Tanzania.
#[tokio::test]
async fn filters_choose_visitors_and_groups_part_them() {
    let fixture = Fixture::holding(visits()).await;
    let filters = Filters::of(FilterDimension::Country, "TZ");
    let days = scope(0, 3 * DAY, filters);
    let found = grouped(&fixture, &days, [VISIT, VISIT], AcquisitionBy::Country, None).await;
    let groups: Vec<_> = figures(&found).into_iter().map(|it| (it.0, it.1)).collect();
    assert_eq!(groups, [(Some("KE"), 1), (Some("TZ"), 1)]);
    let bots = Filters { include_bots: true, ..Filters::default() };
    let days = scope(0, 3 * DAY, bots);
    let found = grouped(&fixture, &days, [VISIT, VISIT], AcquisitionBy::Country, None).await;
    assert_eq!(figures(&found)[0], (Some("KE"), 3, vec![(3, 3), (1, 2), (0, 2)]));
    let nobody = scope(-10 * DAY, -5 * DAY, Filters::default());
    let found = grouped(&fixture, &nobody, [VISIT, VISIT], AcquisitionBy::Country, None).await;
    assert!(found.groups.is_empty());
}

/// v1 comes by "spring" on day 0 and books on day 1 in a session of "summer", which alone names it, and again on day 2 by
/// "autumn"; v2 books on day 1 without a session, and v3 on day 2 by "summer" in a session that began on day 1.
#[tokio::test]
async fn who_books_belongs_to_the_session_of_the_first_booking() {
    let fixture = Fixture::holding(vec![
        campaign("spring", view(1, 10, "v1", "s1", "/")),
        campaign("summer", view(2, DAY, "v1", "s2", "/")),
        booked(101, DAY + 60, Some("s2"), None),
        campaign("autumn", view(3, 2 * DAY, "v1", "s3", "/")),
        booked(102, 2 * DAY + 60, Some("s3"), None),
        booked(103, DAY + 5, None, Some("v2")),
        campaign("summer", view(4, 2 * DAY - 60, "v3", "s4", "/")),
        campaign("autumn", view(5, 2 * DAY + 10, "v3", "s4", "/")),
        booked(104, 2 * DAY + 60, Some("s4"), Some("v3")),
    ])
    .await;
    let days = scope(0, 3 * DAY, Filters::default());
    let by = AcquisitionBy::UtmCampaign;
    let found = grouped(&fixture, &days, [CONVERSION, CONVERSION], by, None).await;
    assert_eq!(cohorts(&found), [(0, &[0, 0, 0][..]), (2, &[2, 1]), (1, &[1])]);
    assert_eq!(
        figures(&found),
        [(Some("summer"), 2, vec![(2, 2), (1, 1)]), (None, 1, vec![(1, 1), (0, 1)])]
    );
    let came = grouped(&fixture, &days, [VISIT, CONVERSION], by, Some("spring")).await;
    assert_eq!(cohorts(&came), [(1, &[0, 1, 1][..]), (0, &[0, 0]), (0, &[0])]);
}

/// Twelve thousand campaigns of one visitor each, and one of three: ten have a group, whose names come first.
#[tokio::test]
async fn more_values_than_an_answer_shows_are_one_group() {
    let mut events: Vec<Event> = (0..12_000_u128)
        .map(|number| {
            let id = format!("{number:05}");
            campaign(&format!("c{id}"), view(number, 10, &format!("v{id}"), &format!("s{id}"), "/"))
        })
        .collect();
    for (number, visitor) in (20_000..).zip(["x", "y", "z"]) {
        events.push(campaign("real", view(number, 20, visitor, visitor, "/")));
    }
    let fixture = Fixture::holding(events).await;
    let days = scope(0, DAY, Filters::default());
    let by = AcquisitionBy::UtmCampaign;
    let found = grouped(&fixture, &days, [VISIT, VISIT], by, None).await;
    let groups: Vec<_> = figures(&found).into_iter().map(|it| (it.0, it.1)).collect();
    assert_eq!(groups.len(), 11);
    assert_eq!(groups[..2], [(Some("real"), 3), (Some("c00000"), 1)]);
    assert_eq!(groups[9..], [(Some("c00008"), 1), (Some("(others)"), 11_991)]);
}

/// One of ninety sessions, each of a visitor of its own: its first page view and its last.
fn session_of(number: u32) -> [Event; 2] {
    let one_of = |list: &[&str], step: u32| {
        let place = usize::try_from(number % step).expect("small");
        list.get(place).map(|it| (*it).to_owned())
    };
    let referrers =
        ["https://www.google.com/", "https://t.co/x", "https://shop.test/a", "https://blog.test/"];
    let view = |event_number: u32, seconds: u32, path: String| {
        let (visitor, session) = (format!("v{number}"), format!("s{number}"));
        view(event_number.into(), seconds.into(), &visitor, &session, &path)
    };
    let mut first = view(2 * number, number, format!("/{}", number % 4));
    first.page.referrer = one_of(&referrers, 6);
    first.page.utm.source = one_of(&["google"], 5);
    first.page.utm.medium = one_of(&["cpc", "email"], 7);
    first.device.kind = one_of(&["mobile", "desktop"], 3);
    first.element.viewport_width =
        (!number.is_multiple_of(4)).then_some(i32::try_from(number).expect("small") * 20);
    let mut last = view(2 * number + 1, number + 100, format!("/end-{}", number % 3));
    last.page.utm.campaign = one_of(&["late"], 3);
    last.place.city = one_of(&["Moshi"], 2);
    last.device.os = one_of(&["Android"], 4);
    [first, last]
}

/// So groups are acquisition's rows.
#[tokio::test]
async fn values_are_those_of_acquisition() {
    let fixture = Fixture::holding((0..90).flat_map(session_of).collect()).await;
    let days = scope(0, DAY, Filters::default());
    let mut compared = 0;
    for by in AcquisitionBy::ALL {
        let found = grouped(&fixture, &days, [VISIT, VISIT], by, None).await;
        let groups: BTreeMap<_, _> = figures(&found).into_iter().map(|it| (it.0, it.1)).collect();
        let acquired = fixture.lake.acquisition(&days, by, PageRange::new(0, 100)).await;
        let acquired = acquired.expect("an answer");
        let rows: BTreeMap<_, _> =
            acquired.rows.iter().map(|it| (it.value.as_deref(), it.figures.visitors)).collect();
        assert_eq!(groups, rows, "{by:?}");
        compared += rows.len();
    }
    assert!(compared > 25, "{compared}");
}
