//! The state of the server, for its owner: figures of this server, and its jobs.
//!
//! No answer names projects, keys, persons or files, nor what caused an error.

mod figures;
mod jobs;
mod requests;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::state::App;

/// The routes.
pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(figures::operations)).routes(routes!(jobs::run_job))
}
