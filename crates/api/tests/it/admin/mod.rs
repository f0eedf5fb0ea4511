//! What members manage and look at.

mod crm;
mod lead_scores;
mod widgets;
