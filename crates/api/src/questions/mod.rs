//! The questions of the dashboard, one file each.

mod acquisition;
mod bots;
mod engagement;
mod errors;
mod events;
mod filter_values;
mod filters;
mod forms;
mod friction;
mod friction_cost;
mod funnel;
mod goals;
mod heatmap;
mod journeys;
mod overview;
mod pages;
mod scope;
mod search_patterns;
mod session_detail;
mod sessions;
mod visitor_retention;
mod web_vitals;
mod widget_activity;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::state::App;

pub(crate) use events::EventAnswer;
pub(crate) use filters::read_text;
pub(crate) use scope::{PeriodQuery, local_period, period, read_page_filters};

/// The routes.
pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(overview::overview))
        .routes(routes!(engagement::engagement))
        .routes(routes!(bots::bots))
        .merge(errors::routes())
        .routes(routes!(forms::forms))
        .routes(routes!(forms::abandonments))
        .routes(routes!(friction::kinds))
        .routes(routes!(friction::items))
        .routes(routes!(friction::pages))
        .routes(routes!(friction_cost::cost))
        .routes(routes!(funnel::funnel))
        .routes(routes!(goals::goal_conversions))
        .routes(routes!(heatmap::heatmap))
        .routes(routes!(heatmap::snapshots))
        .routes(routes!(pages::pages))
        .routes(routes!(web_vitals::web_vitals))
        .routes(routes!(events::events))
        .routes(routes!(search_patterns::search_patterns))
        .routes(routes!(filter_values::filter_values))
        .routes(routes!(sessions::sessions))
        .routes(routes!(acquisition::acquisition))
        .routes(routes!(journeys::journeys))
        .routes(routes!(visitor_retention::visitor_retention))
        .routes(routes!(session_detail::session))
        .routes(routes!(session_detail::events))
        .routes(routes!(widget_activity::widget_activity))
}
