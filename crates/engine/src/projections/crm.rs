//! Customer events into contacts and tasks.

use std::sync::Arc;

use async_trait::async_trait;
use domain::crm::Fact;
use domain::event::Category;

use super::{Pace, Projection};
use crate::Error;
use crate::ports::catalog::{CrmFacts, NewFact};
use crate::ports::journal::{Block, Position};
use crate::record::events;

/// Keeps contacts and tasks. Verdicts on bots are left aside: the events of this contract mostly come
/// from servers.
pub struct CrmProjection {
    facts: Arc<dyn CrmFacts>,
}

impl CrmProjection {
    /// A projection into `facts`.
    pub fn new(facts: Arc<dyn CrmFacts>) -> Self {
        Self { facts }
    }
}

#[async_trait]
impl Projection for CrmProjection {
    fn name(&self) -> &'static str {
        "crm"
    }

    fn pace(&self) -> Pace {
        Pace::CATALOG
    }

    async fn position(&self) -> Result<Position, Error> {
        Ok(self.facts.position().await?)
    }

    async fn apply(&self, blocks: &[Block], from: Position, to: Position) -> Result<(), Error> {
        let facts: Vec<NewFact> = events(blocks, from, |head| head.category == Category::Customer)
            .filter_map(|event| {
                let fact = Fact::of_event(&event)?;
                Some(NewFact { project_id: event.project_id, fact })
            })
            .collect();
        Ok(self.facts.apply(&facts, to).await?)
    }
}
