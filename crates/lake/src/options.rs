//! Options of the lake.

use std::path::PathBuf;
use std::time::Duration;

/// Where the lake lies and what it may use. [`Options::new`] gives the defaults.
#[derive(Debug, Clone)]
pub struct Options {
    /// The folder; the events' table is `events` in it.
    pub folder: PathBuf,
    /// Memory all running questions may use together, in bytes.
    pub query_memory_bytes: usize,
    /// Memory in which the footers of files read lately are kept, in bytes.
    pub footer_cache_bytes: usize,
    /// How long one question may take.
    pub question_timeout: Duration,
    /// Threads one question is spread over.
    pub query_threads: usize,
    /// The size compaction aims at, in bytes.
    pub target_file_bytes: u64,
    /// The current day is compacted when it has more small files than this.
    pub small_files_today: usize,
    /// How long a file is kept after the last snapshot that needed it was replaced, in seconds.
    pub grace_seconds: i64,
    /// How long the log's history is kept, in seconds.
    pub log_retention_seconds: i64,
    /// A checkpoint is written after this many commits.
    pub checkpoint_interval: u64,
}

impl Options {
    /// The defaults, with the table below `folder`.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self {
            folder: folder.into(),
            query_memory_bytes: 256 << 20,
            footer_cache_bytes: 24 << 20,
            question_timeout: Duration::from_secs(10),
            query_threads: std::thread::available_parallelism().map_or(2, usize::from),
            target_file_bytes: 128 << 20,
            small_files_today: 32,
            grace_seconds: 600,
            log_retention_seconds: 2 * 3_600,
            checkpoint_interval: 100,
        }
    }
}
