//! What members manage and look at.

mod crm;
mod lead_scores;
mod sdk_settings;
mod webhooks;
mod widgets;
