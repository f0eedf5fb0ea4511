//! Rollups and events give the same answers, whatever was merged, came late, was erased or went missing.

use std::path::PathBuf;

use domain::erasure::Identifiers;
use domain::event::{Category, Event, Friction};
use domain::friction::Kind;
use domain::question::{FilterDimension, Filters, FrictionKind, Overview, Period, Scope};
use engine::ports::lake::{LakeQuestions, LakeSubjects, LakeWriter};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use crate::support::{Fixture, PROJECT, any_zone, at, event, filters};

const DAY: i64 = 86_400;
/// Days before and after midnight on which events happen.
const DAYS: std::ops::Range<i64> = -12 * DAY..8 * DAY;

fn any_event() -> impl Strategy<Value = Event> {
    let who = (proptest::option::of(0..9_u8), proptest::option::of(0..12_u8));
    let what = (0..4_usize, 0..4_u8, 0..3_u8, 0..9_u8);
    let severity = proptest::option::of(prop_oneof![Just("low"), Just("high")]);
    (any::<u128>(), DAYS, who, what, severity).prop_map(
        |(id, seconds, (visitor, session), (name, path, value, bot), severity)| {
            let (category, name) = [
                (Category::Heatmap, "pageview"),
                (Category::Friction, Kind::RageClick.as_str()),
                (Category::Friction, Kind::JavascriptError.as_str()),
                (Category::Heatmap, "click"),
            ][name];
            let mut event = event(id, seconds, category, name);
            event.visitor_id = visitor.map(|n| format!("visitor-{n}"));
            event.session_id = session.map(|n| format!("session-{n}"));
            event.page.path = (path > 0).then(|| format!("/{path}"));
            let text = (value > 0).then(|| format!("value {value}"));
            event.device.browser.clone_from(&text);
            event.device.os.clone_from(&text);
            event.device.kind.clone_from(&text);
            event.place.country = text;
            event.bot = (bot == 0).then(|| "rule".to_owned());
            let severity = severity.map(str::to_owned);
            event.friction = Some(Friction { severity, ..Friction::default() });
            event
        },
    )
}

fn any_filters() -> impl Strategy<Value = Filters> {
    let kind = Kind::RageClick.as_str();
    (0..18_u8, 1..4_u8, 1..4_u8).prop_map(move |(which, value, other)| match which {
        0 => filters(&format!("path=/{value}")),
        1 => filters(&format!("browser=value {value}")),
        2 => filters(&format!("os=value {value}")),
        3 => filters(&format!("device=value {value}")),
        4 => filters(&format!("country=value {value}")),
        5 => filters(&format!("friction_kind={kind}")),
        6 => filters(&format!("path=/{value};browser=value {value}")),
        7 => Filters { include_answered: true, ..Filters::default() },
        8 => filters(&format!("path=/{value},/{other}")),
        9 => filters(&format!("country=value {value},value {other},elsewhere")),
        10 => filters(&format!("browser!=value {value}")),
        11 => filters(&format!("path~{value}")),
        12 => filters(&format!("friction_kind!={kind}")),
        13 => filters(&format!("friction_kind={kind},javascript_error")),
        14 => filters(&format!("session={kind};path=/{value}")),
        15 => filters("session!=bounced"),
        _ => Filters::default(),
    })
}

/// Periods of hours and of days, some ending on a day or an hour, in zones of whole and half hours.
fn any_period() -> impl Strategy<Value = Period> {
    let unit = prop_oneof![Just(1), Just(3_600), Just(DAY)];
    (DAYS, 1..9 * DAY, unit, any_zone()).prop_map(|(from, length, unit, zone)| {
        let (from, length) = (from / unit * unit, (length / unit * unit).max(unit));
        Period::new(at(from), at(from + length)).expect("a period").in_zone(zone)
    })
}

async fn answers(fixture: &Fixture, scope: &Scope) -> (Overview, Vec<FrictionKind>) {
    let overview = fixture.lake.overview(scope).await.expect("an answer");
    (overview, fixture.lake.friction_kinds(scope).await.expect("an answer"))
}

fn rollups(fixture: &Fixture) -> Vec<PathBuf> {
    let Ok(folder) = std::fs::read_dir(fixture.folder.path().join("events/_rollups")) else {
        return Vec::new();
    };
    folder.map(|file| file.expect("a file").path()).collect()
}

#[test]
fn any_question_is_answered_as_by_the_events_alone() {
    let runtime = tokio::runtime::Runtime::new().expect("runtime");
    let mut runner = TestRunner::new(Config { cases: 40, ..Config::default() });
    let events = || proptest::collection::vec(any_event(), 0..60);
    let cases = (events(), events(), any_period(), any_filters());
    let result = runner.run(&cases, |(early, late, period, filters)| {
        let scope = Scope { project_id: PROJECT, period, filters };
        runtime.block_on(async {
            let plain = Fixture::holding([early.clone(), late.clone()].concat()).await;
            let expected = answers(&plain, &scope).await;
            // Merged, then late events beside, then all merged.
            let rolled = Fixture::holding(early.clone()).await;
            rolled.lake.maintain(at(20 * DAY)).await.expect("maintained");
            rolled.write(late.clone()).await;
            prop_assert_eq!(&answers(&rolled, &scope).await, &expected);
            rolled.lake.maintain(at(20 * DAY)).await.expect("maintained");
            prop_assert_eq!(&answers(&rolled, &scope).await, &expected);
            // A second reading of everything.
            rolled.lake.rebuild_rollups().await.expect("rebuilt");
            prop_assert_eq!(&answers(&rolled, &scope).await, &expected);
            Ok(())
        })
    });
    result.expect("holds");
}

/// Views of 40 sessions over four days, with friction in every fourth.
fn forty_sessions() -> Vec<Event> {
    let session = |n: u8| {
        let seconds = i64::from(n) * 8_000;
        let id = u128::from(n) * 2;
        let view = crate::support::view(id, seconds, &format!("v{n}"), &format!("s{n}"), "/");
        let friction = crate::support::friction(
            id + 1,
            seconds + 1,
            Kind::RageClick,
            "#pay",
            &format!("s{n}"),
        );
        [Some(view), n.is_multiple_of(4).then_some(friction)]
    };
    (0..40).flat_map(session).flatten().collect()
}

fn four_days() -> Scope {
    crate::support::scope(0, 4 * DAY)
}

#[tokio::test]
async fn figures_are_worked_out_by_hand() {
    let fixture = Fixture::holding(forty_sessions()).await;
    fixture.lake.maintain(at(20 * DAY)).await.expect("maintained");
    assert_eq!(rollups(&fixture).len(), 1);
    let (overview, kinds) = answers(&fixture, &four_days()).await;
    let totals = overview.totals;
    assert_eq!((totals.events, totals.page_views, totals.friction), (50, 40, 10));
    assert_eq!((totals.visitors, totals.sessions, totals.friction_sessions), (40, 40, 10));
    assert!(overview.distinct_error.abs() < f64::EPSILON);
    // A session every 8,000 s: 11 begin on each of the days but one of 10, and 8 are left.
    let by_day: Vec<u64> = overview.series.iter().map(|bucket| bucket.totals.sessions).collect();
    assert_eq!(by_day, [11, 11, 11, 7]);
    let rage = kinds.iter().find(|found| found.kind == Kind::RageClick).expect("rage clicks");
    assert_eq!((rage.count, rage.sessions, rage.visitors), (10, 10, 10));
}

#[tokio::test]
async fn counts_beyond_the_exact_ones_say_how_good_they_are() {
    let sessions = 9_000_u32;
    let click = |n: u32| {
        let (id, session) = (u128::from(n), format!("s{n}"));
        crate::support::friction(id, i64::from(n), Kind::RageClick, "#pay", &session)
    };
    let fixture = Fixture::holding((0..sessions).map(click).collect()).await;
    let (overview, kinds) = answers(&fixture, &four_days()).await;
    assert_eq!((overview.totals.sessions, kinds[0].sessions), (9_000, 9_000));
    assert!(overview.distinct_error + kinds[0].distinct_error < f64::EPSILON, "of the events");
    fixture.lake.maintain(at(20 * DAY)).await.expect("maintained");
    let (overview, kinds) = answers(&fixture, &four_days()).await;
    for (found, error) in [
        (overview.totals.sessions, overview.distinct_error),
        (kinds[0].sessions, kinds[0].distinct_error),
    ] {
        assert!((0.02..0.022).contains(&error), "{error}");
        assert_ne!(found, 9_000, "an estimate");
        let off = (f64::from(u32::try_from(found).expect("few")) / f64::from(sessions) - 1.0).abs();
        assert!(off < 2.0 * error, "{found}");
    }
    assert_eq!(kinds[0].count, 9_000);
}

#[tokio::test]
async fn a_damaged_or_missing_rollup_changes_no_answer() {
    let fixture = Fixture::holding(forty_sessions()).await;
    let expected = answers(&fixture, &four_days()).await;
    fixture.lake.maintain(at(20 * DAY)).await.expect("maintained");
    let [path] = rollups(&fixture).try_into().expect("one rollup");
    let whole = std::fs::read(&path).expect("read");
    for length in [0, 10, 20, whole.len() / 2, whole.len() - 1] {
        std::fs::write(&path, &whole[..length]).expect("written");
        assert_eq!(answers(&fixture, &four_days()).await, expected, "{length} bytes");
    }
    for place in (0..whole.len()).step_by(97) {
        let mut damaged = whole.clone();
        damaged[place] ^= 0x40;
        std::fs::write(&path, &damaged).expect("written");
        assert_eq!(answers(&fixture, &four_days()).await, expected, "byte {place}");
    }
    std::fs::remove_file(&path).expect("removed");
    assert_eq!(answers(&fixture, &four_days()).await, expected);
    assert_eq!(fixture.lake.rebuild_rollups().await.expect("rebuilt"), 1);
    assert_eq!(std::fs::read(&path).expect("read"), whole, "the same rows give the same bytes");
}

#[tokio::test]
async fn an_erasure_leaves_nothing_of_its_subject_in_rollups() {
    let mut events = forty_sessions();
    for event in events.iter_mut().filter(|event| event.session_id.as_deref() == Some("s4")) {
        event.user_id = Some("amina".to_owned());
    }
    let fixture = Fixture::holding(events).await;
    fixture.lake.maintain(at(20 * DAY)).await.expect("maintained");
    // The file that was flushed is past its grace.
    fixture.lake.maintain(at(20 * DAY + 600)).await.expect("maintained");
    let [before] = rollups(&fixture).try_into().expect("one rollup");
    let person = Identifiers::of_subject("amina");
    let erased = fixture.lake.erase(PROJECT, &person).await.expect("erased");
    assert_eq!(erased.events, 2);
    let (overview, _) = answers(&fixture, &four_days()).await;
    assert_eq!((overview.totals.events, overview.totals.sessions), (48, 39));
    assert_eq!(overview.totals.friction_sessions, 9);
    assert!(fixture.lake.delete_leftovers(&erased.leftovers).await.expect("forgotten"));
    assert!(!before.exists(), "the old rollup is gone with its file");
    assert_eq!(rollups(&fixture).len(), 1);
}

#[tokio::test]
async fn a_rollup_is_deleted_with_its_file() {
    let fixture = Fixture::holding(forty_sessions()).await;
    fixture.lake.maintain(at(20 * DAY)).await.expect("maintained");
    fixture.write(forty_sessions()).await;
    fixture.write(forty_sessions()).await;
    for round in 0..3 {
        let now = at((20 + round) * DAY);
        fixture.lake.maintain(now).await.expect("maintained");
    }
    let live = fixture.lake.stats().await.expect("stats").files;
    assert_eq!(rollups(&fixture).len() as u64, live);
}

#[tokio::test]
async fn pages_beyond_those_with_a_row_are_asked_of_the_events() {
    let view = |n: u32| {
        let path = format!("/{n}");
        crate::support::view(u128::from(n), i64::from(n), "v", &format!("s{n}"), &path)
    };
    // Page 7 is seen once, hundreds of others twice.
    let mut events: Vec<Event> = (0..700).map(view).collect();
    events.extend((0..700_u32).filter(|n| *n != 7).map(|n| {
        crate::support::view(u128::from(n) + 10_000, i64::from(n), "v", "again", &format!("/{n}"))
    }));
    let fixture = Fixture::holding(events).await;
    fixture.lake.maintain(at(20 * DAY)).await.expect("maintained");
    for (path, expected) in [("/7", 1), ("/100", 2), ("/nowhere", 0)] {
        let filters = Filters::of(FilterDimension::Path, path);
        let (overview, _) = answers(&fixture, &Scope { filters, ..four_days() }).await;
        assert_eq!(overview.totals.page_views, expected, "{path}");
    }
}
