//! Rewriting: other payloads, the same entries.
#![expect(missing_docs, reason = "the names are the claims")]

use std::sync::Arc;

use engine::ports::journal::{Journal, PayloadRewriter};

use super::{Expected, Harness, batch_of, batch_of_ids, read_all, records};

/// Leaves `gone` where a payload was `secret`.
fn forgetting() -> PayloadRewriter {
    Arc::new(|_, payload| (payload == b"secret").then(|| b"gone".to_vec()))
}

async fn texts(journal: &dyn Journal) -> Vec<String> {
    let all = records(&read_all(journal, 0, 1).await);
    let text = |record: Expected| String::from_utf8(record.payload.unwrap_or_default()).unwrap();
    all.into_iter().map(text).collect()
}

pub async fn a_rewriting_puts_other_payloads_in_the_place_of_some(harness: &mut impl Harness) {
    let journal = harness.journal();
    let batches: [&[&[u8]]; 3] = [&[b"a", b"secret"], &[b"b"], &[b"secret", b"c", b"secret"]];
    for payloads in batches {
        journal.append(batch_of(payloads)).await.unwrap();
    }
    let before = read_all(&*journal, 0, 1).await;
    let rewritten = journal.rewrite(forgetting()).await.unwrap();
    assert_eq!((rewritten.entries, rewritten.until), (3, 6));
    let after = read_all(&*journal, 0, 1).await;
    assert_eq!(texts(&*journal).await, ["a", "gone", "b", "gone", "c", "gone"]);
    for (old, new) in before.iter().zip(&after) {
        assert_eq!((old.first, old.len(), old.written_at), (new.first, new.len(), new.written_at));
    }
    assert_eq!(journal.rewrite(forgetting()).await.unwrap().entries, 0);
}

pub async fn what_was_rewritten_stays_so_across_a_restart(harness: &mut impl Harness) {
    harness.journal().append(batch_of(&[b"secret", b"kept"])).await.unwrap();
    harness.journal().rewrite(forgetting()).await.unwrap();
    harness.reopen();
    let journal = harness.journal();
    assert_eq!(texts(&*journal).await, ["gone", "kept"]);
    assert_eq!(journal.append(batch_of(&[b"x"])).await.unwrap().first, 2);
    assert_eq!(journal.bounds().await.unwrap().quarantined, 0);
}

pub async fn ids_of_rewritten_entries_are_still_known(harness: &mut impl Harness) {
    let journal = harness.journal();
    journal.append(batch_of_ids(&[1, 2])).await.unwrap();
    let erase: PayloadRewriter = Arc::new(|_, _| Some(Vec::new()));
    assert_eq!(journal.rewrite(erase).await.unwrap().entries, 2);
    assert_eq!(journal.append(batch_of_ids(&[2, 3])).await.unwrap().duplicates, [0]);
}

pub async fn appends_go_on_while_a_rewriting_is_under_way(harness: &mut impl Harness) {
    let journal = harness.journal();
    for _ in 0..50 {
        journal.append(batch_of(&[b"secret", b"kept"])).await.unwrap();
    }
    let appending = async {
        for _ in 0..50 {
            journal.append(batch_of(&[b"later"])).await.unwrap();
        }
    };
    let (rewritten, ()) = tokio::join!(journal.rewrite(forgetting()), appending);
    assert_eq!(rewritten.unwrap().entries, 50);
    let all = texts(&*journal).await;
    assert_eq!((all.len(), all.iter().filter(|text| *text == "secret").count()), (150, 0));
}
