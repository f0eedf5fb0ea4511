//! One version of the table, held in memory: what it consists of and how far the journal is in it.

use std::collections::HashSet;
use std::sync::Arc;

use domain::time::Timestamp;
use engine::ports::journal::Position;

use super::Stats;

const MICROS_PER_DAY: i64 = 86_400_000_000;
/// Days a month has at most.
const MAX_DAYS: i64 = 31;

/// A live data file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DataFile {
    /// Its path below the table's folder, with `/`.
    pub path: String,
    /// The partition it belongs to: the first day of its month, as days since the epoch.
    pub month: i32,
    /// Bytes on disk.
    pub size_bytes: u64,
    /// What is known of its rows.
    pub stats: Stats,
}

impl DataFile {
    /// Bounds of `occurred_at` in the file, microseconds: those known, else wider than its month.
    pub(crate) fn occurred_micros(&self) -> (i64, i64) {
        let first = i64::from(self.month) * MICROS_PER_DAY;
        self.stats.occurred_micros().unwrap_or((first, first + MAX_DAYS * MICROS_PER_DAY - 1))
    }

    /// The UTC day of its latest event, as days since the epoch.
    pub(crate) fn last_day(&self) -> i32 {
        Timestamp::from_micros(self.occurred_micros().1).day()
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
