//! Webhooks, their messages, and who may send which when.

mod deliveries;
mod manage;
pub(crate) mod outbox;
mod rows;
