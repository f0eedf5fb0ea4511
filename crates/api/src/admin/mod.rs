//! Managing projects and what belongs to them.

mod api_keys;
mod failed_events;
mod outcomes;
mod projects;
mod widgets;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::state::App;

/// The routes.
pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(projects::create))
        .routes(routes!(projects::get))
        .routes(routes!(api_keys::list, api_keys::create))
        .routes(routes!(api_keys::change, api_keys::delete))
        .routes(routes!(widgets::list, widgets::create))
        .routes(routes!(widgets::change, widgets::delete))
        .routes(routes!(outcomes::outcomes))
        .routes(routes!(failed_events::list))
        .routes(routes!(failed_events::resend))
}
