//! The JSON of a saved question.

use domain::id::SavedQuestionId;
use domain::saved_question::{Chart, ChartShape, Parameter, ParameterType, QuestionDetails};
use domain::time::Timestamp;
use engine::ports::catalog::{QuestionContent, QuestionRun, SavedQuestion, SavedQuestionSummary};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use super::runs::RunAnswer;
use super::schedule::ScheduleFields;
use crate::authorship::{Author, VisibilityName};
use crate::error::Error;
use crate::sql::parameters::{ParameterTypeName, read_name, read_value, write_value};

/// The shape of a chart.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = SavedQuestionChartShape)]
pub(super) enum ChartShapeName {
    /// Lines.
    Line,
    /// Bars.
    Bar,
}

/// A chart of an answer, by the names of its columns.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = SavedQuestionChart)]
pub(super) struct ChartFields {
    shape: ChartShapeName,
    /// The column along the horizontal axis.
    x: String,
    /// The columns whose numbers are drawn, 1 to 6.
    y: Vec<String>,
    /// The column whose values each make a series of their own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    series: Option<String>,
}

/// A parameter of a statement, which calls it `$name`.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = SavedQuestionParameter)]
pub(super) struct ParameterFields {
    /// 1 to 40 letters, digits and `_`, without a digit at its start.
    name: String,
    #[serde(rename = "type")]
    kind: ParameterTypeName,
    /// The value unless another is given, of the parameter's type.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    default: Option<Value>,
}

/// A question to save. What is left out is empty.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewSavedQuestion)]
pub(in crate::sql) struct SavedQuestionFields {
    /// 1 to 100 characters in one line.
    name: String,
    /// At most 300 characters in one line.
    #[serde(default)]
    description: String,
    /// The text of SQL, at most 64 KiB.
    statement: String,
    /// At most 20.
    #[serde(default)]
    parameters: Vec<ParameterFields>,
    #[serde(default)]
    chart: Option<ChartFields>,
    /// When it is asked by itself; null or left out: only by hand. Its parameters all have defaults then.
    #[serde(default)]
    schedule: Option<ScheduleFields>,
    visibility: VisibilityName,
}

/// A question in place of the one of this version.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::sql) struct SavedQuestionChange {
    /// The version that is replaced.
    pub(super) version: u64,
    /// All of the question.
    pub(super) question: SavedQuestionFields,
}

/// A question in the list.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SavedQuestionSummary)]
pub(super) struct SummaryAnswer {
    id: Uuid,
    name: String,
    description: String,
    visibility: VisibilityName,
    author: Author,
    /// The number of its change, from 1.
    version: u64,
    #[schema(format = DateTime)]
    created_at: String,
    #[schema(format = DateTime)]
    updated_at: String,
    /// When it is asked by itself; null: only by hand.
    schedule: Option<ScheduleFields>,
    /// When that is next; null without a schedule.
    #[schema(format = DateTime)]
    next_run_at: Option<String>,
    /// The latest time it was asked by itself.
    last_run: Option<RunAnswer>,
}

/// Questions that the caller sees, by name; at most 500.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::sql) struct SavedQuestionList {
    saved_questions: Vec<SummaryAnswer>,
}

/// A saved question.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SavedQuestion)]
pub(in crate::sql) struct SavedQuestionAnswer {
    #[serde(flatten)]
    summary: SummaryAnswer,
    /// The text of SQL.
    statement: String,
    parameters: Vec<ParameterFields>,
    chart: Option<ChartFields>,
}

impl SavedQuestionFields {
    /// The content; its bounds are the engine's.
    pub(super) fn content(self) -> Result<QuestionContent, Error> {
        let parameters = self.parameters.into_iter().enumerate();
        let parameters = parameters.map(|(index, fields)| fields.parameter(index));
        Ok(QuestionContent {
            name: self.name,
            description: self.description,
            statement: self.statement,
            visibility: self.visibility.into(),
            details: QuestionDetails {
                parameters: parameters.collect::<Result<_, _>>()?,
                chart: self.chart.map(Into::into),
                schedule: self.schedule.map(ScheduleFields::read).transpose()?,
            },
        })
    }
}

impl ParameterFields {
    fn parameter(self, index: usize) -> Result<Parameter, Error> {
        let kind = ParameterType::from(self.kind);
        let default = self.default.filter(|value| !value.is_null());
        let default =
            default.map(|value| read_value(kind, value)).transpose().map_err(|error| {
                let field = format!("parameters[{index}].default");
                let detail = format!("{field} {error}");
                Error::from(engine::Error::invalid(field, detail))
            })?;
        Ok(Parameter {
            name: read_name(&format!("parameters[{index}].name"), &self.name)?,
            kind,
            default,
        })
    }
}

impl From<Parameter> for ParameterFields {
    fn from(Parameter { name, kind, default }: Parameter) -> Self {
        Self { name: name.to_string(), kind: kind.into(), default: default.map(write_value) }
    }
}

impl From<ChartFields> for Chart {
    fn from(ChartFields { shape, x, y, series }: ChartFields) -> Self {
        let shape = match shape {
            ChartShapeName::Line => ChartShape::Line,
            ChartShapeName::Bar => ChartShape::Bar,
        };
        Self { shape, x, y, series }
    }
}

impl From<Chart> for ChartFields {
    fn from(Chart { shape, x, y, series }: Chart) -> Self {
        let shape = match shape {
            ChartShape::Line => ChartShapeName::Line,
            ChartShape::Bar => ChartShapeName::Bar,
        };
        Self { shape, x, y, series }
    }
}

impl SummaryAnswer {
    fn new(summary: SavedQuestionSummary, last_run: Option<&QuestionRun>) -> Self {
        Self {
            id: summary.id.0,
            name: summary.name,
            description: summary.description,
            visibility: summary.visibility.into(),
            author: Author::new(summary.author, summary.author_name),
            version: summary.version,
            created_at: summary.created_at.to_rfc3339(),
            updated_at: summary.updated_at.to_rfc3339(),
            schedule: summary.schedule.map(Into::into),
            next_run_at: summary.next_run_at.map(Timestamp::to_rfc3339),
            last_run: last_run.map(Into::into),
        }
    }
}

impl SavedQuestionList {
    /// Questions, each with its run among the latest ones of the project.
    pub(super) fn new(questions: Vec<SavedQuestionSummary>, latest: &[QuestionRun]) -> Self {
        let last_run = |id: SavedQuestionId| latest.iter().find(|run| run.question_id == id);
        let rows = questions.into_iter().map(|question| {
            let run = last_run(question.id);
            SummaryAnswer::new(question, run)
        });
        Self { saved_questions: rows.collect() }
    }
}

impl SavedQuestionAnswer {
    /// A question and its latest run.
    pub(super) fn new(question: SavedQuestion, last_run: Option<&QuestionRun>) -> Self {
        let SavedQuestion { summary, statement, details } = question;
        Self {
            summary: SummaryAnswer::new(summary, last_run),
            statement,
            parameters: details.parameters.into_iter().map(Into::into).collect(),
            chart: details.chart.map(Into::into),
        }
    }
}
