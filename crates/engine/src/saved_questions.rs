//! Saved questions: statements of SQL that members keep for themselves or share in the project.

use std::sync::Arc;

use domain::clock::Clock;
use domain::id::{IdSource, MemberId, ProjectId, SavedQuestionId};
use domain::role::Role;
use domain::saved_question::{
    Chart, MAX_CHART_COLUMNS, MAX_COLUMN_CHARACTERS, MAX_PARAMETERS, MAX_STATEMENT_BYTES,
    Parameter, ParameterValue,
};

use crate::ports::catalog::{
    NewSavedQuestion, QuestionContent, SavedQuestion, SavedQuestionStore, SavedQuestionSummary,
};
use crate::ports::sql::Cell;
use crate::{Error, validate};

/// Questions of a project, at most; a list shows them all.
pub const MAX_SAVED_QUESTIONS: u32 = 500;
const MAX_DESCRIPTION_CHARACTERS: usize = 300;

/// The use cases around saved questions. The caller has authorised the member or the program to run SQL.
pub struct SavedQuestionService {
    store: Arc<dyn SavedQuestionStore>,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn IdSource>,
}

impl SavedQuestionService {
    /// Puts the parts together.
    pub fn new(
        store: Arc<dyn SavedQuestionStore>,
        clock: Arc<dyn Clock>,
        ids: Arc<dyn IdSource>,
    ) -> Self {
        Self { store, clock, ids }
    }

    /// The project's questions and the reader's own, by name. A program reads what is shared.
    pub async fn list(
        &self,
        project: ProjectId,
        reader: Option<MemberId>,
    ) -> Result<Vec<SavedQuestionSummary>, Error> {
        Ok(self.store.saved_questions(project, reader).await?)
    }

    /// A question. One that the reader may not see is answered like none.
    pub async fn get(
        &self,
        project: ProjectId,
        id: SavedQuestionId,
        reader: Option<MemberId>,
    ) -> Result<SavedQuestion, Error> {
        let found = self.store.saved_question(project, id).await?;
        let shown =
            found.filter(|found| found.summary.visibility.shows(found.summary.author, reader));
        shown.ok_or(Error::NotFound("saved question"))
    }

    /// Saves a new question.
    ///
    /// # Errors
    ///
    /// When a part of it cannot be taken, and when the project holds [`MAX_SAVED_QUESTIONS`].
    pub async fn create(
        &self,
        project: ProjectId,
        author: MemberId,
        content: QuestionContent,
    ) -> Result<SavedQuestion, Error> {
        let content = checked(content)?;
        let created_at = self.clock.now();
        let id = SavedQuestionId(self.ids.next(created_at));
        let new = NewSavedQuestion { id, project_id: project, author, content, created_at };
        if !self.store.add_saved_question(&new, MAX_SAVED_QUESTIONS).await? {
            let detail =
                format!("the project has {MAX_SAVED_QUESTIONS} saved questions; delete some");
            return Err(Error::invalid("name", detail));
        }
        self.get(project, id, Some(author)).await
    }

    /// Replaces version `expected` of a question. [`Error::Conflict`] when somebody else has changed it since.
    pub async fn replace(
        &self,
        project: ProjectId,
        id: SavedQuestionId,
        member: (MemberId, Role),
        content: QuestionContent,
        expected: u64,
    ) -> Result<SavedQuestion, Error> {
        let found = self.changeable(project, id, member).await?;
        let content = checked(content)?;
        // An administrator who makes another's question an own one would hide it from themselves.
        if found.summary.author != member.0 && content.visibility != found.summary.visibility {
            return Err(Error::Forbidden("only its author changes who sees a question"));
        }
        let now = self.clock.now();
        if !self.store.replace_saved_question(project, id, &content, expected, now).await? {
            let detail = "the question has changed since; load it again".to_owned();
            return Err(Error::Conflict(detail));
        }
        self.get(project, id, Some(member.0)).await
    }

    /// Deletes a question.
    pub async fn delete(
        &self,
        project: ProjectId,
        id: SavedQuestionId,
        member: (MemberId, Role),
    ) -> Result<(), Error> {
        self.changeable(project, id, member).await?;
        let removed = self.store.remove_saved_question(project, id).await?;
        removed.then_some(()).ok_or(Error::NotFound("saved question"))
    }

    async fn changeable(
        &self,
        project: ProjectId,
        id: SavedQuestionId,
        (member, role): (MemberId, Role),
    ) -> Result<SavedQuestion, Error> {
        let found = self.get(project, id, Some(member)).await?;
        let SavedQuestionSummary { visibility, author, .. } = &found.summary;
        if visibility.may_change(*author, member, role) {
            return Ok(found);
        }
        Err(Error::Forbidden("only its author or an administrator changes a shared question"))
    }
}

impl std::fmt::Debug for SavedQuestionService {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("SavedQuestionService").finish_non_exhaustive()
    }
}

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

fn checked(content: QuestionContent) -> Result<QuestionContent, Error> {
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
