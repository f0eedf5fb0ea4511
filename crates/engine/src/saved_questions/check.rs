//! The bounds of a question's parts.

use domain::saved_question::{
    Chart, MAX_CHART_COLUMNS, MAX_COLUMN_CHARACTERS, MAX_PARAMETERS, MAX_STATEMENT_BYTES, Parameter,
};

use crate::ports::catalog::QuestionContent;
use crate::{Error, validate};

const MAX_DESCRIPTION_CHARACTERS: usize = 300;

/// The content as it is stored.
///
/// # Errors
///
/// [`Error::Invalid`] that names the part which cannot be taken.
pub(super) fn checked(content: QuestionContent) -> Result<QuestionContent, Error> {
    let statement = &content.statement;
    if statement.trim().is_empty() {
        return Err(Error::invalid("statement", "statement must not be empty"));
    }
    if statement.len() > MAX_STATEMENT_BYTES || statement.contains('\0') {
        let kib = MAX_STATEMENT_BYTES >> 10;
        let detail = format!("statement must have at most {kib} KiB, without U+0000");
        return Err(Error::invalid("statement", detail));
    }
    check_parameters(&content.details.parameters)?;
    if content.details.schedule.is_some() {
        check_defaults(&content.details.parameters)?;
    }
    if let Some(chart) = &content.details.chart {
        check_chart(chart)?;
    }
    Ok(QuestionContent {
        name: validate::name("name", &content.name)?,
        description: validate::line(
            "description",
            &content.description,
            MAX_DESCRIPTION_CHARACTERS,
        )?,
        ..content
    })
}

fn check_parameters(parameters: &[Parameter]) -> Result<(), Error> {
    if parameters.len() > MAX_PARAMETERS {
        let detail = format!("parameters must be at most {MAX_PARAMETERS}");
        return Err(Error::invalid("parameters", detail));
    }
    for (index, Parameter { name, kind, default }) in parameters.iter().enumerate() {
        if parameters.iter().take(index).any(|earlier| earlier.name == *name) {
            let field = format!("parameters[{index}].name");
            let detail = format!("{field} is the name of another parameter");
            return Err(Error::invalid(field, detail));
        }
        if let Some(Err(error)) = default.clone().map(|value| value.checked(*kind)) {
            let field = format!("parameters[{index}].default");
            let detail = format!("{field} {error}");
            return Err(Error::invalid(field, detail));
        }
    }
    Ok(())
}

fn check_chart(Chart { x, y, series, .. }: &Chart) -> Result<(), Error> {
    let is_name = |text: &str| {
        !text.is_empty()
            && text.chars().count() <= MAX_COLUMN_CHARACTERS
            && !text.contains(char::is_control)
    };
    let wrong = |field: &'static str| {
        let detail =
            format!("{field} must name columns, each of 1 to {MAX_COLUMN_CHARACTERS} characters");
        Err(Error::invalid(field, detail))
    };
    if !is_name(x) {
        return wrong("chart.x");
    }
    if y.is_empty() || y.len() > MAX_CHART_COLUMNS {
        let detail = format!("chart.y must name 1 to {MAX_CHART_COLUMNS} columns");
        return Err(Error::invalid("chart.y", detail));
    }
    if !y.iter().all(|name| is_name(name)) {
        return wrong("chart.y");
    }
    if series.as_deref().is_some_and(|name| !is_name(name)) {
        return wrong("chart.series");
    }
    Ok(())
}

/// Nobody is there to give a value.
fn check_defaults(parameters: &[Parameter]) -> Result<(), Error> {
    match parameters.iter().position(|parameter| parameter.default.is_none()) {
        Some(index) => {
            let field = format!("parameters[{index}].default");
            let detail = format!(
                "{field} is needed: a question that is asked by itself has nobody to give a value"
            );
            Err(Error::invalid(field, detail))
        }
        None => Ok(()),
    }
}
