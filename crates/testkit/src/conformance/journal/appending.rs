//! Appending: positions, and each id once.
#![expect(missing_docs, reason = "the names are the claims")]

use std::sync::Arc;

use engine::ports::journal::{Appended, Batch, Bounds};

use super::{Harness, batch_of, batch_of_ids, read_all, records, uuid};
use domain::clock::Clock as _;

const DAY_SECONDS: i64 = 86_400;

pub async fn an_empty_journal_begins_at_zero(harness: &mut impl Harness) {
    let bounds = harness.journal().bounds().await.unwrap();
    assert_eq!(Bounds { size_bytes: 0, ..bounds }, Bounds::default());
}

pub async fn positions_grow_by_one_for_each_entry(harness: &mut impl Harness) {
    let journal = harness.journal();
    for (payloads, first) in [(3, 0), (1, 3), (2, 4)] {
        let appended = journal.append(batch_of(&vec![b"x" as &[u8]; payloads])).await.unwrap();
        assert_eq!(appended, Appended { first, duplicates: vec![] });
    }
    let bounds = journal.bounds().await.unwrap();
    assert_eq!((bounds.first, bounds.next), (0, 6));
    let positions = records(&read_all(&*journal, 0, 1).await);
    assert!(positions.iter().map(|record| record.position).eq(0..6));
}

pub async fn an_empty_batch_stores_nothing(harness: &mut impl Harness) {
    let journal = harness.journal();
    journal.append(batch_of(&[b"x"])).await.unwrap();
    let appended = journal.append(Batch::default()).await.unwrap();
    assert_eq!(appended, Appended { first: 1, duplicates: vec![] });
    assert_eq!(journal.bounds().await.unwrap().next, 1);
    assert_eq!(read_all(&*journal, 0, 1).await.len(), 1);
}

pub async fn an_id_is_delivered_once_within_a_batch_and_across_batches(harness: &mut impl Harness) {
    let journal = harness.journal();
    let first = journal.append(batch_of_ids(&[1, 2, 1])).await.unwrap();
    assert_eq!(first, Appended { first: 0, duplicates: vec![2] });
    let second = journal.append(batch_of_ids(&[3, 2, 1, 4])).await.unwrap();
    assert_eq!(second, Appended { first: 3, duplicates: vec![1, 2] });
    let payloads = records(&read_all(&*journal, 0, usize::MAX).await)
        .into_iter()
        .map(|record| (record.id, record.payload))
        .collect::<Vec<_>>();
    let one = |id, payload: Option<&str>| (Some(uuid(id)), payload.map(Into::into));
    assert_eq!(
        payloads,
        [
            one(1, Some("0")),
            one(2, Some("1")),
            one(1, None),
            one(3, Some("0")),
            one(2, None),
            one(1, None),
            one(4, Some("3")),
        ]
    );
}

pub async fn entries_without_an_id_are_never_duplicates(harness: &mut impl Harness) {
    let journal = harness.journal();
    for _ in 0..2 {
        let appended = journal.append(batch_of(&[b"same", b"same"])).await.unwrap();
        assert_eq!(appended.duplicates, [0; 0]);
    }
    let records = records(&read_all(&*journal, 0, usize::MAX).await);
    assert!(records.iter().all(|record| record.payload.as_deref() == Some(b"same")));
    assert_eq!(records.len(), 4);
}

pub async fn an_id_is_remembered_for_the_window_and_then_forgotten(harness: &mut impl Harness) {
    let journal = harness.journal();
    journal.append(batch_of_ids(&[1, 2])).await.unwrap();
    harness.clock().advance_seconds(7 * DAY_SECONDS);
    journal.trim(0, harness.clock().now()).await.unwrap();
    assert_eq!(journal.append(batch_of_ids(&[1])).await.unwrap().duplicates, [0]);
    // A window may be rounded up by less than a day. A duplicate does not prolong it, and forgetting
    // needs no trim.
    harness.clock().advance_seconds(DAY_SECONDS);
    assert_eq!(journal.append(batch_of_ids(&[1, 1])).await.unwrap().duplicates, [1]);
    journal.trim(0, harness.clock().now()).await.unwrap();
    assert_eq!(journal.append(batch_of_ids(&[1, 2])).await.unwrap().duplicates, [0]);
}

pub async fn racing_appends_store_each_id_once(harness: &mut impl Harness) {
    const APPENDERS: u128 = 64;
    const ROUNDS: u128 = 20;
    let journal = harness.journal();
    let tasks = (0..APPENDERS).map(|appender| {
        let journal = Arc::clone(&journal);
        tokio::spawn(async move {
            let mut kept = Vec::new();
            for round in 0..ROUNDS {
                // Every id is sent by all appenders, in various orders and company.
                let ids =
                    [(round + appender) % ROUNDS, (round * 7 + appender * 3) % ROUNDS + ROUNDS];
                let appended = journal.append(batch_of_ids(&ids)).await.unwrap();
                let new = |(index, _): &(usize, &u128)| !appended.duplicates.contains(index);
                kept.extend(ids.iter().enumerate().filter(new).map(|(_, id)| *id));
            }
            kept
        })
    });
    let mut answered = Vec::new();
    for task in tasks.collect::<Vec<_>>() {
        answered.extend(task.await.unwrap());
    }
    answered.sort_unstable();
    let stored = records(&read_all(&*journal, 0, 4_096).await);
    assert_eq!(stored.len(), usize::try_from(APPENDERS * ROUNDS * 2).unwrap());
    let mut delivered = stored
        .iter()
        .filter(|record| record.payload.is_some())
        .map(|record| record.id.unwrap().as_u128())
        .collect::<Vec<_>>();
    delivered.sort_unstable();
    assert_eq!(delivered, answered);
    delivered.dedup();
    assert_eq!(delivered, answered, "no id is delivered twice");
}
