//! `/api/projects/{project_id}/members`: who belongs to a project, and as what.

use axum::Extension;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use domain::id::MemberId;
use domain::key::SecretKeyRole;
use domain::role::Role;
use engine::ports::catalog::{Actor, ActorKind, ProjectMember};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::auth::ProjectRole;
use crate::error::{Error, Problem};
use crate::extract::{Admin, Json, Viewer};
use crate::state::App;

/// A member of a project.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ProjectMember)]
pub(crate) struct ProjectMemberAnswer {
    id: Uuid,
    email: String,
    name: String,
    role: ProjectRole,
    /// RFC 3339.
    #[schema(format = DateTime)]
    joined_at: String,
}

/// A project's members, and the programs that act as they do.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ProjectMemberList {
    /// The earliest first.
    members: Vec<ProjectMemberAnswer>,
    /// Secret keys that change tasks and contacts: there a key's id stands where a member's does. None are listed for
    /// viewers, who see neither.
    secret_keys: Vec<ActingKeyAnswer>,
}

/// A secret key that acts as members do.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ActingKey)]
pub(crate) struct ActingKeyAnswer {
    id: Uuid,
    key_name: String,
}

/// What to change of a member.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RoleRequest {
    role: ProjectRole,
}

impl From<ProjectMember> for ProjectMemberAnswer {
    fn from(member: ProjectMember) -> Self {
        Self {
            id: member.id.0,
            email: member.email,
            name: member.name,
            role: member.role.into(),
            joined_at: member.joined_at.to_rfc3339(),
        }
    }
}

/// The ids of a member's path.
#[derive(Debug, Deserialize)]
pub(super) struct MemberPath {
    member_id: String,
}

impl MemberPath {
    fn id(&self) -> Result<MemberId, Error> {
        self.member_id.parse().map_err(|_| engine::Error::NotFound("member").into())
    }
}

/// The members of a project, and the secret keys that act as they do.
#[utoipa::path(
    get, path = "/api/projects/{project_id}/members", tag = "Members", operation_id = "members",
    params(("project_id" = Uuid, Path)), extensions(("x-role" = json!("viewer"))),
    responses((status = 200, body = ProjectMemberList), Viewer),
)]
pub(super) async fn list(
    State(app): State<App>,
    Viewer(allowed): Viewer,
) -> Result<Json<ProjectMemberList>, Error> {
    let members = app.auth.members(allowed.project_id).await?;
    let secret_keys = if allowed.role.includes(Role::Analyst) {
        app.secret_keys.list(allowed.project_id).await?
    } else {
        Vec::new()
    };
    Ok(Json(ProjectMemberList {
        members: members.into_iter().map(Into::into).collect(),
        secret_keys: secret_keys
            .into_iter()
            .filter(|key| key.role != SecretKeyRole::Writer)
            .map(|key| ActingKeyAnswer { id: key.id.0, key_name: key.key_name })
            .collect(),
    }))
}

/// Changes a member's role. Only owners grant and remove the owner role; the last owner keeps it.
#[utoipa::path(
    patch, path = "/api/projects/{project_id}/members/{member_id}", tag = "Members", operation_id = "change_member",
    params(("project_id" = Uuid, Path), ("member_id" = Uuid, Path)), request_body = RoleRequest,
    extensions(("x-role" = json!("admin"))),
    responses(
        (status = 200, body = ProjectMemberAnswer), Admin,
        (status = 409, body = Problem, description = "The project would have no owner"),
    ),
)]
pub(super) async fn change(
    State(app): State<App>,
    Admin(allowed): Admin,
    Path(path): Path<MemberPath>,
    Json(change): Json<RoleRequest>,
) -> Result<Json<ProjectMemberAnswer>, Error> {
    let (project, to) = (allowed.project_id, change.role.into());
    let member = app.auth.change_role(project, path.id()?, allowed.role, to).await?;
    Ok(Json(member.into()))
}

/// Removes a member from the project, with their invitations. The last owner cannot be removed.
#[utoipa::path(
    delete, path = "/api/projects/{project_id}/members/{member_id}", tag = "Members", operation_id = "remove_member",
    params(("project_id" = Uuid, Path), ("member_id" = Uuid, Path)), extensions(("x-role" = json!("admin"))),
    responses(
        (status = 204), Admin,
        (status = 409, body = Problem, description = "The project would have no owner"),
    ),
)]
pub(super) async fn remove(
    State(app): State<App>,
    Admin(allowed): Admin,
    Path(path): Path<MemberPath>,
) -> Result<StatusCode, Error> {
    app.auth.remove_member(allowed.project_id, path.id()?, allowed.role).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Leaves the project. The last owner cannot; neither can a secret key, which is revoked instead.
#[utoipa::path(
    post, path = "/api/projects/{project_id}/members/leave", tag = "Members", operation_id = "leave_project",
    params(("project_id" = Uuid, Path)),
    extensions(("x-role" = json!("viewer, members only"))),
    responses(
        (status = 204), Viewer,
        (status = 409, body = Problem, description = "The project would have no owner"),
    ),
)]
pub(super) async fn leave(
    State(app): State<App>,
    Viewer(allowed): Viewer,
    Extension(actor): Extension<Actor>,
) -> Result<StatusCode, Error> {
    if actor.kind != ActorKind::Member {
        return Err(Error::new(StatusCode::FORBIDDEN, "only a member can leave a project"));
    }
    app.auth.leave(allowed.project_id, MemberId(actor.id), allowed.role).await?;
    Ok(StatusCode::NO_CONTENT)
}
