//! The questions: one file each, from the scope to one or two statements to a typed answer.
//!
//! What a caller sends reaches a statement as a bound value only; the text of a statement is made
//! of constants.

mod acquisition;
mod bots;
mod buckets;
mod conversions;
mod delivery;
mod engagement;
mod errors;
mod events;
mod filter_values;
mod filters;
mod forms;
mod friction_cost;
mod friction_items;
mod friction_kinds;
mod friction_pages;
mod funnel;
mod goals;
mod heatmap;
mod journeys;
mod matchers;
mod overview;
mod pages;
mod person_events;
mod rolled;
mod scope;
mod search_patterns;
mod session_events;
mod session_filters;
mod sessions;
mod sources;
mod visitor_retention;
mod web_vitals;
mod widget_activity;

pub(crate) use acquisition::acquisition;
pub(crate) use bots::{bots, with_bots};
pub(crate) use delivery::delivery;
pub(crate) use engagement::engagement;
pub(crate) use events::{event_count, events};
pub(crate) use filter_values::filter_values;
pub(crate) use friction_cost::friction_costs;
pub(crate) use friction_items::friction_items;
pub(crate) use friction_kinds::friction_kinds;
pub(crate) use friction_pages::friction_pages;
pub(crate) use funnel::funnel;
pub(crate) use goals::goals;
pub(crate) use heatmap::{heatmap, recorded_views};
pub(crate) use journeys::journeys;
pub(crate) use overview::overview;
pub(crate) use pages::pages;
pub(crate) use person_events::person_events;
pub(crate) use scope::PeriodScope;
pub(crate) use search_patterns::search_patterns;
pub(crate) use session_events::session_events;
pub(crate) use sessions::sessions;
pub(crate) use visitor_retention::visitor_retention;
pub(crate) use web_vitals::web_vitals;
pub(crate) use widget_activity::widget_activity;
