//! Opening, closing, and who may.

use std::error::Error as _;
use std::sync::Arc;

use engine::ports::journal::Error;
use futures::FutureExt as _;
use journal::sqlite::SqliteJournal;
use testkit::conformance::journal::{
    END_OF_TIME, Harness, batch_of, batch_of_ids, read_all, records,
};

use crate::harness::{InFolder, noise};

fn why_it_cannot_open(harness: &InFolder) -> String {
    match SqliteJournal::open(&harness.options, harness.clock.clone()) {
        Err(error @ Error::Broken(_)) => error.source().unwrap().to_string(),
        Err(other) => panic!("{other}"),
        Ok(_) => panic!("it opened"),
    }
}

#[tokio::test]
async fn a_folder_is_opened_by_one_at_a_time() {
    let mut harness = InFolder::new();
    assert!(why_it_cannot_open(&harness).contains("another process has the journal"));
    harness.journal().append(batch_of(&[b"still works"])).await.unwrap();
    harness.close();
    harness.open();
}

#[test]
fn a_journal_of_a_newer_program_is_refused() {
    let mut harness = InFolder::new();
    harness.close();
    harness.connect().execute_batch("PRAGMA user_version = 2").unwrap();
    assert!(why_it_cannot_open(&harness).contains("has format 2"));
}

#[test]
fn a_database_of_somebody_else_is_refused() {
    let mut harness = InFolder::new();
    harness.close();
    harness.connect().execute_batch("PRAGMA user_version = 0").unwrap();
    assert!(why_it_cannot_open(&harness).contains("not written by this program"));
}

#[test]
fn a_file_that_is_no_database_is_refused() {
    let mut harness = InFolder::new();
    harness.close();
    std::fs::write(harness.options.folder.join("journal.db"), [b'x'; 8_192]).unwrap();
    assert!(why_it_cannot_open(&harness).contains("cannot be opened"));
}

#[tokio::test]
async fn closing_writes_what_still_waits() {
    let mut harness = InFolder::new();
    let lock = harness.connect();
    lock.execute_batch("BEGIN IMMEDIATE").unwrap();
    let journal = harness.journal();
    let mut waiting = (0..20_u128)
        .map(|id| {
            let journal = Arc::clone(&journal);
            async move { journal.append(batch_of_ids(&[id])).await }.boxed()
        })
        .collect::<Vec<_>>();
    for append in &mut waiting {
        assert!(append.now_or_never().is_none(), "the lock holds it up");
    }
    // Who asked goes away; what was asked for is done all the same.
    drop(waiting);
    drop(journal);
    lock.execute_batch("COMMIT").unwrap();
    harness.reopen();
    let stored = records(&read_all(&*harness.journal(), 0, usize::MAX).await);
    assert!(stored.iter().map(|record| record.id.unwrap().as_u128()).eq(0..20));
}

#[tokio::test]
async fn closing_leaves_one_file_that_holds_everything() {
    let mut harness = InFolder::new();
    harness.journal().append(batch_of(&[b"x"])).await.unwrap();
    harness.close();
    assert!(!harness.options.folder.join("journal.db-wal").exists());
    harness.open();
    assert_eq!(records(&read_all(&*harness.journal(), 0, 1).await).len(), 1);
}

#[tokio::test]
async fn a_crash_after_the_answer_loses_nothing() {
    let harness = InFolder::new();
    for id in 0..50 {
        harness.journal().append(batch_of_ids(&[id])).await.unwrap();
    }
    // What a killed process leaves behind: the files as they are now, the log not yet copied.
    let mut crashed = InFolder::new();
    crashed.close();
    for name in ["journal.db", "journal.db-wal"] {
        let from = harness.options.folder.join(name);
        std::fs::copy(from, crashed.options.folder.join(name)).unwrap();
    }
    crashed.open();
    let journal = crashed.journal();
    assert_eq!(records(&read_all(&*journal, 0, 1).await).len(), 50);
    let appended = journal.append(batch_of_ids(&[49, 50])).await.unwrap();
    assert_eq!((appended.first, appended.duplicates), (50, vec![0]));
}

#[tokio::test]
async fn trimming_gives_room_back_to_the_file_system() {
    let mut harness = InFolder::new();
    let journal = harness.journal();
    for seed in 0..24 {
        journal.append(batch_of(&[&noise(seed, 1_000_000)])).await.unwrap();
    }
    assert_eq!(journal.trim(u64::MAX, END_OF_TIME).await.unwrap(), 24);
    drop(journal);
    harness.close();
    let bytes = std::fs::metadata(harness.options.folder.join("journal.db")).unwrap().len();
    assert!(bytes < 6_000_000, "{bytes}");
}

#[tokio::test]
async fn a_trim_deletes_ids_that_are_too_old() {
    let harness = InFolder::with(|options| options.open_ids = 2_000);
    let journal = harness.journal();
    let old = (0..10_000).map(|index| u128::MAX - index).collect::<Vec<_>>();
    let young = (0..5_000).collect::<Vec<_>>();
    for ids in old.chunks(1_500) {
        journal.append(batch_of_ids(ids)).await.unwrap();
    }
    harness.clock.advance_seconds(8 * 86_400);
    for ids in young.chunks(1_500) {
        journal.append(batch_of_ids(ids)).await.unwrap();
    }
    journal.trim(0, END_OF_TIME).await.unwrap();
    let stored = |sql| {
        let count: i64 = harness.connect().query_row(sql, [], |row| row.get(0)).unwrap();
        count
    };
    // How many of the young ids are stored by now is up to the thread that sorts them; the old are gone.
    assert!(stored("SELECT coalesce(sum(keys), 0) FROM runs") <= 5_000);
    assert!(stored("SELECT coalesce(sum(length(keys)), 0) FROM chunks") <= 5_000 * 20);
    let appended = journal.append(batch_of_ids(&[young[0], old[0], young[4_999]])).await.unwrap();
    assert_eq!(appended.duplicates, vec![0, 2]);
}

#[tokio::test]
async fn ids_are_known_after_a_crash_wherever_they_lie() {
    let mut harness = InFolder::with(|options| options.open_ids = 100);
    let ids: Vec<u128> = (0..3_000).map(|index| index * 0x9e37_79b9_7f4a_7c15_f39c).collect();
    for ids in ids.chunks(37) {
        harness.journal().append(batch_of_ids(ids)).await.unwrap();
    }
    // Trims make runs of what memory held, also of very little.
    for before in [100, 150, 151, 2_000] {
        harness.journal().trim(before, END_OF_TIME).await.unwrap();
    }
    for _ in 0..2 {
        let appended = harness.journal().append(batch_of_ids(&ids)).await.unwrap();
        assert_eq!(appended.duplicates.len(), ids.len());
        let mut crashed = InFolder::with(|options| options.open_ids = 100);
        crashed.close();
        for name in ["journal.db", "journal.db-wal"] {
            let from = harness.options.folder.join(name);
            std::fs::copy(from, crashed.options.folder.join(name)).unwrap();
        }
        crashed.open();
        harness = crashed;
    }
}

#[tokio::test]
async fn runs_of_a_day_become_few_and_leave_nothing_behind() {
    let harness = InFolder::with(|options| options.open_ids = 20);
    let journal = harness.journal();
    let ids: Vec<u128> = (0..4_000).map(|index| index * 0x9e37_79b9_7f4a_7c15_f39c).collect();
    for ids in ids.chunks(20) {
        journal.append(batch_of_ids(ids)).await.unwrap();
    }
    // Between two commits, a step of a merge is taken: some more of them are enough for all.
    let count = |sql: &str| {
        let count: i64 = harness.connect().query_row(sql, [], |row| row.get(0)).unwrap();
        count
    };
    let chunks_of_runs = "SELECT sum((keys + 1023) / 1024) FROM runs";
    let is_tidy = || {
        count("SELECT count(*) FROM runs") <= 3 * 7
            && count("SELECT count(*) FROM chunks") == count(chunks_of_runs)
    };
    let mut appended = 0;
    while !is_tidy() {
        assert!(appended < 10_000, "{} runs", count("SELECT count(*) FROM runs"));
        journal.append(batch_of_ids(&ids[..1])).await.unwrap();
        appended += 1;
    }
    let appended = journal.append(batch_of_ids(&ids)).await.unwrap();
    assert_eq!(appended.duplicates.len(), ids.len());
}
