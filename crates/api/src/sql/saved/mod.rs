//! `/api/projects/{project_id}/saved-questions`: statements of SQL that members keep, and running them.

pub(super) mod runs;
mod schedule;
mod wire;

use axum::Extension;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use domain::id::{ProjectId, SavedQuestionId};
use engine::ports::catalog::{Actor, SavedQuestion};
use engine::ports::sql::Statement;
use engine::sql::DEFAULT_ROWS;
use serde::Deserialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::answer::SqlAnswer;
use super::request::Format;
use super::{SqlFailures, parameters};
use crate::audit::AuditContext;
use crate::error::{Error, Problem, Unprocessable};
use crate::extract::{Analyst, AskingMember, Json};
use crate::state::App;

use wire::{SavedQuestionAnswer, SavedQuestionChange, SavedQuestionFields, SavedQuestionList};

/// The ids of a question's path.
#[derive(Debug, Deserialize)]
pub(super) struct SavedQuestionPath {
    saved_question_id: String,
}

impl SavedQuestionPath {
    fn id(&self) -> Result<SavedQuestionId, Error> {
        let not_found = || engine::Error::NotFound("saved question").into();
        self.saved_question_id.parse().map_err(|_| not_found())
    }
}

/// How to run a saved question.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SavedQuestionRun {
    /// Values by the names of its parameters; one without a value has its default. They are bound, and never
    /// read as SQL.
    #[serde(default)]
    parameters: Map<String, Value>,
    /// 1 to 100,000 rows; 1,000 by default.
    limit: Option<usize>,
    /// The shape of the answer; by `Accept`, else `json`, by default.
    format: Option<Format>,
}

/// The questions that the project shares and the member's own; a secret key sees what is shared.
#[utoipa::path(
    get, path = "/api/projects/{project_id}/saved-questions", tag = "Saved questions",
    operation_id = "saved_questions",
    params(("project_id" = Uuid, Path)),
    responses((status = 200, body = SavedQuestionList), Analyst),
    extensions(("x-role" = json!("analyst"))),
)]
pub(super) async fn list(
    State(app): State<App>,
    Analyst(allowed): Analyst,
    Extension(actor): Extension<Actor>,
) -> Result<Json<SavedQuestionList>, Error> {
    let questions = app.saved_questions.list(allowed.project_id, actor.member()).await?;
    let latest = app.question_runs.latest(allowed.project_id).await?;
    Ok(Json(SavedQuestionList::new(questions, &latest)))
}

/// Saves a question.
#[utoipa::path(
    post, path = "/api/projects/{project_id}/saved-questions", tag = "Saved questions",
    operation_id = "create_saved_question",
    params(("project_id" = Uuid, Path)), request_body = SavedQuestionFields,
    responses((status = 201, body = SavedQuestionAnswer), Analyst, Unprocessable),
    extensions(("x-role" = json!("analyst, members only"))),
)]
pub(super) async fn create(
    State(app): State<App>,
    Analyst(allowed): Analyst,
    AskingMember(author): AskingMember,
    trail: AuditContext,
    Json(new): Json<SavedQuestionFields>,
) -> Result<(StatusCode, Json<SavedQuestionAnswer>), Error> {
    let made = app.saved_questions.create(allowed.project_id, author, new.content()?).await?;
    trail.set_target(&made.summary.id);
    Ok((StatusCode::CREATED, Json(SavedQuestionAnswer::new(made, None))))
}

/// A saved question.
#[utoipa::path(
    get, path = "/api/projects/{project_id}/saved-questions/{saved_question_id}",
    tag = "Saved questions", operation_id = "saved_question",
    params(("project_id" = Uuid, Path), ("saved_question_id" = Uuid, Path)),
    responses((status = 200, body = SavedQuestionAnswer), Analyst),
    extensions(("x-role" = json!("analyst"))),
)]
pub(super) async fn get(
    State(app): State<App>,
    Analyst(allowed): Analyst,
    Extension(actor): Extension<Actor>,
    Path(path): Path<SavedQuestionPath>,
) -> Result<Json<SavedQuestionAnswer>, Error> {
    let found = app.saved_questions.get(allowed.project_id, path.id()?, actor.member()).await?;
    whole(&app, allowed.project_id, found).await
}

/// Replaces a question: send all of it. Its author does so, and administrators with what is shared.
#[utoipa::path(
    put, path = "/api/projects/{project_id}/saved-questions/{saved_question_id}",
    tag = "Saved questions", operation_id = "change_saved_question",
    params(("project_id" = Uuid, Path), ("saved_question_id" = Uuid, Path)),
    request_body = SavedQuestionChange,
    responses(
        (status = 200, body = SavedQuestionAnswer), Analyst, Unprocessable,
        (status = 409, body = Problem, description = "Changed since it was loaded; load it again"),
    ),
    extensions(("x-role" = json!("analyst, members only"))),
)]
pub(super) async fn replace(
    State(app): State<App>,
    Analyst(allowed): Analyst,
    AskingMember(author): AskingMember,
    Path(path): Path<SavedQuestionPath>,
    Json(change): Json<SavedQuestionChange>,
) -> Result<Json<SavedQuestionAnswer>, Error> {
    let member = (author, allowed.role);
    let SavedQuestionChange { version, question } = change;
    let (project, content) = (allowed.project_id, question.content()?);
    let replaced =
        app.saved_questions.replace(project, path.id()?, member, content, version).await?;
    whole(&app, project, replaced).await
}

/// A question with its latest run.
async fn whole(
    app: &App,
    project: ProjectId,
    question: SavedQuestion,
) -> Result<Json<SavedQuestionAnswer>, Error> {
    let runs = app.question_runs.list(project, question.summary.id).await?;
    Ok(Json(SavedQuestionAnswer::new(question, runs.first())))
}

/// Deletes a question. Its author does so, and administrators with what is shared.
#[utoipa::path(
    delete, path = "/api/projects/{project_id}/saved-questions/{saved_question_id}",
    tag = "Saved questions", operation_id = "delete_saved_question",
    params(("project_id" = Uuid, Path), ("saved_question_id" = Uuid, Path)),
    responses((status = 204), Analyst),
    extensions(("x-role" = json!("analyst, members only"))),
)]
pub(super) async fn delete(
    State(app): State<App>,
    Analyst(allowed): Analyst,
    AskingMember(author): AskingMember,
    Path(path): Path<SavedQuestionPath>,
) -> Result<StatusCode, Error> {
    let member = (author, allowed.role);
    app.saved_questions.delete(allowed.project_id, path.id()?, member).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Runs a saved question with values for its parameters.
#[utoipa::path(
    post, path = "/api/projects/{project_id}/saved-questions/{saved_question_id}/run", tag = "SQL",
    operation_id = "run_saved_question",
    params(("project_id" = Uuid, Path), ("saved_question_id" = Uuid, Path)),
    request_body = SavedQuestionRun,
    responses(
        (status = 200, description = "The rows; as CSV or NDJSON if `format` or `Accept` requests it",
            content((SqlAnswer = "application/json"), (String = "text/csv"), (String = "application/x-ndjson"))),
        Analyst, SqlFailures,
    ),
    extensions(("x-role" = json!("analyst"))),
)]
pub(super) async fn run(
    State(app): State<App>,
    Analyst(allowed): Analyst,
    Extension(actor): Extension<Actor>,
    Path(path): Path<SavedQuestionPath>,
    headers: HeaderMap,
    Json(request): Json<SavedQuestionRun>,
) -> Result<Response, Error> {
    let project = allowed.project_id;
    let found = app.saved_questions.get(project, path.id()?, actor.member()).await?;
    let format = Format::chosen(request.format, &headers);
    let parameters = parameters::bind(&found.details.parameters, request.parameters)?;
    let limit = request.limit.unwrap_or(DEFAULT_ROWS);
    super::answer(&app, project, Statement { text: found.statement, parameters, limit }, format)
        .await
}
