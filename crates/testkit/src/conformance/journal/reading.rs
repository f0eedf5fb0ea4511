//! Reading: the same bytes, in order, without waiting.
#![expect(missing_docs, reason = "the names are the claims")]

use engine::ports::journal::Batch;

use super::{Expected, Harness, batch_of, batch_of_ids, read_all, records, uuid};
use domain::clock::Clock as _;

pub async fn records_come_back_as_appended(harness: &mut impl Harness) {
    let journal = harness.journal();
    let large = (0..200_000_u32).flat_map(u32::to_le_bytes).collect::<Vec<_>>();
    let entries = [
        (1, Some(10), b"first".to_vec()),
        (2, None, Vec::new()),
        (1, Some(11), large),
        (3, Some(12), vec![0; 3_000]),
        (u128::MAX, Some(0), b"last".to_vec()),
    ];
    let mut batch = Batch::default();
    for (owner, id, payload) in &entries {
        batch.push(uuid(*owner), id.map(uuid), payload);
    }
    journal.append(batch).await.unwrap();
    let expected = (0..).zip(entries).map(|(position, (owner, id, payload))| Expected {
        position,
        owner: uuid(owner),
        id: id.map(uuid),
        payload: Some(payload),
    });
    let expected = expected.collect::<Vec<_>>();
    assert!(records(&read_all(&*journal, 0, 1).await) == expected);
    drop(journal);
    if harness.reopen() {
        assert!(records(&read_all(&*harness.journal(), 0, 1).await) == expected);
    }
}

pub async fn reading_from_the_middle_of_a_block_gives_that_block(harness: &mut impl Harness) {
    let journal = harness.journal();
    journal.append(batch_of(&[b"a", b"b", b"c"])).await.unwrap();
    journal.append(batch_of(&[b"d"])).await.unwrap();
    for from in 0..4 {
        let blocks = journal.read(from, usize::MAX).await.unwrap();
        assert!(blocks[0].first <= from && from < blocks[0].end(), "{from}");
        assert_eq!(blocks.last().unwrap().end(), 4, "{from}");
    }
}

pub async fn reading_at_or_past_the_end_gives_nothing(harness: &mut impl Harness) {
    let journal = harness.journal();
    assert!(journal.read(0, usize::MAX).await.unwrap().is_empty());
    journal.append(batch_of(&[b"a"])).await.unwrap();
    for from in [1, 2, u64::MAX] {
        assert!(journal.read(from, usize::MAX).await.unwrap().is_empty(), "{from}");
    }
}

pub async fn max_bytes_bounds_a_read_but_at_least_one_block_comes(harness: &mut impl Harness) {
    for _ in 0..10 {
        harness.journal().append(batch_of(&[&[7; 1_000]])).await.unwrap();
    }
    for _ in 0..2 {
        let journal = harness.journal();
        assert_eq!(journal.read(0, 0).await.unwrap().len(), 1);
        assert_eq!(journal.read(0, usize::MAX).await.unwrap().len(), 10);
        let some = journal.read(2, 3_000).await.unwrap();
        assert_eq!((some[0].first, some.len()), (2, 3));
        drop(journal);
        if !harness.reopen() {
            break;
        }
    }
}

pub async fn the_tail_is_the_readable_end(harness: &mut impl Harness) {
    let journal = harness.journal();
    let mut tail = journal.tail();
    assert_eq!(*tail.borrow_and_update(), 0);
    journal.append(batch_of(&[b"a", b"b"])).await.unwrap();
    tail.changed().await.unwrap();
    assert_eq!(*tail.borrow_and_update(), 2);
    assert_eq!(records(&journal.read(0, usize::MAX).await.unwrap()).len(), 2);
    assert!(!tail.has_changed().unwrap());
}

pub async fn blocks_carry_the_time_they_were_written(harness: &mut impl Harness) {
    let journal = harness.journal();
    let mut times = Vec::new();
    for _ in 0..2 {
        times.push(harness.clock().now());
        journal.append(batch_of(&[b"a"])).await.unwrap();
        harness.clock().advance_seconds(60);
    }
    drop(journal);
    for _ in 0..2 {
        let blocks = read_all(&*harness.journal(), 0, 1).await;
        assert!(blocks.iter().map(|block| block.written_at).eq(times.iter().copied()));
        if !harness.reopen() {
            break;
        }
    }
}

pub async fn reopening_keeps_records_ids_and_positions(harness: &mut impl Harness) {
    harness.journal().append(batch_of_ids(&[1, 2, 1])).await.unwrap();
    let before = records(&read_all(&*harness.journal(), 0, 1).await);
    if !harness.reopen() {
        return;
    }
    let journal = harness.journal();
    assert_eq!(*journal.tail().borrow(), 3);
    assert_eq!(records(&read_all(&*journal, 0, 1).await), before);
    let appended = journal.append(batch_of_ids(&[2, 3])).await.unwrap();
    assert_eq!((appended.first, appended.duplicates), (3, vec![0]));
}
