//! The SQL request: statement, project, limit and output format.

use axum::http::{HeaderMap, header};
use engine::ports::sql::{Cell, Statement};
use engine::sql::DEFAULT_ROWS;
use serde::Deserialize;
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::error::Error;

/// A statement to run.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct SqlRequest {
    /// One statement of PostgreSQL's SQL that only reads.
    query: String,
    /// Whose tables; may be left out by who belongs to one project only.
    pub(super) project_id: Option<Uuid>,
    /// Values: a list for `$1`, `$2`, …, or an object for `$name`.
    #[serde(default)]
    parameters: Value,
    /// 1 to 100,000 rows; 1,000 by default.
    limit: Option<usize>,
    /// The shape of the answer; by `Accept`, else `json`, by default.
    format: Option<Format>,
}

/// The shape of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
#[schema(as = SqlFormat)]
pub enum Format {
    /// Columns, and rows as lists.
    Json,
    /// RFC 4180, with a head.
    Csv,
    /// A JSON object a line.
    Ndjson,
}

impl SqlRequest {
    /// The shape asked for.
    pub(super) fn format(&self, headers: &HeaderMap) -> Format {
        let accept = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok());
        let accepts = |kind| accept.is_some_and(|accept| accept.contains(kind));
        self.format.unwrap_or_else(|| {
            if accepts("text/csv") {
                Format::Csv
            } else if accepts("application/x-ndjson") {
                Format::Ndjson
            } else {
                Format::Json
            }
        })
    }

    /// The statement.
    pub(super) fn statement(self) -> Result<Statement, Error> {
        if self.query.trim().is_empty() {
            return Err(Error::invalid("query", "query is empty"));
        }
        let parameters = match self.parameters {
            Value::Null => Vec::new(),
            Value::Array(list) => {
                let named = list.iter().enumerate();
                named.map(|(index, value)| ((index + 1).to_string(), cell(value))).collect()
            }
            Value::Object(object) => {
                object.iter().map(|(name, value)| (name.clone(), cell(value))).collect()
            }
            _ => {
                return Err(Error::invalid("parameters", "parameters must be a list or an object"));
            }
        };
        Ok(Statement { text: self.query, parameters, limit: self.limit.unwrap_or(DEFAULT_ROWS) })
    }
}

fn cell(value: &Value) -> Cell {
    match value {
        Value::Null => Cell::Null,
        Value::Bool(flag) => Cell::Boolean(*flag),
        Value::String(text) => Cell::Text(text.clone()),
        Value::Number(number) => match (number.as_i64(), number.as_f64()) {
            (Some(whole), _) => Cell::Integer(whole),
            (None, Some(double)) => Cell::Double(double),
            (None, None) => Cell::Text(number.to_string()),
        },
        // JSON columns are texts.
        Value::Array(_) | Value::Object(_) => Cell::Text(value.to_string()),
    }
}
