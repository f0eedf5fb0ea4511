//! Rewritten payloads are in no file: searches every byte of the folder.

use std::sync::Arc;

use engine::ports::journal::PayloadRewriter;
use testkit::conformance::journal::{END_OF_TIME, Harness, batch_of};

use crate::harness::{InFolder, noise};

const MARKER: &[u8] = b"marker-of-a-person-7f3a";

/// Where the marker lies, by file.
fn found(harness: &InFolder) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(&harness.options.folder).unwrap() {
        let path = entry.unwrap().path();
        let bytes = std::fs::read(&path).unwrap();
        if bytes.windows(MARKER.len()).any(|window| window == MARKER) {
            found.push(path.display().to_string());
        }
    }
    found
}

/// A payload that no compression hides the marker in.
fn marked(seed: u64, bytes: usize) -> Vec<u8> {
    [&noise(seed, bytes), MARKER, &noise(seed + 1, bytes)].concat()
}

fn forgetting() -> PayloadRewriter {
    Arc::new(|_, payload| {
        let is_marked = payload.windows(MARKER.len()).any(|window| window == MARKER);
        is_marked.then(|| b"gone".to_vec())
    })
}

#[tokio::test]
async fn rewritten_bytes_are_in_no_file() {
    for bytes in [40, 900, 20_000] {
        let harness = InFolder::new();
        for seed in 0..60 {
            let (one, other) = (marked(seed * 7, bytes), noise(seed, bytes));
            harness.journal().append(batch_of(&[&one, &other])).await.unwrap();
        }
        assert!(!found(&harness).is_empty(), "the search finds what is there");
        let rewritten = harness.journal().rewrite(forgetting()).await.unwrap();
        assert_eq!(rewritten.entries, 60);
        assert_eq!(found(&harness), Vec::<String>::new(), "{bytes}");
        harness.journal().append(batch_of(&[b"later"])).await.unwrap();
        assert_eq!(found(&harness), Vec::<String>::new(), "{bytes}");
    }
}

#[tokio::test]
async fn bytes_of_trimmed_blocks_leave_with_a_rewriting() {
    let harness = InFolder::new();
    for seed in 0..40 {
        harness.journal().append(batch_of(&[&marked(seed * 3, 2_000)])).await.unwrap();
    }
    harness.journal().trim(30, END_OF_TIME).await.unwrap();
    harness.journal().rewrite(forgetting()).await.unwrap();
    assert_eq!(found(&harness), Vec::<String>::new());
}
