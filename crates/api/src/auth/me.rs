//! `GET /api/auth/me`: who is signed in, and to which projects they belong.

use axum::extract::State;
use domain::id::ProjectId;
use domain::role::Role;
use domain::time::Timestamp;
use engine::ports::catalog::{Member, Membership};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::error::Error;
use crate::extract::{Json, SignedIn};
use crate::state::App;

/// The signed-in member.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Me {
    member: MemberAnswer,
    projects: Vec<ProjectAnswer>,
    /// Whether they may create a project now.
    may_create_projects: bool,
    /// Whether they own the server: set-up made their account.
    is_server_owner: bool,
}

/// A member.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Member)]
pub(crate) struct MemberAnswer {
    id: Uuid,
    email: String,
    name: String,
}

/// A project as the member sees it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Project)]
pub(crate) struct ProjectAnswer {
    id: Uuid,
    name: String,
    /// The member's role there.
    role: ProjectRole,
    /// RFC 3339.
    #[schema(format = DateTime)]
    created_at: String,
    /// How long events are kept.
    retention_days: u32,
    /// The IANA time zone of its days, months and hours.
    time_zone: &'static str,
    /// The path of its logo, which changes with it; null without one.
    logo_url: Option<String>,
}

/// A role, each including those after it.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = Role)]
pub(crate) enum ProjectRole {
    Owner,
    Admin,
    Analyst,
    Viewer,
}

impl From<Role> for ProjectRole {
    fn from(role: Role) -> Self {
        match role {
            Role::Owner => Self::Owner,
            Role::Admin => Self::Admin,
            Role::Analyst => Self::Analyst,
            Role::Viewer => Self::Viewer,
        }
    }
}

impl From<ProjectRole> for Role {
    fn from(role: ProjectRole) -> Self {
        match role {
            ProjectRole::Owner => Self::Owner,
            ProjectRole::Admin => Self::Admin,
            ProjectRole::Analyst => Self::Analyst,
            ProjectRole::Viewer => Self::Viewer,
        }
    }
}

impl From<Membership> for ProjectAnswer {
    fn from(Membership { project, role }: Membership) -> Self {
        Self {
            id: project.id.0,
            name: project.name,
            role: role.into(),
            created_at: project.created_at.to_rfc3339(),
            retention_days: project.retention_days,
            time_zone: project.time_zone.name(),
            logo_url: project.logo_at.map(|at| logo_url(project.id, at)),
        }
    }
}

/// The path of a project's logo, which changes with it.
pub(crate) fn logo_url(project: ProjectId, at: Timestamp) -> String {
    format!("/api/projects/{project}/logo?v={}", at.micros())
}

/// What the dashboard shows of a member.
pub(super) async fn answer(app: &App, member: Member) -> Result<Me, Error> {
    let projects = app.auth.projects(member.id).await?;
    let may_create_projects = app.auth.may_create_projects(member.id).await?;
    let is_server_owner = app.auth.is_server_owner(member.id).await?;
    Ok(Me {
        member: MemberAnswer { id: member.id.0, email: member.email, name: member.name },
        projects: projects.into_iter().map(Into::into).collect(),
        may_create_projects,
        is_server_owner,
    })
}

/// Returns the signed-in member.
#[utoipa::path(
    get, path = "/api/auth/me", tag = "Members", operation_id = "me",
    responses((status = 200, body = Me), SignedIn),
)]
pub(super) async fn me(
    State(app): State<App>,
    SignedIn(member): SignedIn,
) -> Result<Json<Me>, Error> {
    answer(&app, member).await.map(Json)
}
