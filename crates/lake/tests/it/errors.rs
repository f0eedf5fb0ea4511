//! Known answers: groups of errors.

use domain::error_triage::{ErrorDecision, ErrorStatus, LastMetRange, Resolution};
use domain::event::Event;
use domain::friction::Kind;
use domain::id::ProjectId;
use domain::question::errors::{
    ErrorDimension, ErrorFigures, ErrorGroupRow, ErrorListing, ErrorSeen, ErrorSort, ValueCount,
};
use domain::question::{FilterDimension, Filters, PageRange, Scope};
use engine::ports::lake::ErrorQuestions;
use uuid::Uuid;

use crate::support::{Fixture, PROJECT, all, at, day, friction, scope};

const A: &str = "v1:a";
const B: &str = "v1:b";
const C: &str = "v1:c";
const WEEK: i64 = 7 * 86_400;

/// An error of a group on this second; its visitor is the session's.
fn error(number: u128, second: i64, group: &str, session: &str) -> Event {
    let mut error = friction(number, second, Kind::JavascriptError, "#ignored", session);
    let details = error.friction.as_mut().expect("friction");
    details.error_group = Some(group.into());
    details.error_message = Some(format!("Error: {group} of event {number}"));
    error
}

fn with(mut error: Event, change: impl FnOnce(&mut Event)) -> Event {
    change(&mut error);
    error
}

fn stack(error: Event, stack: &str) -> Event {
    with(error, |it| it.friction.as_mut().expect("friction").stack = Some(stack.into()))
}

/// A on the day: 3 in two sessions of two visitors, one a known customer; the week before 1; long ago 1. B: 2, by
/// one session. C: long ago only. Some noise: friction that is no error, an error without a group, a bot, another
/// project.
fn story() -> Vec<Event> {
    let chrome = |it: &mut Event| {
        it.device.browser = Some("Chrome".into());
        it.device.os = Some("Android".into());
        it.device.kind = Some("mobile".into());
        it.place.country = Some("TZ".into());
    };
    let stacked =
        "Error: x\n at Array.map (<anonymous>)\n at pay (https://a.test/app.3f9ac0de.js:1:2)";
    vec![
        with(error(1, 10, A, "s1"), chrome),
        stack(with(error(2, 20, A, "s1"), chrome), stacked),
        with(error(3, 3_700, A, "s2"), |it| {
            it.name = Kind::UnhandledRejection.as_str().into();
            it.user_id = Some("asha".into());
            it.page.path = Some("/pay".into());
            it.device.browser = Some("Safari".into());
        }),
        error(4, 30 - WEEK, A, "s3"),
        error(5, 30 - 10 * WEEK, A, "s4"),
        error(6, 40, B, "s1"),
        stack(error(7, 50, B, "s1"), "no frames in here"),
        error(8, 60 - 10 * WEEK, C, "s1"),
        friction(20, 70, Kind::RageClick, "#pay", "s1"),
        with(error(21, 70, A, "s1"), |it| it.friction.as_mut().expect("it").error_group = None),
        with(error(22, 80_000, A, "s9"), |it| it.bot = Some("crawler".into())),
        with(error(23, 70, B, "s9"), |it| it.bot = Some("crawler".into())),
        with(error(24, 70, A, "s8"), |it| it.project_id = ProjectId(Uuid::from_u128(8))),
        with(error(25, 70, "v1:foreign", "s8"), |it| it.project_id = ProjectId(Uuid::from_u128(8))),
    ]
}

fn everything(sort: ErrorSort) -> ErrorListing {
    ErrorListing { search: None, sort, known: Vec::new(), others: true }
}

async fn listed(fixture: &Fixture, scope: &Scope, listing: &ErrorListing) -> Vec<ErrorGroupRow> {
    let page = fixture.lake.error_groups(scope, listing, all()).await.expect("answer");
    assert_eq!(page.total, page.groups.len() as u64);
    page.groups
}

async fn names(fixture: &Fixture, listing: &ErrorListing) -> Vec<String> {
    listed(fixture, &day(), listing).await.into_iter().map(|row| row.group).collect()
}

fn value(value: &str, count: u64) -> ValueCount {
    ValueCount { value: Some(value.into()), count }
}

#[tokio::test]
async fn groups_are_counted_in_the_period_and_dated_in_all_stored_events() {
    let fixture = Fixture::holding(story()).await;
    let rows = listed(&fixture, &day(), &everything(ErrorSort::Count)).await;
    let [a, b] = &rows[..] else { panic!("{rows:?}") };
    assert_eq!(a.group, A);
    assert_eq!(a.kind, Kind::UnhandledRejection);
    assert_eq!(a.message.as_deref(), Some("Error: v1:a of event 3"));
    let figures =
        ErrorFigures { count: 3, previous_count: 1, sessions: 2, visitors: 2, customers: 1 };
    assert_eq!(a.figures, figures);
    let last = at(3_700);
    let seen = ErrorSeen { first: at(30 - 10 * WEEK), last, last_met: Some(last) };
    assert_eq!(a.seen, seen);
    assert_eq!(a.trend.len(), 24);
    assert_eq!((a.trend[0], a.trend[1], a.trend[2..].iter().sum::<u64>()), (2, 1, 0));
    assert_eq!(a.browsers, [value("Chrome", 2), value("Safari", 1)]);
    assert_eq!(a.pages, [value("/", 2), value("/pay", 1)]);
    let frame = a.top_frame.as_ref().expect("a frame");
    assert_eq!((&*frame.function, &*frame.file, frame.line), ("pay", "app.js", Some(1)));
    let figures =
        ErrorFigures { count: 2, previous_count: 0, sessions: 1, visitors: 1, customers: 0 };
    assert_eq!((&*b.group, b.figures, b.top_frame.as_ref()), (B, figures, None));
    assert_eq!(b.browsers, [ValueCount { value: None, count: 2 }]);
}

#[tokio::test]
async fn bots_count_where_they_are_asked_for_but_never_meet_an_error() {
    let fixture = Fixture::holding(story()).await;
    let filters = Filters { include_bots: true, ..Filters::default() };
    let scope = Scope { filters, ..day() };
    let rows = listed(&fixture, &scope, &everything(ErrorSort::LastSeen)).await;
    let found =
        rows.iter().map(|row| (&*row.group, row.figures.count, row.seen.last, row.seen.last_met));
    let found: Vec<_> = found.collect();
    let expected = [(A, 4, at(80_000), Some(at(3_700))), (B, 3, at(70), Some(at(50)))];
    assert_eq!(found, expected);
}

#[tokio::test]
async fn filters_and_searches_narrow_the_list_and_cursors_go_through_it() {
    let fixture = Fixture::holding(story()).await;
    let of = async |filters| {
        let scope = Scope { filters, ..day() };
        let rows = listed(&fixture, &scope, &everything(ErrorSort::Count)).await;
        rows.into_iter().map(|row| (row.group, row.figures.count)).collect::<Vec<_>>()
    };
    let on_chrome = Filters::of(FilterDimension::Browser, "Chrome");
    assert_eq!(of(on_chrome).await, [(A.to_owned(), 2)]);
    let on_page = Filters::of(FilterDimension::Path, "/pay");
    assert_eq!(of(on_page).await, [(A.to_owned(), 1)]);
    let of_group = Filters::of(FilterDimension::ErrorGroup, B);
    assert_eq!(of(of_group).await, [(B.to_owned(), 2)]);
    let of_element = Filters::of(FilterDimension::Selector, "#ignored");
    assert_eq!(of(of_element).await, []);
    let search =
        |text: &str| ErrorListing { search: Some(text.to_owned()), ..everything(ErrorSort::Count) };
    assert_eq!(names(&fixture, &search("ERROR: V1:B")).await, [B]);
    // The message that is shown, and nothing that stands for anything in it.
    assert_eq!(names(&fixture, &search("event 1")).await, [""; 0]);
    assert_eq!(names(&fixture, &search("%")).await, [""; 0]);
    for (offset, group) in [(0, A), (1, B)] {
        let slice = PageRange::new(offset, 1);
        let page = fixture.lake.error_groups(&day(), &everything(ErrorSort::Count), slice).await;
        let page = page.expect("answer");
        assert_eq!((&*page.groups[0].group, page.groups.len(), page.total), (group, 1, 2));
    }
    let past = PageRange::new(9, 1);
    let past = fixture.lake.error_groups(&day(), &everything(ErrorSort::Count), past).await;
    let past = past.expect("answer");
    assert_eq!((past.groups.len(), past.total), (0, 2));
}

#[tokio::test]
async fn each_order_has_its_first() {
    let mut events = story();
    // B is met by more people and later, A has been there for longer.
    events.extend([error(30, 4_000, B, "s5"), error(31, 4_001, B, "s6")]);
    events.extend((0..5).map(|number| error(40 + number, 100, A, "s1")));
    let fixture = Fixture::holding(events).await;
    for (sort, expected) in [
        (ErrorSort::Count, [A, B]),
        (ErrorSort::People, [B, A]),
        (ErrorSort::LastSeen, [B, A]),
        (ErrorSort::FirstSeen, [B, A]),
    ] {
        assert_eq!(names(&fixture, &everything(sort)).await, expected, "{sort:?}");
    }
}

#[tokio::test]
async fn a_status_chooses_by_the_last_visitor_who_met_a_group() {
    use ErrorStatus::{Ignored, Open, Regressed, Resolved};
    let fixture = Fixture::holding(story()).await;
    let resolved = |second| {
        let (at, in_next_release, released_at) = (at(second), false, None);
        ErrorDecision::Resolved(Resolution { at, in_next_release, released_at })
    };
    let chosen = async |decision: ErrorDecision, statuses: &[ErrorStatus]| {
        let known = vec![(A.to_owned(), decision.last_met_for(statuses))];
        let others = statuses.contains(&ErrorStatus::Open);
        names(&fixture, &ErrorListing { known, others, ..everything(ErrorSort::Count) }).await
    };
    // A visitor met it last at 3,700; the bot that met it later regresses nothing.
    assert_eq!(chosen(resolved(3_699), &[Regressed]).await, [A]);
    assert_eq!(chosen(resolved(3_700), &[Regressed]).await, [""; 0]);
    assert_eq!(chosen(resolved(3_700), &[Resolved]).await, [A]);
    assert_eq!(chosen(resolved(3_699), &[Resolved]).await, [""; 0]);
    assert_eq!(chosen(resolved(3_699), &[Open, Regressed]).await, [A, B]);
    assert_eq!(chosen(resolved(3_700), &[Open, Regressed]).await, [B]);
    assert_eq!(chosen(ErrorDecision::Ignored, &[Ignored]).await, [A]);
    assert_eq!(chosen(ErrorDecision::Ignored, &[Open]).await, [B]);
    let never = vec![(A.to_owned(), LastMetRange::NEVER), (B.to_owned(), LastMetRange::ALWAYS)];
    let listing = ErrorListing { known: never, others: false, ..everything(ErrorSort::Count) };
    assert_eq!(names(&fixture, &listing).await, [B]);
}

#[tokio::test]
async fn filters_on_sessions_choose_the_errors_of_those_sessions() {
    let fixture = Fixture::holding(story()).await;
    let filters = Filters::of(FilterDimension::Session, "rage_click");
    let stuck = Scope { filters, ..day() };
    let rows = listed(&fixture, &stuck, &everything(ErrorSort::Count)).await;
    let found: Vec<_> = rows.iter().map(|row| (&*row.group, row.figures.count)).collect();
    assert_eq!(found, [(A, 2), (B, 2)]);
    let found = fixture.lake.error_group(&stuck, A, &[]).await.expect("answer").expect("a group");
    assert_eq!((found.figures.count, found.figures.sessions), (2, 1));
    assert_eq!(found.seen.last, at(3_700), "of all stored events");
    let sessions = fixture.lake.error_sessions(&stuck, A, all()).await.expect("answer");
    assert_eq!((sessions.total, sessions.rows[0].count), (1, 2));
    let people = fixture.lake.error_people(&stuck, A, all()).await.expect("answer");
    assert_eq!(people.total, 1);
}

#[tokio::test]
async fn one_group_says_when_where_and_since_which_release() {
    let fixture = Fixture::holding(story()).await;
    let releases = [at(-20 * WEEK), at(15), at(20), at(90_000)];
    let found = fixture.lake.error_group(&day(), A, &releases).await.expect("answer");
    let found = found.expect("a group");
    assert_eq!(found.kind, Kind::UnhandledRejection);
    assert_eq!(found.message.as_deref(), Some("Error: v1:a of event 3"));
    assert!(found.stack.expect("a stack").starts_with("Error: x\n"), "as sent");
    let last = at(3_700);
    let seen = ErrorSeen { first: at(30 - 10 * WEEK), last, last_met: Some(last) };
    assert_eq!(found.seen, seen);
    let figures =
        ErrorFigures { count: 3, previous_count: 1, sessions: 2, visitors: 2, customers: 1 };
    assert_eq!(found.figures, figures);
    assert_eq!((found.series[0], found.series[1], found.series.iter().sum::<u64>()), (2, 1, 3));
    let previous = &found.previous_series;
    assert_eq!((previous[0], previous.iter().sum::<u64>()), (1, 1));
    // At 10 after the first, none after the second, at 20 and 3,700 after the third, none after the last.
    assert_eq!(found.by_release, [1, 0, 2, 0]);
    let none = |count| ValueCount { value: None, count };
    let expected = [
        (ErrorDimension::Browser, vec![value("Chrome", 2), value("Safari", 1)]),
        (ErrorDimension::Os, vec![value("Android", 2), none(1)]),
        (ErrorDimension::Device, vec![value("mobile", 2), none(1)]),
        (ErrorDimension::Page, vec![value("/", 2), value("/pay", 1)]),
        (ErrorDimension::Country, vec![value("TZ", 2), none(1)]),
    ];
    assert_eq!(found.by, expected);
}

#[tokio::test]
async fn a_group_of_another_time_is_known_and_one_of_another_project_is_not() {
    let fixture = Fixture::holding(story()).await;
    let (lake, day) = (&fixture.lake, day());
    let found = lake.error_group(&day, C, &[]).await.expect("answer").expect("a group");
    assert_eq!(found.figures, ErrorFigures::default());
    assert_eq!(found.message.as_deref(), Some("Error: v1:c of event 8"));
    assert_eq!(found.seen.first, at(60 - 10 * WEEK));
    assert!(found.by.iter().all(|(_, values)| values.is_empty()), "{:?}", found.by);
    for group in ["v1:foreign", "v1:none"] {
        assert_eq!(lake.error_group(&day, group, &[]).await.expect("answer"), None);
        assert_eq!(lake.error_seen(PROJECT, group).await.expect("answer"), None);
        let sessions = lake.error_sessions(&day, group, all()).await.expect("answer");
        let people = lake.error_people(&day, group, all()).await.expect("answer");
        assert_eq!((sessions.total, people.total), (0, 0));
    }
    let seen = lake.error_seen(PROJECT, A).await.expect("answer").expect("a group");
    assert_eq!((seen.last, seen.last_met), (at(80_000), Some(at(3_700))));
}

#[tokio::test]
async fn sessions_and_people_are_those_of_the_period_latest_first() {
    let fixture = Fixture::holding(story()).await;
    let lake = &fixture.lake;
    let sessions = lake.error_sessions(&day(), A, all()).await.expect("answer");
    let found: Vec<_> = sessions
        .rows
        .iter()
        .map(|it| (&*it.session_id, it.occurred_at, it.count, it.path.as_deref()))
        .collect();
    let expected = [("s2", at(3_700), 1, Some("/pay")), ("s1", at(10), 2, Some("/"))];
    assert_eq!((&found[..], sessions.total), (&expected[..], 2));
    assert_eq!(sessions.rows[1].event_id, Uuid::from_u128(1).to_string());
    let sender = &sessions.rows[1].sender;
    let named = (sender.visitor_id.as_deref(), sender.browser.as_deref(), sender.os.as_deref());
    assert_eq!(named, (Some("v1"), Some("Chrome"), Some("Android")));
    let people = lake.error_people(&day(), A, all()).await.expect("answer");
    let found: Vec<_> = people
        .rows
        .iter()
        .map(|it| {
            (it.sender.user_id.as_deref(), it.count, it.sessions, it.first_seen, it.last_seen)
        })
        .collect();
    let expected = [(Some("asha"), 1, 1, at(3_700), at(3_700)), (None, 2, 1, at(10), at(20))];
    assert_eq!((&found[..], people.total), (&expected[..], 2));
    let second = lake.error_people(&day(), A, PageRange::new(1, 1)).await.expect("answer");
    assert_eq!((second.rows, second.total), (people.rows[1..].to_vec(), 2));
    let past = lake.error_people(&day(), A, PageRange::new(5, 1)).await.expect("answer");
    assert_eq!((past.rows.len(), past.total), (0, 2));
    let hour = lake.error_people(&scope(3_600, 7_200), A, all()).await.expect("answer");
    assert_eq!(hour.total, 1);
}
