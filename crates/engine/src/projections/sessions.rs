//! Customers' sessions, orders, bookings and reviews, into the catalog.

use std::sync::Arc;

use async_trait::async_trait;
use domain::customer_fact::CustomerFact;
use domain::event::Category;
use domain::session::SessionObservation;

use super::{PollPolicy, Projection};
use crate::Error;
use crate::ports::catalog::SessionStore;
use crate::ports::journal::{Block, Position};
use crate::record::{EventHead, events};

/// Tells sessions and customers' figures from events.
pub struct SessionsProjection {
    sessions: Arc<dyn SessionStore>,
}

impl SessionsProjection {
    /// A projection into `sessions`.
    pub fn new(sessions: Arc<dyn SessionStore>) -> Self {
        Self { sessions }
    }
}

#[async_trait]
impl Projection for SessionsProjection {
    fn name(&self) -> &'static str {
        "sessions"
    }

    fn pace(&self) -> PollPolicy {
        PollPolicy::CATALOG
    }

    async fn position(&self) -> Result<Position, Error> {
        Ok(self.sessions.position().await?)
    }

    async fn apply(&self, blocks: &[Block], from: Position, to: Position) -> Result<(), Error> {
        let mut observations = Vec::new();
        let mut facts = Vec::new();
        for event in events(blocks, from, concerns) {
            observations.extend(SessionObservation::of(&event));
            facts.extend(CustomerFact::of(&event));
        }
        Ok(self.sessions.apply(&observations, &facts, to).await?)
    }
}

/// Without a customer only the beginning and the end of a session say something of one; customer
/// events may name theirs among their properties.
fn concerns(head: &EventHead<'_>) -> bool {
    matches!(head.category, Category::Session | Category::Customer) || head.user_id.is_some()
}
