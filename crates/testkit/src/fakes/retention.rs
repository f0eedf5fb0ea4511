//! No runs, and floors that a test sets.

use std::sync::{Mutex, PoisonError};

use async_trait::async_trait;
use domain::id::ProjectId;
use domain::retention::RetentionKind;
use domain::time::Timestamp;
use engine::ports::catalog::{
    Error, RetentionLease, RetentionRun, RetentionRunKey, RetentionStore,
};

/// For tests in which nothing is removed.
#[derive(Debug, Default)]
pub struct FixedFloors(Mutex<Vec<(ProjectId, Timestamp)>>);

impl FixedFloors {
    /// Sets the floor of a project's events.
    pub fn set(&self, project: ProjectId, floor: Timestamp) {
        let mut floors = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        floors.retain(|(known, _)| *known != project);
        floors.push((project, floor));
    }
}

#[async_trait]
impl RetentionStore for FixedFloors {
    async fn claim_retention_run(
        &self,
        _: RetentionRunKey,
        _: Timestamp,
        _: RetentionLease,
    ) -> Result<Option<RetentionRun>, Error> {
        Ok(None)
    }

    async fn store_retention_run(&self, _: &RetentionRun, _: RetentionLease) -> Result<(), Error> {
        Ok(())
    }

    async fn latest_retention_runs(&self, _: ProjectId) -> Result<Vec<RetentionRun>, Error> {
        Ok(Vec::new())
    }

    async fn finished_retention_runs(&self, _: i32) -> Result<Vec<RetentionRunKey>, Error> {
        Ok(Vec::new())
    }

    async fn lower_retention_floors(
        &self,
        _: ProjectId,
        _: &[(RetentionKind, Timestamp)],
    ) -> Result<(), Error> {
        Ok(())
    }

    async fn retention_floors(
        &self,
        kind: RetentionKind,
    ) -> Result<Vec<(ProjectId, Timestamp)>, Error> {
        let floors = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(if kind == RetentionKind::Events { floors.clone() } else { Vec::new() })
    }

    async fn prune_retention_runs(&self, _: i32) -> Result<(), Error> {
        Ok(())
    }
}
