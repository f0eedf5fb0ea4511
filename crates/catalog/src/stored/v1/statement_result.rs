//! The answer of a statement.

use engine::ports::sql;
use serde::{Deserialize, Serialize};

use crate::stored::document::Unreadable;

/// Columns and rows.
#[derive(Serialize, Deserialize)]
pub(in crate::stored) struct StatementResult {
    columns: Vec<Column>,
    rows: Vec<Vec<Cell>>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    is_truncated: bool,
}

#[derive(Serialize, Deserialize)]
struct Column {
    name: String,
    kind: String,
}

/// A value by its type; what is none is `"null"`.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Cell {
    Null,
    Boolean(bool),
    Integer(i64),
    Double(f64),
    Decimal(String),
    Text(String),
}

impl From<&sql::StatementResult> for StatementResult {
    fn from(answer: &sql::StatementResult) -> Self {
        let sql::StatementResult { columns, rows, is_truncated } = answer;
        let column = |sql::Column { name, kind }: &sql::Column| Column {
            name: name.clone(),
            kind: kind.clone(),
        };
        Self {
            columns: columns.iter().map(column).collect(),
            rows: rows.iter().map(|row| row.iter().map(Into::into).collect()).collect(),
            is_truncated: *is_truncated,
        }
    }
}

impl From<&sql::Cell> for Cell {
    fn from(cell: &sql::Cell) -> Self {
        match cell {
            sql::Cell::Null => Self::Null,
            sql::Cell::Boolean(flag) => Self::Boolean(*flag),
            sql::Cell::Integer(number) => Self::Integer(*number),
            sql::Cell::Double(number) => Self::Double(*number),
            sql::Cell::Decimal(digits) => Self::Decimal(digits.clone()),
            sql::Cell::Text(text) => Self::Text(text.clone()),
            // Answers hold instants as texts.
            sql::Cell::Timestamp(at) => Self::Text(at.to_rfc3339()),
        }
    }
}

impl TryFrom<StatementResult> for sql::StatementResult {
    type Error = Unreadable;

    fn try_from(stored: StatementResult) -> Result<Self, Unreadable> {
        let StatementResult { columns, rows, is_truncated } = stored;
        if rows.iter().any(|row| row.len() != columns.len()) {
            return Err(Unreadable::Member("rows"));
        }
        let column = |Column { name, kind }| sql::Column { name, kind };
        Ok(Self {
            columns: columns.into_iter().map(column).collect(),
            rows: rows.into_iter().map(|row| row.into_iter().map(Into::into).collect()).collect(),
            is_truncated,
        })
    }
}

impl From<Cell> for sql::Cell {
    fn from(cell: Cell) -> Self {
        match cell {
            Cell::Null => Self::Null,
            Cell::Boolean(flag) => Self::Boolean(flag),
            Cell::Integer(number) => Self::Integer(number),
            Cell::Double(number) => Self::Double(number),
            Cell::Decimal(digits) => Self::Decimal(digits),
            Cell::Text(text) => Self::Text(text),
        }
    }
}
