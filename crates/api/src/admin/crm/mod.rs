//! The CRM: contacts, tasks, figures and rules.

mod amount;
mod comments;
mod contact_answer;
mod contacts;
mod dry_run;
mod figures;
mod mentions;
mod params;
mod rules;
mod task_answer;
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
        .routes(routes!(tasks::list, tasks::create))
        .routes(routes!(tasks::change))
        .routes(routes!(comments::list, comments::add))
        .routes(routes!(comments::remove))
        .routes(routes!(mentions::list))
        .routes(routes!(mentions::mark_read))
        .routes(routes!(figures::pipeline))
        .routes(routes!(figures::revenue))
        .routes(routes!(figures::preferences))
        .routes(routes!(rules::get, rules::replace))
        .routes(routes!(rules::default))
        .routes(routes!(dry_run::dry_run))
}
