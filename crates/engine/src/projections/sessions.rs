//! Customers' sessions, orders, bookings and reviews, into the catalog.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use domain::customer_fact::CustomerFact;
use domain::money::Currency;
use domain::session::Sighting;

use super::{Pace, Projection, events};
use crate::Error;
use crate::ports::catalog::Sessions;
use crate::ports::journal::{Block, Position};

/// Payload bytes of one transaction, about.
const MAX_BYTES: usize = 4 * 1024 * 1024;
/// Records of one transaction.
const FULL_BATCH: u64 = 10_000;

/// Tells sessions and customers' figures from events.
pub struct SessionsProjection {
    sessions: Arc<dyn Sessions>,
    default_currency: Currency,
}

impl SessionsProjection {
    /// A projection into `sessions`; amounts without a currency are of the default one.
    pub fn new(sessions: Arc<dyn Sessions>, default_currency: Currency) -> Self {
        Self { sessions, default_currency }
    }
}

#[async_trait]
impl Projection for SessionsProjection {
    fn name(&self) -> &'static str {
        "sessions"
    }

    fn pace(&self) -> Pace {
        Pace {
            interval: Duration::from_millis(150),
            gather: Duration::from_millis(5),
            max_bytes: MAX_BYTES,
            full_batch: FULL_BATCH,
        }
    }

    async fn position(&self) -> Result<Position, Error> {
        Ok(self.sessions.position().await?)
    }

    async fn apply(&self, blocks: &[Block], from: Position, to: Position) -> Result<(), Error> {
        let mut sightings = Vec::new();
        let mut facts = Vec::new();
        for event in events(blocks, from) {
            sightings.extend(Sighting::of(&event));
            facts.extend(CustomerFact::of(&event, &self.default_currency));
        }
        Ok(self.sessions.apply(&sightings, &facts, to).await?)
    }
}
