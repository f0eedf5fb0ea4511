//! The management API.

mod annotations;
mod boards;
mod crm;
mod dry_runs;
mod goals;
mod lead_scores;
mod project_settings;
mod sdk_settings;
mod segments;
mod source_maps;
mod tasks;
mod webhooks;
mod widgets;
