//! What widgets tell about calls, into the catalog.

use std::sync::Arc;

use async_trait::async_trait;
use domain::billing::CallFact;
use domain::event::Category;

use super::{Pace, Projection};
use crate::Error;
use crate::ports::catalog::{Calls, ProjectFact};
use crate::ports::journal::{Block, Position};
use crate::record::events;

/// Keeps calls up to date.
pub struct CallsProjection {
    calls: Arc<dyn Calls>,
}

impl CallsProjection {
    /// A projection into `calls`.
    pub fn new(calls: Arc<dyn Calls>) -> Self {
        Self { calls }
    }
}

#[async_trait]
impl Projection for CallsProjection {
    fn name(&self) -> &'static str {
        "calls"
    }

    fn pace(&self) -> Pace {
        Pace::CATALOG
    }

    async fn position(&self) -> Result<Position, Error> {
        Ok(self.calls.position().await?)
    }

    async fn apply(&self, blocks: &[Block], from: Position, to: Position) -> Result<(), Error> {
        let facts: Vec<ProjectFact> =
            events(blocks, from, |head| head.category == Category::Widget)
                .filter_map(|event| {
                    let fact = CallFact::read(&event)?;
                    let (project_id, received_at) = (event.project_id, event.received_at);
                    Some(ProjectFact { project_id, received_at, fact })
                })
                .collect();
        Ok(self.calls.apply(&facts, to).await?)
    }
}
