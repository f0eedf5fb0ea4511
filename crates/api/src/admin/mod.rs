//! Managing projects and what belongs to them.

mod annotations;
mod api_keys;
mod audit;
mod boards;
mod crm;
mod failed_events;
mod goals;
mod invitations;
mod lead_dry_run;
mod lead_scores;
mod logo;
mod members;
mod outcomes;
mod project_settings;
mod projects;
mod retention;
mod sdk_report;
mod sdk_settings;
mod secret_keys;
mod segments;
mod share_links;
mod source_maps;
mod webhooks;
mod widgets;

use domain::time::Timestamp;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::error::Error;
use crate::state::App;

pub(crate) use crm::{ActivityAnswer, Amount, ContactAnswer, FieldUpdate};
pub(crate) use project_settings::read_zone;

/// When a key or a link expires; none: it does not.
fn read_expiry(text: Option<&str>) -> Result<Option<Timestamp>, Error> {
    let invalid = |error| Error::invalid("expires_at", format!("expires_at is {error}"));
    text.map(|text| Timestamp::parse(text).map_err(invalid)).transpose()
}

/// The routes.
pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(projects::create))
        .routes(routes!(projects::get))
        .routes(routes!(api_keys::list, api_keys::create))
        .routes(routes!(api_keys::change, api_keys::delete))
        .routes(routes!(lead_scores::highest))
        .routes(routes!(lead_scores::explain))
        .routes(routes!(lead_scores::weights, lead_scores::set_weights))
        .routes(routes!(lead_scores::default_weights))
        .routes(routes!(lead_dry_run::dry_run))
        .routes(routes!(project_settings::get, project_settings::set))
        .routes(routes!(retention::get))
        .routes(routes!(retention::preview))
        .routes(routes!(sdk_report::get))
        .routes(routes!(sdk_settings::get, sdk_settings::set))
        .routes(routes!(annotations::list, annotations::create))
        .routes(routes!(annotations::delete))
        .routes(routes!(logo::get, logo::set, logo::remove))
        .routes(routes!(goals::list, goals::create))
        .routes(routes!(goals::change, goals::delete))
        .routes(routes!(boards::list, boards::create))
        .routes(routes!(boards::get, boards::replace, boards::delete))
        .routes(routes!(segments::list, segments::create))
        .routes(routes!(segments::change, segments::delete))
        .routes(routes!(widgets::list, widgets::create))
        .routes(routes!(widgets::change, widgets::delete))
        .routes(routes!(outcomes::outcomes))
        .routes(routes!(failed_events::list))
        .routes(routes!(failed_events::get))
        .routes(routes!(failed_events::resend))
        .merge(crm::routes())
        .routes(routes!(members::list))
        .routes(routes!(members::change, members::remove))
        .routes(routes!(members::leave))
        .routes(routes!(invitations::list, invitations::create))
        .routes(routes!(invitations::revoke))
        .routes(routes!(secret_keys::list, secret_keys::create))
        .routes(routes!(secret_keys::revoke))
        .routes(routes!(share_links::list, share_links::create))
        .routes(routes!(share_links::revoke))
        .routes(routes!(source_maps::list, source_maps::upload))
        .routes(routes!(source_maps::delete))
        .routes(routes!(audit::list))
        .merge(webhooks::routes())
}
