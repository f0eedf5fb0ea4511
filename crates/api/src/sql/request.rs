//! The SQL request: statement, project, parameters, limit and output format.

use std::collections::BTreeMap;

use axum::http::{HeaderMap, header};
use engine::ports::sql::{Cell, Statement};
use engine::sql::DEFAULT_ROWS;
use serde::Deserialize;
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use super::parameters::{self, ParameterTypeName};
use crate::error::Error;

/// A statement to run.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct SqlRequest {
    /// One statement of PostgreSQL's SQL that only reads.
    query: String,
    /// Whose tables; may be left out by who belongs to one project only.
    pub(super) project_id: Option<Uuid>,
    /// Values: a list for `$1`, `$2`, …, or an object for `$name`; at most 100. They are bound, and never
    /// read as SQL.
    #[serde(default)]
    parameters: Value,
    /// The types of parameters by name. One that is named here must have a value of its type; others have the
    /// type of their JSON. Without it a timestamp is a text, which is only compared with timestamps.
    #[serde(default)]
    parameter_types: BTreeMap<String, ParameterTypeName>,
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
        Format::chosen(self.format, headers)
    }

    /// The statement.
    pub(super) fn statement(self) -> Result<Statement, Error> {
        if self.query.trim().is_empty() {
            return Err(Error::invalid("query", "query is empty"));
        }
        let values: Vec<(String, Value)> = match self.parameters {
            Value::Null => Vec::new(),
            Value::Array(list) => {
                let named = list.into_iter().enumerate();
                named.map(|(index, value)| ((index + 1).to_string(), value)).collect()
            }
            Value::Object(object) => object.into_iter().collect(),
            _ => {
                return Err(Error::invalid("parameters", "parameters must be a list or an object"));
            }
        };
        let parameters = if self.parameter_types.is_empty() {
            values.into_iter().map(|(name, value)| (name, cell(&value))).collect()
        } else {
            let (typed, others): (Vec<_>, Vec<_>) =
                values.into_iter().partition(|(name, _)| self.parameter_types.contains_key(name));
            let declared = parameters::declared(&self.parameter_types)?;
            let bound = parameters::bind(&declared, typed)?;
            bound
                .into_iter()
                .chain(others.into_iter().map(|(name, it)| (name, cell(&it))))
                .collect()
        };
        Ok(Statement { text: self.query, parameters, limit: self.limit.unwrap_or(DEFAULT_ROWS) })
    }
}

impl Format {
    /// The shape asked for: by the body, else by `Accept`, else JSON.
    pub(super) fn chosen(named: Option<Self>, headers: &HeaderMap) -> Self {
        let accept = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok());
        let accepts = |kind| accept.is_some_and(|accept| accept.contains(kind));
        named.unwrap_or_else(|| {
            if accepts("text/csv") {
                Self::Csv
            } else if accepts("application/x-ndjson") {
                Self::Ndjson
            } else {
                Self::Json
            }
        })
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
