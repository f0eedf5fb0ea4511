//! Projects customer events into lead-score signals.

use std::sync::Arc;

use async_trait::async_trait;
use domain::customer::CustomerEvent;
use domain::event::{Category, EventRef};
use domain::id::EventId;
use domain::score::{Group, KNOWN_EMAIL, KNOWN_PHONE, Signal};
use uuid::Uuid;

use super::{PollPolicy, Projection};
use crate::Error;
use crate::ports::catalog::{LeadScoreStore, NewSignal};
use crate::ports::journal::{Block, Position};
use crate::record::events_of;

/// Names the signals that something is known of a customer, one a customer and kind.
const KNOWN_NAMESPACE: Uuid = Uuid::from_u128(0x6f0f_a11e_7e4d_5c0a_9a3b_f007_fa11_0005);

/// Keeps signals and scores.
pub struct LeadScoreProjection {
    scores: Arc<dyn LeadScoreStore>,
}

impl LeadScoreProjection {
    /// A projection into `scores`.
    pub fn new(scores: Arc<dyn LeadScoreStore>) -> Self {
        Self { scores }
    }
}

#[async_trait]
impl Projection for LeadScoreProjection {
    fn name(&self) -> &'static str {
        "lead_scores"
    }

    fn pace(&self) -> PollPolicy {
        PollPolicy::CATALOG
    }

    async fn position(&self) -> Result<Position, Error> {
        Ok(self.scores.position().await?)
    }

    async fn apply(&self, blocks: &[Block], from: Position, to: Position) -> Result<(), Error> {
        let categories = [Category::Behavior, Category::Customer];
        let signals: Vec<NewSignal> =
            events_of(blocks, from, categories).flat_map(|(_, event)| signals(&event)).collect();
        Ok(self.scores.apply(&signals, to).await?)
    }
}

/// What an event tells of its customer; nothing for events of nobody known.
fn signals(event: &EventRef<'_>) -> Vec<NewSignal> {
    let is_customer = event.category == Category::Customer;
    if !is_customer && event.category != Category::Behavior {
        return Vec::new();
    }
    let Some(user_id) = event.user_id else { return Vec::new() };
    let signal = |event_id, name: &str| NewSignal {
        project_id: event.project_id,
        user_id: user_id.to_owned(),
        signal: Signal {
            event_id,
            name: name.to_owned(),
            occurred_at: event.occurred_at,
            session_id: event.session_id.map(str::to_owned),
        },
    };
    let mut found = Vec::new();
    if Group::of(event.name).is_some() {
        found.push(signal(event.id, event.name));
    }
    if is_customer {
        let customer = CustomerEvent::read(event).customer;
        for (name, is_known) in
            [(KNOWN_EMAIL, customer.email.is_some()), (KNOWN_PHONE, customer.phone.is_some())]
        {
            if is_known {
                let of_customer = Uuid::new_v5(&KNOWN_NAMESPACE, user_id.as_bytes());
                let id = Uuid::new_v5(&of_customer, name.as_bytes());
                found.push(signal(EventId(id), name));
            }
        }
    }
    found
}
