//! Contacts, their facts and their tasks: a projection whose rows and position change together, and
//! what members do by hand.

mod checkpoints;
mod comments;
mod contacts;
mod facts;
mod identities;
mod identity_resolver;
mod mentions;
mod pending_rows;
mod reports;
mod rows;
mod rules;
mod subject;
mod task_rows;
mod tasks;
mod timeline;
mod update;

pub(crate) use checkpoints::remove_expired;
pub(crate) use rules::lock as next_revision;
pub(crate) use subject::{contacts_of, identifiers_of, ids_of, names_of, remove_person};
pub(crate) use timeline::activity;

/// A contact's score, as the projection of scores has it; null for who has done nothing that counts.
pub(crate) const LEAD_SCORE: &str = "(SELECT lead_scores.score FROM lead_scores
    WHERE lead_scores.project_id = crm_contacts.project_id
      AND lead_scores.user_id = crm_contacts.user_id)";
