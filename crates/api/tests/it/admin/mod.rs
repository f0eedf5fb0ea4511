//! What members manage and look at.

mod lead_scores;
