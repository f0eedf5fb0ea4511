//! `/api/auth/sign-in` and `/api/auth/sign-out`.

use axum::extract::{FromRequest, Request, State};
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{cookie, me};
use crate::actor;
use crate::audit::Trail;
use crate::error::{Error, Problem};
use crate::extract::{Json, check_same_origin};
use crate::state::App;

/// Address and password.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SignInRequest {
    email: String,
    password: String,
}

/// Signs a member in: the answer sets the session cookie.
#[utoipa::path(
    post, path = "/api/auth/sign-in", tag = "Members", operation_id = "sign_in", request_body = SignInRequest,
    responses(
        (status = 200, body = me::Me), (status = 401, body = Problem), (status = 429, body = Problem),
    ),
)]
pub(super) async fn sign_in(State(app): State<App>, request: Request) -> Result<Response, Error> {
    let (parts, body) = request.into_parts();
    check_same_origin(&parts, &app)?;
    let request = Request::from_parts(parts.clone(), body);
    let Json(request) = Json::<SignInRequest>::from_request(request, &app).await?;
    let address = app.settings.trusted_proxies.client_address(&parts.extensions, &parts.headers);
    let done = app.auth.sign_in(&request.email, request.password, address).await?;
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
    if let Some(token) = cookie::token(&parts.headers) {
        if let Ok(member) = app.auth.authenticate(&token).await {
            Trail::of(&parts.extensions).set_actor(actor::of_member(&member));
        }
        app.auth.sign_out(&token).await?;
    }
    Ok(signed_out())
}

/// The answer that takes the session's cookies away.
pub(super) fn signed_out() -> Response {
    let mut response = StatusCode::NO_CONTENT.into_response();
    for is_https in [true, false] {
        if let Some(value) = cookie::set("", 0, is_https) {
            response.headers_mut().append(header::SET_COOKIE, value);
        }
    }
    response
}

/// The answer to a fresh sign-in.
pub(super) async fn signed_in(
    app: &App,
    parts: &Parts,
    done: engine::auth::SignedIn,
    status: StatusCode,
) -> Result<Response, Error> {
    Trail::of(&parts.extensions).set_actor(actor::of_member(&done.member));
    let is_https = app.settings.trusted_proxies.is_https(&parts.extensions, &parts.headers);
    let max_age_seconds = done.expires_at.micros_since(app.clock.now()) / 1_000_000;
    let cookie = cookie::set(&done.token, max_age_seconds, is_https)
        .ok_or_else(|| Error::from(engine::Error::internal("the token is no header value")))?;
    let body = me::answer(app, done.member).await?;
    Ok((status, [(header::SET_COOKIE, cookie)], Json(body)).into_response())
}
