//! Customers' sessions and figures: a projection of the journal.

use async_trait::async_trait;
use domain::customer_fact::CustomerFact;
use domain::id::ProjectId;
use domain::session::SessionObservation;
use domain::time::Timestamp;

use super::Error;
use crate::ports::journal::Position;

/// A session that has no end yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenSession {
    /// The tenant.
    pub project_id: ProjectId,
    /// Whose.
    pub user_id: String,
    /// Its id.
    pub session_id: String,
    /// Its last activity.
    pub last_activity_at: Timestamp,
}

/// Sessions, orders, bookings and reviews, and what they come to for each customer. See [`super`] for
/// the contract.
#[async_trait]
pub trait SessionStore: Send + Sync {
    /// The position after the last journal record applied; 0 at first.
    async fn position(&self) -> Result<Position, Error>;

    /// Takes in what events say and moves the position, in one transaction. When `position` is not
    /// after the stored one nothing changes. The same observations and facts in any order and batches,
    /// each repeated any number of times, give the same rows. The project need not exist.
    async fn apply(
        &self,
        observations: &[SessionObservation],
        facts: &[CustomerFact],
        position: Position,
    ) -> Result<(), Error>;

    /// Whether a project knows this session id: of this customer or of nobody when one is named, else
    /// of anybody.
    async fn is_known(
        &self,
        project: ProjectId,
        session_id: &str,
        user_id: Option<&str>,
    ) -> Result<bool, Error>;

    /// At most `limit` sessions of all projects without an end, and without activity since `before`.
    /// For the idle job.
    async fn idle(&self, before: Timestamp, limit: u32) -> Result<Vec<OpenSession>, Error>;
}
