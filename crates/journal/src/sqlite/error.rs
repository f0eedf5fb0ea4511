//! Why a journal cannot be opened, and how `SQLite`'s errors map to the port's.

use std::path::PathBuf;

use engine::ports::journal::Error;
use rusqlite::ErrorCode;

/// Why the folder's journal cannot be used. Reaches the caller inside [`Error::Broken`].
#[derive(Debug, thiserror::Error)]
pub(super) enum OpenError {
    #[error("{} cannot be used as the journal's folder", folder.display())]
    Folder { folder: PathBuf, source: std::io::Error },
    #[error("another process has the journal in {} open", folder.display())]
    InUse { folder: PathBuf },
    #[error("the journal has format {found}; this program knows formats up to {known}")]
    Newer { found: i64, known: i64 },
    #[error("journal.db was not written by this program")]
    Foreign,
    #[error("the file system cannot hold a write-ahead log (journal mode is {mode})")]
    NoWriteAheadLog { mode: String },
    #[error("journal.db cannot be opened")]
    Sqlite(#[from] rusqlite::Error),
    #[error("the writer thread cannot be started")]
    Thread(#[source] std::io::Error),
}

impl From<OpenError> for Error {
    fn from(unusable: OpenError) -> Self {
        Self::Broken(Box::new(unusable))
    }
}

/// The port's error for a write that failed: trying again may succeed.
pub(super) fn unavailable(reason: impl std::fmt::Display) -> Error {
    Error::Unavailable { reason: reason.to_string() }
}

/// The port's error for a read that failed.
pub(super) fn unreadable(error: rusqlite::Error) -> Error {
    if is_corruption(&error) { Error::Broken(Box::new(error)) } else { unavailable(error) }
}

/// Whether the file's structure, not the disk or a lock, is at fault.
pub(super) fn is_corruption(error: &rusqlite::Error) -> bool {
    matches!(error.sqlite_error_code(), Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase))
}

/// Whether somebody else held a lock for too long: nothing was written and nothing is in doubt.
pub(super) fn is_lock(error: &rusqlite::Error) -> bool {
    matches!(error.sqlite_error_code(), Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked))
}
