//! A table of the catalog: the project's rows, read in batches when a statement asks.

use std::sync::Arc;

use datafusion::arrow::array::{
    ArrayRef, BooleanArray, Decimal128Array, Int64Array, RecordBatch, RecordBatchOptions,
    StringViewArray, TimestampMicrosecondArray,
};
use datafusion::arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use datafusion::arrow::error::ArrowError;
use datafusion::common::{DataFusionError, Result};
use domain::id::ProjectId;
use engine::ports::catalog::{Error, SqlScan, SqlTable, SqlTableStore, SqlType, SqlValue};
use futures::stream::{BoxStream, StreamExt as _};

use super::column_type;
use super::filter::{self, Comparison, Literal, ScanFilter};
use crate::schema;

/// What money is calculated with: more digits than `numeric(10,2)`, so that sums fit.
const MONEY: DataType = DataType::Decimal128(20, 2);

/// One project's rows of a table.
pub(super) struct CatalogTable {
    tables: Arc<dyn SqlTableStore>,
    project: ProjectId,
    table: SqlTable,
    schema: SchemaRef,
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
        let fields = table.columns.iter().map(|it| {
            let field = Field::new(it.name, field(it.kind), true);
            match it.kind {
                SqlType::Uuid => column_type::named(field, "uuid"),
                SqlType::Json => column_type::named(field, "json"),
                SqlType::Numeric => column_type::named(field, "numeric(10,2)"),
                SqlType::Text | SqlType::BigInt | SqlType::Boolean | SqlType::TimestampTz => field,
            }
        });
        let schema = Arc::new(Schema::new(fields.collect::<Vec<_>>()));
        Self { tables, project, table, schema }
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

    /// The rows of these columns, as far as the catalog knows which ones the filters want: the caller applies
    /// them all.
    pub(super) async fn scan(
        &self,
        columns: &[usize],
        filters: &[ScanFilter],
        limit: Option<usize>,
    ) -> Result<BoxStream<'static, Result<RecordBatch>>> {
        let scan = SqlScan {
            columns: columns.to_vec(),
            period: filter::period(filters, self.time()),
            equal: filters.iter().filter_map(|filter| self.equal(filter)).collect(),
            null: filters.iter().filter_map(|filter| self.null(filter)).collect(),
            limit: limit.map(|limit| limit as u64),
        };
        let external = |error: Error| DataFusionError::External(Box::new(error));
        let rows = self.tables.scan(self.project, self.table.name, scan).await.map_err(external)?;
        let schema = Arc::new(self.schema.project(columns)?);
        let kinds: Vec<SqlType> =
            columns.iter().map(|index| self.table.columns[*index].kind).collect();
        Ok(rows.map(move |rows| Ok(batch(&schema, &kinds, &rows.map_err(external)?)?)).boxed())
    }

    fn place(&self, name: &str) -> Option<usize> {
        self.table.columns.iter().position(|column| column.name == name)
    }

    fn equal(&self, filter: &ScanFilter) -> Option<(usize, String)> {
        let ScanFilter::Compare {
            column,
            comparison: Comparison::Equal,
            value: Literal::Text(text),
        } = filter
        else {
            return None;
        };
        let index = self.place(column)?;
        let is_text = matches!(self.table.columns[index].kind, SqlType::Text | SqlType::Uuid);
        is_text.then(|| (index, text.clone()))
    }

    fn null(&self, filter: &ScanFilter) -> Option<(usize, bool)> {
        let ScanFilter::Null { column, negated } = filter else { return None };
        Some((self.place(column)?, !negated))
    }
}

fn batch(
    schema: &SchemaRef,
    kinds: &[SqlType],
    rows: &[Vec<SqlValue>],
) -> Result<RecordBatch, ArrowError> {
    let columns = kinds.iter().enumerate();
    let columns =
        columns.map(|(index, kind)| array(*kind, rows.iter().map(|row| row.get(index)))).collect();
    let options = RecordBatchOptions::new().with_row_count(Some(rows.len()));
    RecordBatch::try_new_with_options(Arc::clone(schema), columns, &options)
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
