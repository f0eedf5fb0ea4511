//! Journal records as two columns: `journal` and `position`.

use engine::ports::catalog::{Error, RecordId};
use sqlx::any::AnyRow;

use crate::row_ext::RowExt;
use crate::store::LOCAL_JOURNAL;

/// A record as a statement's binds.
pub(crate) trait JournalRecord {
    /// Its position; what is larger than any stored one becomes the largest that can be stored.
    fn position_or_last(self) -> i64;
    /// Its journal.
    fn journal_text(self) -> String;
}

impl JournalRecord for RecordId {
    fn position_or_last(self) -> i64 {
        i64::try_from(self.position).unwrap_or(i64::MAX)
    }

    fn journal_text(self) -> String {
        self.journal.map_or_else(|| LOCAL_JOURNAL.to_owned(), |journal| journal.to_string())
    }
}

/// The record of a row's columns `journal` and `position`.
pub(crate) fn record(row: &AnyRow) -> Result<RecordId, Error> {
    let is_local = row.text("journal")? == LOCAL_JOURNAL;
    let journal = if is_local { None } else { Some(row.id("journal")?) };
    Ok(RecordId { position: row.number("position")?, journal })
}
