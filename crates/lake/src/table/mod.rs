//! The Delta table on disk: its files, its log, and the snapshot questions read.
//!
//! # Invariants
//!
//! - A commit is the creation of the log entry one above the snapshot it extends. Creation fails
//!   when the entry exists, so of two writers one loses, and the journal position in the entry never
//!   goes back.
//! - Data files and log entries are on disk before their names are, and data files before the entry
//!   that names them: a crash leaves at most files that no entry names, which nobody reads and
//!   [`crate::maintenance`] deletes.
//! - A snapshot is immutable. A question keeps the one it began with; files are deleted only after
//!   a grace period, or where an erasure replaced them after the last question that began before has
//!   ended, so it finds them all.

mod commit;
mod durable;
mod encode;
mod open;
mod snapshot;
mod stats;

pub(crate) use commit::{CommitKind, TableChange};
pub(crate) use durable::{create as create_file, create_folder, sync_folder};
pub(crate) use encode::{COMPACT, FAST, writer as file_writer};
pub(crate) use open::{Table, format_day, month_of, on_disk};
pub(crate) use snapshot::{DataFile, Snapshot};
pub(crate) use stats::Stats;
