//! Contacts, their facts and their tasks: a projection whose rows and position change together, and
//! what members do by hand.

mod contacts;
mod facts;
mod folding;
mod identities;
mod reports;
mod rows;
mod tasks;
mod timeline;
