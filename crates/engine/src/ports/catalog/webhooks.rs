//! Webhooks, and the messages that wait for them or were sent to them.
//!
//! Messages are put there by the transaction that changes a contact or task: see
//! [`ContactFactStore::apply`](super::ContactFactStore::apply),
//! [`ContactStore::edit`](super::ContactStore::edit) and [`TaskStore::act`](super::TaskStore::act). Whoever
//! leases a message may make one attempt to send it.

use std::collections::BTreeSet;

use async_trait::async_trait;
use domain::id::ProjectId;
use domain::time::Timestamp;
use domain::webhook::{AttemptResult, EventKind, MessageId, Secret, Target, WebhookId};

use super::Error;

/// A webhook, without its signing secrets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Webhook {
    /// Names it.
    pub id: WebhookId,
    /// Whose contacts and tasks.
    pub project_id: ProjectId,
    /// Where messages are sent.
    pub target: Target,
    /// For people; may be empty.
    pub description: String,
    /// Message kinds it subscribes to.
    pub kinds: BTreeSet<EventKind>,
    /// Whether messages are made and sent.
    pub is_active: bool,
    /// When it was made.
    pub created_at: Timestamp,
    /// Until when messages are signed with the secret before the present one, too.
    pub previous_secret_until: Option<Timestamp>,
    /// Since when nothing but failures.
    pub failing_since: Option<Timestamp>,
    /// When it was switched off.
    pub disabled_at: Option<Timestamp>,
    /// Why, for people.
    pub disabled_reason: Option<String>,
}

/// What to change of a webhook; none: stays.
#[derive(Debug, Clone, Default)]
pub struct WebhookPatch {
    /// Where messages are sent; those that wait, too.
    pub target: Option<Target>,
    /// For people.
    pub description: Option<String>,
    /// Message kinds it subscribes to.
    pub kinds: Option<BTreeSet<EventKind>>,
    /// Switched on, its failures are forgotten.
    pub is_active: Option<bool>,
}

/// What has become of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeliveryStatus {
    /// It is sent when its time comes.
    Waiting,
    /// The receiver has it.
    Delivered,
    /// It was tried often enough.
    Failed,
}

impl DeliveryStatus {
    /// Every status.
    pub const ALL: [Self; 3] = [Self::Waiting, Self::Delivered, Self::Failed];

    /// The word in tables and JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Delivered => "delivered",
            Self::Failed => "failed",
        }
    }

    /// The status of that name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.as_str() == text)
    }
}

/// A message to one webhook, and its latest attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebhookDelivery {
    /// Names the message.
    pub id: MessageId,
    /// Its `type`.
    pub kind: String,
    /// When what it tells of occurred.
    pub occurred_at: Timestamp,
    /// Where it stands among the changes of its project.
    pub revision: i64,
    /// What is sent.
    pub body: String,
    /// What has become of it.
    pub status: DeliveryStatus,
    /// Attempts made, one under way included.
    pub attempts: u32,
    /// When it is tried next, while it waits; may lie in the past.
    pub next_attempt_at: Option<Timestamp>,
    /// When it was tried last.
    pub last_attempt_at: Option<Timestamp>,
    /// How long the receiver took to answer.
    pub duration_ms: Option<u32>,
    /// The status the receiver answered with.
    pub answered_status: Option<u16>,
    /// The beginning of its answer.
    pub answer: Option<String>,
    /// Why there was no answer, for people.
    pub trouble: Option<String>,
}

/// Which messages of a webhook.
#[derive(Debug, Clone, Copy, Default)]
pub struct DeliveryQuery {
    /// Of this status.
    pub status: Option<DeliveryStatus>,
    /// After this one, by revision and id.
    pub after: Option<(i64, MessageId)>,
    /// So many at most.
    pub limit: u32,
}

/// A message nobody's change caused.
#[derive(Debug, Clone)]
pub struct TestMessage {
    /// Names it.
    pub id: MessageId,
    /// When it was asked for.
    pub at: Timestamp,
    /// What is sent.
    pub body: String,
}

/// Messages of one webhook that the caller, and nobody else, may try to send now.
#[derive(Debug, Clone)]
pub struct Lease {
    /// Where to.
    pub target: Target,
    /// What to sign with: the present secret, then one that is still valid.
    pub secrets: Vec<Secret>,
    /// The messages.
    pub messages: Vec<LeasedMessage>,
}

/// A message to try to send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeasedMessage {
    /// Names it.
    pub id: MessageId,
    /// Which attempt this is, from 1: nobody else makes it.
    pub attempt: u32,
    /// Which it is since the message was made, or last asked to be sent again.
    pub attempt_of_round: u32,
    /// What to send.
    pub body: String,
}

/// How an attempt ended.
#[derive(Debug, Clone)]
pub struct DeliveryAttempt {
    /// Of which message.
    pub id: MessageId,
    /// Which attempt.
    pub attempt: u32,
    /// When it ended.
    pub at: Timestamp,
    /// How long the answer took; none without one.
    pub duration_ms: Option<u32>,
    /// What it showed of the webhook.
    pub outcome: AttemptResult,
    /// When to try again; none: never.
    pub retry_at: Option<Timestamp>,
    /// The status the receiver answered with.
    pub answered_status: Option<u16>,
    /// The beginning of its answer.
    pub answer: Option<String>,
    /// Why there was no answer.
    pub trouble: Option<String>,
}

/// What an attempt led to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AttemptOutcome {
    /// It is noted.
    Stored,
    /// It is noted, and its webhook is switched off for this reason.
    SwitchedOff(&'static str),
    /// The message is gone, or its lease ended and somebody else has it: nothing is noted.
    Superseded,
}

/// Webhooks, for those who manage them. See [`super`] for the contract.
#[async_trait]
pub trait WebhookStore: Send + Sync {
    /// Stores a new webhook and what its messages are signed with.
    async fn add_webhook(&self, webhook: Webhook, secret: Secret) -> Result<(), Error>;

    /// A project's webhooks, latest first.
    async fn webhooks_of(&self, project: ProjectId) -> Result<Vec<Webhook>, Error>;

    /// Changes a webhook at `now` and returns it as it is; none when the project has no such one.
    async fn change_webhook(
        &self,
        project: ProjectId,
        id: WebhookId,
        changes: WebhookPatch,
        now: Timestamp,
    ) -> Result<Option<Webhook>, Error>;

    /// Replaces the secret; the present one stays valid until `until`, the one before it no longer.
    async fn replace_webhook_secret(
        &self,
        project: ProjectId,
        id: WebhookId,
        secret: Secret,
        until: Timestamp,
    ) -> Result<Option<Webhook>, Error>;

    /// Deletes a webhook and its messages; `false` when the project has no such one.
    async fn remove_webhook(&self, project: ProjectId, id: WebhookId) -> Result<bool, Error>;

    /// A webhook's messages, latest first; none when the project has no such webhook.
    async fn deliveries(
        &self,
        project: ProjectId,
        id: WebhookId,
        query: DeliveryQuery,
    ) -> Result<Option<Vec<WebhookDelivery>>, Error>;

    /// Puts a message of [`TEST_KIND`](domain::webhook::TEST_KIND) there, to be sent at once.
    async fn add_test_message(
        &self,
        project: ProjectId,
        id: WebhookId,
        message: TestMessage,
    ) -> Result<Option<WebhookDelivery>, Error>;

    /// Has a message, whatever has become of it, sent again at `now`, by a new round of attempts.
    async fn resend(
        &self,
        project: ProjectId,
        id: WebhookId,
        message: MessageId,
        now: Timestamp,
    ) -> Result<Option<WebhookDelivery>, Error>;
}

/// Messages, for whoever sends them. See [`super`] for the contract.
#[async_trait]
pub trait WebhookDeliveryStore: Send + Sync {
    /// Active webhooks with messages whose time has come at `now` and that nobody has leased, by id.
    async fn webhooks_waiting(&self, now: Timestamp, limit: u32) -> Result<Vec<WebhookId>, Error>;

    /// Leases messages of a webhook whose time has come, earliest first, until `until`: of callers at
    /// the same time each gets other messages. None when the webhook is gone or switched off.
    async fn lease(
        &self,
        webhook: WebhookId,
        now: Timestamp,
        until: Timestamp,
        limit: u32,
    ) -> Result<Option<Lease>, Error>;

    /// Notes how an attempt ended, and what it shows of its webhook; tests show nothing.
    async fn record_attempt(&self, attempt: DeliveryAttempt) -> Result<AttemptOutcome, Error>;

    /// Removes messages that were done with before `before`, and those that wait for a webhook that
    /// was switched off before it or is gone; counts them.
    async fn prune_deliveries(&self, before: Timestamp) -> Result<u64, Error>;
}
