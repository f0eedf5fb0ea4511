//! Maintenance changes no answer, and leaves little behind.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use domain::event::Event;
use domain::friction::Kind;
use domain::question::ItemSort;
use domain::time::Timestamp;
use engine::ports::lake::{LakeQuestions, LakeWriter};
use lake::{Lake, Options};

use crate::support::{Fixture, MIDNIGHT, all, at, day, friction, latest, view};

/// Twelve days after the events: all of them are old.
fn later() -> Timestamp {
    Timestamp::from_seconds(MIDNIGHT + 12 * 86_400)
}

fn flush(n: u32) -> Vec<Event> {
    let number = u128::from(n) * 10;
    let seconds = i64::from(n) * 977 % 86_400;
    vec![
        view(number, seconds, &format!("v{}", n % 7), &format!("s{}", n % 11), "/"),
        view(number + 1, seconds - 86_400, "v1", "s1", "/yesterday"),
        friction(number + 2, seconds, Kind::ALL[n as usize % 8], "#buy", &format!("s{}", n % 5)),
    ]
}

/// Every answer, as text.
async fn answers(lake: &Lake) -> Vec<String> {
    let scope = day();
    vec![
        format!("{:?}", lake.overview(&scope).await.expect("answer")),
        format!("{:?}", lake.friction_kinds(&scope).await.expect("answer")),
        format!("{:?}", lake.friction_items(&scope, ItemSort::Count, all()).await.expect("answer")),
        format!("{:?}", lake.friction_pages(&scope, all()).await.expect("answer")),
        format!("{:?}", lake.pages(&scope, all()).await.expect("answer")),
        format!("{:?}", lake.web_vitals(&scope, all()).await.expect("answer")),
        format!("{:?}", lake.events(&scope, false, latest()).await.expect("answer")),
    ]
}

fn data_files(folder: &Path) -> usize {
    let days = std::fs::read_dir(folder.join("events")).expect("list");
    days.map(|day| day.expect("entry").path())
        .filter(|day| {
            day.file_name().is_some_and(|name| name.to_string_lossy().starts_with("month="))
        })
        .map(|day| std::fs::read_dir(day).expect("list").count())
        .sum()
}

fn log_entries(folder: &Path) -> usize {
    std::fs::read_dir(folder.join("events/_delta_log")).expect("list").count()
}

#[tokio::test]
async fn merging_deleting_and_reopening_change_no_answer_and_no_position() {
    let fixture = Fixture::new().await;
    for n in 0..20 {
        fixture.write(flush(n)).await;
    }
    let before = answers(&fixture.lake).await;
    let position = fixture.lake.position().await.expect("position");

    let done = fixture.lake.maintain(later()).await.expect("maintain");
    assert_eq!((done.files_merged, done.files_written, done.files_deleted), (20, 1, 0));
    assert_eq!(answers(&fixture.lake).await, before);
    let stats = fixture.lake.stats().await.expect("stats");
    assert_eq!((stats.files, stats.rows), (1, 60));
    assert_eq!(data_files(fixture.folder.path()), 21);

    let done = fixture.lake.maintain(later().plus_seconds(600)).await.expect("maintain");
    assert_eq!((done.files_merged, done.files_deleted), (0, 20));
    assert_eq!(data_files(fixture.folder.path()), 1);
    assert_eq!(answers(&fixture.lake).await, before);

    let reopened = fixture.second().await;
    assert_eq!(answers(&reopened).await, before);
    assert_eq!(reopened.position().await.expect("position"), position);
    assert_eq!(reopened.stats().await.expect("stats"), stats);
}

#[tokio::test]
async fn a_file_is_kept_for_its_whole_grace_period() {
    let fixture = Fixture::new().await;
    for n in 0..3 {
        fixture.write(flush(n)).await;
    }
    fixture.lake.maintain(later()).await.expect("maintain");
    let early = fixture.lake.maintain(later().plus_seconds(599)).await.expect("maintain");
    assert_eq!(early.files_deleted, 0);
    let late = fixture.lake.maintain(later().plus_seconds(600)).await.expect("maintain");
    assert_eq!(late.files_deleted, 3);
}

#[tokio::test]
async fn what_a_crash_left_is_deleted_and_nothing_else() {
    let fixture = Fixture::holding(vec![view(1, 1, "v", "s", "/")]).await;
    let stray = fixture.folder.path().join("events/month=2026-11-01/stray.parquet");
    let unfinished = fixture.folder.path().join("events/_delta_log/.2.json.1.tmp");
    for left in [&stray, &unfinished] {
        std::fs::write(left, b"PAR1").expect("write");
    }
    fixture.lake.maintain(later()).await.expect("maintain");
    assert!(stray.exists() && unfinished.exists());
    let done = fixture.lake.maintain(later().plus_seconds(600)).await.expect("maintain");
    assert!(!stray.exists() && !unfinished.exists());
    // These two, and the flushed file that was written anew.
    assert_eq!(done.files_deleted, 3);
    assert_eq!(fixture.lake.overview(&day()).await.expect("answer").totals.events, 1);
}

#[tokio::test]
async fn today_is_merged_only_when_it_has_many_files() {
    let fixture = Fixture::new().await;
    let today = at(100);
    for n in 0..32 {
        fixture.write(vec![view(n, 1, "v", "s", "/")]).await;
    }
    assert_eq!(fixture.lake.maintain(today).await.expect("maintain").files_merged, 0);
    fixture.write(vec![view(32, 1, "v", "s", "/")]).await;
    let done = fixture.lake.maintain(today).await.expect("maintain");
    assert_eq!((done.files_merged, done.files_written), (33, 1));
}

#[tokio::test]
async fn a_merge_keeps_every_column_of_every_row() {
    let fixture = Fixture::new().await;
    for n in 0..4 {
        fixture.write(flush(n)).await;
    }
    let rows = async |lake: &Lake| {
        let sql = "SELECT * FROM friction_events ORDER BY id";
        let views = lake.views(crate::support::PROJECT).await.expect("views");
        let batches = views.sql(sql).await.expect("a plan").collect().await;
        format!("{:?}", batches.expect("rows"))
    };
    let before = rows(&fixture.lake).await;
    fixture.lake.maintain(later()).await.expect("maintain");
    assert_eq!(rows(&fixture.lake).await, before);
}

#[tokio::test]
async fn writes_and_merges_do_not_disturb_each_other() {
    let fixture = Fixture::new().await;
    let is_over = AtomicBool::new(false);
    let writing = async {
        for n in 0..40 {
            fixture.write(flush(n)).await;
        }
        is_over.store(true, Ordering::SeqCst);
    };
    let merging = async {
        let mut merged = 0;
        while !is_over.load(Ordering::SeqCst) {
            merged += fixture.lake.maintain(later()).await.expect("maintain").files_merged;
        }
        merged
    };
    let ((), merged) = tokio::join!(writing, merging);
    assert!(merged > 0);
    let stats = fixture.lake.stats().await.expect("stats");
    assert_eq!(stats.rows, 120);
    assert!(stats.files < 80, "{stats:?}");
    assert_eq!(fixture.lake.position().await.expect("position"), 120);
}

#[tokio::test]
async fn the_log_is_cut_short_behind_a_checkpoint() {
    let folder = tempfile::tempdir().expect("folder");
    let options = Options {
        checkpoint_interval: 10,
        // Entries are aged by the file system's clock, which the test's clock is far ahead of.
        log_retention_seconds: 0,
        ..Options::new(folder.path())
    };
    let fixture = Fixture::with(folder, options).await;
    let far = Timestamp::from_seconds(MIDNIGHT + 20 * 365 * 86_400);
    for n in 0..35 {
        fixture.write(flush(n)).await;
        if n % 5 == 0 {
            fixture.lake.maintain(far).await.expect("maintain");
        }
    }
    assert!(log_entries(fixture.folder.path()) < 30, "{}", log_entries(fixture.folder.path()));
    let before = answers(&fixture.lake).await;
    let reopened = fixture.second().await;
    assert_eq!(answers(&reopened).await, before);
    assert_eq!(reopened.position().await.expect("position"), 105);
    reopened.write(flush(99).into(), 200).await.expect("write");
}

#[tokio::test]
async fn a_writer_that_slept_while_the_log_was_cut_still_conflicts() {
    let folder = tempfile::tempdir().expect("folder");
    let options =
        Options { checkpoint_interval: 5, log_retention_seconds: 0, ..Options::new(folder.path()) };
    let fixture = Fixture::with(folder, options).await;
    let sleeper = fixture.second().await;
    for n in 0..20 {
        fixture.write(flush(n)).await;
    }
    let far = Timestamp::from_seconds(MIDNIGHT + 20 * 365 * 86_400);
    fixture.lake.maintain(far).await.expect("maintain");
    fixture.write(flush(20)).await;
    assert!(!fixture.folder.path().join("events/_delta_log/00000000000000000001.json").exists());
    let refused = sleeper.write(flush(50).into(), 500).await;
    assert!(matches!(refused, Err(engine::ports::lake::Error::Conflict)), "{refused:?}");
    assert_eq!(sleeper.position().await.expect("position"), 63);
}
