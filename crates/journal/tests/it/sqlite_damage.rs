//! Damaged blocks are passed over, counted once, and harm nobody else.

use engine::ports::journal::Journal;
use testkit::conformance::journal::{Harness, batch_of, read_all, records};

use crate::harness::{InFolder, noise};

/// Five blocks of 3 entries, closed, with `damage` done to the one at position 6, opened again.
async fn damaged_by(damage: &str) -> InFolder {
    let mut harness = InFolder::new();
    for _ in 0..5 {
        let payload = (0..=255).collect::<Vec<u8>>();
        harness.journal().append(batch_of(&[&payload, b"b", &payload])).await.unwrap();
    }
    harness.close();
    assert_eq!(harness.connect().execute(damage, []).unwrap(), 1);
    harness.open();
    harness
}

async fn assert_only_the_third_block_is_missing(journal: &dyn Journal) {
    for _ in 0..2 {
        let positions = records(&read_all(journal, 0, 1).await);
        let positions = positions.iter().map(|record| record.position);
        assert!(positions.eq((0..6).chain(9..15)));
        assert_eq!(journal.bounds().await.unwrap().quarantined, 3);
    }
}

#[tokio::test]
async fn a_block_with_a_flipped_bit_is_passed_over_and_counted_once() {
    let harness = damaged_by(
        "UPDATE blocks SET block = CAST(substr(block, 1, 60) || x'ff' || substr(block, 62) AS BLOB)
         WHERE position = 6",
    )
    .await;
    assert_only_the_third_block_is_missing(&*harness.journal()).await;
    assert_eq!(harness.journal().append(batch_of(&[b"x"])).await.unwrap().first, 15);
}

#[tokio::test]
async fn a_row_whose_other_fields_are_damaged_is_passed_over() {
    for change in ["count = 1", "count = 9000", "count = 'x'", "written_at = 5", "crc32c = 0.5"] {
        let harness = damaged_by(&format!("UPDATE blocks SET {change} WHERE position = 6")).await;
        let journal = harness.journal();
        let positions = records(&read_all(&*journal, 0, 1).await);
        assert_eq!(positions.len(), 12, "{change}");
    }
}

#[tokio::test]
async fn reading_from_within_a_damaged_block_goes_on_behind_it() {
    let harness = damaged_by("UPDATE blocks SET block = x'00' WHERE position = 6").await;
    let blocks = harness.journal().read(7, 1).await.unwrap();
    assert_eq!(blocks[0].first, 9);
}

#[tokio::test]
async fn a_damaged_block_is_trimmed_like_any_other() {
    let harness = damaged_by("UPDATE blocks SET count = 1000 WHERE position = 6").await;
    let journal = harness.journal();
    let end = testkit::conformance::journal::END_OF_TIME;
    assert_eq!(journal.trim(9, end).await.unwrap(), 9);
    let bounds = journal.bounds().await.unwrap();
    assert_eq!((bounds.first, bounds.next), (9, 15));
}

#[tokio::test]
async fn damaged_pages_of_a_large_block_cost_only_that_block() {
    let mut harness = InFolder::new();
    for fill in 0..3 {
        // Noise, so that the block lies on many pages.
        harness.journal().append(batch_of(&[&noise(fill, 100_000)])).await.unwrap();
    }
    harness.close();
    let file = harness.options.folder.join("journal.db");
    let mut bytes = std::fs::read(&file).unwrap();
    // In the middle of the second of three equal blocks at the file's end: an overflow page's chain.
    let page = bytes.len() / 4_096 - 25 - 12;
    bytes[page * 4_096..][..64].fill(0xee);
    std::fs::write(&file, bytes).unwrap();
    harness.open();
    let journal = harness.journal();
    let positions = records(&read_all(&*journal, 0, 1).await);
    assert!(positions.iter().map(|record| record.position).eq([0, 2]));
    assert_eq!(journal.bounds().await.unwrap().quarantined, 1);
}
