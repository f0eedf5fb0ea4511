//! What members change of themselves: their name, their password, and where they are signed in.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde::Deserialize;
use utoipa::ToSchema;

use super::sign_in::signed_out;
use super::{cookie, me};
use crate::client::ClientAddress;
use crate::error::{Error, Problem};
use crate::extract::{Json, SignedIn};
use crate::state::App;

/// What to change of oneself.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ProfileChange {
    /// 1 to 100 characters.
    name: String,
}

/// The present password and the next.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PasswordChange {
    old_password: String,
    /// At least 12 characters.
    password: String,
}

/// Changes one's own name.
#[utoipa::path(
    patch, path = "/api/auth/me", tag = "Members", operation_id = "change_profile", request_body = ProfileChange,
    responses((status = 200, body = me::Me), (status = 401, body = Problem), (status = 422, body = Problem)),
)]
pub(super) async fn rename(
    State(app): State<App>,
    SignedIn(member): SignedIn,
    Json(change): Json<ProfileChange>,
) -> Result<Json<me::Me>, Error> {
    let member = app.auth.rename(member.id, &change.name).await?;
    me::answer(&app, member).await.map(Json)
}

/// Changes one's own password. All other sessions end.
#[utoipa::path(
    post, path = "/api/auth/password", tag = "Members", operation_id = "change_password", request_body = PasswordChange,
    responses(
        (status = 204), (status = 401, body = Problem), (status = 409, body = Problem),
        (status = 422, body = Problem), (status = 429, body = Problem),
    ),
)]
pub(super) async fn change_password(
    State(app): State<App>,
    SignedIn(member): SignedIn,
    ClientAddress(address): ClientAddress,
    headers: HeaderMap,
    Json(change): Json<PasswordChange>,
) -> Result<StatusCode, Error> {
    let token = cookie::token(&headers).unwrap_or_default();
    let PasswordChange { old_password, password } = change;
    app.auth.change_password(member, &token, old_password, password, address).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Ends all one's sessions, this one too.
#[utoipa::path(
    post, path = "/api/auth/sign-out-everywhere", tag = "Members", operation_id = "sign_out_everywhere",
    responses((status = 204), (status = 401, body = Problem)),
)]
pub(super) async fn sign_out_everywhere(
    State(app): State<App>,
    SignedIn(member): SignedIn,
) -> Result<Response, Error> {
    app.auth.sign_out_everywhere(member.id).await?;
    Ok(signed_out())
}
