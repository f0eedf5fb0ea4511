//! Webhooks and their messages in answers.

use domain::time::Timestamp;
use domain::webhook::EventKind;
use engine::ports::catalog::{Webhook, WebhookDelivery};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

/// A webhook.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Webhook)]
pub(crate) struct WebhookAnswer {
    /// `wh_…`
    id: String,
    url: String,
    description: String,
    /// `contact.created`, `contact.updated`, `contact.merged`, `task.created`, `task.updated`,
    /// `task.completed`.
    event_types: Vec<&'static str>,
    is_active: bool,
    #[schema(format = DateTime)]
    created_at: String,
    /// Until when messages are signed with the secret before the present one, too.
    #[schema(format = DateTime)]
    previous_secret_until: Option<String>,
    /// Since when nothing but failures; after five days of them it is switched off.
    #[schema(format = DateTime)]
    failing_since: Option<String>,
    #[schema(format = DateTime)]
    disabled_at: Option<String>,
    /// Why it was switched off.
    disabled_reason: Option<String>,
}

impl From<Webhook> for WebhookAnswer {
    fn from(webhook: Webhook) -> Self {
        Self {
            id: webhook.id.to_string(),
            url: webhook.target.as_str().to_owned(),
            description: webhook.description,
            event_types: webhook.kinds.into_iter().map(EventKind::as_str).collect(),
            is_active: webhook.is_active,
            created_at: webhook.created_at.to_rfc3339(),
            previous_secret_until: webhook.previous_secret_until.map(Timestamp::to_rfc3339),
            failing_since: webhook.failing_since.map(Timestamp::to_rfc3339),
            disabled_at: webhook.disabled_at.map(Timestamp::to_rfc3339),
            disabled_reason: webhook.disabled_reason,
        }
    }
}

/// A message to a webhook, and its latest attempt.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = WebhookDelivery)]
pub(crate) struct DeliveryAnswer {
    /// `msg_…`: its `webhook-id`, the same however often it is sent.
    id: String,
    event_type: String,
    /// When the change occurred.
    #[schema(format = DateTime)]
    occurred_at: String,
    /// `waiting`, `delivered` or `failed`.
    status: &'static str,
    /// Attempts made, including a current one.
    attempts: u32,
    /// While it waits and has been tried; null: at once.
    #[schema(format = DateTime)]
    next_attempt_at: Option<String>,
    #[schema(format = DateTime)]
    last_attempt_at: Option<String>,
    /// How long the receiver took to answer.
    duration_ms: Option<u32>,
    /// The HTTP status the receiver answered with.
    answered_status: Option<u16>,
    /// The first 1,024 bytes of its answer.
    answer: Option<String>,
    /// Why there was no answer.
    trouble: Option<String>,
    /// What is sent: `type`, `timestamp`, `project_id` and `data`.
    #[schema(value_type = Object)]
    payload: Value,
}

impl From<WebhookDelivery> for DeliveryAnswer {
    fn from(delivery: WebhookDelivery) -> Self {
        Self {
            id: delivery.id.to_string(),
            event_type: delivery.kind,
            occurred_at: delivery.occurred_at.to_rfc3339(),
            status: delivery.status.as_str(),
            attempts: delivery.attempts,
            next_attempt_at: delivery.next_attempt_at.map(Timestamp::to_rfc3339),
            last_attempt_at: delivery.last_attempt_at.map(Timestamp::to_rfc3339),
            duration_ms: delivery.duration_ms,
            answered_status: delivery.answered_status,
            answer: delivery.answer,
            trouble: delivery.trouble,
            payload: serde_json::from_str(&delivery.body).unwrap_or_default(),
        }
    }
}
