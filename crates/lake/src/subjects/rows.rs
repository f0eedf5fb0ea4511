//! Decides row by row whether an event belongs to a data subject.

use datafusion::arrow::array::{Array, AsArray, BooleanArray, RecordBatch, StringViewArray};
use datafusion::arrow::compute::cast;
use datafusion::arrow::datatypes::DataType;
use datafusion::arrow::error::ArrowError;
use datafusion::common::Result as DataFusionResult;
use domain::erasure::{EventIdentifiers, Identifiers};
use domain::id::ProjectId;

/// The columns that say whose an event is.
pub(super) const COLUMNS: [&str; 5] =
    ["project_id", "user_id", "visitor_id", "session_id", "properties"];

/// Selects a data subject's rows.
pub(super) struct SubjectRowFilter {
    project: String,
    person: Identifiers,
}

impl SubjectRowFilter {
    pub(super) fn new(project: ProjectId, person: Identifiers) -> Self {
        Self { project: project.to_string(), person }
    }

    /// For each row whether it is the person's. The batch must have [`COLUMNS`].
    pub(super) fn mask(&self, batch: &RecordBatch) -> DataFusionResult<BooleanArray> {
        let [project, user, visitor, session, properties] = columns(batch, COLUMNS)?;
        let has = |kind, text: &str| self.person.has(kind, text);
        let matches_subject = |row| {
            let traces = EventIdentifiers {
                user_id: text(&user, row),
                visitor_id: text(&visitor, row),
                session_id: text(&session, row),
                properties: text(&properties, row),
            };
            text(&project, row) == Some(&*self.project) && traces.belong_to(&has)
        };
        Ok((0..batch.num_rows()).map(|row| Some(matches_subject(row))).collect())
    }
}

/// The texts in a column, nulls left out.
pub(super) fn texts(batch: &RecordBatch, column: &str) -> Result<Vec<String>, ArrowError> {
    let [texts] = columns(batch, [column])?;
    Ok(texts.iter().flatten().filter(|text| !text.is_empty()).map(str::to_owned).collect())
}

/// Three columns' texts, row by row.
pub(super) fn triples(
    batch: &RecordBatch,
    names: [&str; 3],
) -> Result<Vec<[Option<String>; 3]>, ArrowError> {
    let columns = columns(batch, names)?;
    let row = |row| columns.each_ref().map(|column| text(column, row).map(str::to_owned));
    Ok((0..batch.num_rows()).map(row).collect())
}

fn columns<const N: usize>(
    batch: &RecordBatch,
    names: [&str; N],
) -> Result<[StringViewArray; N], ArrowError> {
    let mut columns = Vec::with_capacity(N);
    for name in names {
        let column = batch
            .column_by_name(name)
            .ok_or_else(|| ArrowError::SchemaError(format!("there is no column {name}")))?;
        columns.push(cast(column, &DataType::Utf8View)?.as_string_view().clone());
    }
    let count = columns.len();
    columns
        .try_into()
        .map_err(|_| ArrowError::SchemaError(format!("{count} columns where {N} were asked for")))
}

fn text(column: &StringViewArray, row: usize) -> Option<&str> {
    column.is_valid(row).then(|| column.value(row))
}
