//! `/api/projects/{project_id}/webhooks/{webhook_id}/deliveries`: what was sent, and what became of it.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use domain::webhook::MessageId;
use engine::ports::catalog::{DeliveryQuery, DeliveryStatus};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::answer::DeliveryAnswer;
use super::{WebhookPath, WebhookPathExtractor};
use crate::audit::AuditContext;
use crate::cursor;
use crate::error::{Error, Problem};
use crate::extract::{Admin, Json, Query};
use crate::state::App;

/// Named in cursors.
const LIST: &str = "webhook_deliveries";
/// Messages of a page, unless asked otherwise.
const DEFAULT_LIMIT: u32 = 50;

/// Which messages.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct DeliveriesQuery {
    /// `waiting`, `delivered` or `failed`; left out: all.
    status: Option<String>,
    /// 1 to 1,000; 50 by default.
    limit: Option<u32>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// A page of messages, latest first. Kept for 30 days after they were done with.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DeliveryList {
    deliveries: Vec<DeliveryAnswer>,
    /// Send it as `cursor` to get the next page; null on the last one.
    next_cursor: Option<String>,
}

/// The ids of a message's path.
#[derive(Debug, Deserialize)]
pub(super) struct DeliveryPath {
    webhook_id: String,
    delivery_id: String,
}

impl DeliveriesQuery {
    fn query(&self) -> Result<DeliveryQuery, Error> {
        let status = self.status.as_deref().filter(|text| !text.is_empty()).map(|text| {
            let names = || DeliveryStatus::ALL.into_iter().map(DeliveryStatus::as_str).collect();
            DeliveryStatus::parse(text).ok_or_else(|| Error::not_allowed("status", names()))
        });
        let after = cursor::read(LIST, self.cursor.as_deref())?;
        Ok(DeliveryQuery {
            status: status.transpose()?,
            after: after.map(|(revision, id)| (revision, MessageId(id))),
            limit: self.limit.unwrap_or(DEFAULT_LIMIT).clamp(1, 1_000),
        })
    }
}

/// The messages to a webhook, sent and waiting, with their outcomes.
#[utoipa::path(
    get, path = "/api/projects/{project_id}/webhooks/{webhook_id}/deliveries", tag = "Webhooks",
    operation_id = "webhook_deliveries",
    params(("project_id" = uuid::Uuid, Path), ("webhook_id" = String, Path), DeliveriesQuery),
    extensions(("x-role" = json!("admin"))),
    responses((status = 200, body = DeliveryList), Admin),
)]
pub(super) async fn list(
    State(app): State<App>,
    Admin(allowed): Admin,
    path: WebhookPathExtractor,
    Query(query): Query<DeliveriesQuery>,
) -> Result<Json<DeliveryList>, Error> {
    let query = query.query()?;
    let deliveries = app.webhooks.deliveries(allowed.project_id, path.id()?, query).await?;
    let next_cursor =
        cursor::next(LIST, &deliveries, query.limit, |last| (last.revision, last.id.0))?;
    let deliveries = deliveries.into_iter().map(Into::into).collect();
    Ok(Json(DeliveryList { deliveries, next_cursor }))
}

/// Sends a message of type `webhook.test` at once; the list of deliveries shows its outcome.
#[utoipa::path(
    post, path = "/api/projects/{project_id}/webhooks/{webhook_id}/test", tag = "Webhooks",
    operation_id = "test_webhook",
    params(("project_id" = uuid::Uuid, Path), ("webhook_id" = String, Path)),
    extensions(("x-role" = json!("admin"))),
    responses(
        (status = 202, body = DeliveryAnswer), Admin,
        (status = 409, body = Problem, description = "The webhook is switched off"),
    ),
)]
pub(super) async fn test(
    State(app): State<App>,
    Admin(allowed): Admin,
    trail: AuditContext,
    path: WebhookPathExtractor,
) -> Result<(StatusCode, Json<DeliveryAnswer>), Error> {
    let webhook = path.id()?;
    let delivery = app.webhooks.test(allowed.project_id, webhook).await?;
    trail.set_target(&format!("{webhook}/{}", delivery.id));
    Ok((StatusCode::ACCEPTED, Json(delivery.into())))
}

/// Resends a message at once, under its id, whatever its status.
#[utoipa::path(
    post, path = "/api/projects/{project_id}/webhooks/{webhook_id}/deliveries/{delivery_id}/resend",
    tag = "Webhooks", operation_id = "resend_webhook_delivery",
    params(("project_id" = uuid::Uuid, Path), ("webhook_id" = String, Path), ("delivery_id" = String, Path)),
    extensions(("x-role" = json!("admin"))),
    responses(
        (status = 202, body = DeliveryAnswer), Admin,
        (status = 409, body = Problem, description = "The webhook is switched off"),
    ),
)]
pub(super) async fn resend(
    State(app): State<App>,
    Admin(allowed): Admin,
    Path(DeliveryPath { webhook_id, delivery_id }): Path<DeliveryPath>,
) -> Result<(StatusCode, Json<DeliveryAnswer>), Error> {
    let webhook = WebhookPath { webhook_id }.id()?;
    let delivery = delivery_id.parse().map_err(|_| engine::Error::NotFound("delivery"))?;
    let delivery = app.webhooks.resend(allowed.project_id, webhook, delivery).await?;
    Ok((StatusCode::ACCEPTED, Json(delivery.into())))
}
