//! People: contacts and customers seen as one.

mod figures;
mod moment;
mod notes;
mod person;
mod timeline;

use serde::Deserialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::state::App;

/// The routes.
pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(person::person))
        .routes(routes!(timeline::timeline))
        .routes(routes!(notes::add))
        .routes(routes!(notes::edit, notes::remove))
}

/// The person of a path: a contact's id or a user id.
#[derive(Debug, Deserialize)]
struct PersonPath {
    person_id: String,
}
