//! A table of the catalog, as DataFusion sees it: the project's rows, fetched when a statement asks.

use std::fmt;
use std::sync::Arc;

use async_trait::async_trait;
use datafusion::arrow::array::{
    ArrayRef, BooleanArray, Decimal128Array, Int64Array, RecordBatch, RecordBatchOptions,
    StringViewArray, TimestampMicrosecondArray,
};
use datafusion::arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use datafusion::arrow::error::ArrowError;
use datafusion::catalog::memory::MemorySourceConfig;
use datafusion::catalog::{Session, TableProvider};
use datafusion::common::{DataFusionError, Result, ScalarValue};
use datafusion::datasource::TableType;
use datafusion::logical_expr::{BinaryExpr, Expr, Operator, TableProviderFilterPushDown};
use datafusion::physical_plan::ExecutionPlan;
use domain::id::ProjectId;
use domain::time::Timestamp;
use engine::ports::catalog::{SqlPeriod, SqlTable, SqlTables, SqlType, SqlValue};

use crate::schema;

/// A statement that needs more rows of one table is turned away.
const MAX_ROWS: u32 = 100_000;

/// What money is calculated with: more digits than `numeric(10,2)`, so that sums fit.
const MONEY: DataType = DataType::Decimal128(20, 2);

/// One project's rows of a table.
pub(super) struct Stored {
    tables: Arc<dyn SqlTables>,
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

impl Stored {
    pub(super) fn new(tables: Arc<dyn SqlTables>, project: ProjectId, table: SqlTable) -> Self {
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

    /// The bounds of the time column that every row asked for lies within.
    fn period(&self, filters: &[Expr]) -> SqlPeriod {
        let mut period = SqlPeriod::default();
        for filter in filters {
            match self.bound(filter) {
                Some((Operator::Gt | Operator::GtEq, at)) => {
                    period.from = period.from.max(Some(at));
                }
                Some((Operator::Lt | Operator::LtEq, at)) => {
                    period.to = Some(period.to.map_or(at, |to| to.min(at)));
                }
                _ => {}
            }
        }
        period
    }

    fn bound(&self, filter: &Expr) -> Option<(Operator, Timestamp)> {
        let Expr::BinaryExpr(BinaryExpr { left, op, right }) = filter else { return None };
        let (column, op, literal) = match (&**left, &**right) {
            (Expr::Column(column), Expr::Literal(literal, _)) => (column, *op, literal),
            (Expr::Literal(literal, _), Expr::Column(column)) => (column, op.swap()?, literal),
            _ => return None,
        };
        let ScalarValue::TimestampMicrosecond(Some(micros), _) = literal else { return None };
        let is_time = Some(&*column.name) == self.table.time;
        is_time.then(|| (op, Timestamp::from_micros(*micros)))
    }
}

#[async_trait]
impl TableProvider for Stored {
    fn schema(&self) -> SchemaRef {
        Arc::clone(&self.schema)
    }

    fn table_type(&self) -> TableType {
        TableType::Base
    }

    fn supports_filters_pushdown(
        &self,
        filters: &[&Expr],
    ) -> Result<Vec<TableProviderFilterPushDown>> {
        let may_pass = |filter: &&Expr| match self.bound(filter) {
            Some(_) => TableProviderFilterPushDown::Inexact,
            None => TableProviderFilterPushDown::Unsupported,
        };
        Ok(filters.iter().map(may_pass).collect())
    }

    async fn scan(
        &self,
        _: &dyn Session,
        projection: Option<&Vec<usize>>,
        filters: &[Expr],
        _: Option<usize>,
    ) -> Result<Arc<dyn ExecutionPlan>> {
        let name = self.table.name;
        let rows = self.tables.rows(self.project, name, self.period(filters), MAX_ROWS + 1);
        let rows = rows.await.map_err(|error| DataFusionError::External(Box::new(error)))?;
        if rows.len() > MAX_ROWS as usize {
            let complaint = match self.table.time {
                Some(time) => TooManyRows::Bound(name, time),
                None => TooManyRows::Unbounded(name),
            };
            return Err(DataFusionError::External(Box::new(complaint)));
        }
        let batches = [vec![self.batch(&rows)?]];
        let schema = Arc::clone(&self.schema);
        Ok(MemorySourceConfig::try_new_exec(&batches, schema, projection.cloned())?)
    }
}

impl fmt::Debug for Stored {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Stored").field("table", &self.table.name).finish_non_exhaustive()
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
