//! What recordings work with, and where SQL finds pictures.

use std::collections::HashMap;
use std::sync::Arc;

use anyhow::Context as _;
use async_trait::async_trait;
use blobs::FolderBlobs;
use catalog::Catalog;
use domain::id::{EventId, ProjectId};
use engine::ingest::SuppressionLists;
use engine::ports::catalog::{Error, Recordings as _, SqlPeriod, SqlTables as _};
use engine::ports::sql::Pictures;
use engine::recordings::{Parts, Recordings};

use crate::config::Config;
use crate::system::{RandomIds, SystemClock};

/// Events whose pictures are looked up at once: each is a parameter of one statement.
const MAX_EVENTS: usize = 1_000;

/// The use cases, over blobs in the data folder.
pub(super) fn assemble(
    config: &Config,
    catalog: &Arc<Catalog>,
    suppressions: &Arc<SuppressionLists>,
) -> anyhow::Result<Arc<Recordings>> {
    let blobs = FolderBlobs::open(&config.data.dir.join("blobs"));
    let blobs = blobs.context("the folder of recordings does not open")?;
    Ok(Arc::new(Recordings::new(Parts {
        blobs: Arc::new(blobs),
        rows: catalog.clone(),
        settings: catalog.clone(),
        days: catalog.clone(),
        bytes_per_day: config.recordings.bytes_per_day,
        suppressions: suppressions.clone(),
        clock: Arc::new(SystemClock),
        ids: Arc::new(RandomIds),
        keep_days: config.recordings.keep_days,
    })))
}

/// The pictures the catalog knows, by the URLs members see them at.
pub(super) struct PictureUrls {
    pub(super) catalog: Arc<Catalog>,
    pub(super) public_url: Option<String>,
}

#[async_trait]
impl Pictures for PictureUrls {
    async fn urls(
        &self,
        project: ProjectId,
        events: &[EventId],
    ) -> Result<HashMap<EventId, String>, Error> {
        let mut urls = HashMap::new();
        // Most projects have none, and a statement may pass over millions of events.
        let any = self.catalog.rows(project, "friction_screenshots", SqlPeriod::default(), 1);
        if any.await?.is_empty() {
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
