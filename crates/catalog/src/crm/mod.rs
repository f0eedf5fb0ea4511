//! Contacts, their facts and their tasks: a projection whose rows and position change together, and
//! what members do by hand.

mod contacts;
mod facts;
mod folding;
mod identities;
mod person;
mod reports;
mod rows;
mod tasks;
mod timeline;

pub(crate) use facts::lock as next_revision;
pub(crate) use person::{contacts_of, ids_of, names_of, remove_person};
