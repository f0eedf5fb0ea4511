//! Outgoing webhooks: who is told of which changes, the messages, and how they are signed and repeated.
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

pub use change::{Before, Change, changes};
pub use health::{FAILING_DAYS, Health, Outcome};
pub use id::{MessageId, WebhookId};
pub use kind::EventKind;
pub use message::{body, test_body};
pub use retry::{delay_seconds, retry_after_seconds};
pub use signature::{BadSecret, Secret, headers};
pub use target::{BadTarget, Target};
