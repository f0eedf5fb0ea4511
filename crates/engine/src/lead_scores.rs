//! How promising a customer is, and why.

use std::sync::Arc;

use domain::clock::Clock;
use domain::id::ProjectId;
use domain::score::{self, Score, Weights};

use crate::Error;
use crate::ports::catalog::{LeadScore, LeadScoreStore, VersionedWeights};

/// The use cases around lead scores. The caller has authorised the member.
pub struct LeadScoreService {
    store: Arc<dyn LeadScoreStore>,
    clock: Arc<dyn Clock>,
}

impl LeadScoreService {
    /// Puts the parts together.
    pub fn new(store: Arc<dyn LeadScoreStore>, clock: Arc<dyn Clock>) -> Self {
        Self { store, clock }
    }

    /// A customer's score now, with its reasons. [`Error::NotFound`] when nothing is known of them.
    pub async fn explain(&self, project: ProjectId, user_id: &str) -> Result<Score, Error> {
        let signals = self.store.signals(project, user_id).await?;
        if signals.is_empty() {
            return Err(Error::NotFound("customer"));
        }
        let weights = self.store.weights(project).await?.weights;
        Ok(score::score(&signals, &weights, self.clock.now()))
    }

    /// The customers with the highest scores as of their latest signal.
    pub async fn highest(
        &self,
        project: ProjectId,
        after: Option<LeadScore>,
        limit: u32,
    ) -> Result<Vec<LeadScore>, Error> {
        Ok(self.store.highest(project, after, limit).await?)
    }

    /// What things weigh.
    pub async fn weights(&self, project: ProjectId) -> Result<VersionedWeights, Error> {
        Ok(self.store.weights(project).await?)
    }

    /// Replaces the weights of version `expected`. [`Error::Conflict`] when somebody else has changed
    /// them since.
    pub async fn set_weights(
        &self,
        project: ProjectId,
        weights: Weights,
        expected: u64,
    ) -> Result<VersionedWeights, Error> {
        weights.check().map_err(|bad| Error::invalid(bad.field().to_owned(), bad.to_string()))?;
        let now = self.clock.now();
        let stored = self.store.set_weights(project, weights, expected, now).await?;
        stored.ok_or_else(|| {
            Error::Conflict("the weights have changed since; load them again".to_owned())
        })
    }
}

impl std::fmt::Debug for LeadScoreService {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("LeadScoreService").finish_non_exhaustive()
    }
}
