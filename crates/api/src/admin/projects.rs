//! `/api/projects`.

use axum::extract::State;
use axum::http::StatusCode;
use domain::role::Role;
use engine::ports::catalog::Membership;
use serde::Deserialize;
use utoipa::ToSchema;

use super::project_settings::read_zone;
use crate::audit::AuditContext;
use crate::auth::ProjectAnswer;
use crate::error::{Error, Problem, Unprocessable};
use crate::extract::{Json, SignedIn, Viewer};
use crate::state::App;

/// A project to make.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewProject {
    /// 1 to 100 characters.
    name: String,
    /// The IANA time zone of its days, months and hours; `UTC` by default.
    time_zone: Option<String>,
}

/// Makes a project; the signed-in member becomes its owner. The server's setting
/// `accounts.create_projects` says who may: its owner alone, or owners and admins of projects, too.
#[utoipa::path(
    post, path = "/api/projects", tag = "Projects", operation_id = "create_project", request_body = NewProject,
    responses(
        (status = 201, body = ProjectAnswer), SignedIn, Unprocessable,
        (status = 403, body = Problem, description = "The member may not create projects"),
    ),
)]
pub(super) async fn create(
    State(app): State<App>,
    SignedIn(member): SignedIn,
    trail: AuditContext,
    Json(new): Json<NewProject>,
) -> Result<(StatusCode, Json<ProjectAnswer>), Error> {
    let time_zone = read_zone(new.time_zone.as_deref())?;
    let project = app.auth.create_project(member.id, &new.name, time_zone).await?;
    trail.set_project(project.id);
    let answer = Membership { project, role: Role::Owner }.into();
    Ok((StatusCode::CREATED, Json(answer)))
}

/// A project.
#[utoipa::path(
    get, path = "/api/projects/{project_id}", tag = "Projects", operation_id = "project",
    params(("project_id" = uuid::Uuid, Path)),
    extensions(("x-role" = json!("viewer"))),
    responses((status = 200, body = ProjectAnswer), Viewer),
)]
pub(super) async fn get(
    State(app): State<App>,
    Viewer(allowed): Viewer,
) -> Result<Json<ProjectAnswer>, Error> {
    let project = app.auth.project(allowed.project_id).await?;
    Ok(Json(Membership { project, role: allowed.role }.into()))
}
