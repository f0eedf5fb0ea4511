//! How promising a customer is, and why.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::clock::Clock;
use domain::id::ProjectId;
use domain::score::{self, Score, ScoreComparison, Weights};
use tokio::sync::Semaphore;

use crate::Error;
use crate::ports::catalog::{LeadScore, LeadScoreStore, VersionedWeights};

/// The use cases around lead scores. The caller has authorised the member.
pub struct LeadScoreService {
    store: Arc<dyn LeadScoreStore>,
    clock: Arc<dyn Clock>,
    /// One at a time: it scores many customers.
    dry_runs: Semaphore,
}

/// Customers that one dry run scores, at most: those with the highest scores.
const MAX_CUSTOMERS: usize = 5_000;
/// How long one dry run may take, in microseconds.
const MAX_MICROS: i64 = 8_000_000;
/// Customers scored at a time.
const PAGE: u32 = 100;
/// Another dry run may begin after about so many seconds.
const RETRY_SECONDS: u32 = 5;

/// Scores of now by the weights in force and by others.
#[derive(Debug, Clone, PartialEq)]
pub struct WeightsDryRun {
    /// The scores side by side.
    pub compared: ScoreComparison,
    /// Names and addresses of the customers that moved most, by user id.
    pub names: BTreeMap<String, LeadScore>,
    /// Whether all customers with a score are among them.
    pub is_complete: bool,
}

impl LeadScoreService {
    /// Puts the parts together.
    pub fn new(store: Arc<dyn LeadScoreStore>, clock: Arc<dyn Clock>) -> Self {
        Self { store, clock, dry_runs: Semaphore::new(1) }
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

    /// Scores customers of now by the weights in force and by others, those with the highest stored scores first.
    /// Changes nothing.
    ///
    /// # Errors
    /// [`Error::Limited`] while another dry run goes on.
    pub async fn dry_run_weights(
        &self,
        project: ProjectId,
        candidate: Weights,
    ) -> Result<WeightsDryRun, Error> {
        candidate.check().map_err(|bad| Error::invalid(bad.field().to_owned(), bad.to_string()))?;
        let _turn = self
            .dry_runs
            .try_acquire()
            .map_err(|_| Error::Limited { retry_after_seconds: RETRY_SECONDS })?;
        let now = self.clock.now();
        let current = self.store.weights(project).await?.weights;
        let mut run = WeightsDryRun {
            compared: ScoreComparison::default(),
            names: BTreeMap::new(),
            is_complete: false,
        };
        let mut seen = 0;
        let mut last: Option<LeadScore> = None;
        loop {
            let page = self.store.highest(project, last.clone(), PAGE).await?;
            let users: Vec<String> = page.iter().map(|row| row.user_id.clone()).collect();
            let signals = self.store.signals_of(project, &users).await?;
            for row in &page {
                let of_user = signals.get(&row.user_id).map(Vec::as_slice).unwrap_or_default();
                let before = score::score(of_user, &current, now);
                let after = score::score(of_user, &candidate, now);
                run.compared.add(&row.user_id, &before, &after);
                run.names.insert(row.user_id.clone(), row.clone());
            }
            let movers = &run.compared.movers;
            run.names.retain(|user, _| movers.iter().any(|mover| mover.user_id == *user));
            seen += page.len();
            if page.len() < PAGE as usize {
                run.is_complete = true;
                break;
            }
            let is_late = self.clock.now().micros_since(now) > MAX_MICROS;
            if is_late || seen >= MAX_CUSTOMERS {
                break;
            }
            last = page.into_iter().next_back();
        }
        Ok(run)
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
