//! One webhook's messages: leased, sent, and noted.

use std::sync::Arc;

use domain::clock::Clock;
use domain::random::RandomSource;
use domain::webhook::{AttemptResult, WebhookId, delay_seconds, headers, retry_after_seconds};
use futures::future::join_all;

use crate::Error;
use crate::ports::catalog::{
    AttemptOutcome, DeliveryAttempt, Lease, LeasedMessage, WebhookDeliveryStore,
};
use crate::ports::outbound::{Outbound, OutboundError, OutboundRequest, OutboundResponse};

/// Messages of one webhook that are sent at the same time.
const AT_ONCE: u32 = 4;
/// A lease ends by itself after this, when whoever has it is gone. Longer than an attempt may take.
const LEASE_SECONDS: i64 = 60;
/// How long messages are kept after they were done with.
pub const KEEP_DAYS: i64 = 30;

/// Sends the messages that wait.
pub struct WebhookSender {
    pub(super) parts: Dependencies,
}

/// What [`WebhookSender`] is made of.
#[derive(Clone)]
pub struct Dependencies {
    /// Where messages wait.
    pub store: Arc<dyn WebhookDeliveryStore>,
    /// The way out.
    pub outbound: Arc<dyn Outbound>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Spreads repetitions.
    pub random: Arc<dyn RandomSource>,
}

impl WebhookSender {
    /// Puts the parts together.
    pub fn new(parts: Dependencies) -> Self {
        Self { parts }
    }

    /// Sends what waits for any webhook now, each message once. Returns when every attempt has ended.
    pub async fn send_waiting(&self) -> Result<(), Error> {
        let now = self.parts.clock.now();
        let waiting =
            self.parts.store.webhooks_waiting(now, super::runner::WEBHOOKS_AT_ONCE).await?;
        let sending = waiting.into_iter().map(|webhook| self.parts.send_all(webhook));
        join_all(sending).await.into_iter().collect()
    }

    /// Removes what was done with long ago.
    pub async fn prune(&self) -> Result<(), Error> {
        let before = self.parts.clock.now().plus_seconds(-KEEP_DAYS * 86_400);
        let removed = self.parts.store.prune_deliveries(before).await?;
        if removed > 0 {
            tracing::debug!(removed, "webhook messages pruned");
        }
        Ok(())
    }
}

impl std::fmt::Debug for WebhookSender {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("WebhookSender").finish_non_exhaustive()
    }
}

impl Dependencies {
    /// Sends what waits for one webhook, a few messages at a time, until nothing does.
    pub(super) async fn send_all(&self, webhook: WebhookId) -> Result<(), Error> {
        loop {
            let now = self.clock.now();
            let until = now.plus_seconds(LEASE_SECONDS);
            let Some(lease) = self.store.lease(webhook, now, until, AT_ONCE).await? else {
                return Ok(());
            };
            if lease.messages.is_empty() {
                return Ok(());
            }
            let attempts = lease.messages.iter().map(|message| self.attempt(&lease, message));
            for recorded in join_all(attempts).await {
                if let AttemptOutcome::SwitchedOff(reason) = recorded? {
                    tracing::warn!(%webhook, reason, "a webhook was switched off");
                    return Ok(());
                }
            }
        }
    }

    /// Makes one attempt and notes how it ended.
    async fn attempt(
        &self,
        lease: &Lease,
        message: &LeasedMessage,
    ) -> Result<AttemptOutcome, Error> {
        let LeasedMessage { id, attempt, attempt_of_round, ref body } = *message;
        let began = self.clock.now();
        let request = OutboundRequest {
            target: lease.target.clone(),
            headers: headers(id, began, body, &lease.secrets).into(),
            body: body.clone(),
        };
        let answer = self.outbound.send(request).await;
        let at = self.clock.now();
        let outcome = outcome(&answer);
        count(outcome);
        let wish = answer
            .as_ref()
            .ok()
            .and_then(|answer| retry_after_seconds(answer.retry_after.as_deref()?, at));
        let [random, ..] = self.random.bytes();
        let delay = match outcome {
            AttemptResult::Delivered => None,
            AttemptResult::Failed | AttemptResult::Gone => {
                delay_seconds(attempt_of_round, random, wish)
            }
        };
        let attempt = DeliveryAttempt {
            id,
            attempt,
            at,
            duration_ms: duration_ms(&answer),
            outcome,
            retry_at: delay.map(|seconds| at.plus_seconds(seconds)),
            answered_status: answer.as_ref().ok().map(|answer| answer.status),
            trouble: answer.as_ref().err().map(ToString::to_string),
            answer: answer.ok().map(|answer| answer.text),
        };
        Ok(self.store.record_attempt(attempt).await?)
    }
}

/// 2xx is success, everything else is not; a redirect is not followed.
fn outcome(answer: &Result<OutboundResponse, OutboundError>) -> AttemptResult {
    match answer {
        Ok(OutboundResponse { status: 200..=299, .. }) => AttemptResult::Delivered,
        Ok(OutboundResponse { status: 410, .. }) => AttemptResult::Gone,
        _ => AttemptResult::Failed,
    }
}

/// Of an attempt without an answer nothing is said: how long a refusal took would tell of the network.
fn duration_ms(answer: &Result<OutboundResponse, OutboundError>) -> Option<u32> {
    let millis = answer.as_ref().ok()?.duration.as_millis();
    Some(u32::try_from(millis).unwrap_or(u32::MAX))
}

fn count(outcome: AttemptResult) {
    let outcome = if outcome == AttemptResult::Delivered { "delivered" } else { "failed" };
    metrics::counter!("footfall_webhook_attempts_total", "outcome" => outcome).increment(1);
}
