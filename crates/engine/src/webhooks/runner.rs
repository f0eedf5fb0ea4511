//! Sending as messages come, each webhook by itself: one that answers slowly holds up no other.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use domain::webhook::WebhookId;
use tokio::task::{Id, JoinSet};
use tokio_util::sync::CancellationToken;

use super::sender::WebhookSender;
use crate::Error;

/// How often it is looked for messages whose time has come.
const LOOK_EVERY: Duration = Duration::from_millis(500);
/// Webhooks that are sent to at the same time.
pub(super) const WEBHOOKS_AT_ONCE: u32 = 256;
/// How long attempts under way are waited for when the server stops. What does not end is sent again
/// when its lease has.
const GRACE: Duration = Duration::from_secs(3);

/// The webhooks that are being sent to.
#[derive(Default)]
struct Busy {
    sending: JoinSet<Result<(), Error>>,
    webhooks: HashMap<Id, WebhookId>,
}

impl WebhookSender {
    /// Sends messages as their time comes, until `stop`.
    pub async fn run(self: Arc<Self>, stop: CancellationToken) {
        let mut busy = Busy::default();
        let mut ticks = tokio::time::interval(LOOK_EVERY);
        ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                () = stop.cancelled() => break,
                Some(ended) = busy.sending.join_next_with_id() => busy.end(ended),
                _ = ticks.tick() => {
                    if let Err(error) = self.begin(&mut busy).await {
                        complain(&error);
                    }
                }
            }
        }
        let rest = async { while busy.sending.join_next().await.is_some() {} };
        // Dropped, the rest ends.
        let _ = tokio::time::timeout(GRACE, rest).await;
    }

    /// Begins with every webhook something waits for and that is not being sent to.
    async fn begin(&self, busy: &mut Busy) -> Result<(), Error> {
        let now = self.parts.clock.now();
        // As many as are busy may come first and be passed over.
        let waiting = self.parts.store.webhooks_waiting(now, 2 * WEBHOOKS_AT_ONCE).await?;
        let known: HashSet<WebhookId> = busy.webhooks.values().copied().collect();
        let room = (WEBHOOKS_AT_ONCE as usize).saturating_sub(known.len());
        for webhook in waiting.into_iter().filter(|webhook| !known.contains(webhook)).take(room) {
            let parts = self.parts.clone();
            let task = busy.sending.spawn(async move { parts.send_all(webhook).await });
            busy.webhooks.insert(task.id(), webhook);
        }
        Ok(())
    }
}

impl Busy {
    fn end(&mut self, ended: Result<(Id, Result<(), Error>), tokio::task::JoinError>) {
        let id = match ended {
            Ok((id, result)) => {
                if let Err(error) = result {
                    complain(&error);
                }
                id
            }
            Err(error) => {
                tracing::error!(%error, "sending to a webhook ended abruptly");
                error.id()
            }
        };
        self.webhooks.remove(&id);
    }
}

fn complain(error: &Error) {
    tracing::warn!(error = %crate::error_chain(error), "webhook messages cannot be sent now; retrying");
}
