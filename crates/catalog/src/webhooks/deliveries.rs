//! Messages as whoever sends them sees them.

use async_trait::async_trait;
use domain::time::Timestamp;
use domain::webhook::{AttemptResult, Health, Secret, TEST_KIND, WebhookId};
use engine::ports::catalog::{
    AttemptOutcome, DeliveryAttempt, DeliveryStatus, Error, Lease, LeasedMessage,
    WebhookDeliveryStore,
};
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use super::rows;
use crate::Catalog;
use crate::error::{malformed, sql};
use crate::row_ext::RowExt;

#[async_trait]
impl WebhookDeliveryStore for Catalog {
    async fn webhooks_waiting(&self, now: Timestamp, limit: u32) -> Result<Vec<WebhookId>, Error> {
        let found = sqlx::query(
            "SELECT DISTINCT delivery.webhook_id AS id
             FROM webhook_deliveries AS delivery
             JOIN webhooks AS webhook ON webhook.id = delivery.webhook_id
             WHERE delivery.status = 'waiting' AND delivery.due_at <= $1
               AND delivery.lease_until <= $1 AND webhook.is_active = 1
             ORDER BY delivery.webhook_id LIMIT $2",
        )
        .bind(now.micros())
        .bind(i64::from(limit))
        .fetch_all(&self.reads)
        .await
        .map_err(sql)?;
        found.iter().map(|row| row.text("id")?.parse().map_err(|_| malformed("id"))).collect()
    }

    async fn lease(
        &self,
        webhook: WebhookId,
        now: Timestamp,
        until: Timestamp,
        limit: u32,
    ) -> Result<Option<Lease>, Error> {
        let mut transaction = self.write().await?;
        let row = sqlx::query(
            "SELECT url, secret, previous_secret, previous_until FROM webhooks
             WHERE id = $1 AND is_active = 1",
        )
        .bind(webhook.to_string())
        .fetch_optional(&mut *transaction)
        .await
        .map_err(sql)?;
        let Some(row) = row else { return Ok(None) };
        // The outer conditions are judged again when another server held the row meanwhile.
        let leased = sqlx::query(
            "UPDATE webhook_deliveries
             SET lease_until = $3, attempts = attempts + 1, last_attempt_at = $2
             WHERE id IN (
                 SELECT id FROM webhook_deliveries
                 WHERE webhook_id = $1 AND status = 'waiting' AND due_at <= $2 AND lease_until <= $2
                 ORDER BY due_at, revision, id LIMIT $4
               )
               AND status = 'waiting' AND due_at <= $2 AND lease_until <= $2
             RETURNING id, attempts, earlier_rounds, body",
        )
        .bind(webhook.to_string())
        .bind(now.micros())
        .bind(until.micros())
        .bind(i64::from(limit))
        .fetch_all(&mut *transaction)
        .await
        .map_err(sql)?;
        transaction.commit().await.map_err(sql)?;
        let messages = leased.iter().map(message).collect::<Result<_, _>>()?;
        Ok(Some(Lease { target: rows::target(&row)?, secrets: secrets(&row, now)?, messages }))
    }

    async fn record_attempt(&self, attempt: DeliveryAttempt) -> Result<AttemptOutcome, Error> {
        let mut transaction = self.write().await?;
        let status = match (attempt.outcome, attempt.retry_at) {
            (AttemptResult::Delivered, _) => DeliveryStatus::Delivered,
            (_, Some(_)) => DeliveryStatus::Waiting,
            (_, None) => DeliveryStatus::Failed,
        };
        let is_finished = status != DeliveryStatus::Waiting;
        let row = sqlx::query(
            "UPDATE webhook_deliveries
             SET status = $3, due_at = $4, lease_until = 0, duration_ms = $5, answered_status = $6,
                 answer = $7, trouble = $8, finished_at = $9
             WHERE id = $1 AND attempts = $2 AND status = 'waiting'
             RETURNING webhook_id, kind",
        )
        .bind(attempt.id.to_string())
        .bind(i64::from(attempt.attempt))
        .bind(status.as_str())
        .bind(attempt.retry_at.unwrap_or(attempt.at).micros())
        .bind(attempt.duration_ms.map(i64::from))
        .bind(attempt.answered_status.map(i64::from))
        // PostgreSQL keeps no NUL in a text.
        .bind(attempt.answer.as_ref().map(|answer| answer.replace('\0', "")))
        .bind(attempt.trouble.clone())
        .bind(is_finished.then_some(attempt.at.micros()))
        .fetch_optional(&mut *transaction)
        .await
        .map_err(sql)?;
        let Some(row) = row else { return Ok(AttemptOutcome::Superseded) };
        let recorded = if row.text("kind")? == TEST_KIND {
            AttemptOutcome::Stored
        } else {
            record_health(&mut transaction, &row.text("webhook_id")?, &attempt).await?
        };
        transaction.commit().await.map_err(sql)?;
        Ok(recorded)
    }

    async fn prune_deliveries(&self, before: Timestamp) -> Result<u64, Error> {
        let mut transaction = self.write().await?;
        let done = sqlx::query(
            "DELETE FROM webhook_deliveries
             WHERE (finished_at IS NOT NULL AND finished_at < $1)
                OR webhook_id NOT IN (SELECT id FROM webhooks)
                OR (status = 'waiting' AND webhook_id IN (
                      SELECT id FROM webhooks WHERE is_active = 0 AND disabled_at < $1))",
        )
        .bind(before.micros())
        .execute(&mut *transaction)
        .await
        .map_err(sql)?;
        transaction.commit().await.map_err(sql)?;
        Ok(done.rows_affected())
    }
}

fn message(row: &AnyRow) -> Result<LeasedMessage, Error> {
    let attempt: u32 = row.number("attempts")?;
    let earlier: u32 = row.number("earlier_rounds")?;
    Ok(LeasedMessage {
        id: row.text("id")?.parse().map_err(|_| malformed("id"))?,
        attempt,
        attempt_of_round: attempt.saturating_sub(earlier),
        body: row.text("body")?,
    })
}

fn secrets(row: &AnyRow, now: Timestamp) -> Result<Vec<Secret>, Error> {
    let is_valid = row.maybe_time("previous_until")?.is_some_and(|until| now < until);
    let previous = row.maybe_text("previous_secret")?.filter(|_| is_valid);
    let texts = [Some(row.text("secret")?), previous];
    let read = |text: String| Secret::parse(&text).map_err(|_| malformed("secret"));
    texts.into_iter().flatten().map(read).collect()
}

/// Notes what an attempt shows of its webhook, and switches it off when that is the end of it.
async fn record_health(
    connection: &mut AnyConnection,
    webhook: &str,
    attempt: &DeliveryAttempt,
) -> Result<AttemptOutcome, Error> {
    // A write first: whoever notes another attempt at the same time waits.
    let row = sqlx::query(
        "UPDATE webhooks SET is_active = is_active WHERE id = $1
         RETURNING failing_since, last_failed_at, is_active",
    )
    .bind(webhook.to_owned())
    .fetch_optional(&mut *connection)
    .await
    .map_err(sql)?;
    let Some(row) = row else { return Ok(AttemptOutcome::Stored) };
    let health = Health {
        failing_since: row.maybe_time("failing_since")?,
        last_failed_at: row.maybe_time("last_failed_at")?,
    };
    let (health, reason) = health.after(attempt.outcome, attempt.at);
    sqlx::query("UPDATE webhooks SET failing_since = $2, last_failed_at = $3 WHERE id = $1")
        .bind(webhook.to_owned())
        .bind(health.failing_since.map(Timestamp::micros))
        .bind(health.last_failed_at.map(Timestamp::micros))
        .execute(&mut *connection)
        .await
        .map_err(sql)?;
    let is_active = row.flag("is_active")?;
    let Some(reason) = reason.filter(|_| is_active) else { return Ok(AttemptOutcome::Stored) };
    sqlx::query(
        "UPDATE webhooks SET is_active = 0, disabled_at = $2, disabled_reason = $3 WHERE id = $1",
    )
    .bind(webhook.to_owned())
    .bind(attempt.at.micros())
    .bind(reason)
    .execute(connection)
    .await
    .map_err(sql)?;
    Ok(AttemptOutcome::SwitchedOff(reason))
}
