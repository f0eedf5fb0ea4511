//! Outgoing webhooks: changes, message bodies, signatures and retries.
//!
//! The wire is the Standard Webhooks specification, version 1.0.0: `webhook-id` names the message and
//! stays the same however often it is sent, `webhook-timestamp` is the moment of the attempt, and
//! `webhook-signature` signs both with the body.

mod change;
mod health;
mod id;
mod kind;
mod message;
mod retry;
mod signature;
mod target;

#[cfg(test)]
mod tests;

/// The type of messages that members send to try a webhook; nobody can ask for them.
pub const TEST_KIND: &str = "webhook.test";

pub use change::{PreviousContact, WebhookChangeEvent, changes};
pub use health::{AttemptResult, FAILING_DAYS, Health};
pub use id::{MessageId, WebhookId};
pub use kind::EventKind;
pub use message::{body, test_body};
pub use retry::{delay_seconds, retry_after_seconds};
pub use signature::{InvalidSecret, Secret, headers};
pub use target::{InvalidTarget, Target};
