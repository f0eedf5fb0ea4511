//! Calls and what they cost: usage, tariff, closed months, session completion and the health figures.

mod adjustments;
mod amounts;
mod cleanup;
mod health_figures;
mod periods;
mod tariff;
mod usage;
mod usage_answer;

pub(crate) use health_figures::CleanupRunAnswer;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::state::App;

/// The routes.
pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(cleanup::run, cleanup::run_by_get))
        .routes(routes!(usage::usage))
        .routes(routes!(usage::project_usage))
        .routes(routes!(tariff::get, tariff::put))
        .routes(routes!(periods::list, periods::close))
        .routes(routes!(adjustments::list))
        .routes(routes!(health_figures::health_figures))
}
