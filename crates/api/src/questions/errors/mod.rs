//! `/api/projects/{project_id}/errors`: the errors that visitors meet, in groups with one cause.

mod affected;
mod frames;
mod group;
mod list;
mod triage;

use serde::Deserialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::state::App;

/// The routes.
pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list::errors))
        .routes(routes!(group::error, triage::change))
        .routes(routes!(affected::sessions))
        .routes(routes!(affected::people))
        .routes(routes!(frames::stack_frames))
}

/// The id of a group's path.
#[derive(Debug, Deserialize)]
struct GroupPath {
    error_group_id: String,
}
