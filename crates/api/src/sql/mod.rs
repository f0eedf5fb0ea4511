//! `POST /api/sql` and `POST /api/projects/{project_id}/sql`: one reading statement over a project's
//! tables, for analysts. `…/sql/schema` names what it can read, `…/saved-questions` keeps statements.

mod answer;
mod csv;
mod parameters;
mod request;
mod saved;
mod schema;

use std::time::Instant;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use domain::id::ProjectId;
use domain::role::Role;
use engine::ports::sql::Statement;
use utoipa::IntoResponses;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::error::{Error, Problem};
use crate::extract::{Analyst, Caller, Json};
use crate::openapi::{Responses, problems};
use crate::state::App;

use answer::SqlAnswer;
pub use answer::render;
pub use request::Format;
use request::SqlRequest;

/// The routes.
pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(sql))
        .routes(routes!(project_sql))
        .routes(routes!(schema::get))
        .routes(routes!(saved::list, saved::create))
        .routes(routes!(saved::get, saved::replace, saved::delete))
        .routes(routes!(saved::run))
        .routes(routes!(saved::runs::list))
        .routes(routes!(saved::runs::get))
}

/// What is answered to a statement that gives no rows.
enum SqlFailures {}

impl IntoResponses for SqlFailures {
    fn responses() -> Responses {
        problems(&[
            (
                422,
                "The statement cannot be run or exceeds a limit: `detail` says why, `line` and `column` say where",
            ),
            (
                503,
                "Too many request bodies are being read, or the tables are unavailable; see Retry-After",
            ),
        ])
    }
}

/// Runs one statement over the tables of the named project, or of the member's only one.
#[utoipa::path(
    post, path = "/api/sql", tag = "SQL", operation_id = "sql",
    request_body = SqlRequest,
    responses(
        (status = 200, description = "The rows; as CSV or NDJSON if `format` or `Accept` requests it",
            content((SqlAnswer = "application/json"), (String = "text/csv"), (String = "application/x-ndjson"))),
        Analyst, SqlFailures,
        (status = 400, body = Problem, description = "No query, or the project is ambiguous"),
    ),
)]
async fn sql(
    State(app): State<App>,
    caller: Caller,
    headers: HeaderMap,
    Json(request): Json<SqlRequest>,
) -> Result<Response, Error> {
    let named = request.project_id.map(ProjectId);
    let allowed = caller.allowed_in(&app, named, Role::Analyst).await?;
    run(&app, allowed.project_id, request, &headers).await
}

/// Runs one statement over the project's tables.
#[utoipa::path(
    post, path = "/api/projects/{project_id}/sql", tag = "SQL", operation_id = "project_sql",
    params(("project_id" = uuid::Uuid, Path)),
    request_body = SqlRequest,
    responses(
        (status = 200, description = "The rows; as CSV or NDJSON if `format` or `Accept` requests it",
            content((SqlAnswer = "application/json"), (String = "text/csv"), (String = "application/x-ndjson"))),
        Analyst, SqlFailures,
    ),
    extensions(("x-role" = json!("analyst"))),
)]
async fn project_sql(
    State(app): State<App>,
    Analyst(allowed): Analyst,
    headers: HeaderMap,
    Json(request): Json<SqlRequest>,
) -> Result<Response, Error> {
    if request.project_id.is_some_and(|id| ProjectId(id) != allowed.project_id) {
        return Err(Error::invalid("project_id", "project_id is not the project of the path"));
    }
    run(&app, allowed.project_id, request, &headers).await
}

async fn run(
    app: &App,
    project: ProjectId,
    request: SqlRequest,
    headers: &HeaderMap,
) -> Result<Response, Error> {
    let format = request.format(headers);
    answer(app, project, request.statement()?, format).await
}

async fn answer(
    app: &App,
    project: ProjectId,
    statement: Statement,
    format: Format,
) -> Result<Response, Error> {
    let started = Instant::now();
    let answer = app.sql.run(project, statement).await?;
    answer::respond(answer, format, started.elapsed())
}
