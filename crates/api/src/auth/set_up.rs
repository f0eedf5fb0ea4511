//! `/api/setup`: the first member, by the one-time link the server prints.

use axum::extract::{FromRequest, Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use engine::auth::SetUp;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::PasswordErrors;
use super::sign_in::signed_in;
use crate::admin::read_zone;
use crate::error::{Error, Problem, Unprocessable};
use crate::extract::{Json, check_same_origin};
use crate::state::App;

/// Whether set-up has been completed.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SetupState {
    is_set_up: bool,
}

/// The first member and their project.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SetupRequest {
    /// From the link the server printed.
    #[schema(value_type = String)]
    token: SecretString,
    email: String,
    name: String,
    /// At least 12 characters.
    #[schema(value_type = String)]
    password: SecretString,
    project_name: String,
    /// The IANA time zone of the project's days, months and hours; `UTC` by default.
    time_zone: Option<String>,
}

/// Whether set-up has been completed.
#[utoipa::path(
    get, path = "/api/setup", tag = "Members", operation_id = "setup_state",
    responses((status = 200, body = SetupState)),
)]
pub(super) async fn state(State(app): State<App>) -> Result<Json<SetupState>, Error> {
    Ok(Json(SetupState { is_set_up: app.auth.is_set_up().await? }))
}

/// Creates the first member, the owner of the first project, and signs them in. Works once.
#[utoipa::path(
    post, path = "/api/setup", tag = "Members", operation_id = "complete_setup", request_body = SetupRequest,
    responses(
        (status = 201, body = super::me::Me), PasswordErrors, Unprocessable,
        (status = 403, body = Problem, description = "The token is not the one that the server printed"),
        (status = 409, body = Problem, description = "Set-up has been completed"),
    ),
)]
pub(super) async fn complete(State(app): State<App>, request: Request) -> Result<Response, Error> {
    let (parts, body) = request.into_parts();
    check_same_origin(&parts, &app)?;
    let request = Request::from_parts(parts.clone(), body);
    let Json(request) = Json::<SetupRequest>::from_request(request, &app).await?;
    let address = app.settings().trusted_proxies.client_address(&parts.extensions, &parts.headers);
    let set_up = SetUp {
        token: request.token,
        email: request.email,
        name: request.name,
        password: request.password,
        project_name: request.project_name,
        time_zone: read_zone(request.time_zone.as_deref())?,
    };
    let done = app.auth.set_up(set_up, address).await?;
    signed_in(&app, &parts, done, StatusCode::CREATED).await
}
