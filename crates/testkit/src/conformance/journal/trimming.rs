//! Trimming: whole blocks, never the count, never the ids of the window.
#![expect(missing_docs, reason = "the names are the claims")]

use engine::ports::journal::{Block, Journal};

use super::{END_OF_TIME, Harness, batch_of, batch_of_ids, read_all, records};
use domain::clock::Clock as _;

async fn append_three_blocks(journal: &dyn Journal) -> Vec<Block> {
    for payloads in [2, 3, 1] {
        journal.append(batch_of(&vec![b"x" as &[u8]; payloads])).await.unwrap();
    }
    read_all(journal, 0, 1).await
}

pub async fn a_trim_removes_whole_blocks_before_the_position(harness: &mut impl Harness) {
    let journal = harness.journal();
    let mut blocks = append_three_blocks(&*journal).await;
    for before in 0..6 {
        let gone =
            blocks.iter().filter(|block| block.end() <= before).map(Block::len).sum::<usize>();
        assert_eq!(journal.trim(before, END_OF_TIME).await.unwrap(), gone as u64, "{before}");
        blocks.retain(|block| block.end() > before);
        assert_eq!(journal.bounds().await.unwrap().first, blocks[0].first, "{before}");
        let kept = read_all(&*journal, 0, usize::MAX).await;
        assert_eq!(records(&kept), records(&blocks), "{before}");
    }
}

pub async fn a_trim_keeps_blocks_that_are_not_old_enough(harness: &mut impl Harness) {
    let journal = harness.journal();
    journal.append(batch_of(&[b"old", b"old"])).await.unwrap();
    harness.clock().advance_seconds(60);
    let now = harness.clock().now();
    journal.append(batch_of(&[b"new"])).await.unwrap();
    assert_eq!(journal.trim(u64::MAX, now).await.unwrap(), 2);
    let kept = records(&read_all(&*journal, 0, 1).await);
    assert_eq!(kept.iter().map(|record| record.position).collect::<Vec<_>>(), [2]);
    assert_eq!(journal.trim(u64::MAX, now).await.unwrap(), 0);
}

pub async fn trimming_everything_keeps_counting(harness: &mut impl Harness) {
    let journal = harness.journal();
    append_three_blocks(&*journal).await;
    assert_eq!(journal.trim(u64::MAX, END_OF_TIME).await.unwrap(), 6);
    drop(journal);
    harness.reopen();
    let journal = harness.journal();
    let bounds = journal.bounds().await.unwrap();
    assert_eq!((bounds.first, bounds.next), (6, 6));
    assert!(journal.read(0, usize::MAX).await.unwrap().is_empty());
    assert_eq!(journal.append(batch_of(&[b"x"])).await.unwrap().first, 6);
    assert_eq!(records(&read_all(&*journal, 6, 1).await).len(), 1);
}

pub async fn reading_before_the_first_kept_position_starts_there(harness: &mut impl Harness) {
    let journal = harness.journal();
    let blocks = append_three_blocks(&*journal).await;
    journal.trim(blocks[0].end(), END_OF_TIME).await.unwrap();
    drop(journal);
    for _ in 0..2 {
        let read = harness.journal().read(0, usize::MAX).await.unwrap();
        assert_eq!(records(&read), records(&blocks[1..]));
        harness.reopen();
    }
}

pub async fn trimmed_payloads_leave_their_ids_behind(harness: &mut impl Harness) {
    let journal = harness.journal();
    journal.append(batch_of_ids(&[1])).await.unwrap();
    assert_eq!(journal.trim(u64::MAX, END_OF_TIME).await.unwrap(), 1);
    assert_eq!(journal.append(batch_of_ids(&[1])).await.unwrap().duplicates, [0]);
}
