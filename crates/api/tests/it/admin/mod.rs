//! The management API.

mod annotations;
mod crm;
mod lead_scores;
mod sdk_settings;
mod webhooks;
mod widgets;
