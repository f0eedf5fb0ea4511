//! A full disk, a full queue, a foreign lock: refused, not lost, and over when the cause is gone.

use std::sync::Arc;

use engine::ports::journal::{Batch, Error, Journal};
use futures::FutureExt as _;
use futures::future::join_all;
use testkit::conformance::journal::{
    END_OF_TIME, Harness, batch_of, batch_of_ids, read_all, records, uuid,
};

use crate::harness::{InFolder, noise};

/// 64 KiB of noise under this id.
fn large(id: u64) -> Batch {
    let mut batch = Batch::default();
    batch.push(uuid(1), Some(uuid(id.into())), &noise(id, 65_536));
    batch
}

/// Appends until the disk is full; how many fitted.
async fn fill(journal: &dyn Journal) -> u64 {
    for id in 0..1_000 {
        if let Err(error) = journal.append(large(id)).await {
            assert!(matches!(error, Error::Unavailable { .. }), "{error}");
            return id;
        }
    }
    panic!("the disk never was full");
}

#[tokio::test]
async fn a_full_disk_refuses_appends_harms_nothing_and_is_over_after_a_trim() {
    let harness = InFolder::with(|options| {
        options.max_file_bytes = Some(1_000_000);
        options.recent_bytes = 0;
    });
    let journal = harness.journal();
    let stored = fill(&*journal).await;
    assert!((10..15).contains(&stored), "{stored}");
    for _ in 0..3 {
        assert!(journal.append(large(99)).await.is_err());
    }
    assert_eq!(records(&read_all(&*journal, 0, 1).await).len() as u64, stored);
    let bounds = journal.bounds().await.unwrap();
    assert_eq!((bounds.first, bounds.next), (0, stored));
    assert_eq!(journal.trim(2, END_OF_TIME).await.unwrap(), 2);
    let appended = journal.append(large(99)).await.unwrap();
    assert_eq!(
        (appended.first, appended.duplicates),
        (stored, vec![]),
        "a refused id is no id seen"
    );
    assert_eq!(records(&read_all(&*journal, 0, 1).await).len() as u64, stored - 1);
}

#[tokio::test]
async fn a_larger_disk_takes_what_the_smaller_refused() {
    let mut harness = InFolder::with(|options| options.max_file_bytes = Some(1_000_000));
    let stored = fill(&*harness.journal()).await;
    harness.options.max_file_bytes = None;
    harness.reopen();
    assert_eq!(harness.journal().append(large(999)).await.unwrap().first, stored);
}

#[tokio::test]
async fn a_full_queue_refuses_at_once_and_recovers() {
    let harness = InFolder::with(|options| options.queue_batches = 4);
    let journal = harness.journal();
    let lock = harness.connect();
    lock.execute_batch("BEGIN IMMEDIATE").unwrap();
    let mut taken = Vec::new();
    let refused = (0..1_000_000_u128).find_map(|id| {
        let journal = Arc::clone(&journal);
        let mut append = async move { journal.append(batch_of_ids(&[id])).await }.boxed();
        match (&mut append).now_or_never() {
            None => {
                taken.push(append);
                None
            }
            Some(answer) => Some(answer),
        }
    });
    assert!(matches!(refused, Some(Err(Error::Unavailable { .. }))));
    // One group may be in the writer's hands, another of four waits.
    assert!((4..=8).contains(&taken.len()), "{}", taken.len());
    lock.execute_batch("COMMIT").unwrap();
    let taken = join_all(taken).await;
    assert!(taken.iter().all(Result::is_ok));
    let appended = journal.append(batch_of_ids(&[u128::MAX])).await.unwrap();
    assert_eq!(appended.first, taken.len() as u64);
}

#[tokio::test]
async fn the_queue_is_bounded_by_bytes_too() {
    let harness = InFolder::with(|options| options.queue_bytes = 1_000);
    let journal = harness.journal();
    let refused = journal.append(batch_of(&[&[0; 1_000]])).await;
    assert!(matches!(refused, Err(Error::Unavailable { .. })));
    journal.append(batch_of(&[&[0; 900]])).await.unwrap();
    assert_eq!(journal.bounds().await.unwrap().next, 1);
}

#[tokio::test]
async fn a_lock_held_too_long_refuses_and_is_over_when_it_is_released() {
    let harness = InFolder::new();
    let journal = harness.journal();
    let lock = harness.connect();
    lock.execute_batch("BEGIN IMMEDIATE").unwrap();
    let refused = journal.append(batch_of_ids(&[1])).await;
    assert!(matches!(refused, Err(Error::Unavailable { .. })));
    lock.execute_batch("COMMIT").unwrap();
    let appended = journal.append(batch_of_ids(&[1])).await.unwrap();
    assert_eq!((appended.first, appended.duplicates), (0, vec![]));
}
