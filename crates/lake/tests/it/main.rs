//! The lake as its callers see it: events in, numbers out, worked by hand.
#![expect(clippy::expect_used, clippy::panic, reason = "a failed expectation must end the test")]

mod acquisition;
mod bots;
mod delivery;
mod engagement;
mod erasure;
mod errors;
mod events;
mod filters;
mod forms;
mod friction;
mod friction_cost;
mod funnel;
mod goals;
mod heatmap;
mod journeys;
mod maintenance;
mod overview;
mod pages;
mod person_events;
mod property;
mod retention;
mod rollups;
mod search_patterns;
mod sessions;
mod sql;
mod support;
mod views;
mod visitor_retention;
mod vitals;
mod widget_activity;
mod writer;
