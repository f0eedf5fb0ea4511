//! The management API.

mod crm;
mod lead_scores;
mod sdk_settings;
mod webhooks;
mod widgets;
