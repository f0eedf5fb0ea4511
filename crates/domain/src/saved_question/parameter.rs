//! Parameters of a statement: names that stand for typed values, which are bound and never become text of SQL.

use std::fmt;

use crate::time::Timestamp;

/// Parameters of a statement, at most.
pub const MAX_PARAMETERS: usize = 20;
/// Characters of a parameter's text, at most.
pub const MAX_PARAMETER_CHARACTERS: usize = 10_000;
/// Characters of a parameter's name, at most.
const MAX_NAME_CHARACTERS: usize = 40;

/// The type of a parameter's values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ParameterType {
    /// Text.
    Text,
    /// A number.
    Number,
    /// An instant.
    Timestamp,
    /// True or false.
    Boolean,
}

impl ParameterType {
    /// All types.
    pub const ALL: [Self; 4] = [Self::Text, Self::Number, Self::Timestamp, Self::Boolean];

    /// The stored and requested name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Number => "number",
            Self::Timestamp => "timestamp",
            Self::Boolean => "boolean",
        }
    }

    /// The type of this name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}

/// The name behind the `$` in a statement: a letter or `_`, then letters, digits and `_`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ParameterName(String);

impl ParameterName {
    /// A name; none when it cannot stand in a statement.
    pub fn parse(text: &str) -> Option<Self> {
        let is_start = |letter: char| letter.is_ascii_alphabetic() || letter == '_';
        let is_part = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
        let fits = text.len() <= MAX_NAME_CHARACTERS
            && text.starts_with(is_start)
            && text.chars().all(is_part);
        fits.then(|| Self(text.to_owned()))
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ParameterName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// A value of a parameter.
#[derive(Debug, Clone, PartialEq)]
pub enum ParameterValue {
    /// Text, of at most [`MAX_PARAMETER_CHARACTERS`].
    Text(String),
    /// A whole number.
    Integer(i64),
    /// A number with a fraction; finite.
    Double(f64),
    /// An instant.
    Timestamp(Timestamp),
    /// True or false.
    Boolean(bool),
}

impl ParameterValue {
    /// The type it is of.
    pub const fn kind(&self) -> ParameterType {
        match self {
            Self::Text(_) => ParameterType::Text,
            Self::Integer(_) | Self::Double(_) => ParameterType::Number,
            Self::Timestamp(_) => ParameterType::Timestamp,
            Self::Boolean(_) => ParameterType::Boolean,
        }
    }

    /// The same value if it is of this type and within its bounds.
    ///
    /// # Errors
    ///
    /// When it is not.
    pub fn checked(self, kind: ParameterType) -> Result<Self, InvalidParameter> {
        if self.kind() != kind {
            return Err(InvalidParameter::Type(kind));
        }
        match &self {
            Self::Text(text) if text.chars().count() > MAX_PARAMETER_CHARACTERS => {
                Err(InvalidParameter::TooLong)
            }
            Self::Text(text) if text.contains('\0') => Err(InvalidParameter::Nul),
            Self::Double(number) if !number.is_finite() => Err(InvalidParameter::Type(kind)),
            _ => Ok(self),
        }
    }
}

/// Why a value is none of a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidParameter {
    /// It is of another type.
    #[error("must be {}", described(*.0))]
    Type(ParameterType),
    /// It is a text beyond the bound.
    #[error("must have at most {MAX_PARAMETER_CHARACTERS} characters")]
    TooLong,
    /// It is a text that no database holds.
    #[error("must not contain the character U+0000")]
    Nul,
}

const fn described(kind: ParameterType) -> &'static str {
    match kind {
        ParameterType::Text => "a text",
        ParameterType::Number => "a number",
        ParameterType::Timestamp => "an instant by RFC 3339, such as 2026-11-21T12:00:00Z",
        ParameterType::Boolean => "true or false",
    }
}

/// A parameter of a question.
#[derive(Debug, Clone, PartialEq)]
pub struct Parameter {
    /// Its name in the statement.
    pub name: ParameterName,
    /// The type of its values.
    pub kind: ParameterType,
    /// The value it has when none is sent; one of its type.
    pub default: Option<ParameterValue>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_can_stand_in_a_statement() {
        for name in ["from", "_x", "A1", "user_id", &"a".repeat(40)] {
            assert_eq!(ParameterName::parse(name).expect(name).as_str(), name);
        }
        for name in ["", "1", "1a", "a-b", "a b", "ä", "$from", "a$", "a;", &"a".repeat(41)] {
            assert_eq!(ParameterName::parse(name), None, "{name}");
        }
    }

    #[test]
    fn a_value_is_of_its_type_and_bounded() {
        let text = |length| ParameterValue::Text("ü".repeat(length));
        assert!(text(10_000).checked(ParameterType::Text).is_ok());
        assert_eq!(text(10_001).checked(ParameterType::Text), Err(InvalidParameter::TooLong));
        let nul = ParameterValue::Text("a\0".to_owned());
        assert_eq!(nul.checked(ParameterType::Text), Err(InvalidParameter::Nul));
        for number in [ParameterValue::Integer(1), ParameterValue::Double(0.5)] {
            assert!(number.clone().checked(ParameterType::Number).is_ok());
            let error = number.checked(ParameterType::Boolean).expect_err("no truth value");
            assert_eq!(error.to_string(), "must be true or false");
        }
        let infinite = ParameterValue::Double(f64::INFINITY);
        assert!(infinite.checked(ParameterType::Number).is_err());
    }
}
