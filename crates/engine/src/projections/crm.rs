//! Customer events into contacts and tasks.

use std::sync::Arc;

use async_trait::async_trait;
use domain::crm::ContactFact;
use domain::event::Category;

use super::{PollPolicy, Projection};
use crate::Error;
use crate::ports::catalog::{ContactFactStore, NewContactFact};
use crate::ports::journal::{Block, Position};
use crate::record::events_of;

/// Keeps contacts and tasks. Verdicts on bots are left aside: the events of this contract mostly come
/// from servers.
pub struct CrmProjection {
    facts: Arc<dyn ContactFactStore>,
}

impl CrmProjection {
    /// A projection into `facts`.
    pub fn new(facts: Arc<dyn ContactFactStore>) -> Self {
        Self { facts }
    }
}

#[async_trait]
impl Projection for CrmProjection {
    fn name(&self) -> &'static str {
        "crm"
    }

    fn pace(&self) -> PollPolicy {
        PollPolicy::CATALOG
    }

    async fn position(&self) -> Result<Position, Error> {
        Ok(self.facts.position().await?)
    }

    async fn apply(&self, blocks: &[Block], from: Position, to: Position) -> Result<(), Error> {
        let facts: Vec<NewContactFact> = events_of(blocks, from, [Category::Customer])
            .filter_map(|(_, event)| {
                let fact = ContactFact::of_event(&event)?;
                Some(NewContactFact { project_id: event.project_id, fact })
            })
            .collect();
        Ok(self.facts.apply(&facts, to).await?)
    }
}
