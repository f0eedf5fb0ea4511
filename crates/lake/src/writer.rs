//! Writing: events become one file for each of their days, and one commit with the position.

use std::io;
use std::sync::Arc;
use std::time::Instant;

use domain::event::Event;
use engine::ports::journal::Position;
use engine::ports::lake::Error;

use crate::table::{
    Change, DataFile, FAST, Purpose, Stats, Table, create_file, file_writer, format_day, on_disk,
};
use crate::{metrics, rows};

/// Stores the events and the position in one commit.
pub(crate) async fn write(
    table: &Arc<Table>,
    events: Vec<Event>,
    position: Position,
) -> Result<(), Error> {
    let started = Instant::now();
    table.settle().await?;
    let base = table.snapshot();
    if events.is_empty() && position == base.position {
        return Ok(());
    }
    if position < base.position || (position == base.position && !events.is_empty()) {
        return Err(Error::Conflict);
    }
    let count = events.len();
    let writing = Arc::clone(table);
    let next_version = base.version + 1;
    let added = on_disk(move || store(&writing, next_version, &events)).await?;
    table.commit(Change { purpose: Purpose::Write(position), added, removed: Vec::new() }).await?;
    metrics::committed(started, count);
    Ok(())
}

/// Writes one sorted file for each day.
fn store(table: &Table, version: u64, events: &[Event]) -> io::Result<Vec<DataFile>> {
    let mut sorted: Vec<(i32, &Event)> =
        events.iter().map(|event| (event.occurred_at.day(), event)).collect();
    // After the day, the order of `schema::SORT`.
    sorted.sort_unstable_by(|(day, one), (other_day, other)| {
        day.cmp(other_day)
            .then_with(|| one.project_id.cmp(&other.project_id))
            .then_with(|| one.name.cmp(&other.name))
            .then_with(|| one.occurred_at.cmp(&other.occurred_at))
            .then_with(|| one.id.cmp(&other.id))
    });
    sorted
        .chunk_by(|(day, _), (next, _)| day == next)
        .map(|run| {
            let rows: Vec<&Event> = run.iter().map(|(_, event)| *event).collect();
            store_day(table, version, run[0].0, &rows)
        })
        .collect()
}

fn store_day(table: &Table, version: u64, day: i32, events: &[&Event]) -> io::Result<DataFile> {
    let batch = rows::batch(events).map_err(io::Error::other)?;
    let mut stats = Stats::default();
    stats.observe(&batch);
    let mut writer = file_writer(Vec::new(), &FAST).map_err(io::Error::other)?;
    writer.write(&batch).map_err(io::Error::other)?;
    drop(batch);
    let bytes = writer.into_inner().map_err(io::Error::other)?;
    let (path, mark) = new_path(table, version, day, "");
    create_file(&table.root.join(&path), &mark, &bytes)?;
    Ok(DataFile { path, day, size_bytes: bytes.len() as u64, stats })
}

/// A path nobody has used, and the part of it that makes it so. Its name ends in `kind`.
pub(crate) fn new_path(table: &Table, version: u64, day: i32, kind: &str) -> (String, String) {
    let id = table.ids.next(table.clock.now()).to_string();
    (format!("day={}/{version:020}-{id}{kind}.parquet", format_day(day)), id)
}

/// How names of files that are compressed for good end, before their extension.
pub(crate) const COMPACTED: &str = "-compacted";

/// Whether a file is compressed for good.
pub(crate) fn is_compacted(path: &str) -> bool {
    path.strip_suffix(".parquet").is_some_and(|name| name.ends_with(COMPACTED))
}
