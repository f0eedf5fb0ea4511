//! Reading typed values out of a row; what cannot be read is a fault of ours, never a default.

use domain::time::Timestamp;
use engine::ports::catalog::Error;
use sqlx::Row;
use sqlx::any::AnyRow;
use uuid::Uuid;

use crate::error::{malformed, sql};

/// What no text of PostgreSQL holds: a text with it equals none that is stored, and may not be bound.
pub(crate) const NUL: char = '\0';

/// Typed access to the columns of a row.
pub(crate) trait RowExt {
    /// A text.
    fn text(&self, column: &'static str) -> Result<String, Error>;
    /// A text, or none where the column is null.
    fn maybe_text(&self, column: &'static str) -> Result<Option<String>, Error>;
    /// Bytes.
    fn bytes(&self, column: &'static str) -> Result<Vec<u8>, Error>;
    /// A number within the range of `N`.
    fn number<N: TryFrom<i64>>(&self, column: &'static str) -> Result<N, Error>;
    /// A number, or none where the column is null.
    fn maybe_number(&self, column: &'static str) -> Result<Option<i64>, Error>;
    /// An instant, or none where the column is null.
    fn maybe_time(&self, column: &'static str) -> Result<Option<Timestamp>, Error>;

    /// An id.
    fn id(&self, column: &'static str) -> Result<Uuid, Error> {
        Uuid::parse_str(&self.text(column)?).map_err(|_| malformed(column))
    }

    /// An instant.
    fn time(&self, column: &'static str) -> Result<Timestamp, Error> {
        self.number(column).map(Timestamp::from_micros)
    }

    /// A truth value, stored as 0 or 1.
    fn flag(&self, column: &'static str) -> Result<bool, Error> {
        Ok(self.number::<i64>(column)? != 0)
    }
}

impl RowExt for AnyRow {
    fn text(&self, column: &'static str) -> Result<String, Error> {
        self.try_get(column).map_err(sql)
    }

    fn maybe_text(&self, column: &'static str) -> Result<Option<String>, Error> {
        self.try_get(column).map_err(sql)
    }

    fn bytes(&self, column: &'static str) -> Result<Vec<u8>, Error> {
        self.try_get(column).map_err(sql)
    }

    fn number<N: TryFrom<i64>>(&self, column: &'static str) -> Result<N, Error> {
        let number: i64 = self.try_get(column).map_err(sql)?;
        N::try_from(number).map_err(|_| malformed(column))
    }

    fn maybe_number(&self, column: &'static str) -> Result<Option<i64>, Error> {
        self.try_get(column).map_err(sql)
    }

    fn maybe_time(&self, column: &'static str) -> Result<Option<Timestamp>, Error> {
        let micros: Option<i64> = self.try_get(column).map_err(sql)?;
        Ok(micros.map(Timestamp::from_micros))
    }
}
