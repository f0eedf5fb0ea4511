//! The journal in one `SQLite` file: one row for each group commit.
//!
//! # How it works
//!
//! Appends wait in a bounded [`queue`]. One [`writer`] thread takes everything that waits (at most
//! [`Options::commit_bytes`]), stores it as one row in one transaction and answers after `COMMIT` has
//! returned, which under `synchronous=FULL` is after the write-ahead log was synced. There is no
//! timer: while one commit is being synced the next one gathers, so a lone append waits for one sync
//! and a crowd shares it. Reads take recent blocks from [`recent_blocks`] memory and older ones from
//! read-only connections ([`reader`]), so neither ever waits for the writer.
//!
//! A rewriting reads blocks beside the writer, works out their new payloads, and gives them to the writer,
//! which puts each in the place of the old one between commits ([`rewrite`]). Then it gives all free pages
//! back to the file system and empties the write-ahead log, so that no old byte is left.
//!
//! Which ids were seen within the window lies in memory for the last blocks, and in sorted runs for those before
//! ([`dedup`]).
//!
//! # Files in the folder
//!
//! `journal.db` and its `-wal` and `-shm`; `journal.lock`, held by the one process that has it open.
//! Tables and version: [`schema`]. Bytes of a block: [`format`].
//!
//! # After a failure
//!
//! A failed commit answers its whole group `Unavailable`. Unless it only met a lock, the connection is
//! then opened anew, and before the next commit the write-ahead log is copied into the database, synced
//! and emptied: a sync that failed once is never trusted for having succeeded the second time. The next
//! position is read back from the file.

mod dedup;
mod error;
mod format;
mod journal;
mod lock;
mod options;
mod quarantine;
mod queue;
mod reader;
mod recent_blocks;
mod rewrite;
mod schema;
mod shared;
mod store;
mod trim;
mod writer;

pub use journal::SqliteJournal;
pub use options::Options;
