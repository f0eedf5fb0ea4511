//! The SQL surface: one project's tables, asked by statements people write.
//!
//! # Contract
//!
//! - **One project.** A statement sees rows of the given project only, whatever it says; no error,
//!   plan or count tells anything of another's.
//! - **Reading only.** Anything but one `SELECT`, `WITH`, `VALUES`, `SHOW TABLES`, `SHOW COLUMNS`,
//!   `SHOW FUNCTIONS`, `DESCRIBE` or `EXPLAIN` is refused, as is what would touch files or network,
//!   and every function that is not known to be harmless.
//! - **Bounded.** In time, memory, rows and bytes. Dropping the future stops the work.
//! - **Isolated.** No statement keeps another, or anything else, from being served: whatever ends it
//!   ends it alone.
//! - **Now** is the injected clock's, the same throughout a statement.

use std::collections::HashMap;
use std::fmt;

use async_trait::async_trait;
use domain::id::{EventId, ProjectId};
use domain::saved_question::ParameterValue;
use domain::time::Timestamp;
use serde::{Deserialize, Serialize};

use crate::ports::catalog;

type Cause = Box<dyn std::error::Error + Send + Sync>;

/// What to run.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Statement {
    /// The SQL text.
    pub text: String,
    /// Values for its `$1`, `$2`, … or `$name`, without the dollar.
    pub parameters: Vec<(String, Cell)>,
    /// How many rows to answer at most.
    pub limit: usize,
}

/// A value in an answer or of a parameter.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Cell {
    /// Nothing.
    Null,
    /// A truth value.
    Boolean(bool),
    /// A whole number.
    Integer(i64),
    /// A number with a fraction; never infinite nor "not a number".
    Double(f64),
    /// An exact decimal number, as its digits.
    Decimal(String),
    /// A text, and how everything else is shown. Instants of answers are RFC 3339 in UTC.
    Text(String),
    /// An instant of a parameter; no answer has one.
    Timestamp(Timestamp),
}

impl From<ParameterValue> for Cell {
    fn from(value: ParameterValue) -> Self {
        match value {
            ParameterValue::Text(text) => Self::Text(text),
            ParameterValue::Integer(number) => Self::Integer(number),
            ParameterValue::Double(number) => Self::Double(number),
            ParameterValue::Timestamp(at) => Self::Timestamp(at),
            ParameterValue::Boolean(flag) => Self::Boolean(flag),
        }
    }
}

/// A column of an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// Its type, by PostgreSQL's name.
    pub kind: String,
}

/// The names that statements can use.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SqlSchema {
    /// The tables, by their names.
    pub tables: Vec<TableSchema>,
    /// The functions, by what they are about.
    pub functions: Vec<FunctionGroup>,
}

/// A table that statements read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableSchema {
    /// Its name.
    pub name: String,
    /// Its columns, in their order.
    pub columns: Vec<Column>,
}

/// Functions that statements may call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FunctionGroup {
    /// Their subject, such as `texts`.
    pub about: &'static str,
    /// Their names.
    pub names: Vec<&'static str>,
}

/// A statement's rows.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct StatementResult {
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows; each has a cell for every column.
    pub rows: Vec<Vec<Cell>>,
    /// Whether there are more rows than asked for.
    pub is_truncated: bool,
}

/// What is wrong with a statement, and where.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// What is wrong, for people.
    pub detail: String,
    /// Line and column of the place, from 1.
    pub at: Option<(u64, u64)>,
    /// Known names that may have been meant, the likeliest first.
    pub suggestions: Vec<String>,
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some((line, column)) = self.at {
            write!(formatter, "line {line}, column {column}: ")?;
        }
        formatter.write_str(&self.detail)?;
        match &*self.suggestions {
            [] => Ok(()),
            names => write!(formatter, "; did you mean {}?", names.join(" or ")),
        }
    }
}

/// Why a statement has no answer.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The statement must be changed.
    #[error("{0}")]
    Statement(Diagnostic),
    /// It took longer, needed more memory, or answered more bytes than it may.
    #[error("the statement exceeds its {limit} limit")]
    Limit {
        /// `time`, `memory` or `answer size`.
        limit: &'static str,
    },
    /// A store cannot be reached; trying again later can succeed.
    #[error("{what} cannot be reached")]
    Unavailable {
        /// Which store.
        what: &'static str,
        /// Why.
        #[source]
        cause: Cause,
    },
    /// A fault of ours.
    #[error("the statement failed")]
    Internal(#[source] Cause),
}

/// Runs statements. See the module for its contract.
#[async_trait]
pub trait SqlSurface: Send + Sync {
    /// Runs one statement over a project's tables.
    async fn run(&self, project: ProjectId, statement: Statement)
    -> Result<StatementResult, Error>;

    /// The tables and functions there are, the same for every project.
    async fn schema(&self) -> Result<SqlSchema, Error>;
}

/// Where the pictures of events are. Rows of events are written before their pictures arrive, so
/// statements look the pictures up.
#[async_trait]
pub trait ScreenshotUrls: Send + Sync {
    /// The URLs of the pictures of those of a project's events that have one.
    async fn urls(
        &self,
        project: ProjectId,
        events: &[EventId],
    ) -> Result<HashMap<EventId, String>, catalog::Error>;
}
