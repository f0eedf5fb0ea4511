//! A catalog in which nobody ever asked to be forgotten.

use async_trait::async_trait;
use domain::id::ProjectId;
use engine::ports::catalog::{Error, SuppressionRows, SuppressionStore};

/// Refuses nobody.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoSuppressions;

#[async_trait]
impl SuppressionStore for NoSuppressions {
    async fn erasure_secret(
        &self,
        _project: ProjectId,
        candidate: [u8; 32],
    ) -> Result<Vec<u8>, Error> {
        Ok(candidate.to_vec())
    }

    async fn suppression_revisions(&self) -> Result<Vec<(ProjectId, u64)>, Error> {
        Ok(Vec::new())
    }

    async fn suppressed(&self, _project: ProjectId) -> Result<SuppressionRows, Error> {
        Ok(SuppressionRows::default())
    }
}
