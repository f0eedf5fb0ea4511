//! Filling a lake as the server would, and compacting it until nothing is left to do.

use std::path::Path;
use std::time::Instant;

use domain::event::Event;
use engine::ports::lake::LakeWriter;
use engine::record::EventBatch;
use serde::{Deserialize, Serialize};

use crate::numbers::float;
use crate::{generate, process, wire};

/// Events in one commit: the most the server puts into one.
const COMMIT: usize = 40_000;
/// Events whose JSON is measured.
const SAMPLE: usize = 20_000;

/// What filling took and gave.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct FillResult {
    pub(crate) rows: u64,
    pub(crate) files: u64,
    /// Data files after compaction, the log not counted.
    pub(crate) size_bytes: u64,
    /// As written, before compaction.
    pub(crate) written_bytes: u64,
    /// Mean length of an event's JSON.
    pub(crate) json_bytes: f64,
    /// Time in `write`, without generating.
    pub(crate) write_seconds: f64,
    pub(crate) slowest_commit_ms: f64,
    pub(crate) compact_seconds: f64,
    pub(crate) peak_mb: f64,
}

/// Fills the lake in `folder`.
pub(super) async fn fill(folder: &Path, count: usize) -> anyhow::Result<FillResult> {
    let lake = super::open(folder).await?;
    let mut events = generate::events(count);
    let (mut written, mut write_seconds, mut slowest_commit_ms) = (0_u64, 0.0, 0.0_f64);
    loop {
        let batch: Vec<Event> = events.by_ref().take(COMMIT).collect();
        if batch.is_empty() {
            break;
        }
        written += batch.len() as u64;
        let batch = EventBatch::from(batch);
        let started = Instant::now();
        lake.write(batch, written).await?;
        let seconds = started.elapsed().as_secs_f64();
        write_seconds += seconds;
        slowest_commit_ms = slowest_commit_ms.max(seconds * 1_000.0);
    }
    let before = lake.stats().await?;
    let compacting = Instant::now();
    // Late enough that every day counts as over.
    let now = generate::END.plus_seconds(3 * 86_400);
    while lake.maintain(now).await?.files_merged > 0 {}
    let compact_seconds = compacting.elapsed().as_secs_f64();
    // And later than any grace, so that only live files are left.
    while lake.maintain(now.plus_seconds(86_400)).await?.files_deleted > 0 {}
    let after = lake.stats().await?;
    Ok(FillResult {
        rows: after.rows,
        files: after.files,
        size_bytes: after.size_bytes,
        written_bytes: before.size_bytes,
        json_bytes: json_bytes()?,
        write_seconds,
        slowest_commit_ms,
        compact_seconds,
        peak_mb: process::peak_mb(std::process::id())?,
    })
}

fn json_bytes() -> anyhow::Result<f64> {
    let mut bytes = 0;
    for event in generate::events(SAMPLE) {
        bytes += wire::json(&event)?.len() as u64;
    }
    Ok(float(bytes) / float(SAMPLE as u64))
}
