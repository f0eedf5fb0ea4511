//! The tables of `journal.db` and the settings of its connections.
//!
//! ```text
//! blocks  position INTEGER PRIMARY KEY   first position of the block
//!         count INTEGER                  entries in it
//!         written_at INTEGER             microseconds since 1970, by the journal's clock
//!         crc32c INTEGER                 of position, count, written_at (i64, little endian) and block
//!         block BLOB                     see `format`
//! owners  number INTEGER PRIMARY KEY     stands for the owner in keys
//!         owner BLOB                     16 bytes
//! runs    run INTEGER PRIMARY KEY        see `dedup`; growing, also by time
//!         day INTEGER                    days since 1970, UTC, on which its ids were stored
//!         keys INTEGER                   how many it holds
//!         bounds BLOB                    the first key of each chunk, and the last key
//!         filter BLOB                    see `dedup::filter`
//! chunks  chunk INTEGER PRIMARY KEY      the run, times 65,536, and the chunk's place in it
//!         keys BLOB                      in order, 20 bytes each: the id and the owner's number (big endian)
//! meta    next_position INTEGER          lower bound of the next position; one row, written by trims
//!         covered_until INTEGER          ids of entries before this position are in runs
//! ```
//!
//! The next position is the larger of `meta.next_position` and the end of the last block, so that an
//! append touches no third table. `PRAGMA user_version` is the version of the schema: 1.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, OptionalExtension};

use super::error::OpenError;

/// The version of schema and block format this program writes.
const VERSION: i64 = 1;
/// Bytes of a database page. 16,384 costs the writer's processor the same (1.8 µs an entry in batches of
/// 20) and takes half as much room again for lone appends: 208 bytes an entry instead of 136.
pub(super) const PAGE_BYTES: u64 = 4_096;
/// Bytes the write-ahead log keeps allocated; overwriting them costs less to sync than growing the file.
const LOG_KEPT_BYTES: u64 = 64 * 1024 * 1024;
/// How long a connection waits for a lock, for example of a backup.
const LOCK_WAIT: Duration = Duration::from_secs(5);

const CREATE: &str = "
    BEGIN IMMEDIATE;
    CREATE TABLE blocks (
        position INTEGER PRIMARY KEY,
        count INTEGER NOT NULL,
        written_at INTEGER NOT NULL,
        crc32c INTEGER NOT NULL,
        block BLOB NOT NULL
    );
    CREATE TABLE owners (number INTEGER PRIMARY KEY, owner BLOB NOT NULL);
    CREATE TABLE runs (
        run INTEGER PRIMARY KEY,
        day INTEGER NOT NULL,
        keys INTEGER NOT NULL,
        bounds BLOB NOT NULL,
        filter BLOB NOT NULL
    );
    CREATE TABLE chunks (chunk INTEGER PRIMARY KEY, keys BLOB NOT NULL);
    CREATE TABLE meta (next_position INTEGER NOT NULL, covered_until INTEGER NOT NULL);
    INSERT INTO meta VALUES (0, 0);
    PRAGMA user_version = 1;
    COMMIT;";

/// The database file in a journal's folder.
pub(super) fn path(folder: &Path) -> PathBuf {
    folder.join("journal.db")
}

/// Opens the one connection that writes; creates the tables in a new file.
pub(super) fn open_writer(path: &Path, max_bytes: Option<u64>) -> Result<Connection, OpenError> {
    let connection = Connection::open_with_flags(
        path,
        OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_CREATE
            | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )?;
    connection.busy_timeout(LOCK_WAIT)?;
    connection.execute_batch(&format!(
        "PRAGMA page_size = {PAGE_BYTES}; PRAGMA auto_vacuum = INCREMENTAL;"
    ))?;
    let mode: String = connection.query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0))?;
    if mode != "wal" {
        return Err(OpenError::NoWriteAheadLog { mode });
    }
    // The writer checkpoints itself, after it has answered. What is deleted inside a page is
    // overwritten, which costs nothing as the page is written anyway; free pages are left to vacuums.
    connection.execute_batch(&format!(
        "PRAGMA secure_delete = FAST; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0; PRAGMA mmap_size = 0;
         PRAGMA cache_size = -16384; PRAGMA journal_size_limit = {LOG_KEPT_BYTES};"
    ))?;
    if let Some(bytes) = max_bytes {
        let pages = i64::try_from(bytes / PAGE_BYTES).unwrap_or(i64::MAX).max(1);
        connection.query_row(&format!("PRAGMA max_page_count = {pages}"), [], |_| Ok(()))?;
    }
    create_or_check(&connection)?;
    Ok(connection)
}

/// Opens a connection that only reads; the writer must have opened the file before.
pub(super) fn open_reader(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(LOCK_WAIT)?;
    connection.execute_batch("PRAGMA mmap_size = 0;")?;
    Ok(connection)
}

fn create_or_check(connection: &Connection) -> Result<(), OpenError> {
    let found: i64 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    if found > VERSION {
        return Err(OpenError::Newer { found, known: VERSION });
    }
    if found == VERSION {
        return Ok(());
    }
    let something: Option<i64> = connection
        .query_row("SELECT 1 FROM sqlite_schema LIMIT 1", [], |row| row.get(0))
        .optional()?;
    if found != 0 || something.is_some() {
        return Err(OpenError::Foreign);
    }
    Ok(connection.execute_batch(CREATE)?)
}
