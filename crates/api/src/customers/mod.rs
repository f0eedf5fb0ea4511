//! Contract 5, out: customers with their figures and sessions.

mod answer;
mod metrics;
mod one;
mod query;
mod session_figures;
mod tokens;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::state::App;

pub(crate) use answer::CustomerAnswer;

/// The routes.
pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(metrics::metrics))
        .routes(routes!(metrics::project_metrics))
        .routes(routes!(one::customer))
        .routes(routes!(one::sessions))
        .routes(routes!(session_figures::session_figures))
        .routes(routes!(tokens::create))
}
