//! `/api/projects/{project_id}/saved-questions/{saved_question_id}/runs`: the answers of scheduled questions.

use std::time::Duration;

use axum::Extension;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use domain::id::{QuestionRunId, SavedQuestionId};
use engine::ports::catalog::{Actor, QuestionRun, RunState};
use engine::saved_questions::RunAnswer as Outcome;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::SavedQuestionPath;
use crate::error::{Error, Problem};
use crate::extract::{Analyst, Json, Query};
use crate::sql::answer::{self, SqlAnswer};
use crate::sql::request::Format;
use crate::state::App;

/// How a run ended.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = QuestionRunOutcome)]
enum OutcomeName {
    /// It goes on.
    Running,
    /// With rows.
    Answered,
    /// Without.
    Failed,
}

/// A time at which a question was asked by itself.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = QuestionRun)]
pub(in crate::sql) struct RunAnswer {
    id: Uuid,
    /// When it was due.
    #[schema(format = DateTime)]
    due_at: String,
    #[schema(format = DateTime)]
    started_at: String,
    /// Null while it goes on.
    duration_ms: Option<u64>,
    outcome: OutcomeName,
    /// Rows that are kept: 1,000 at most, of 256 KiB together. Null without an answer.
    row_count: Option<u64>,
    /// Whether there were more.
    is_truncated: bool,
    /// Why it failed.
    error: Option<String>,
}

/// The runs of a question, latest first: 50 at most, of the last 90 days.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = QuestionRunList)]
pub(in crate::sql) struct RunList {
    runs: Vec<RunAnswer>,
}

impl From<&QuestionRun> for RunAnswer {
    fn from(run: &QuestionRun) -> Self {
        let (outcome, row_count, is_truncated, error) = match &run.state {
            RunState::Running => (OutcomeName::Running, None, false, None),
            RunState::Answered { row_count, is_truncated } => {
                (OutcomeName::Answered, Some(*row_count), *is_truncated, None)
            }
            RunState::Failed(error) => (OutcomeName::Failed, None, false, Some(error.clone())),
        };
        Self {
            id: run.id.0,
            due_at: run.due_at.to_rfc3339(),
            started_at: run.started_at.to_rfc3339(),
            duration_ms: run.duration_ms,
            outcome,
            row_count,
            is_truncated,
            error,
        }
    }
}

/// The ids of a run's path.
#[derive(Debug, Deserialize)]
pub(in crate::sql) struct RunPath {
    saved_question_id: String,
    run_id: String,
}

impl RunPath {
    fn ids(&self) -> Result<(SavedQuestionId, QuestionRunId), Error> {
        let not_found = |what| Error::from(engine::Error::NotFound(what));
        let question = self.saved_question_id.parse().map_err(|_| not_found("saved question"))?;
        Ok((question, self.run_id.parse().map_err(|_| not_found("run"))?))
    }
}

/// The shape of an answer.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(in crate::sql) struct RunQuery {
    /// `json`, `csv` or `ndjson`; by `Accept`, else `json`, by default.
    #[param(value_type = Option<String>)]
    format: Option<Format>,
}

/// When a question was asked by itself, and how that ended.
#[utoipa::path(
    get, path = "/api/projects/{project_id}/saved-questions/{saved_question_id}/runs",
    tag = "Saved questions", operation_id = "question_runs",
    params(("project_id" = Uuid, Path), ("saved_question_id" = Uuid, Path)),
    responses((status = 200, body = RunList), Analyst),
    extensions(("x-role" = json!("analyst"))),
)]
pub(in crate::sql) async fn list(
    State(app): State<App>,
    Analyst(allowed): Analyst,
    Extension(actor): Extension<Actor>,
    Path(path): Path<SavedQuestionPath>,
) -> Result<Json<RunList>, Error> {
    let (project, id) = (allowed.project_id, path.id()?);
    app.saved_questions.get(project, id, actor.member()).await?;
    let runs = app.question_runs.list(project, id).await?;
    Ok(Json(RunList { runs: runs.iter().map(Into::into).collect() }))
}

/// The answer of a question when it was asked by itself.
#[utoipa::path(
    get, path = "/api/projects/{project_id}/saved-questions/{saved_question_id}/runs/{run_id}",
    tag = "Saved questions", operation_id = "question_run",
    params(("project_id" = Uuid, Path), ("saved_question_id" = Uuid, Path), ("run_id" = Uuid, Path), RunQuery),
    responses(
        (status = 200, description = "The rows; as CSV or NDJSON if `format` or `Accept` requests it",
            content((SqlAnswer = "application/json"), (String = "text/csv"), (String = "application/x-ndjson"))),
        Analyst,
        (status = 409, body = Problem, description = "It goes on, or it failed: `detail` says why"),
        (status = 410, body = Problem, description = "An erasure has removed the answer, which may have named the person"),
    ),
    extensions(("x-role" = json!("analyst"))),
)]
pub(in crate::sql) async fn get(
    State(app): State<App>,
    Analyst(allowed): Analyst,
    Extension(actor): Extension<Actor>,
    Path(path): Path<RunPath>,
    Query(query): Query<RunQuery>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let (question, run) = path.ids()?;
    app.saved_questions.get(allowed.project_id, question, actor.member()).await?;
    match app.question_runs.answer(allowed.project_id, question, run).await? {
        Outcome::Rows(rows, duration_ms) => {
            let format = Format::chosen(query.format, &headers);
            answer::respond(rows, format, Duration::from_millis(duration_ms))
        }
        Outcome::Running => Err(Error::new(StatusCode::CONFLICT, "the run goes on")),
        Outcome::Failed(error) => {
            Err(engine::Error::Conflict(format!("the run failed: {error}")).into())
        }
        Outcome::Removed => Err(Error::new(StatusCode::GONE, "an erasure has removed the answer")),
    }
}
