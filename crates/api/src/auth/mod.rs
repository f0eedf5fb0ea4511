//! Set-up, sign-in, and who is signed in.

mod accept;
pub(crate) mod cookie;
mod me;
mod profile;
mod set_up;
mod sign_in;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::state::App;

pub(crate) use me::{ProjectAnswer, ProjectRole};

/// The routes.
pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(set_up::state, set_up::complete))
        .routes(routes!(sign_in::sign_in))
        .routes(routes!(sign_in::sign_out))
        .routes(routes!(me::me, profile::rename))
        .routes(routes!(profile::change_password))
        .routes(routes!(profile::sign_out_everywhere))
        .routes(routes!(accept::look))
        .routes(routes!(accept::accept))
}
