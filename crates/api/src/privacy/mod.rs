//! A person's rights: to see what is known of them, and to be forgotten.

mod erasures;
mod export;
mod receipt;
mod subjects;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::state::App;

/// The routes.
pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(subjects::export_subject, subjects::erase_subject))
        .routes(routes!(subjects::export_project_subject, subjects::erase_project_subject))
        .routes(routes!(erasures::list))
        .routes(routes!(erasures::get))
        .routes(routes!(erasures::lift))
}
