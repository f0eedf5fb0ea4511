//! Webhooks, their messages, and who may send which when.

mod deliveries;
mod manage;
pub(crate) mod outbox;
mod rows;
mod subject;

pub(crate) use subject::{messages_about, remove_person};
