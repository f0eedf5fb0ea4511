//! Members change their own name and password and sign out everywhere.

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use engine::auth::DEVICE_SECONDS;
use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;
use utoipa::ToSchema;

use super::PasswordErrors;
use super::cookie::{CookieKind, RequestCookies};
use super::me;
use super::sign_in::signed_out;
use crate::client::ClientAddress;
use crate::error::{Error, Problem, Unprocessable};
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
    #[schema(value_type = String)]
    old_password: SecretString,
    /// At least 12 characters.
    #[schema(value_type = String)]
    password: SecretString,
}

/// Changes one's own name.
#[utoipa::path(
    patch, path = "/api/auth/me", tag = "Members", operation_id = "change_profile", request_body = ProfileChange,
    responses((status = 200, body = me::Me), SignedIn, Unprocessable),
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
        (status = 204), SignedIn, PasswordErrors, Unprocessable,
        (status = 409, body = Problem, description = "Another request changed the password at the same time"),
    ),
)]
pub(super) async fn change_password(
    State(app): State<App>,
    SignedIn(member): SignedIn,
    ClientAddress(address): ClientAddress,
    cookies: RequestCookies,
    Json(change): Json<PasswordChange>,
) -> Result<Response, Error> {
    let token = cookies.session.unwrap_or_default();
    let PasswordChange { old_password, password } = change;
    let auth = &app.auth;
    let change =
        auth.change_password(member, token.expose_secret(), old_password, password, address);
    // What this browser was known by ended with the old password.
    let device = cookies.channel.set(CookieKind::Device, &change.await?, DEVICE_SECONDS)?;
    Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, device)]).into_response())
}

/// Ends all one's sessions, this one too.
#[utoipa::path(
    post, path = "/api/auth/sign-out-everywhere", tag = "Members", operation_id = "sign_out_everywhere",
    responses((status = 204), SignedIn),
)]
pub(super) async fn sign_out_everywhere(
    State(app): State<App>,
    SignedIn(member): SignedIn,
    cookies: RequestCookies,
) -> Result<Response, Error> {
    app.auth.sign_out_everywhere(member.id).await?;
    signed_out(cookies.channel)
}
