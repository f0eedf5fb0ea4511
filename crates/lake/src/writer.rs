//! Writing: events become one file for each of their months, and one commit with the position.

use std::collections::HashMap;
use std::hash::Hash;
use std::io;
use std::sync::Arc;
use std::time::Instant;

use domain::event::EventRef;
use domain::id::EventId;
use domain::time::Timestamp;
use engine::ports::journal::Position;
use engine::ports::lake::Error;
use engine::record::{EncodedEvent, EventBatch};

use crate::table::{
    CommitKind, DataFile, FAST, Stats, Table, TableChange, create_file, file_writer, format_day,
    month_of, on_disk,
};
use crate::{metrics, rows};

/// Events that are decoded at a time: all of a large flush would take a kilobyte each.
const ROWS_PER_BATCH: usize = 512;

/// Stores the events and the position in one commit.
pub(crate) async fn write(
    table: &Arc<Table>,
    events: EventBatch,
    position: Position,
) -> Result<(), Error> {
    let started = Instant::now();
    table.refresh_if_behind().await?;
    let base = table.snapshot();
    let writing = Arc::clone(table);
    let next_version = base.version + 1;
    let is_newer = position > base.position;
    let (count, added) = on_disk(move || {
        let rows = sorted(&events);
        // What comes too late is not written: it is refused below.
        let added = if is_newer { store(&writing, next_version, &rows)? } else { Vec::new() };
        Ok((rows.len(), added))
    })
    .await?;
    if count == 0 && position == base.position {
        return Ok(());
    }
    if !is_newer {
        return Err(Error::Conflict);
    }
    table
        .commit(TableChange { purpose: CommitKind::Write(position), added, removed: Vec::new() })
        .await?;
    metrics::committed(started, count);
    Ok(())
}

/// An event that is still encoded, and its month.
type Row<'a> = (i32, EncodedEvent<'a>);

/// The sort key of an event, and its place among the events as they came. Project and name are numbers in
/// the order of what they stand for: a flush has few of them, and texts take long to compare.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct SortKey {
    month: i32,
    project: u32,
    name: u32,
    occurred_at: Timestamp,
    id: EventId,
    place: usize,
}

/// Numbers for distinct values, given as they come.
struct Numbers<T>(HashMap<T, u32>);

impl<T: Copy + Eq + Hash + Ord> Numbers<T> {
    fn of(&mut self, value: T) -> u32 {
        let next = u32::try_from(self.0.len()).unwrap_or(u32::MAX);
        *self.0.entry(value).or_insert(next)
    }

    /// For each number, the place of its value among all values in order.
    fn ranks(self) -> Vec<u32> {
        let mut values: Vec<(T, u32)> = self.0.into_iter().collect();
        values.sort_unstable();
        let mut ranks = vec![0; values.len()];
        for (rank, (_, number)) in (0..).zip(values) {
            ranks[number as usize] = rank;
        }
        ranks
    }
}

/// The events by month, and for each month in the order of [`crate::schema::SORT`].
fn sorted(events: &EventBatch) -> Vec<Row<'_>> {
    // Nearly all events of a flush are of one day.
    let mut last = (i32::MIN, i32::MIN);
    let mut month = |day| {
        if last.0 != day {
            last = (day, month_of(day));
        }
        last.1
    };
    let (mut projects, mut names) = (Numbers(HashMap::new()), Numbers(HashMap::new()));
    let (mut keys, mut encoded) = (Vec::new(), Vec::new());
    for (head, event) in events.heads() {
        keys.push(SortKey {
            month: month(head.occurred_at.day()),
            project: projects.of(head.project_id),
            name: names.of(head.name),
            occurred_at: head.occurred_at,
            id: head.id,
            place: encoded.len(),
        });
        encoded.push(event);
    }
    let (projects, names) = (projects.ranks(), names.ranks());
    for key in &mut keys {
        (key.project, key.name) = (projects[key.project as usize], names[key.name as usize]);
    }
    keys.sort_unstable();
    keys.into_iter().map(|key| (key.month, encoded[key.place])).collect()
}

/// Writes one file for each month.
fn store(table: &Table, version: u64, rows: &[Row<'_>]) -> io::Result<Vec<DataFile>> {
    rows.chunk_by(|(month, _), (next, _)| month == next)
        .map(|rows| store_month(table, version, rows[0].0, rows))
        .collect()
}

fn store_month(table: &Table, version: u64, month: i32, rows: &[Row<'_>]) -> io::Result<DataFile> {
    let mut stats = Stats::default();
    let mut writer = file_writer(Vec::new(), &FAST).map_err(io::Error::other)?;
    for rows in rows.chunks(ROWS_PER_BATCH) {
        let events: Vec<EventRef<'_>> =
            rows.iter().filter_map(|(_, event)| event.decode_or_report()).collect();
        let batch = rows::batch(&events).map_err(io::Error::other)?;
        stats.observe(&batch);
        writer.write(&batch).map_err(io::Error::other)?;
    }
    let bytes = writer.into_inner().map_err(io::Error::other)?;
    let (path, temp_suffix) = new_path(table, version, month, "");
    create_file(&table.root.join(&path), &temp_suffix, &bytes)?;
    Ok(DataFile { path, month, size_bytes: bytes.len() as u64, stats })
}

/// A path nobody has used, and the part of it that makes it so. Its name ends in `kind`.
pub(crate) fn new_path(table: &Table, version: u64, month: i32, kind: &str) -> (String, String) {
    let id = table.ids.next(table.clock.now()).to_string();
    (format!("month={}/{version:020}-{id}{kind}.parquet", format_day(month)), id)
}

/// How names of files that are compressed for good end, before their extension.
pub(crate) const COMPACTED: &str = "-compacted";
/// How names of other files that were merged end.
pub(crate) const MERGED: &str = "-merged";

/// Whether a file was merged, and has a rollup.
pub(crate) fn is_merged(path: &str) -> bool {
    is_compacted(path) || path.strip_suffix(".parquet").is_some_and(|name| name.ends_with(MERGED))
}

/// Whether a file is compressed for good.
pub(crate) fn is_compacted(path: &str) -> bool {
    path.strip_suffix(".parquet").is_some_and(|name| name.ends_with(COMPACTED))
}
