//! Projects call facts into the catalog.

use std::sync::Arc;

use async_trait::async_trait;
use domain::billing::CallFact;
use domain::event::Category;

use super::{PollPolicy, Projection};
use crate::Error;
use crate::ports::catalog::{CallStore, ProjectCallFact};
use crate::ports::journal::{Block, Position};
use crate::record::events_of;

/// Keeps calls up to date.
pub struct CallsProjection {
    calls: Arc<dyn CallStore>,
}

impl CallsProjection {
    /// A projection into `calls`.
    pub fn new(calls: Arc<dyn CallStore>) -> Self {
        Self { calls }
    }
}

#[async_trait]
impl Projection for CallsProjection {
    fn name(&self) -> &'static str {
        "calls"
    }

    fn pace(&self) -> PollPolicy {
        PollPolicy::CATALOG
    }

    async fn position(&self) -> Result<Position, Error> {
        Ok(self.calls.position().await?)
    }

    async fn apply(&self, blocks: &[Block], from: Position, to: Position) -> Result<(), Error> {
        let facts: Vec<ProjectCallFact> = events_of(blocks, from, [Category::Widget])
            .filter_map(|(position, event)| {
                let fact = CallFact::read(&event, position)?;
                Some(ProjectCallFact { project_id: event.project_id, fact })
            })
            .collect();
        Ok(self.calls.apply(&facts, to).await?)
    }
}
