//! Values for the parameters of a question.

use domain::saved_question::{Parameter, ParameterValue};

use crate::Error;
use crate::ports::sql::Cell;

/// The values that a statement is run with: for each parameter the one that was sent, else its default.
///
/// # Errors
///
/// [`Error::Invalid`] by `parameters.<name>` for one without either, or of another type.
pub fn bind(
    parameters: &[Parameter],
    mut sent: Vec<(String, ParameterValue)>,
) -> Result<Vec<(String, Cell)>, Error> {
    let mut bound = Vec::with_capacity(parameters.len());
    for Parameter { name, kind, default } in parameters {
        let field = format!("parameters.{name}");
        let index = sent.iter().position(|(known, _)| known == name.as_str());
        let value = index.map(|index| sent.swap_remove(index).1).or_else(|| default.clone());
        let Some(value) = value else {
            let detail = format!("{field} has no value");
            return Err(Error::invalid(field, detail));
        };
        let value = value.checked(*kind).map_err(|error| {
            let detail = format!("{field} {error}");
            Error::invalid(field, detail)
        })?;
        bound.push((name.as_str().to_owned(), value.into()));
    }
    match sent.first() {
        Some((name, _)) => {
            let field = format!("parameters.{name}");
            let detail = format!("{field} is no parameter of the question");
            Err(Error::invalid(field, detail))
        }
        None => Ok(bound),
    }
}

#[cfg(test)]
mod tests {
    use domain::saved_question::{ParameterName, ParameterType};

    use super::*;

    fn parameter(name: &str, kind: ParameterType, default: Option<ParameterValue>) -> Parameter {
        Parameter { name: ParameterName::parse(name).unwrap(), kind, default }
    }

    fn text(text: &str) -> ParameterValue {
        ParameterValue::Text(text.to_owned())
    }

    fn sent(name: &str, value: ParameterValue) -> (String, ParameterValue) {
        (name.to_owned(), value)
    }

    #[test]
    fn a_value_wins_over_the_default() {
        let parameters = [
            parameter("country", ParameterType::Text, Some(text("TZ"))),
            parameter("least", ParameterType::Number, Some(ParameterValue::Integer(3))),
        ];
        let bound = bind(&parameters, vec![sent("country", text("KE"))]).unwrap();
        let expected = [("country", Cell::Text("KE".to_owned())), ("least", Cell::Integer(3))];
        assert_eq!(bound, expected.map(|(name, cell)| (name.to_owned(), cell)));
    }

    #[test]
    fn what_is_missing_wrong_or_unknown_is_named() {
        let parameters = [parameter("since", ParameterType::Timestamp, None)];
        for (sent, detail) in [
            (vec![], "parameters.since has no value"),
            (
                vec![sent("since", text("yesterday"))],
                "parameters.since must be an instant by RFC 3339, such as 2026-11-21T12:00:00Z",
            ),
            (
                vec![
                    sent("since", ParameterValue::Timestamp(domain::time::Timestamp::EPOCH)),
                    sent("until", text("")),
                ],
                "parameters.until is no parameter of the question",
            ),
        ] {
            let error = bind(&parameters, sent).unwrap_err();
            assert_eq!(error.to_string(), detail);
            assert!(matches!(error, Error::Invalid { field: Some(_), .. }), "{detail}");
        }
    }
}
