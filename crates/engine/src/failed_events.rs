//! The account of what was received, and the events that failed: looked at and sent again.

use std::sync::Arc;

use domain::clock::Clock;
use domain::id::ProjectId;

use crate::Error;
use crate::ports::catalog::{FailedEvent, FailedEventCursor, OutcomeCount, OutcomeStore, RecordId};

/// The use cases around outcomes. The caller has authorised the member.
pub struct FailedEventService {
    store: Arc<dyn OutcomeStore>,
    clock: Arc<dyn Clock>,
}

impl FailedEventService {
    /// Puts the parts together.
    pub fn new(store: Arc<dyn OutcomeStore>, clock: Arc<dyn Clock>) -> Self {
        Self { store, clock }
    }

    /// A project's account by UTC day, `from_day` to `to_day`, both included.
    pub async fn outcomes(
        &self,
        project: ProjectId,
        from_day: i32,
        to_day: i32,
    ) -> Result<Vec<OutcomeCount>, Error> {
        Ok(self.store.outcomes(project, from_day, to_day).await?)
    }

    /// A project's failed events, latest first, those after `before` in that order only.
    pub async fn list(
        &self,
        project: ProjectId,
        before: Option<FailedEventCursor>,
        limit: u32,
    ) -> Result<Vec<FailedEvent>, Error> {
        Ok(self.store.failed(project, before, limit.clamp(1, 1_000)).await?)
    }

    /// One failed event.
    pub async fn get(&self, project: ProjectId, id: RecordId) -> Result<FailedEvent, Error> {
        let found = self.store.failed_event(project, id).await?;
        found.ok_or(Error::NotFound("failed event"))
    }

    /// Notes that a failed event was sent again and taken.
    pub async fn mark_resent(&self, project: ProjectId, id: RecordId) -> Result<(), Error> {
        Ok(self.store.mark_resent(project, id, self.clock.now()).await?)
    }
}

impl std::fmt::Debug for FailedEventService {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("FailedEventService").finish_non_exhaustive()
    }
}
