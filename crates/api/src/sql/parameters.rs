//! Parameters with types: their JSON, and the values that a statement is run with.

use std::collections::BTreeMap;

use domain::saved_question::{
    InvalidParameter, MAX_PARAMETERS, Parameter, ParameterName, ParameterType, ParameterValue,
};
use domain::time::Timestamp;
use engine::ports::sql::Cell;
use engine::saved_questions;
use serde::{Deserialize, Serialize};
use serde_json::{Number, Value};
use utoipa::ToSchema;

use crate::error::Error;

/// The type of a parameter's values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ParameterType)]
pub(super) enum ParameterTypeName {
    /// A JSON string of at most 10,000 characters.
    Text,
    /// A JSON number.
    Number,
    /// A JSON string, RFC 3339.
    Timestamp,
    /// `true` or `false`.
    Boolean,
}

impl From<ParameterTypeName> for ParameterType {
    fn from(name: ParameterTypeName) -> Self {
        match name {
            ParameterTypeName::Text => Self::Text,
            ParameterTypeName::Number => Self::Number,
            ParameterTypeName::Timestamp => Self::Timestamp,
            ParameterTypeName::Boolean => Self::Boolean,
        }
    }
}

impl From<ParameterType> for ParameterTypeName {
    fn from(kind: ParameterType) -> Self {
        match kind {
            ParameterType::Text => Self::Text,
            ParameterType::Number => Self::Number,
            ParameterType::Timestamp => Self::Timestamp,
            ParameterType::Boolean => Self::Boolean,
        }
    }
}

/// Parameters without defaults, by their types.
pub(super) fn declared(
    types: &BTreeMap<String, ParameterTypeName>,
) -> Result<Vec<Parameter>, Error> {
    if types.len() > MAX_PARAMETERS {
        let detail = format!("parameter_types must name at most {MAX_PARAMETERS} parameters");
        return Err(Error::invalid("parameter_types", detail));
    }
    let parameter = |(name, kind): (&String, &ParameterTypeName)| {
        Ok(Parameter {
            name: read_name("parameter_types", name)?,
            kind: (*kind).into(),
            default: None,
        })
    };
    types.iter().map(parameter).collect()
}

/// A name, of this field.
pub(super) fn read_name(field: &str, text: &str) -> Result<ParameterName, Error> {
    ParameterName::parse(text).ok_or_else(|| {
        let detail = format!(
            "{field} must be a name of at most 40 letters, digits and _, without a digit at its start"
        );
        Error::invalid(field, detail)
    })
}

/// The values that a statement is run with. A null is no value.
pub(super) fn bind(
    parameters: &[Parameter],
    values: impl IntoIterator<Item = (String, Value)>,
) -> Result<Vec<(String, Cell)>, Error> {
    let mut read = Vec::new();
    for (name, value) in values {
        if value.is_null() {
            continue;
        }
        let known = parameters.iter().find(|known| known.name.as_str() == name);
        let kind = known.map_or(ParameterType::Text, |known| known.kind);
        let value = read_value(kind, value).map_err(|error| {
            let field = format!("parameters.{name}");
            let detail = format!("{field} {error}");
            unprocessable(field, detail)
        })?;
        read.push((name, value));
    }
    Ok(saved_questions::bind(parameters, read)?)
}

/// A value of JSON as one of this type.
pub(super) fn read_value(
    kind: ParameterType,
    value: Value,
) -> Result<ParameterValue, InvalidParameter> {
    let wrong = InvalidParameter::Type(kind);
    let read = match (kind, value) {
        (ParameterType::Text, Value::String(text)) => ParameterValue::Text(text),
        (ParameterType::Number, Value::Number(number)) => {
            let double = || number.as_f64().map(ParameterValue::Double);
            number.as_i64().map(ParameterValue::Integer).or_else(double).ok_or(wrong)?
        }
        (ParameterType::Timestamp, Value::String(text)) => {
            ParameterValue::Timestamp(Timestamp::parse(&text).map_err(|_| wrong)?)
        }
        (ParameterType::Boolean, Value::Bool(flag)) => ParameterValue::Boolean(flag),
        _ => return Err(wrong),
    };
    read.checked(kind)
}

/// A value as JSON.
pub(super) fn write_value(value: ParameterValue) -> Value {
    match value {
        ParameterValue::Text(text) => Value::String(text),
        ParameterValue::Integer(number) => Value::Number(number.into()),
        ParameterValue::Double(number) => {
            Number::from_f64(number).map_or(Value::Null, Value::Number)
        }
        ParameterValue::Timestamp(at) => Value::String(at.to_rfc3339()),
        ParameterValue::Boolean(flag) => Value::Bool(flag),
    }
}

fn unprocessable(field: String, detail: String) -> Error {
    engine::Error::invalid(field, detail).into()
}
