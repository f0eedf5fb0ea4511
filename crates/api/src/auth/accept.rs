//! `/api/invitations/{token}`: what an invitation is about, and accepting it.

use axum::extract::{FromRequest, Path, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::PasswordErrors;
use super::me::{self, ProjectRole};
use super::sign_in::signed_in;
use crate::audit::AuditContext;
use crate::auth::cookie::RequestCookies;
use crate::client::ClientAddress;
use crate::error::{Error, Problem, Unprocessable};
use crate::extract::{Json, check_same_origin};
use crate::principal;
use crate::state::App;

/// An invitation. It does not reveal whether a member has the address.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct InvitationOffer {
    project_name: String,
    /// The invited address.
    email: String,
    /// Their future role.
    role: ProjectRole,
    invited_by: String,
    #[schema(format = DateTime)]
    expires_at: String,
}

/// For people who are no members yet. A signed-in member with the invited address sends `{}`.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Acceptance {
    /// 1 to 100 characters.
    name: Option<String>,
    /// At least 12 characters.
    #[schema(value_type = Option<String>)]
    password: Option<SecretString>,
}

/// Returns an invitation. Used, revoked and expired ones are not found.
#[utoipa::path(
    get, path = "/api/invitations/{token}", tag = "Members", operation_id = "invitation",
    params(("token" = String, Path)),
    responses(
        (status = 200, body = InvitationOffer),
        (status = 404, body = Problem, description = "No open invitation has this token"),
        (status = 429, body = Problem, description = "Too many attempts to sign in; see Retry-After"),
    ),
)]
pub(super) async fn look(
    State(app): State<App>,
    Path(token): Path<String>,
    ClientAddress(address): ClientAddress,
) -> Result<Json<InvitationOffer>, Error> {
    let (invitation, project_name) = app.auth.invitation(&token, address).await?;
    Ok(Json(InvitationOffer {
        project_name,
        email: invitation.email,
        role: invitation.role.into(),
        invited_by: invitation.inviter_name,
        expires_at: invitation.expires_at.to_rfc3339(),
    }))
}

/// Accepts an invitation, once. Signed in, the member joins the project; not signed in, a new member is
/// made, joins it, and is signed in. A role they have there already stays.
#[utoipa::path(
    post, path = "/api/invitations/{token}/accept", tag = "Members", operation_id = "accept_invitation",
    params(("token" = String, Path)), request_body = Acceptance,
    responses(
        (status = 200, body = me::Me, description = "The signed-in member joined"),
        (status = 201, body = me::Me, description = "A new member joined and is signed in"),
        PasswordErrors, Unprocessable,
        (status = 403, body = Problem, description = "The invitation is for a different address than the member's"),
        (status = 404, body = Problem, description = "No open invitation has this token"),
        (status = 409, body = Problem, description = "A member with the invited address exists and is not signed in"),
    ),
)]
pub(super) async fn accept(
    State(app): State<App>,
    Path(token): Path<String>,
    trail: AuditContext,
    ClientAddress(address): ClientAddress,
    request: Request,
) -> Result<Response, Error> {
    let (parts, body) = request.into_parts();
    check_same_origin(&parts, &app)?;
    let request = Request::from_parts(parts.clone(), body);
    let Json(acceptance) = Json::<Acceptance>::from_request(request, &app).await?;
    if let Some(member) = member_of_cookie(&app, &parts).await? {
        trail.set_actor(principal::of_member(&member));
        let accepted = app.auth.accept_as(&token, &member, address).await?;
        trail.set_project(accepted.project_id);
        trail.set_target(&accepted.id);
        return Ok(Json(me::answer(&app, member).await?).into_response());
    }
    let needed = |field: &'static str| Error::invalid(field, format!("{field} is required"));
    let name = acceptance.name.ok_or_else(|| needed("name"))?;
    let password = acceptance.password.ok_or_else(|| needed("password"))?;
    let (done, accepted) = app.auth.accept_as_new(&token, &name, password, address).await?;
    trail.set_project(accepted.project_id);
    trail.set_target(&accepted.id);
    signed_in(&app, &parts, done, StatusCode::CREATED).await
}

/// The signed-in member; none when there is no session or it has ended.
async fn member_of_cookie(
    app: &App,
    parts: &axum::http::request::Parts,
) -> Result<Option<engine::ports::catalog::Member>, Error> {
    let Some(token) = RequestCookies::of(parts, app).session else { return Ok(None) };
    match app.auth.authenticate(token.expose_secret()).await {
        Ok(member) => Ok(Some(member)),
        Err(engine::Error::Unauthenticated(_)) => Ok(None),
        Err(error) => Err(error.into()),
    }
}
