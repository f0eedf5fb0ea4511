//! `/api/projects/{project_id}/webhooks`.

use axum::extract::State;
use axum::http::StatusCode;
use engine::webhooks::{NewWebhook, WebhookEdit};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::WebhookPathExtractor;
use super::answer::WebhookAnswer;
use crate::audit::AuditContext;
use crate::error::{Error, Problem, Unprocessable};
use crate::extract::{Admin, Json};
use crate::state::App;

/// A project's webhooks, latest first.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WebhookList {
    webhooks: Vec<WebhookAnswer>,
}

/// A webhook to make.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewWebhook)]
pub(crate) struct NewWebhookRequest {
    /// `https://…`; `http` and private addresses only in the ranges of `outbound.allow_private`.
    url: String,
    /// Up to 200 characters.
    #[serde(default)]
    description: String,
    /// At least one of `contact.created`, `contact.updated`, `contact.merged`, `task.created`,
    /// `task.updated`, `task.completed`.
    event_types: Vec<String>,
}

/// What to change of a webhook; fields left out stay as they are.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = WebhookChange)]
pub(crate) struct WebhookChangeRequest {
    url: Option<String>,
    description: Option<String>,
    event_types: Option<Vec<String>>,
    /// Inactive, it gets no new messages and waiting ones stay; active again, its failures are
    /// forgotten.
    is_active: Option<bool>,
}

/// A webhook and what its messages are signed with, shown this once.
#[derive(Serialize, ToSchema)]
#[schema(as = WebhookMade)]
pub(crate) struct CreatedWebhook {
    webhook: WebhookAnswer,
    /// `whsec_…`, as the libraries of Standard Webhooks take it.
    secret: String,
}

/// A project's webhooks.
#[utoipa::path(
    get, path = "/api/projects/{project_id}/webhooks", tag = "Webhooks", operation_id = "webhooks",
    params(("project_id" = uuid::Uuid, Path)), extensions(("x-role" = json!("admin"))),
    responses((status = 200, body = WebhookList), Admin),
)]
pub(super) async fn list(
    State(app): State<App>,
    Admin(allowed): Admin,
) -> Result<Json<WebhookList>, Error> {
    let webhooks = app.webhooks.list(allowed.project_id).await?;
    Ok(Json(WebhookList { webhooks: webhooks.into_iter().map(Into::into).collect() }))
}

/// Makes a webhook. It gets changes from now on; its secret is in this answer and in no
/// other.
#[utoipa::path(
    post, path = "/api/projects/{project_id}/webhooks", tag = "Webhooks", operation_id = "create_webhook",
    params(("project_id" = uuid::Uuid, Path)), request_body = NewWebhookRequest,
    extensions(("x-role" = json!("admin"))),
    responses(
        (status = 201, body = CreatedWebhook), Admin,
        (status = 409, body = Problem, description = "The project has 20 webhooks"),
        (status = 422, body = Problem, description = "A value is invalid, such as a URL that must not be called"),
    ),
)]
pub(super) async fn create(
    State(app): State<App>,
    Admin(allowed): Admin,
    trail: AuditContext,
    Json(new): Json<NewWebhookRequest>,
) -> Result<(StatusCode, Json<CreatedWebhook>), Error> {
    let new =
        NewWebhook { url: new.url, description: new.description, event_types: new.event_types };
    let (webhook, secret) = app.webhooks.create(allowed.project_id, new).await?;
    trail.set_target(&webhook.id);
    let made = CreatedWebhook { webhook: webhook.into(), secret: secret.reveal() };
    Ok((StatusCode::CREATED, Json(made)))
}

/// Changes a webhook, or switches it on or off.
#[utoipa::path(
    patch, path = "/api/projects/{project_id}/webhooks/{webhook_id}", tag = "Webhooks",
    operation_id = "change_webhook",
    params(("project_id" = uuid::Uuid, Path), ("webhook_id" = String, Path)), request_body = WebhookChangeRequest,
    extensions(("x-role" = json!("admin"))),
    responses((status = 200, body = WebhookAnswer), Admin, Unprocessable),
)]
pub(super) async fn change(
    State(app): State<App>,
    Admin(allowed): Admin,
    path: WebhookPathExtractor,
    Json(change): Json<WebhookChangeRequest>,
) -> Result<Json<WebhookAnswer>, Error> {
    let change = WebhookEdit {
        url: change.url,
        description: change.description,
        event_types: change.event_types,
        is_active: change.is_active,
    };
    let webhook = app.webhooks.change(allowed.project_id, path.id()?, change).await?;
    Ok(Json(webhook.into()))
}

/// Deletes a webhook with its messages; what waits is not sent.
#[utoipa::path(
    delete, path = "/api/projects/{project_id}/webhooks/{webhook_id}", tag = "Webhooks",
    operation_id = "delete_webhook",
    params(("project_id" = uuid::Uuid, Path), ("webhook_id" = String, Path)),
    extensions(("x-role" = json!("admin"))),
    responses((status = 204), Admin),
)]
pub(super) async fn delete(
    State(app): State<App>,
    Admin(allowed): Admin,
    path: WebhookPathExtractor,
) -> Result<StatusCode, Error> {
    app.webhooks.delete(allowed.project_id, path.id()?).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Replaces the secret. For 24 hours messages are signed with the one before it, too; an even earlier
/// one is no longer valid.
#[utoipa::path(
    post, path = "/api/projects/{project_id}/webhooks/{webhook_id}/rotate-secret", tag = "Webhooks",
    operation_id = "rotate_webhook_secret",
    params(("project_id" = uuid::Uuid, Path), ("webhook_id" = String, Path)),
    extensions(("x-role" = json!("admin"))),
    responses((status = 200, body = CreatedWebhook), Admin),
)]
pub(super) async fn rotate_secret(
    State(app): State<App>,
    Admin(allowed): Admin,
    path: WebhookPathExtractor,
) -> Result<Json<CreatedWebhook>, Error> {
    let (webhook, secret) = app.webhooks.rotate_secret(allowed.project_id, path.id()?).await?;
    Ok(Json(CreatedWebhook { webhook: webhook.into(), secret: secret.reveal() }))
}
