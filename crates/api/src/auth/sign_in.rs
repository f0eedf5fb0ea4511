//! `/api/auth/sign-in` and `/api/auth/sign-out`.

use axum::extract::{FromRequest, Request, State};
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse, Response};
use engine::auth::DEVICE_SECONDS;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use utoipa::ToSchema;

use super::PasswordErrors;
use super::cookie::{CookieKind, RequestCookies, Transport};
use super::me;
use crate::audit::AuditContext;
use crate::error::{Error, Problem};
use crate::extract::{Json, check_same_origin};
use crate::principal;
use crate::state::App;

/// Address and password.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SignInRequest {
    email: String,
    #[schema(value_type = String)]
    password: SecretString,
}

/// Signs a member in: the answer sets the session cookie, and one that makes the browser known. Attempts
/// that fail delay later ones from the same network, never those of a browser that is known.
#[utoipa::path(
    post, path = "/api/auth/sign-in", tag = "Members", operation_id = "sign_in", request_body = SignInRequest,
    responses(
        (status = 200, body = me::Me), PasswordErrors,
        (status = 401, body = Problem, description = "No member has this address and password"),
    ),
)]
pub(super) async fn sign_in(State(app): State<App>, request: Request) -> Result<Response, Error> {
    let (parts, body) = request.into_parts();
    check_same_origin(&parts, &app)?;
    let request = Request::from_parts(parts.clone(), body);
    let Json(request) = Json::<SignInRequest>::from_request(request, &app).await?;
    let address = app.settings().trusted_proxies.client_address(&parts.extensions, &parts.headers);
    let device = RequestCookies::of(&parts, &app).device;
    let device = device.as_ref().map(ExposeSecret::expose_secret);
    let done = app.auth.sign_in(&request.email, request.password, device, address).await?;
    signed_in(&app, &parts, done, StatusCode::OK).await
}

/// Ends the session. Works without one, too.
#[utoipa::path(
    post, path = "/api/auth/sign-out", tag = "Members", operation_id = "sign_out",
    responses((status = 204)),
)]
pub(super) async fn sign_out(State(app): State<App>, request: Request) -> Result<Response, Error> {
    let (parts, _) = request.into_parts();
    check_same_origin(&parts, &app)?;
    let cookies = RequestCookies::of(&parts, &app);
    if let Some(token) = &cookies.session {
        if let Ok(member) = app.auth.authenticate(token.expose_secret()).await {
            AuditContext::of(&parts.extensions).set_actor(principal::of_member(&member));
        }
        app.auth.sign_out(token.expose_secret()).await?;
    }
    signed_out(cookies.channel)
}

/// The answer that takes the session's cookie away. The browser stays known.
pub(super) fn signed_out(channel: Transport) -> Result<Response, Error> {
    let cookie = channel.set(CookieKind::Session, &SecretString::default(), 0)?;
    Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, cookie)]).into_response())
}

/// The answer to a fresh sign-in.
pub(super) async fn signed_in(
    app: &App,
    parts: &Parts,
    done: engine::auth::SignedIn,
    status: StatusCode,
) -> Result<Response, Error> {
    AuditContext::of(&parts.extensions).set_actor(principal::of_member(&done.member));
    let channel = Transport::of(parts, app);
    let max_age_seconds = done.expires_at.micros_since(app.clock.now()) / 1_000_000;
    let cookies = AppendHeaders([
        (header::SET_COOKIE, channel.set(CookieKind::Session, &done.token, max_age_seconds)?),
        (header::SET_COOKIE, channel.set(CookieKind::Device, &done.device, DEVICE_SECONDS)?),
    ]);
    let body = me::answer(app, done.member).await?;
    Ok((status, cookies, Json(body)).into_response())
}
