//! The sizes of the stores, measured now and then.

use std::sync::{Arc, Mutex, PoisonError};

use domain::clock::Clock;
use domain::time::Timestamp;

use crate::Error;
use crate::ports::resources::{Resources, StoreSizes};

/// Measures the stores, and keeps the latest sizes.
pub struct StorageMeter {
    resources: Arc<dyn Resources>,
    clock: Arc<dyn Clock>,
    latest: Mutex<Option<(Timestamp, StoreSizes)>>,
}

impl StorageMeter {
    /// Nothing is measured yet.
    pub fn new(resources: Arc<dyn Resources>, clock: Arc<dyn Clock>) -> Self {
        Self { resources, clock, latest: Mutex::default() }
    }

    /// Measures now.
    pub async fn measure(&self) -> Result<StoreSizes, Error> {
        let at = self.clock.now();
        let sizes = self.resources.store_sizes().await?;
        *self.latest.lock().unwrap_or_else(PoisonError::into_inner) = Some((at, sizes));
        Ok(sizes)
    }

    /// The latest sizes and when they were measured; none before the first time.
    pub fn latest(&self) -> Option<(Timestamp, StoreSizes)> {
        *self.latest.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl std::fmt::Debug for StorageMeter {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("StorageMeter").finish_non_exhaustive()
    }
}
