//! Ingest policies of projects: cached, because every request needs one.

use std::sync::Arc;
use std::time::Duration;

use domain::id::ProjectId;
use domain::money::Currency;
use domain::privacy::QueryParameters;
use moka::future::Cache;

use super::PolicyStore;
use crate::ports::catalog::Error;

/// A change is noticed after this at the latest.
const TIME_TO_LIVE: Duration = Duration::from_secs(5);
/// Projects remembered.
const CAPACITY: u64 = 10_000;

/// A project's decisions about its events.
#[derive(Debug, Default)]
pub(super) struct Policy {
    /// The parameters of queries that are kept.
    pub(super) parameters: QueryParameters,
    /// Whether programs are bots.
    pub(super) programs_are_bots: bool,
    /// Of amounts that name no currency; none for the server's.
    pub(super) default_currency: Option<Currency>,
    /// Days for which it keeps events; none for the default.
    event_days: Option<u32>,
}

impl Policy {
    /// For how many days the project keeps events, which are `max_days` at most.
    pub(super) fn event_days(&self, max_days: u32) -> u32 {
        self.event_days.map_or(max_days, |days| days.min(max_days))
    }
}

/// The policies of every project.
pub(super) struct PolicyCache {
    store: Arc<dyn PolicyStore>,
    policies: Cache<ProjectId, Arc<Policy>>,
}

impl PolicyCache {
    pub(super) fn new(store: Arc<dyn PolicyStore>) -> Self {
        let policies = Cache::builder().max_capacity(CAPACITY).time_to_live(TIME_TO_LIVE).build();
        Self { store, policies }
    }

    /// A project's policy. While its settings cannot be read, the default: events go on to be taken in,
    /// and only those query parameters are kept that every project keeps.
    pub(super) async fn of(&self, project: ProjectId) -> Arc<Policy> {
        if let Some(policy) = self.policies.get(&project).await {
            return policy;
        }
        let loaded = self.policies.try_get_with(project, async {
            let sdk = self.store.sdk_settings(project).await?.settings;
            let settings = self.store.project_settings(project).await?.settings;
            let parameters = QueryParameters::parse(&sdk.masking.query_parameters);
            Ok::<_, Error>(Arc::new(Policy {
                parameters: parameters.unwrap_or_default(),
                programs_are_bots: settings.programs_are_bots,
                default_currency: settings.default_currency,
                event_days: settings.retention.event_days,
            }))
        });
        loaded.await.unwrap_or_else(|error| {
            tracing::warn!(%error, %project, "settings unread: only utm_* is kept of queries");
            Arc::default()
        })
    }
}
