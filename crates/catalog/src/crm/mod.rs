//! Contacts, their facts and their tasks: a projection whose rows and position change together, and
//! what members do by hand.

mod changes;
mod contacts;
mod facts;
mod folding;
mod identities;
mod people;
mod person;
mod reports;
mod rows;
mod tasks;
mod timeline;

pub(crate) use facts::lock as next_revision;
pub(crate) use person::{contacts_of, ids_of, names_of, remove_person};

/// A contact's score, as the projection of scores has it; null for who has done nothing that counts.
pub(crate) const LEAD_SCORE: &str = "(SELECT lead_scores.score FROM lead_scores
    WHERE lead_scores.project_id = crm_contacts.project_id
      AND lead_scores.user_id = crm_contacts.user_id)";
