//! The screenshot URLs of the SQL surface.

use std::collections::HashMap;
use std::sync::Arc;

use async_trait::async_trait;
use catalog::Catalog;
use domain::id::{EventId, ProjectId};
use engine::ports::catalog::{Error, RecordingStore as _, SqlScan, SqlTableStore as _};
use engine::ports::sql::ScreenshotUrls;
use futures::TryStreamExt as _;

/// Events whose pictures are looked up at once: each is a parameter of one statement.
const MAX_EVENTS: usize = 1_000;

/// The pictures the catalog knows, by the URLs members see them at.
pub(super) struct CatalogScreenshotUrls {
    pub(super) catalog: Arc<Catalog>,
    pub(super) public_url: Option<String>,
}

#[async_trait]
impl ScreenshotUrls for CatalogScreenshotUrls {
    async fn urls(
        &self,
        project: ProjectId,
        events: &[EventId],
    ) -> Result<HashMap<EventId, String>, Error> {
        let mut urls = HashMap::new();
        // Most projects have none, and a statement may pass over millions of events.
        let scan = SqlScan { limit: Some(1), ..SqlScan::default() };
        let mut any = self.catalog.scan(project, "friction_screenshots", scan).await?;
        if any.try_next().await?.is_none() {
            return Ok(urls);
        }
        for events in events.chunks(MAX_EVENTS) {
            let found = self.catalog.screenshots_of(project, events).await?;
            let url = |id| api::screenshot_url(self.public_url.as_deref(), project, id);
            urls.extend(found.into_iter().map(|(event, id)| (event, url(id))));
        }
        Ok(urls)
    }
}
