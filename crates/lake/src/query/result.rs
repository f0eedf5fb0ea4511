//! A statement's rows, and how their columns are read.

use datafusion::arrow::array::{Array, AsArray, Int64Array, RecordBatch, StringViewArray};
use datafusion::arrow::compute;
use datafusion::arrow::datatypes::{DataType, Float64Type};
use datafusion::common::DataFusionError;

/// A statement's rows. Reading a column that is not there, or of another type, gives null: the
/// statements are ours, and the known-answer tests hold their columns to their readers.
#[derive(Debug)]
pub(crate) struct QueryResult(RecordBatch);

impl QueryResult {
    pub(super) fn of(batch: &RecordBatch) -> Result<Self, DataFusionError> {
        let columns = batch.columns().iter().map(|column| {
            let plain = match column.data_type() {
                DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => DataType::Utf8View,
                DataType::Float64 => DataType::Float64,
                // Booleans, counts and instants are read as numbers.
                _ => DataType::Int64,
            };
            compute::cast(column, &plain)
        });
        let columns = columns.collect::<Result<Vec<_>, _>>()?;
        let schema = batch.schema();
        let names = schema.fields().iter().map(|field| field.name().clone());
        Ok(Self(RecordBatch::try_from_iter_with_nullable(
            names.zip(columns).map(|(name, column)| (name, column, true)),
        )?))
    }

    /// A column of numbers, or of instants as microseconds.
    pub(crate) fn integers(&self, column: &str) -> Option<&Int64Array> {
        self.0.column_by_name(column)?.as_primitive_opt()
    }

    /// A column of texts.
    pub(crate) fn texts(&self, column: &str) -> Option<&StringViewArray> {
        self.0.column_by_name(column)?.as_string_view_opt()
    }

    /// The rows' indexes.
    pub(crate) fn rows(&self) -> std::ops::Range<usize> {
        0..self.0.num_rows()
    }

    /// A number, or an instant's microseconds.
    pub(crate) fn integer(&self, column: &str, row: usize) -> Option<i64> {
        let values = self.integers(column)?;
        (!values.is_null(row)).then(|| values.value(row))
    }

    /// A count; null counts nothing.
    pub(crate) fn count(&self, column: &str, row: usize) -> u64 {
        self.integer(column, row).and_then(|value| u64::try_from(value).ok()).unwrap_or_default()
    }

    /// A number with a fraction.
    pub(crate) fn double(&self, column: &str, row: usize) -> Option<f64> {
        let values = self.0.column_by_name(column)?.as_primitive_opt::<Float64Type>()?;
        (!values.is_null(row)).then(|| values.value(row))
    }

    /// A text.
    pub(crate) fn text(&self, column: &str, row: usize) -> Option<String> {
        let values = self.texts(column)?;
        (!values.is_null(row)).then(|| values.value(row).to_owned())
    }

    /// An instant.
    pub(crate) fn instant(&self, column: &str, row: usize) -> domain::time::Timestamp {
        domain::time::Timestamp::from_micros(self.integer(column, row).unwrap_or_default())
    }
}
