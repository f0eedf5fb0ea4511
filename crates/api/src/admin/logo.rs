//! `/api/projects/{project_id}/logo`.

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::logo::MAX_LOGO_BYTES;

use crate::bodies::{Trust, collect};
use crate::error::{Error, Problem, Unprocessable};
use crate::extract::{Admin, Viewer, not_collected};
use crate::recordings::media;
use crate::state::App;

/// A project's logo. Its address in `logo_url` of a project changes with it.
#[utoipa::path(
    get, path = "/api/projects/{project_id}/logo", tag = "Projects", operation_id = "project_logo",
    params(("project_id" = Uuid, Path)),
    extensions(("x-role" = json!("viewer"))),
    responses((status = 200, body = String, content_type = "image/png"), Viewer),
)]
pub(super) async fn get(
    State(app): State<App>,
    Viewer(allowed): Viewer,
) -> Result<Response, Error> {
    let logo = app.logos.of(allowed.project_id).await?;
    Ok(media(logo.format.media_type(), "logo", logo.bytes))
}

/// Stores a project's logo: a PNG or JPEG image of at most 200 KiB, at most 1,024 pixels wide and high, as the body.
#[utoipa::path(
    put, path = "/api/projects/{project_id}/logo", tag = "Projects", operation_id = "set_project_logo",
    params(("project_id" = Uuid, Path)),
    request_body(content = String, content_type = "image/png"),
    extensions(("x-role" = json!("admin"))),
    responses(
        (status = 204), Admin, Unprocessable,
        (status = 413, body = Problem, description = "Larger than 200 KiB"),
    ),
)]
pub(super) async fn set(
    State(app): State<App>,
    Admin(allowed): Admin,
    request: Request,
) -> Result<StatusCode, Error> {
    let proxies = &app.settings().trusted_proxies;
    let sender = proxies.client_address(request.extensions(), request.headers());
    let mut held = app.bodies().reservation(sender, Trust::Unproven);
    let body = collect(&mut request.into_body(), MAX_LOGO_BYTES, &mut held).await;
    let body = body.map_err(|why| not_collected(why, "200 KiB"))?;
    app.logos.set(allowed.project_id, body).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Removes a project's logo.
#[utoipa::path(
    delete, path = "/api/projects/{project_id}/logo", tag = "Projects", operation_id = "remove_project_logo",
    params(("project_id" = Uuid, Path)),
    extensions(("x-role" = json!("admin"))),
    responses((status = 204), Admin),
)]
pub(super) async fn remove(
    State(app): State<App>,
    Admin(allowed): Admin,
) -> Result<StatusCode, Error> {
    app.logos.remove(allowed.project_id).await?;
    Ok(StatusCode::NO_CONTENT)
}
