//! The catalog's tables as the SQL surface shows them.

use async_trait::async_trait;
use domain::id::ProjectId;
use domain::time::Timestamp;
use futures::stream::BoxStream;

use super::Error;

/// What a column holds, by PostgreSQL's name for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SqlType {
    /// `uuid`, shown as text.
    Uuid,
    /// `text`.
    Text,
    /// `json`, shown as text.
    Json,
    /// `bigint`.
    BigInt,
    /// `boolean`.
    Boolean,
    /// `numeric(10,2)`: money in major units.
    Numeric,
    /// `timestamptz`.
    TimestampTz,
}

/// A value; [`SqlValue::Null`] fits every type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SqlValue {
    /// Nothing.
    Null,
    /// Of [`SqlType::Uuid`], [`SqlType::Text`] and [`SqlType::Json`].
    Text(String),
    /// Of [`SqlType::BigInt`].
    BigInt(i64),
    /// Of [`SqlType::Boolean`].
    Boolean(bool),
    /// Of [`SqlType::Numeric`]: hundredths.
    Numeric(i64),
    /// Of [`SqlType::TimestampTz`].
    Time(Timestamp),
}

/// A column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SqlColumn {
    /// Its name, lower case.
    pub name: &'static str,
    /// What it holds.
    pub kind: SqlType,
}

/// A table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SqlTable {
    /// Its name, lower case.
    pub name: &'static str,
    /// Its columns, in order.
    pub columns: Vec<SqlColumn>,
    /// The column [`SqlPeriod`] bounds, when there is one.
    pub time: Option<&'static str>,
}

/// Bounds of a table's time column, both included.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SqlPeriod {
    /// The first instant.
    pub from: Option<Timestamp>,
    /// The last instant.
    pub to: Option<Timestamp>,
}

/// The part of a table that a statement reads.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SqlScan {
    /// The columns, by their places in [`SqlTable::columns`], in the order of the values.
    pub columns: Vec<usize>,
    /// Rows outside may be left out; rows without a time are outside of every bound.
    pub period: SqlPeriod,
    /// Columns of texts with the value that rows must have; others may be left out.
    pub equal: Vec<(usize, String)>,
    /// Columns that must be null (`true`) or must not be; other rows may be left out.
    pub null: Vec<(usize, bool)>,
    /// Rows at most.
    pub limit: Option<u64>,
}

/// Rows of a scan, a batch at a time, each with a value for every column of the scan.
pub type SqlRows = BoxStream<'static, Result<Vec<Vec<SqlValue>>, Error>>;

/// The tables. See [`super`] for the contract.
#[async_trait]
pub trait SqlTableStore: Send + Sync {
    /// Every table. The same for all projects, and for as long as the program runs.
    fn tables(&self) -> Vec<SqlTable>;

    /// A project's rows of a table, in no promised order. Whoever reads slowly holds them up, and whoever
    /// drops them ends them: no more than a few batches are in memory. A table nobody described has no rows.
    async fn scan(&self, project: ProjectId, table: &str, scan: SqlScan) -> Result<SqlRows, Error>;
}
