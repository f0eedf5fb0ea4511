//! Webhooks and their deliveries.

mod answer;
mod deliveries;
mod manage;

use axum::extract::Path;
use domain::webhook::WebhookId;
use serde::Deserialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::error::Error;
use crate::state::App;

/// The routes.
pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(manage::list, manage::create))
        .routes(routes!(manage::change, manage::delete))
        .routes(routes!(manage::rotate_secret))
        .routes(routes!(deliveries::test))
        .routes(routes!(deliveries::list))
        .routes(routes!(deliveries::resend))
}

/// The id of a webhook's path.
#[derive(Debug, Deserialize)]
struct WebhookPath {
    webhook_id: String,
}

impl WebhookPath {
    fn id(&self) -> Result<WebhookId, Error> {
        self.webhook_id.parse().map_err(|_| engine::Error::NotFound("webhook").into())
    }
}

/// The path's ids.
type WebhookPathExtractor = Path<WebhookPath>;
