//! Turns errors into diagnostics: message, position and suggestions.

use datafusion::arrow::error::ArrowError;
use datafusion::common::utils::datafusion_strsim::levenshtein;
use datafusion::common::{DataFusionError, SchemaError};
use datafusion::execution::FunctionRegistry;
use datafusion::execution::SessionState;
use datafusion::sql::sqlparser::parser::ParserError;
use engine::ports::sql::Diagnostic;

use super::link::ScanFailed;
use crate::sql::wire::Failure;

/// Names further from what was written are not offered.
const MAX_DISTANCE: usize = 3;
/// Names offered at most.
const MAX_SUGGESTIONS: usize = 3;
/// A longer message is cut: it may quote a whole plan.
const MAX_DETAIL_CHARACTERS: usize = 500;

/// Why a statement has no rows.
#[derive(Debug)]
pub(super) enum StatementError {
    /// Found by us.
    Diagnostic(Diagnostic),
    /// Found by the library, while planning or running.
    Library(DataFusionError),
    /// The answer has more bytes than it may.
    AnswerSize,
}

impl From<DataFusionError> for StatementError {
    fn from(error: DataFusionError) -> Self {
        Self::Library(error)
    }
}

/// What is known when a statement fails.
pub(super) struct DiagnosticContext<'a> {
    pub(super) text: &'a str,
    pub(super) tables: &'a [String],
    pub(super) state: &'a SessionState,
}

impl DiagnosticContext<'_> {
    /// Whatever fails here fails by the statement: stores and files are the server's.
    pub(super) fn explain(&self, failed: StatementError) -> Failure {
        let error = match failed {
            StatementError::Diagnostic(diagnostic) => return Failure::Statement(diagnostic),
            StatementError::AnswerSize => return Failure::AnswerSize,
            StatementError::Library(error) => error,
        };
        let position = error.diagnostic().and_then(|diagnostic| diagnostic.span);
        let place = position.map(|span| (span.start.line, span.start.column));
        let diagnostic = match error.find_root() {
            // Also what the disk manager says when no more may be spilled.
            DataFusionError::ResourcesExhausted(_) => return Failure::Memory,
            DataFusionError::IoError(_) => return Failure::Disk,
            DataFusionError::External(cause) if cause.is::<ScanFailed>() => return Failure::Scan,
            DataFusionError::SQL(parser, _) => syntax(parser),
            DataFusionError::SchemaError(schema, _) => self.name(schema),
            DataFusionError::ArrowError(arrow, _) if matches!(**arrow, ArrowError::IoError(..)) => {
                return Failure::Disk;
            }
            DataFusionError::ArrowError(arrow, _) => arithmetic(arrow),
            DataFusionError::Plan(detail) => self.planning(detail),
            other => plain(&other.message()),
        };
        let at = diagnostic.at.or(place);
        Failure::Statement(Diagnostic { at, ..diagnostic })
    }

    fn name(&self, error: &SchemaError) -> Diagnostic {
        let (detail, name, suggestions) = match error {
            SchemaError::FieldNotFound { field, valid_fields } => {
                let known: Vec<String> =
                    valid_fields.iter().map(|column| column.name.clone()).collect();
                let suggestions = closest_names(&field.name, known.iter().map(|name| &**name));
                (format!("there is no column {}", field.flat_name()), &field.name, suggestions)
            }
            SchemaError::AmbiguousReference { field } => {
                (format!("{} is a column of several tables", field.name), &field.name, Vec::new())
            }
            SchemaError::DuplicateQualifiedField { name, .. }
            | SchemaError::DuplicateUnqualifiedField { name } => {
                (format!("the column {name} appears twice; rename one with AS"), name, Vec::new())
            }
        };
        Diagnostic { detail, at: position_of(self.text, name), suggestions }
    }

    fn planning(&self, detail: &str) -> Diagnostic {
        if let Some(table) = between(detail, "table '", "' not found") {
            let name = table.rsplit('.').next().unwrap_or(table);
            return Diagnostic {
                detail: format!("there is no table {name}"),
                at: position_of(self.text, name),
                suggestions: closest_names(name, self.tables.iter().map(|name| &**name)),
            };
        }
        if let Some(name) = between(detail, "Invalid function '", "'") {
            let known = self.state.udfs().into_iter().chain(self.state.udafs());
            let known: Vec<String> = known.chain(self.state.udwfs()).collect();
            return Diagnostic {
                detail: format!("there is no function {name}"),
                at: position_of(self.text, name),
                suggestions: closest_names(name, known.iter().map(|name| &**name)),
            };
        }
        plain(detail)
    }
}

/// The parser tells the place at the end of its message.
fn syntax(error: &ParserError) -> Diagnostic {
    let (ParserError::ParserError(text) | ParserError::TokenizerError(text)) = error else {
        return plain("the statement is nested too deeply");
    };
    let position = text.rsplit_once(" at Line: ").and_then(|(detail, place)| {
        let (line, column) = place.split_once(", Column: ")?;
        let column = column.split(|digit: char| !digit.is_ascii_digit()).next()?;
        Some((detail, (line.parse().ok()?, column.parse().ok()?)))
    });
    match position {
        Some((detail, at)) => Diagnostic { at: Some(at), ..plain(detail) },
        None => plain(text),
    }
}

fn arithmetic(error: &ArrowError) -> Diagnostic {
    match error {
        ArrowError::DivideByZero => plain("division by zero"),
        other => plain(&other.to_string()),
    }
}

pub(super) fn plain(detail: &str) -> Diagnostic {
    // What follows is for those who know the library.
    let detail = detail.split("\nThis issue was likely caused by").next().unwrap_or_default();
    let detail = detail.trim().trim_end_matches('.');
    let detail = detail.chars().take(MAX_DETAIL_CHARACTERS).collect();
    Diagnostic { detail, ..Diagnostic::default() }
}

fn between<'a>(text: &'a str, before: &str, after: &str) -> Option<&'a str> {
    let (_, rest) = text.split_once(before)?;
    rest.split_once(after).map(|(found, _)| found)
}

/// The likeliest of the known names.
fn closest_names<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Vec<String> {
    let name = name.to_lowercase();
    let limit = MAX_DISTANCE.min(name.len() / 2);
    let mut near: Vec<(usize, &str)> = known
        .map(|known| (levenshtein(&name, &known.to_lowercase()), known))
        .filter(|(distance, _)| *distance <= limit)
        .collect();
    near.sort_unstable();
    near.dedup();
    near.truncate(MAX_SUGGESTIONS);
    near.into_iter().map(|(_, known)| known.to_owned()).collect()
}

/// Line and column, from 1, of a name's first appearance as a word.
pub(super) fn position_of(text: &str, name: &str) -> Option<(u64, u64)> {
    let (text, name) = (text.to_ascii_lowercase(), name.to_ascii_lowercase());
    let is_word = |character: Option<char>| {
        character.is_some_and(|character| character.is_alphanumeric() || character == '_')
    };
    let start = text.match_indices(&name).map(|(start, _)| start).find(|start| {
        let (before, rest) = text.split_at(*start);
        let after = rest.get(name.len()..).unwrap_or_default();
        !is_word(before.chars().next_back()) && !is_word(after.chars().next())
    })?;
    let before = text.get(..start)?;
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next()?.chars().count() + 1;
    Some((line as u64, column as u64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_where_it_stands_as_a_word() {
        let text = "SELECT user_ids,\n  é.user_id FROM x";
        assert_eq!(position_of(text, "user_id"), Some((2, 5)));
        assert_eq!(position_of(text, "nowhere"), None);
    }

    #[test]
    fn names_a_few_letters_off_are_offered_the_nearest_first() {
        let known = ["user_id", "user_ip", "session_id"];
        assert_eq!(closest_names("User_Id", known.into_iter()), ["user_id", "user_ip"]);
        assert_eq!(closest_names("x", known.into_iter()), [""; 0]);
    }

    #[test]
    fn the_parsers_position_is_split_from_its_message() {
        let error = ParserError::ParserError("Expected: x, found: y at Line: 2, Column: 13".into());
        let diagnostic = syntax(&error);
        assert_eq!((diagnostic.at, &*diagnostic.detail), (Some((2, 13)), "Expected: x, found: y"));
    }
}
