//! What widgets tell about calls, into the catalog.

use std::sync::Arc;

use async_trait::async_trait;
use domain::billing::CallFact;

use super::{Pace, Projection, events};
use crate::Error;
use crate::ports::catalog::{Calls, ProjectFact};
use crate::ports::journal::{Block, Position};

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
        let facts: Vec<ProjectFact> = events(blocks, from)
            .filter_map(|event| {
                let fact = CallFact::read(&event)?;
                Some(ProjectFact { project_id: event.project_id, fact })
            })
            .collect();
        Ok(self.calls.apply(&facts, to).await?)
    }
}
