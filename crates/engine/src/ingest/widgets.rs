//! Looking widgets up: cached, because every request of one needs it, and never stale for long.

use std::sync::Arc;
use std::time::Duration;

use domain::id::WidgetId;
use domain::origin::{self, AllowedDomain};
use domain::outcome::RejectionReason;
use moka::future::Cache;

use super::{AdmittedSender, Rejection};
use crate::Error;
use crate::ports::catalog::{ProjectStore, Widget, WidgetStore};

/// Another process's change to a widget is noticed after this at the latest; our own at once.
const TIME_TO_LIVE: Duration = Duration::from_secs(5);
/// What is remembered of widgets, in bytes: 10,000 ordinary ones at least, unknown ones included.
const CAPACITY_BYTES: u64 = 8 * 1_024 * 1_024;
/// What an entry takes beside what it holds, about, in bytes.
const ENTRY_BYTES: usize = 400;

/// A widget and what its project says about its events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WidgetEntry {
    /// The widget.
    pub widget: Widget,
    /// How far back the project's events may lie.
    pub retention_days: u32,
}

impl WidgetEntry {
    /// Into which project it may write.
    pub fn admitted(&self) -> AdmittedSender {
        AdmittedSender { project_id: self.widget.project_id, retention_days: self.retention_days }
    }

    /// Whether it may write from a page of `origin`: its `Origin`, or else its URL.
    pub fn check(&self, origin: Option<&str>) -> Result<(), Rejection> {
        if !self.widget.is_active {
            return Err(Rejection::new(
                RejectionReason::WidgetInactive,
                "the widget is switched off",
            ));
        }
        if !origin::is_admitted(&self.widget.allowed_domains, origin) {
            return Err(Rejection::new(
                RejectionReason::OriginNotAllowed,
                "the page's origin is not among the widget's allowed_domains",
            ));
        }
        Ok(())
    }
}

/// Widgets by their id.
pub struct WidgetDirectory {
    store: Arc<dyn WidgetDirectoryStore>,
    entries: Cache<WidgetId, Option<Arc<WidgetEntry>>>,
}

impl WidgetDirectory {
    /// A directory over `store`.
    pub fn new(store: Arc<dyn WidgetDirectoryStore>) -> Self {
        let entries = Cache::builder()
            .max_capacity(CAPACITY_BYTES)
            .weigher(|_, entry: &Option<Arc<WidgetEntry>>| {
                let bytes = entry.as_ref().map_or(0, |entry| {
                    let domains = entry.widget.allowed_domains.iter();
                    entry.widget.name.len() + domains.map(AllowedDomain::size_bytes).sum::<usize>()
                });
                u32::try_from(ENTRY_BYTES + bytes).unwrap_or(u32::MAX)
            })
            .time_to_live(TIME_TO_LIVE)
            .build();
        Self { store, entries }
    }

    /// The widget with this id; none when nobody has it.
    pub async fn find(&self, id: WidgetId) -> Result<Option<Arc<WidgetEntry>>, Error> {
        if let Some(entry) = self.entries.get(&id).await {
            return Ok(entry);
        }
        self.entries.try_get_with(id, self.load(id)).await.map_err(|error: Arc<Error>| {
            Error::Unavailable { what: "the catalog", cause: Box::new(error) }
        })
    }

    async fn load(&self, id: WidgetId) -> Result<Option<Arc<WidgetEntry>>, Error> {
        let Some(widget) = self.store.widget(id).await? else { return Ok(None) };
        let project = self.store.project(widget.project_id).await?;
        Ok(project.map(|project| {
            Arc::new(WidgetEntry { widget, retention_days: project.retention_days })
        }))
    }

    /// Forgets a widget's cached entry: its row has changed.
    pub async fn forget(&self, id: WidgetId) {
        self.entries.invalidate(&id).await;
    }
}

impl std::fmt::Debug for WidgetDirectory {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("WidgetDirectory").finish_non_exhaustive()
    }
}

/// What [`WidgetDirectory`] reads from.
pub trait WidgetDirectoryStore: WidgetStore + ProjectStore {}

impl<T: WidgetStore + ProjectStore> WidgetDirectoryStore for T {}
