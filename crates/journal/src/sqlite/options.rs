//! Options of the journal.

use std::path::PathBuf;

const MIB: usize = 1024 * 1024;

/// Where the journal lies and how much it may hold. [`Options::in_folder`] gives the defaults.
#[derive(Debug, Clone)]
pub struct Options {
    /// The folder of the journal's files; created when it does not exist.
    pub folder: PathBuf,
    /// Days an id is remembered: at least this many times 24 hours, less than one day more. Default 7.
    pub dedup_days: u16,
    /// Ids kept in memory before they are sorted and stored: 30 bytes each, and twice as many while that is
    /// done. After a crash, the blocks that hold as many are read. Default 100,000.
    pub open_ids: usize,
    /// Batches that may wait to be written; more are refused. Default 4,096.
    pub queue_batches: usize,
    /// Bytes that may wait to be written; more are refused, and a single batch larger than this always
    /// is. Default 64 MiB.
    pub queue_bytes: usize,
    /// Bytes after which a commit takes no further batch. Default 8 MiB.
    pub commit_bytes: usize,
    /// Bytes of recently written blocks kept in memory for readers near the end. Default 32 MiB.
    pub recent_bytes: usize,
    /// The size the database file may grow to; appends are refused beyond it until a trim has made
    /// room. Default: as large as the disk allows.
    pub max_file_bytes: Option<u64>,
}

impl Options {
    /// The defaults, in this folder.
    pub fn in_folder(folder: impl Into<PathBuf>) -> Self {
        Self {
            folder: folder.into(),
            dedup_days: 7,
            open_ids: 100_000,
            queue_batches: 4_096,
            queue_bytes: 64 * MIB,
            commit_bytes: 8 * MIB,
            recent_bytes: 32 * MIB,
            max_file_bytes: None,
        }
    }
}
