//! Fixtures of the webhook tests.

use std::collections::BTreeSet;

use domain::time::Timestamp;
use domain::webhook::{AttemptResult, EventKind, Secret, Target, WebhookId};
use engine::ports::catalog::{
    DeliveryAttempt, DeliveryQuery, LeasedMessage, Webhook, WebhookDelivery,
};
use uuid::Uuid;

use super::Ports;
use super::fixtures::{NOON, project_id};

/// The webhook with this number.
pub fn webhook_id(number: u128) -> WebhookId {
    WebhookId(Uuid::from_u128(0x8000 + number))
}

/// A webhook of the project with that number, for all kinds; made `number` seconds after noon.
pub fn webhook(number: u128, project: u128) -> Webhook {
    Webhook {
        id: webhook_id(number),
        project_id: project_id(project),
        target: Target::parse(&format!("https://hooks{number}.test/in?a=b")).unwrap(),
        description: format!("Webhook {number}"),
        kinds: BTreeSet::from(EventKind::ALL),
        is_active: true,
        created_at: NOON.plus_seconds(i64::try_from(number).unwrap()),
        previous_secret_until: None,
        failing_since: None,
        disabled_at: None,
        disabled_reason: None,
    }
}

/// A secret of 32 times `byte`.
pub fn secret(byte: u8) -> Secret {
    Secret::from_random(&[byte; 64])
}

/// Adds the webhook with this number to the project with that number.
pub async fn subscribe(ports: &Ports, number: u128, project: u128) {
    ports.webhooks.add_webhook(webhook(number, project), secret(1)).await.unwrap();
}

/// All messages, so many at most.
pub fn query(limit: u32) -> DeliveryQuery {
    DeliveryQuery { status: None, after: None, limit }
}

/// The messages of a webhook of project 1, latest first.
pub async fn messages(ports: &Ports, webhook: WebhookId) -> Vec<WebhookDelivery> {
    ports.webhooks.deliveries(project_id(1), webhook, query(1_000)).await.unwrap().unwrap()
}

/// The latest message of a webhook of project 1.
pub async fn first(ports: &Ports, webhook: WebhookId) -> WebhookDelivery {
    messages(ports, webhook).await.remove(0)
}

/// The types of a webhook's messages, earliest first.
pub async fn kinds(ports: &Ports, webhook: WebhookId) -> Vec<String> {
    messages(ports, webhook).await.into_iter().rev().map(|message| message.kind).collect()
}

/// Leases messages for a minute.
pub async fn lease(
    ports: &Ports,
    webhook: WebhookId,
    now: Timestamp,
    limit: u32,
) -> Vec<LeasedMessage> {
    let until = now.plus_seconds(60);
    let lease = ports.deliveries.lease(webhook, now, until, limit).await.unwrap();
    lease.map(|lease| lease.messages).unwrap_or_default()
}

/// An attempt that ended a second after `at` with this status; tried again after an hour.
pub fn attempt(leased: &LeasedMessage, at: Timestamp, status: Option<u16>) -> DeliveryAttempt {
    let at = at.plus_seconds(1);
    let outcome = match status {
        Some(200..=299) => AttemptResult::Delivered,
        Some(410) => AttemptResult::Gone,
        _ => AttemptResult::Failed,
    };
    DeliveryAttempt {
        id: leased.id,
        attempt: leased.attempt,
        at,
        duration_ms: status.map(|_| 1_000),
        outcome,
        retry_at: (outcome != AttemptResult::Delivered).then(|| at.plus_seconds(3_600)),
        answered_status: status,
        answer: status.map(|_| "said\n".to_owned()),
        trouble: status.is_none().then(|| "no answer in time".to_owned()),
    }
}
