//! Which query parameters of addresses each project keeps: cached, because every request needs it.

use std::sync::Arc;
use std::time::Duration;

use domain::id::ProjectId;
use domain::privacy::QueryParameters;
use moka::future::Cache;

use crate::ports::catalog::{Error, SdkSettingsStore};

/// A change is noticed after this at the latest.
const TIME_TO_LIVE: Duration = Duration::from_secs(5);
/// Projects remembered.
const CAPACITY: u64 = 10_000;

/// The parameters of every project.
pub(super) struct ParameterLists {
    store: Arc<dyn SdkSettingsStore>,
    lists: Cache<ProjectId, Arc<QueryParameters>>,
}

impl ParameterLists {
    pub(super) fn new(store: Arc<dyn SdkSettingsStore>) -> Self {
        let lists = Cache::builder().max_capacity(CAPACITY).time_to_live(TIME_TO_LIVE).build();
        Self { store, lists }
    }

    /// The parameters that a project keeps. While its settings cannot be read, only those that every
    /// project keeps: events go on to be taken in, and nothing leaks.
    pub(super) async fn of(&self, project: ProjectId) -> Arc<QueryParameters> {
        if let Some(list) = self.lists.get(&project).await {
            return list;
        }
        let loaded = self.lists.try_get_with(project, async {
            let stored = self.store.sdk_settings(project).await?;
            let names = &stored.settings.masking.query_parameters;
            Ok::<_, Error>(Arc::new(QueryParameters::parse(names).unwrap_or_default()))
        });
        loaded.await.unwrap_or_else(|error| {
            tracing::warn!(%error, %project, "settings unread: only utm_* is kept of queries");
            Arc::default()
        })
    }
}
