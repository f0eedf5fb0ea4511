//! Lead scores: the signals behind them, and what they weigh.
//!
//! Signals are a projection of the journal; weights are set by the project's members.

use std::collections::BTreeMap;

use async_trait::async_trait;
use domain::id::ProjectId;
use domain::score::{Signal, Weights};
use domain::time::Timestamp;

use super::Error;
use crate::ports::journal::Position;

/// A customer's signal to keep.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSignal {
    /// The tenant.
    pub project_id: ProjectId,
    /// Whose.
    pub user_id: String,
    /// What.
    pub signal: Signal,
}

/// A customer's score as it was stored.
#[derive(Debug, Clone, PartialEq)]
pub struct LeadScore {
    /// Whose.
    pub user_id: String,
    /// Their address, case-folded, if known.
    pub email: Option<String>,
    /// Their full name, if known.
    pub name: Option<String>,
    /// 0 to 100.
    pub score: u8,
    /// The instant it holds for: that of the customer's latest signal.
    pub as_of: Timestamp,
    /// What the database's own function `calculate_lead_score` made of the customer when the score was
    /// stored; none where there is no such function, or it gave no number. The one value here that
    /// does not follow from the journal.
    pub calculated: Option<f64>,
}

/// Weights with the number of their change.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct VersionedWeights {
    /// 0 stands for the default weights, which nobody has changed.
    pub version: u64,
    /// The weights.
    pub weights: Weights,
}

/// Lead scores. See [`super`] for the contract.
#[async_trait]
pub trait LeadScoreStore: Send + Sync {
    /// The position after the last journal record applied; 0 at first.
    async fn position(&self) -> Result<Position, Error>;

    /// Keeps signals, computes the scores of their customers anew, and moves the position, in one
    /// transaction. When `position` is not after the stored one nothing changes. A signal kept before
    /// stays, with the earlier of its times, so that what two events establish does not depend on
    /// which came first.
    async fn apply(&self, signals: &[NewSignal], position: Position) -> Result<(), Error>;

    /// A customer's signals, latest first, as many as count for a score.
    async fn signals(&self, project: ProjectId, user_id: &str) -> Result<Vec<Signal>, Error>;

    /// The signals of these customers, in no order; a customer without any is left out.
    async fn signals_of(
        &self,
        project: ProjectId,
        user_ids: &[String],
    ) -> Result<BTreeMap<String, Vec<Signal>>, Error>;

    /// The customers with the highest stored scores, ties by id; those after `after` only.
    async fn highest(
        &self,
        project: ProjectId,
        after: Option<LeadScore>,
        limit: u32,
    ) -> Result<Vec<LeadScore>, Error>;

    /// What things weigh in a project.
    async fn weights(&self, project: ProjectId) -> Result<VersionedWeights, Error>;

    /// Replaces the weights of version `expected`; none, and nothing done, when there is another
    /// version by now. Stored scores follow with their customers' next signals.
    async fn set_weights(
        &self,
        project: ProjectId,
        weights: Weights,
        expected: u64,
        now: Timestamp,
    ) -> Result<Option<VersionedWeights>, Error>;
}
