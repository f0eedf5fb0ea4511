//! The time zones of projects, remembered: every question and every batch of the account needs one.

use std::sync::Arc;
use std::time::Duration;

use domain::id::ProjectId;
use domain::zone::Zone;
use moka::future::Cache;

use crate::Error;
use crate::ports::catalog::ProjectSettingsStore;

/// A change of a zone on another server is noticed after this at the latest.
const TIME_TO_LIVE: Duration = Duration::from_secs(5);
/// Projects whose zone is remembered.
const CAPACITY: u64 = 10_000;

/// The zone of each project's days, months and hours. Clones share what is remembered.
#[derive(Clone)]
pub struct ProjectZones {
    store: Arc<dyn ProjectSettingsStore>,
    zones: Cache<ProjectId, Zone>,
}

impl ProjectZones {
    /// Zones as stored there.
    pub fn new(store: Arc<dyn ProjectSettingsStore>) -> Self {
        let zones = Cache::builder().max_capacity(CAPACITY).time_to_live(TIME_TO_LIVE).build();
        Self { store, zones }
    }

    /// The zone of a project; UTC for one that does not exist.
    pub async fn of(&self, project: ProjectId) -> Result<Zone, Error> {
        if let Some(zone) = self.zones.get(&project).await {
            return Ok(zone);
        }
        let zone = self.store.project_settings(project).await?.settings.time_zone;
        self.zones.insert(project, zone).await;
        Ok(zone)
    }

    /// Forgets the zone of a project, which has been changed.
    pub(crate) async fn forget(&self, project: ProjectId) {
        self.zones.invalidate(&project).await;
    }
}

impl std::fmt::Debug for ProjectZones {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("ProjectZones").finish_non_exhaustive()
    }
}
