//! One version of the table, held in memory: what it consists of and how far the journal is in it.

use std::collections::HashSet;
use std::sync::Arc;

use engine::ports::journal::Position;

use super::Stats;

const MICROS_PER_DAY: i64 = 86_400_000_000;

/// A live data file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DataFile {
    /// Its path below the table's folder, with `/`.
    pub path: String,
    /// Days since the epoch of the partition it belongs to.
    pub day: i32,
    /// Bytes on disk.
    pub size_bytes: u64,
    /// What is known of its rows.
    pub stats: Stats,
}

impl DataFile {
    /// Bounds of `occurred_at` in the file, microseconds: those known, else those of its day.
    pub(crate) fn occurred_micros(&self) -> (i64, i64) {
        let first = i64::from(self.day) * MICROS_PER_DAY;
        self.stats.occurred_micros().unwrap_or((first, first + MICROS_PER_DAY - 1))
    }
}

/// An immutable version of the table.
#[derive(Debug, Clone, Default)]
pub(crate) struct Snapshot {
    /// Delta's version number.
    pub version: u64,
    /// The position after the last journal record in the table.
    pub position: Position,
    /// The live files, in the order they were added.
    pub files: Vec<Arc<DataFile>>,
}

impl Snapshot {
    /// The version after this one.
    pub(crate) fn with(
        &self,
        added: impl IntoIterator<Item = DataFile>,
        removed: &[Arc<DataFile>],
        position: Option<Position>,
    ) -> Self {
        let gone: HashSet<&str> = removed.iter().map(|file| &*file.path).collect();
        let kept = self.files.iter().filter(|file| !gone.contains(&*file.path)).cloned();
        Self {
            version: self.version + 1,
            position: position.unwrap_or(self.position),
            files: kept.chain(added.into_iter().map(Arc::new)).collect(),
        }
    }
}
