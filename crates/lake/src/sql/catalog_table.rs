//! A table of the catalog: the project's rows, fetched when a statement asks.

use std::sync::Arc;

use datafusion::arrow::array::{
    ArrayRef, BooleanArray, Decimal128Array, Int64Array, RecordBatch, RecordBatchOptions,
    StringViewArray, TimestampMicrosecondArray,
};
use datafusion::arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use datafusion::arrow::error::ArrowError;
use datafusion::common::{DataFusionError, Result};
use domain::id::ProjectId;
use engine::ports::catalog::{SqlPeriod, SqlTable, SqlTableStore, SqlType, SqlValue};

use crate::schema;

/// A statement that needs more rows of one table is turned away.
const MAX_ROWS: u32 = 100_000;

/// What money is calculated with: more digits than `numeric(10,2)`, so that sums fit.
const MONEY: DataType = DataType::Decimal128(20, 2);

/// One project's rows of a table.
pub(super) struct CatalogTable {
    tables: Arc<dyn SqlTableStore>,
    project: ProjectId,
    table: SqlTable,
    schema: SchemaRef,
}

/// More rows than fit in memory would have to be fetched.
#[derive(Debug, thiserror::Error)]
pub(super) enum TooManyRows {
    #[error("{0} has more than {MAX_ROWS} rows in the period asked for; bound {1} in WHERE")]
    Bound(&'static str, &'static str),
    #[error("{0} has more than {MAX_ROWS} rows, which is more than SQL can read of it")]
    Unbounded(&'static str),
}

impl CatalogTable {
    pub(super) fn new(tables: Arc<dyn SqlTableStore>, project: ProjectId, table: SqlTable) -> Self {
        let field = |kind: SqlType| match kind {
            SqlType::Uuid | SqlType::Text | SqlType::Json => DataType::Utf8View,
            SqlType::BigInt => DataType::Int64,
            SqlType::Boolean => DataType::Boolean,
            SqlType::Numeric => MONEY,
            SqlType::TimestampTz => schema::instant_type(),
        };
        let fields = table.columns.iter().map(|it| Field::new(it.name, field(it.kind), true));
        let schema = Arc::new(Schema::new(fields.collect::<Vec<_>>()));
        Self { tables, project, table, schema }
    }

    fn batch(&self, rows: &[Vec<SqlValue>]) -> Result<RecordBatch, ArrowError> {
        let columns = self.table.columns.iter().enumerate();
        let columns = columns
            .map(|(index, column)| array(column.kind, rows.iter().map(|row| row.get(index))))
            .collect();
        let options = RecordBatchOptions::new().with_row_count(Some(rows.len()));
        RecordBatch::try_new_with_options(Arc::clone(&self.schema), columns, &options)
    }

    pub(super) fn name(&self) -> &'static str {
        self.table.name
    }

    pub(super) fn schema(&self) -> &SchemaRef {
        &self.schema
    }

    /// The column that a period is about.
    pub(super) fn time(&self) -> Option<&'static str> {
        self.table.time
    }

    /// The rows of a period.
    pub(super) async fn rows(&self, period: SqlPeriod) -> Result<RecordBatch> {
        let name = self.table.name;
        let rows = self.tables.rows(self.project, name, period, MAX_ROWS + 1).await;
        let rows = rows.map_err(|error| DataFusionError::External(Box::new(error)))?;
        if rows.len() > MAX_ROWS as usize {
            let too_many = match self.table.time {
                Some(time) => TooManyRows::Bound(name, time),
                None => TooManyRows::Unbounded(name),
            };
            return Err(DataFusionError::External(Box::new(too_many)));
        }
        Ok(self.batch(&rows)?)
    }
}

/// A column's values; one of another type is null.
fn array<'a>(kind: SqlType, values: impl Iterator<Item = Option<&'a SqlValue>>) -> ArrayRef {
    match kind {
        SqlType::Uuid | SqlType::Text | SqlType::Json => {
            let texts = values.map(|value| match value {
                Some(SqlValue::Text(text)) => Some(&**text),
                _ => None,
            });
            Arc::new(texts.collect::<StringViewArray>())
        }
        SqlType::BigInt => {
            let numbers = values.map(|value| match value {
                Some(SqlValue::BigInt(number)) => Some(*number),
                _ => None,
            });
            Arc::new(numbers.collect::<Int64Array>())
        }
        SqlType::Boolean => {
            let flags = values.map(|value| match value {
                Some(SqlValue::Boolean(flag)) => Some(*flag),
                _ => None,
            });
            Arc::new(flags.collect::<BooleanArray>())
        }
        SqlType::Numeric => {
            let amounts = values.map(|value| match value {
                Some(SqlValue::Numeric(hundredths)) => Some(i128::from(*hundredths)),
                _ => None,
            });
            Arc::new(amounts.collect::<Decimal128Array>().with_data_type(MONEY))
        }
        SqlType::TimestampTz => {
            let times = values.map(|value| match value {
                Some(SqlValue::Time(at)) => Some(at.micros()),
                _ => None,
            });
            Arc::new(times.collect::<TimestampMicrosecondArray>().with_timezone("UTC"))
        }
    }
}
