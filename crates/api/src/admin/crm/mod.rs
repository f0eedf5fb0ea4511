//! The CRM: contacts, tasks, figures and rules.

mod amount;
mod contact_answer;
mod contacts;
mod figures;
mod params;
mod rules;
mod tasks;
mod timeline;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::state::App;

pub(crate) use amount::Amount;
pub(crate) use contact_answer::ContactAnswer;
pub(crate) use params::FieldUpdate;
pub(crate) use timeline::ActivityAnswer;

/// The routes.
pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(contacts::list))
        .routes(routes!(contacts::get, contacts::change))
        .routes(routes!(timeline::timeline))
        .routes(routes!(tasks::list))
        .routes(routes!(tasks::change))
        .routes(routes!(figures::pipeline))
        .routes(routes!(figures::revenue))
        .routes(routes!(figures::preferences))
        .routes(routes!(rules::get, rules::replace))
        .routes(routes!(rules::default))
}
