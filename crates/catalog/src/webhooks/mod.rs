//! Webhooks, their messages, and who may send which when.

mod deliveries;
mod manage;
pub(crate) mod outbox;
mod person;
mod rows;

pub(crate) use person::{messages_about, remove_person};
