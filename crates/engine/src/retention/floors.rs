//! Retention floors of events: instants before which a project's events have been removed and are not stored
//! again.
//!
//! They are held in memory, for ingest and the lake's projection look at every event.
//! [`RetentionFloors::refresh`] brings them up to date: at the start, when a run begins, and when a project
//! keeps more.

use std::collections::HashMap;
use std::sync::Arc;

use arc_swap::ArcSwap;
use domain::id::ProjectId;
use domain::retention::RetentionKind;
use domain::time::Timestamp;

use crate::Error;
use crate::ports::catalog::RetentionStore;

/// The floors of events of every project.
pub struct RetentionFloors {
    store: Arc<dyn RetentionStore>,
    floors: ArcSwap<EventFloors>,
    refreshing: tokio::sync::Mutex<()>,
}

/// Floors as they were at one moment.
#[derive(Debug, Default)]
pub(crate) struct EventFloors(HashMap<ProjectId, Timestamp>);

impl EventFloors {
    /// The instant before which a project's events are not stored again; none before its first run.
    pub(crate) fn of(&self, project: ProjectId) -> Option<Timestamp> {
        self.0.get(&project).copied()
    }

    /// Whether an event of that time was removed, or would have been.
    pub(crate) fn is_below(&self, project: ProjectId, occurred_at: Timestamp) -> bool {
        self.of(project).is_some_and(|floor| occurred_at < floor)
    }
}

impl RetentionFloors {
    /// No floors yet: [`RetentionFloors::refresh`] before taking events in.
    pub fn new(store: Arc<dyn RetentionStore>) -> Self {
        Self { store, floors: ArcSwap::default(), refreshing: tokio::sync::Mutex::new(()) }
    }

    /// Reads the floors again. When this returns they apply to every event that is checked afterwards.
    pub async fn refresh(&self) -> Result<(), Error> {
        // One at a time, so that an older answer never replaces a newer one.
        let _refreshing = self.refreshing.lock().await;
        let floors = self.store.retention_floors(RetentionKind::Events).await?;
        self.floors.store(Arc::new(EventFloors(floors.into_iter().collect())));
        Ok(())
    }

    /// The floors that hold now.
    pub(crate) fn current(&self) -> Arc<EventFloors> {
        self.floors.load_full()
    }
}

impl std::fmt::Debug for RetentionFloors {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("RetentionFloors").finish_non_exhaustive()
    }
}
