//! `/api/projects/{project_id}/invitations`: asking people to join a project.

use axum::Extension;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use domain::id::InvitationId;
use engine::ports::catalog::{Actor, Invitation};
use secrecy::ExposeSecret as _;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::audit::AuditContext;
use crate::auth::ProjectRole;
use crate::error::{Error, Unprocessable};
use crate::extract::{Admin, Json};
use crate::state::App;

/// An open invitation.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Invitation)]
pub(crate) struct InvitationAnswer {
    id: Uuid,
    email: String,
    role: ProjectRole,
    /// The member's address or the secret key's name.
    invited_by: String,
    #[schema(format = DateTime)]
    created_at: String,
    #[schema(format = DateTime)]
    expires_at: String,
}

/// A project's open invitations, latest first.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct InvitationList {
    invitations: Vec<InvitationAnswer>,
}

/// The address to invite, and its role.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewInvitation {
    email: String,
    role: ProjectRole,
}

/// An invitation and its link, shown this once.
#[derive(Serialize, ToSchema)]
#[schema(as = InvitationMade)]
pub(crate) struct CreatedInvitation {
    invitation: InvitationAnswer,
    /// 64 hexadecimal digits, for `/api/invitations/{token}`.
    token: String,
    /// The page to send the invited person to, from the root of the dashboard: `/invitations/{token}`.
    link_path: String,
}

impl From<Invitation> for InvitationAnswer {
    fn from(invitation: Invitation) -> Self {
        Self {
            id: invitation.id.0,
            email: invitation.email,
            role: invitation.role.into(),
            invited_by: invitation.inviter_name,
            created_at: invitation.created_at.to_rfc3339(),
            expires_at: invitation.expires_at.to_rfc3339(),
        }
    }
}

/// The ids of an invitation's path.
#[derive(Debug, Deserialize)]
pub(super) struct InvitationPath {
    invitation_id: String,
}

/// A project's open invitations.
#[utoipa::path(
    get, path = "/api/projects/{project_id}/invitations", tag = "Members", operation_id = "invitations",
    params(("project_id" = Uuid, Path)), extensions(("x-role" = json!("admin"))),
    responses((status = 200, body = InvitationList), Admin),
)]
pub(super) async fn list(
    State(app): State<App>,
    Admin(allowed): Admin,
) -> Result<Json<InvitationList>, Error> {
    let invitations = app.auth.invitations(allowed.project_id).await?;
    Ok(Json(InvitationList { invitations: invitations.into_iter().map(Into::into).collect() }))
}

/// Invites an address for seven days, in place of an earlier invitation of it. The answer is the same
/// whether or not the address is a member's. Only owners invite owners.
#[utoipa::path(
    post, path = "/api/projects/{project_id}/invitations", tag = "Members", operation_id = "invite",
    params(("project_id" = Uuid, Path)), request_body = NewInvitation, extensions(("x-role" = json!("admin"))),
    responses((status = 201, body = CreatedInvitation), Admin, Unprocessable),
)]
pub(super) async fn create(
    State(app): State<App>,
    Admin(allowed): Admin,
    Extension(actor): Extension<Actor>,
    trail: AuditContext,
    Json(new): Json<NewInvitation>,
) -> Result<(StatusCode, Json<CreatedInvitation>), Error> {
    let (project, role) = (allowed.project_id, new.role.into());
    let made = app.auth.invite(project, &actor, allowed.role, &new.email, role).await?;
    let (invitation, token) = made;
    trail.set_target(&invitation.id);
    let token = token.expose_secret().to_owned();
    let link_path = format!("/invitations/{token}");
    let answer = CreatedInvitation { invitation: invitation.into(), token, link_path };
    Ok((StatusCode::CREATED, Json(answer)))
}

/// Ends an invitation: its link no longer works.
#[utoipa::path(
    delete, path = "/api/projects/{project_id}/invitations/{invitation_id}", tag = "Members",
    operation_id = "revoke_invitation",
    params(("project_id" = Uuid, Path), ("invitation_id" = Uuid, Path)), extensions(("x-role" = json!("admin"))),
    responses((status = 204), Admin),
)]
pub(super) async fn revoke(
    State(app): State<App>,
    Admin(allowed): Admin,
    Path(path): Path<InvitationPath>,
) -> Result<StatusCode, Error> {
    let id: InvitationId =
        path.invitation_id.parse().map_err(|_| engine::Error::NotFound("invitation"))?;
    app.auth.revoke_invitation(allowed.project_id, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
