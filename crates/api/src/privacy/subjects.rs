//! `/api/privacy/subjects/{subject}`, and the same in a project's path: everything known of a person,
//! and forgetting it.

use axum::Extension;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::id::ProjectId;
use domain::role::Role;
use engine::ports::catalog::Actor;
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

use super::export;
use super::receipt::ErasureAnswer;
use crate::audit::AuditContext;
use crate::error::{Error, Problem, Unprocessable};
use crate::extract::{Admin, Caller, Json, Query};
use crate::principal;
use crate::state::App;

/// In which project.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct SubjectQuery {
    /// The project; not needed with a secret key, nor by a member of one project only.
    project_id: Option<Uuid>,
}

/// A person, as the path names them. It is no id of ours, so the audit log does not keep it.
#[derive(Debug, Deserialize)]
pub(super) struct SubjectPath {
    subject: String,
}

/// Exports all data of a person.
///
/// One JSON object: `made_at`, the `identifiers` the person is known by, `tables` with an array of
/// rows each, and `events`. Null columns of events are left out.
#[utoipa::path(
    get, path = "/api/privacy/subjects/{subject}", tag = "Privacy", operation_id = "export_subject",
    params(("subject" = String, Path, description = "User id or e-mail"), SubjectQuery),
    responses((status = 200, body = Object), Admin, Unprocessable),
)]
pub(super) async fn export_subject(
    State(app): State<App>,
    caller: Caller,
    Path(path): Path<SubjectPath>,
    Query(query): Query<SubjectQuery>,
) -> Result<Response, Error> {
    let allowed = caller.allowed_in(&app, query.project_id.map(ProjectId), Role::Admin).await?;
    export::respond(app.privacy.export(allowed.project_id, &path.subject).await?)
}

/// Erases a person: all their data is removed, and their later events are rejected.
///
/// Repeating it during the erasure answers the same receipt.
#[utoipa::path(
    delete, path = "/api/privacy/subjects/{subject}", tag = "Privacy", operation_id = "erase_subject",
    params(("subject" = String, Path, description = "User id or e-mail"), SubjectQuery),
    responses(
        (status = 202, body = ErasureAnswer, description = "Later events are rejected from now on; stored data is being erased"),
        Admin, Unprocessable,
        (status = 409, body = Problem, description = "Other servers share the catalog, and their events cannot be erased from here"),
    ),
)]
pub(super) async fn erase_subject(
    State(app): State<App>,
    caller: Caller,
    trail: AuditContext,
    Path(path): Path<SubjectPath>,
    Query(query): Query<SubjectQuery>,
) -> Result<(StatusCode, Json<ErasureAnswer>), Error> {
    let allowed = caller.allowed_in(&app, query.project_id.map(ProjectId), Role::Admin).await?;
    trail.set_project(allowed.project_id);
    let actor = match &caller {
        Caller::Member(member) => principal::of_member(member),
        Caller::Program(principal) => principal::of_key(principal),
    };
    erase(&app, allowed.project_id, &path.subject, &actor, &trail).await
}

/// Exports all data of a person in the project.
///
/// One JSON object: `made_at`, the `identifiers` the person is known by, `tables` with an array of
/// rows each, and `events`. Null columns of events are left out.
#[utoipa::path(
    get, path = "/api/projects/{project_id}/privacy/subjects/{subject}", tag = "Privacy",
    operation_id = "export_project_subject",
    params(("project_id" = Uuid, Path), ("subject" = String, Path, description = "User id or e-mail")),
    extensions(("x-role" = json!("admin"))),
    responses((status = 200, body = Object), Admin, Unprocessable),
)]
pub(super) async fn export_project_subject(
    State(app): State<App>,
    Admin(allowed): Admin,
    Path(path): Path<SubjectPath>,
) -> Result<Response, Error> {
    export::respond(app.privacy.export(allowed.project_id, &path.subject).await?)
}

/// Erases a person in the project: all their data is removed, and their later events are
/// rejected.
///
/// Repeating it during the erasure answers the same receipt.
#[utoipa::path(
    delete, path = "/api/projects/{project_id}/privacy/subjects/{subject}", tag = "Privacy",
    operation_id = "erase_project_subject",
    params(("project_id" = Uuid, Path), ("subject" = String, Path, description = "User id or e-mail")),
    extensions(("x-role" = json!("admin"))),
    responses(
        (status = 202, body = ErasureAnswer, description = "Later events are rejected from now on; stored data is being erased"),
        Admin, Unprocessable,
        (status = 409, body = Problem, description = "Other servers share the catalog, and their events cannot be erased from here"),
    ),
)]
pub(super) async fn erase_project_subject(
    State(app): State<App>,
    Admin(allowed): Admin,
    Extension(actor): Extension<Actor>,
    trail: AuditContext,
    Path(path): Path<SubjectPath>,
) -> Result<(StatusCode, Json<ErasureAnswer>), Error> {
    erase(&app, allowed.project_id, &path.subject, &actor, &trail).await
}

async fn erase(
    app: &App,
    project: ProjectId,
    subject: &str,
    actor: &Actor,
    trail: &AuditContext,
) -> Result<(StatusCode, Json<ErasureAnswer>), Error> {
    let erasure = app.privacy.erase(project, subject, actor).await?;
    trail.set_target(&erasure.id);
    Ok((StatusCode::ACCEPTED, Json(erasure.into())))
}
