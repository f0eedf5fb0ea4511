//! Removing old events: exactly the events older than their project keeps them go, from answers, SQL,
//! exports, rollups and files.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use domain::erasure::Identifiers;
use domain::event::{Category, Event};
use domain::friction::Kind;
use domain::id::{EventId, ProjectId};
use domain::question::{FilterDimension, Filters, Scope};
use domain::time::Timestamp;
use engine::ports::catalog::RowsAndBytes;
use engine::ports::lake::{LakeQuestions, LakeRetention, LakeSubjects, LakeWriter};
use engine::record::EventBatch;
use engine::retention::RetentionFloors;
use futures::StreamExt;
use lake::{Lake, Options};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use testkit::fakes::retention::FixedFloors;
use uuid::Uuid;

use crate::support::{Fixture, PROJECT, at, event, friction, scope, view};

const DAY: i64 = 86_400;
const OTHER: ProjectId = ProjectId(Uuid::from_u128(8));

/// The same event in the other project.
fn foreign(event: Event) -> Event {
    let id = EventId(Uuid::from_u128(event.id.0.as_u128() + 1_000_000));
    Event { id, project_id: OTHER, ..event }
}

fn before(project: ProjectId, seconds: i64) -> BTreeMap<ProjectId, Timestamp> {
    BTreeMap::from([(project, at(seconds))])
}

/// Removes until nothing is left; how many calls it took.
async fn remove(lake: &Lake, before: &BTreeMap<ProjectId, Timestamp>) -> usize {
    let mut calls = 1;
    while !lake.remove_before(before).await.expect("removed") {
        calls += 1;
    }
    calls
}

/// Every stored event, by project and number.
async fn stored(lake: &Lake) -> BTreeSet<(ProjectId, u128)> {
    let mut found = BTreeSet::new();
    for project in [PROJECT, OTHER] {
        let sql = "SELECT id FROM events";
        let views = lake.views(project).await.expect("views");
        let batches = views.sql(sql).await.expect("a plan").collect().await.expect("rows");
        for batch in &batches {
            let ids = datafusion::arrow::array::AsArray::as_string_view(batch.column(0));
            let number = |id: &str| Uuid::parse_str(id).expect("an id").as_u128();
            found.extend(ids.iter().flatten().map(|id| (project, number(id))));
        }
    }
    found
}

fn numbers(events: &[Event]) -> BTreeSet<(ProjectId, u128)> {
    events.iter().map(|event| (event.project_id, event.id.0.as_u128())).collect()
}

fn files_with(folder: &Path, text: &str) -> usize {
    let entries =
        std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry"));
    let has = |path: &Path| {
        let bytes = std::fs::read(path).expect("a file");
        bytes.windows(text.len()).any(|window| window == text.as_bytes())
    };
    let count = |path: std::path::PathBuf| {
        if path.is_dir() { files_with(&path, text) } else { usize::from(has(&path)) }
    };
    entries.map(|entry| count(entry.path())).sum()
}

#[tokio::test]
async fn whole_days_go_and_everything_younger_stays() {
    // By half a second on both sides of a midnight; of bots, too.
    let near = |number, micros: i64| {
        let mut event = view(number, 0, "v", &format!("s{number}"), "/");
        event.occurred_at = at(0).plus_micros(micros);
        event
    };
    let bot = Event { bot: Some("rule".to_owned()), ..near(4, -500_000) };
    let old =
        [near(1, -1), near(2, -DAY * 1_000_000), bot, friction(5, -7, Kind::RageClick, "a", "s5")];
    let young = [near(3, 0), near(6, 1), friction(7, DAY, Kind::RageClick, "a", "s7")];
    let others: Vec<Event> = old.iter().chain(&young).cloned().map(foreign).collect();
    let fixture = Fixture::new().await;
    // A file of both projects, one of what goes alone, one of the other project.
    fixture.write([&old[..2], &young, &others[..3]].concat()).await;
    fixture.write(old[2..].to_vec()).await;
    fixture.write(others[3..].to_vec()).await;
    let position = fixture.lake.position().await.expect("position");

    let size = fixture.lake.size_before(PROJECT, at(0)).await.expect("counted");
    assert_eq!(size.rows, 4);
    assert!(size.bytes > 0, "{size:?}");
    assert_eq!(remove(&fixture.lake, &before(PROJECT, 0)).await, 1);
    let left = [&young[..], &others].concat();
    assert_eq!(stored(&fixture.lake).await, numbers(&left));
    assert_eq!(fixture.lake.position().await.expect("position"), position);
    assert_eq!(
        fixture.lake.size_before(PROJECT, at(0)).await.expect("counted"),
        RowsAndBytes::default()
    );
    let overview = fixture.lake.overview(&scope(-3 * DAY, 3 * DAY)).await.expect("an answer");
    assert_eq!((overview.totals.events, overview.totals.friction), (3, 1));
    let stats = fixture.lake.stats().await.expect("stats");
    assert_eq!((stats.rows, stats.files), (10, 2), "the file of old events alone is gone");
    // Again, in another process, there is nothing to do: no version is added.
    let second = fixture.second().await;
    assert_eq!(remove(&second, &before(PROJECT, 0)).await, 1);
    assert_eq!(second.stats().await.expect("stats").version, stats.version);
    assert_eq!(stored(&second).await, numbers(&left));
    // The table still accepts events.
    fixture.write(vec![near(9, 5)]).await;
    assert_eq!(stored(&fixture.lake).await.len(), left.len() + 1);
}

#[tokio::test]
async fn nothing_is_left_in_exports_rollups_and_files() {
    let mark = |mut event: Event| {
        event.user_id = Some("amina".to_owned());
        event.page.path = Some("/amina7f3a91".to_owned());
        event.page.url = Some("https://shop.test/amina7f3a91".to_owned());
        event
    };
    let fixture = Fixture::new().await;
    let old = (0..20).map(|n| mark(view(n, -i64::try_from(n).expect("small") - 1, "v", "s", "/")));
    let young = (100..120).map(|n| view(n, i64::try_from(n).expect("small"), "w", "t", "/"));
    fixture.write(old.chain(young).chain([foreign(view(1, -9, "v", "s", "/"))]).collect()).await;
    // Merged into its final file, with a rollup; then the flushed files are past their grace.
    fixture.lake.maintain(at(20 * DAY)).await.expect("maintained");
    fixture.lake.maintain(at(20 * DAY + 600)).await.expect("maintained");
    let folder = fixture.folder.path();
    assert_eq!(files_with(folder, "amina7f3a91"), 2, "the data file and its rollup");
    let month = scope(-DAY, DAY);
    let totals = fixture.lake.overview(&month).await.expect("an answer").totals;
    assert_eq!((totals.events, totals.visitors), (40, 2));
    remove(&fixture.lake, &before(PROJECT, 0)).await;
    let totals = fixture.lake.overview(&month).await.expect("an answer").totals;
    assert_eq!((totals.events, totals.visitors, totals.sessions), (20, 1, 1));
    let filters = Filters::of(FilterDimension::Path, "/amina7f3a91");
    let erased =
        fixture.lake.overview(&Scope { filters, ..month.clone() }).await.expect("an answer");
    assert_eq!(erased.totals.events, 0);
    let amina = Identifiers::of_subject("amina");
    let exported = fixture.lake.events_of(PROJECT, &amina).await.expect("events");
    let rows =
        exported.fold(0, |sum, answer| async move { sum + answer.expect("rows").rows.len() });
    assert_eq!(rows.await, 0);
    fixture.lake.maintain(at(20 * DAY + 700)).await.expect("maintained");
    fixture.lake.maintain(at(20 * DAY + 1_400)).await.expect("maintained");
    assert_eq!(files_with(folder, "amina7f3a91"), 0);
    assert_eq!(fixture.lake.rebuild_rollups().await.expect("rebuilt"), 1);
    assert_eq!(fixture.lake.overview(&month).await.expect("an answer").totals, totals);
    let of_other = Scope { project_id: OTHER, ..month };
    assert_eq!(fixture.lake.overview(&of_other).await.expect("an answer").totals.events, 1);
}

#[tokio::test]
async fn a_question_that_began_before_reads_on() {
    let events = (0..50).map(|n| Event {
        user_id: Some("amina".to_owned()),
        ..view(n, i64::try_from(n).expect("small"), "v", "s", "/")
    });
    let fixture = Fixture::holding(events.collect()).await;
    let amina = Identifiers::of_subject("amina");
    let reading = fixture.lake.events_of(PROJECT, &amina).await.expect("events");
    remove(&fixture.lake, &before(PROJECT, 40)).await;
    fixture.lake.maintain(at(DAY)).await.expect("maintained");
    let rows = reading.fold(0, |sum, answer| async move { sum + answer.expect("rows").rows.len() });
    assert_eq!(rows.await, 50);
    assert_eq!(stored(&fixture.lake).await.len(), 10);
}

#[tokio::test]
async fn a_removal_in_steps_continues_after_a_crash() {
    let folder = tempfile::tempdir().expect("a folder");
    // Each step rewrites one file.
    let options = Options { target_file_bytes: 2, query_threads: 2, ..Options::new(folder.path()) };
    let fixture = Fixture::with(folder, options).await;
    let mut all = Vec::new();
    for file in 0..4_u128 {
        let events: Vec<Event> = (0..10)
            .map(|n| view(file * 100 + n, i64::try_from(n).expect("small") * DAY, "v", "s", "/"))
            .collect();
        fixture.write(events.clone()).await;
        all.extend(events);
    }
    let cutoff = before(PROJECT, 3 * DAY);
    assert!(!fixture.lake.remove_before(&cutoff).await.expect("a step"));
    let left = fixture.lake.size_before(PROJECT, at(3 * DAY)).await.expect("counted").rows;
    assert_eq!(left, 9, "three of four files have three old events each");
    // The process ends here: another one continues with the files it finds.
    let second = fixture.second().await;
    assert_eq!(remove(&second, &cutoff).await, 3, "a file each");
    all.retain(|event| event.occurred_at >= at(3 * DAY));
    assert_eq!(stored(&second).await, numbers(&all));
}

/// A hundred thousand events of two projects in one file; one keeps them half as long as the other.
#[tokio::test]
async fn a_large_file_of_two_projects_keeps_what_each_of_them_keeps() {
    let fixture = Fixture::new().await;
    let events = (0..50_000_u32).flat_map(|n| {
        let mine = event(u128::from(n), i64::from(n) * 10, Category::Heatmap, "click");
        [mine.clone(), foreign(mine)]
    });
    fixture.write(events.collect()).await;
    fixture.lake.maintain(at(30 * DAY)).await.expect("maintained");
    // Ten seconds an event: days of 8,640 events.
    let cutoffs = BTreeMap::from([(PROJECT, at(4 * DAY)), (OTHER, at(2 * DAY))]);
    let planned = [(PROJECT, 4 * 8_640), (OTHER, 2 * 8_640)];
    for (project, rows) in planned {
        let size = fixture.lake.size_before(project, cutoffs[&project]).await.expect("counted");
        assert_eq!(size.rows, rows);
    }
    remove(&fixture.lake, &cutoffs).await;
    let stats = fixture.lake.stats().await.expect("stats");
    assert_eq!((stats.rows, stats.files), (100_000 - 6 * 8_640, 1));
    for (project, rows) in planned {
        let scope = Scope { project_id: project, ..scope(0, 30 * DAY) };
        let overview = fixture.lake.overview(&scope).await.expect("an answer");
        assert_eq!(overview.totals.events, 50_000 - rows);
        assert_eq!(
            fixture.lake.size_before(project, cutoffs[&project]).await.expect("counted").rows,
            0
        );
    }
}

#[tokio::test]
async fn events_below_a_floor_are_not_written_again() {
    let store = Arc::new(FixedFloors::default());
    let floors = Arc::new(RetentionFloors::new(store.clone()));
    let fixture = Fixture::new().await;
    let all = vec![
        view(1, -1, "v", "s", "/"),
        view(2, 0, "v", "s", "/"),
        foreign(view(1, -1, "v", "s", "/")),
    ];
    let batch = EventBatch::from(all.clone()).above(floors.clone());
    // As they are when the events are written, not when the batch was made.
    store.set(PROJECT, at(0));
    floors.refresh().await.expect("read");
    fixture.lake.write(batch, 3).await.expect("written");
    assert_eq!(fixture.lake.position().await.expect("position"), 3);
    assert_eq!(stored(&fixture.lake).await, numbers(&all[1..]));
}

fn any_event() -> impl Strategy<Value = Event> {
    (any::<u64>(), -5 * DAY..5 * DAY, 0..6_u8, any::<bool>(), any::<bool>()).prop_map(
        |(number, seconds, who, is_friction, is_ours)| {
            let (visitor, session) = (format!("v{who}"), format!("s{who}"));
            let number = u128::from(number >> 8);
            let event = if is_friction {
                friction(number, seconds, Kind::RageClick, "a", &session)
            } else {
                view(number, seconds, &visitor, &session, "/")
            };
            if is_ours { event } else { foreign(event) }
        },
    )
}

#[test]
fn any_removals_leave_what_a_filter_leaves() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let mut runner = TestRunner::new(Config { cases: 24, ..Config::default() });
    let events = proptest::collection::vec(any_event(), 0..60);
    // Days in any order: a project may keep more again.
    let removals = proptest::collection::vec((any::<bool>(), -5..6_i64), 1..4);
    let cases = (events, 1..20_usize, removals, any::<bool>());
    let result = runner.run(&cases, |(mut events, flush, removals, is_merged)| {
        let mut seen = BTreeSet::new();
        events.retain(|event| seen.insert((event.project_id, event.id)));
        runtime.block_on(async {
            let fixture = Fixture::new().await;
            for part in events.chunks(flush) {
                fixture.write(part.to_vec()).await;
            }
            if is_merged {
                fixture.lake.maintain(at(20 * DAY)).await.expect("maintained");
            }
            for (is_ours, day) in removals {
                let project = if is_ours { PROJECT } else { OTHER };
                let goes = |event: &Event| {
                    event.project_id == project && event.occurred_at < at(day * DAY)
                };
                let planned = events.iter().filter(|event| goes(event)).count() as u64;
                let size = fixture.lake.size_before(project, at(day * DAY)).await.expect("counted");
                prop_assert_eq!(size.rows, planned);
                remove(&fixture.lake, &before(project, day * DAY)).await;
                events.retain(|event| !goes(event));
                prop_assert_eq!(stored(&fixture.lake).await, numbers(&events));
            }
            let scope = scope(-10 * DAY, 10 * DAY);
            let ours = events.iter().filter(|event| event.project_id == PROJECT);
            let sessions: BTreeSet<_> = ours.clone().map(|event| &event.session_id).collect();
            let totals = fixture.lake.overview(&scope).await.expect("an answer").totals;
            prop_assert_eq!(totals.events, ours.count() as u64);
            prop_assert_eq!(totals.sessions, sessions.len() as u64);
            let rows = fixture.lake.stats().await.expect("stats").rows;
            prop_assert_eq!(rows, events.len() as u64);
            Ok(())
        })
    });
    result.expect("holds");
}
