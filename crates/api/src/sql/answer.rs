//! The rows as JSON, NDJSON or CSV.

use std::time::Duration;

use axum::http::header;
use axum::response::{IntoResponse, Response};
use engine::ports::sql::{Cell, Column, StatementResult};
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;
use utoipa::ToSchema;

use super::csv;
use super::request::Format;
use crate::error::Error;

/// Says, where the body cannot, that there are more rows.
const TRUNCATED: &str = "x-truncated";

/// A statement's rows.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct SqlAnswer {
    columns: Vec<SqlColumn>,
    /// The rows, each with a value for every column. Instants are RFC 3339 in UTC.
    #[schema(value_type = Vec<Vec<serde_json::Value>>)]
    rows: Vec<Vec<Value>>,
    /// How many rows are here.
    row_count: usize,
    /// Whether there are more than `limit`.
    truncated: bool,
    /// How long it took.
    elapsed_ms: u64,
}

/// A column.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct SqlColumn {
    name: String,
    /// PostgreSQL's name for its type.
    #[serde(rename = "type")]
    kind: String,
}

impl From<Column> for SqlColumn {
    fn from(Column { name, kind }: Column) -> Self {
        Self { name, kind }
    }
}

/// A cell as JSON.
#[derive(Debug)]
struct Value(Cell);

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0 {
            Cell::Null => serializer.serialize_unit(),
            Cell::Boolean(flag) => serializer.serialize_bool(*flag),
            Cell::Integer(number) => serializer.serialize_i64(*number),
            Cell::Double(number) => serializer.serialize_f64(*number),
            Cell::Text(text) => serializer.serialize_str(text),
            Cell::Timestamp(at) => serializer.serialize_str(&at.to_rfc3339()),
            // All of its digits, as a number.
            Cell::Decimal(digits) => match RawValue::from_string(digits.clone()) {
                Ok(number) => number.serialize(serializer),
                Err(_) => serializer.serialize_str(digits),
            },
        }
    }
}

/// A row as a JSON object.
struct Row<'a>(&'a [Column], Vec<Value>);

impl Serialize for Row<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_map(Some(self.0.len()))?;
        for (column, value) in self.0.iter().zip(&self.1) {
            object.serialize_entry(&column.name, value)?;
        }
        object.end()
    }
}

/// The response.
pub(super) fn respond(
    answer: StatementResult,
    format: Format,
    elapsed: Duration,
) -> Result<Response, Error> {
    let truncated = if answer.is_truncated { "true" } else { "false" };
    let kind = match format {
        Format::Json => "application/json",
        Format::Csv => "text/csv; charset=utf-8; header=present",
        Format::Ndjson => "application/x-ndjson",
    };
    let body = render(answer, format, elapsed).map_err(engine::Error::internal)?;
    Ok(([(header::CONTENT_TYPE.as_str(), kind), (TRUNCATED, truncated)], body).into_response())
}

/// The rows in the shape asked for. Fails for no answer there is.
pub fn render(
    answer: StatementResult,
    format: Format,
    elapsed: Duration,
) -> Result<String, serde_json::Error> {
    match format {
        Format::Json => serde_json::to_string(&json(answer, elapsed)),
        Format::Csv => Ok(csv::write(&answer)),
        Format::Ndjson => ndjson(answer),
    }
}

fn json(answer: StatementResult, elapsed: Duration) -> SqlAnswer {
    SqlAnswer {
        columns: answer.columns.into_iter().map(Into::into).collect(),
        row_count: answer.rows.len(),
        rows: answer.rows.into_iter().map(values).collect(),
        truncated: answer.is_truncated,
        elapsed_ms: u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX),
    }
}

fn ndjson(answer: StatementResult) -> Result<String, serde_json::Error> {
    let mut body = String::new();
    for row in answer.rows {
        body.push_str(&serde_json::to_string(&Row(&answer.columns, values(row)))?);
        body.push('\n');
    }
    Ok(body)
}

fn values(row: Vec<Cell>) -> Vec<Value> {
    row.into_iter().map(Value).collect()
}
