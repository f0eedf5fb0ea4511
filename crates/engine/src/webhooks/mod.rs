//! Outgoing webhooks: subscriptions to changes of contacts and tasks, and sending the messages.
//!
//! A message is stored by the transaction that makes the change it tells of, so there is one exactly
//! when there is the other. [`WebhookSender`](sender::WebhookSender) sends what is stored: at least once,
//! in no promised order.

mod runner;
pub mod sender;
mod validate;

use std::sync::Arc;

use domain::clock::Clock;
use domain::id::{IdSource, ProjectId};
use domain::random::RandomSource;
use domain::webhook::{MessageId, Secret, WebhookId, test_body};

use crate::Error;
use crate::ports::catalog::{
    DeliveryQuery, TestMessage, Webhook, WebhookDelivery, WebhookPatch, WebhookStore,
};
use crate::ports::outbound::Outbound;

/// How long the secret before the present one stays valid.
const BOTH_VALID_SECONDS: i64 = 24 * 3_600;
/// Webhooks of a project.
const MAX_WEBHOOKS: usize = 20;

/// What a new webhook is given, as written.
#[derive(Debug, Clone)]
pub struct NewWebhook {
    /// Where to.
    pub url: String,
    /// For people; may be empty.
    pub description: String,
    /// Message kinds it subscribes to.
    pub event_types: Vec<String>,
}

/// What to change of a webhook, as written.
#[derive(Debug, Clone, Default)]
pub struct WebhookEdit {
    /// Where to.
    pub url: Option<String>,
    /// For people.
    pub description: Option<String>,
    /// Message kinds it subscribes to.
    pub event_types: Option<Vec<String>>,
    /// Whether it receives messages.
    pub is_active: Option<bool>,
}

/// The use cases around webhooks. The caller has authorised the member.
pub struct WebhookService {
    parts: Dependencies,
}

/// What [`WebhookService`] is made of.
pub struct Dependencies {
    /// Where webhooks are kept.
    pub store: Arc<dyn WebhookStore>,
    /// Who judges where messages may be sent.
    pub outbound: Arc<dyn Outbound>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Ids of webhooks and tests.
    pub ids: Arc<dyn IdSource>,
    /// Secrets.
    pub random: Arc<dyn RandomSource>,
}

impl WebhookService {
    /// Puts the parts together.
    pub fn new(parts: Dependencies) -> Self {
        Self { parts }
    }

    /// A project's webhooks, latest first.
    pub async fn list(&self, project: ProjectId) -> Result<Vec<Webhook>, Error> {
        Ok(self.parts.store.webhooks_of(project).await?)
    }

    /// Makes a webhook and what its messages are signed with, which is shown once.
    ///
    /// # Errors
    /// [`Error::Invalid`] naming `url` when nothing may be sent there, [`Error::Conflict`] when the
    /// project has as many webhooks as it may.
    pub async fn create(
        &self,
        project: ProjectId,
        new: NewWebhook,
    ) -> Result<(Webhook, Secret), Error> {
        let kinds = validate::kinds(&new.event_types)?;
        let description = validate::description(&new.description)?;
        let target = validate::target(&*self.parts.outbound, &new.url).await?;
        if self.list(project).await?.len() >= MAX_WEBHOOKS {
            let detail = format!("a project can have at most {MAX_WEBHOOKS} webhooks");
            return Err(Error::Conflict(detail));
        }
        let now = self.parts.clock.now();
        let webhook = Webhook {
            id: WebhookId(self.parts.ids.next(now)),
            project_id: project,
            target,
            description,
            kinds,
            is_active: true,
            created_at: now,
            previous_secret_until: None,
            failing_since: None,
            disabled_at: None,
            disabled_reason: None,
        };
        let secret = Secret::from_random(&self.parts.random.bytes());
        self.parts.store.add_webhook(webhook.clone(), secret.clone()).await?;
        Ok((webhook, secret))
    }

    /// Changes a webhook and returns it as it is now.
    pub async fn change(
        &self,
        project: ProjectId,
        id: WebhookId,
        change: WebhookEdit,
    ) -> Result<Webhook, Error> {
        let target = match &change.url {
            Some(url) => Some(validate::target(&*self.parts.outbound, url).await?),
            None => None,
        };
        let changes = WebhookPatch {
            target,
            description: change.description.as_deref().map(validate::description).transpose()?,
            kinds: change.event_types.as_deref().map(validate::kinds).transpose()?,
            is_active: change.is_active,
        };
        let now = self.parts.clock.now();
        found(self.parts.store.change_webhook(project, id, changes, now).await?)
    }

    /// Deletes a webhook; what waits for it is not sent.
    pub async fn delete(&self, project: ProjectId, id: WebhookId) -> Result<(), Error> {
        let was_there = self.parts.store.remove_webhook(project, id).await?;
        found(was_there.then_some(()))
    }

    /// Makes a new secret, which is shown once. For a day messages are signed with both.
    pub async fn rotate_secret(
        &self,
        project: ProjectId,
        id: WebhookId,
    ) -> Result<(Webhook, Secret), Error> {
        let secret = Secret::from_random(&self.parts.random.bytes());
        let until = self.parts.clock.now().plus_seconds(BOTH_VALID_SECONDS);
        let replaced =
            self.parts.store.replace_webhook_secret(project, id, secret.clone(), until).await?;
        Ok((found(replaced)?, secret))
    }

    /// A webhook's messages, latest first.
    pub async fn deliveries(
        &self,
        project: ProjectId,
        id: WebhookId,
        query: DeliveryQuery,
    ) -> Result<Vec<WebhookDelivery>, Error> {
        let query = DeliveryQuery { limit: query.limit.clamp(1, 1_000), ..query };
        found(self.parts.store.deliveries(project, id, query).await?)
    }

    /// Has a test message sent at once.
    ///
    /// # Errors
    /// [`Error::Conflict`] when the webhook is switched off: nothing would be sent.
    pub async fn test(&self, project: ProjectId, id: WebhookId) -> Result<WebhookDelivery, Error> {
        self.active(project, id).await?;
        let at = self.parts.clock.now();
        let message = TestMessage {
            id: MessageId(self.parts.ids.next(at)),
            at,
            body: test_body(project, at),
        };
        found(self.parts.store.add_test_message(project, id, message).await?)
    }

    /// Has a message sent again at once, under the id it has.
    ///
    /// # Errors
    /// [`Error::Conflict`] when the webhook is switched off: nothing would be sent.
    pub async fn resend(
        &self,
        project: ProjectId,
        id: WebhookId,
        message: MessageId,
    ) -> Result<WebhookDelivery, Error> {
        self.active(project, id).await?;
        let now = self.parts.clock.now();
        let sent = self.parts.store.resend(project, id, message, now).await?;
        sent.ok_or(Error::NotFound("delivery"))
    }

    async fn active(&self, project: ProjectId, id: WebhookId) -> Result<(), Error> {
        let webhooks = self.list(project).await?;
        let webhook = found(webhooks.into_iter().find(|webhook| webhook.id == id))?;
        let off = || Error::Conflict("the webhook is switched off; switch it on first".to_owned());
        webhook.is_active.then_some(()).ok_or_else(off)
    }
}

impl std::fmt::Debug for WebhookService {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("WebhookService").finish_non_exhaustive()
    }
}

fn found<T>(what: Option<T>) -> Result<T, Error> {
    what.ok_or(Error::NotFound("webhook"))
}
