//! The addresses of the pictures of events, which are known after the events are.

use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

use datafusion::arrow::array::{ArrayRef, AsArray, RecordBatch, StringViewArray};
use datafusion::arrow::compute::cast;
use datafusion::arrow::datatypes::{DataType, SchemaRef};
use datafusion::common::{DataFusionError, Result};
use domain::id::{EventId, ProjectId};
use engine::ports::sql::ScreenshotUrls;

/// The column of a view that names events.
pub(super) const ID: &str = "id";
/// The column of a view that says where the picture of an event is.
pub(super) const URL: &str = "screenshot_url";

/// Looks up the pictures of one project's events.
#[derive(Clone)]
pub(crate) struct ScreenshotLookup {
    pictures: Arc<dyn ScreenshotUrls>,
    project: ProjectId,
}

impl ScreenshotLookup {
    pub(crate) fn new(pictures: Arc<dyn ScreenshotUrls>, project: ProjectId) -> Self {
        Self { pictures, project }
    }

    /// The columns of `shown` of a batch that also has [`ID`]. Where an event has a picture, [`URL`] is
    /// the picture's; elsewhere it is what the event said.
    pub(super) async fn replace_urls(
        &self,
        batch: &RecordBatch,
        shown: &SchemaRef,
    ) -> Result<RecordBatch> {
        let ids = cast(column(batch, ID)?, &DataType::Utf8View)?;
        let ids: Vec<Option<EventId>> =
            ids.as_string_view().iter().map(|id| id?.parse().ok().map(EventId)).collect();
        let named: Vec<EventId> = ids.iter().flatten().copied().collect();
        let found = self.pictures.urls(self.project, &named).await;
        let found = found.map_err(|error| DataFusionError::External(Box::new(error)))?;
        let columns = shown.fields().iter().map(|field| {
            let original = column(batch, field.name())?;
            if field.name() == URL {
                with(original, &ids, &found)
            } else {
                Ok(Arc::clone(original))
            }
        });
        Ok(RecordBatch::try_new(Arc::clone(shown), columns.collect::<Result<_>>()?)?)
    }
}

fn column<'a>(batch: &'a RecordBatch, name: &str) -> Result<&'a ArrayRef> {
    let found = batch.column_by_name(name);
    found.ok_or_else(|| DataFusionError::Internal(format!("a batch without {name}")))
}

fn with(
    original: &ArrayRef,
    ids: &[Option<EventId>],
    found: &HashMap<EventId, String>,
) -> Result<ArrayRef> {
    if found.is_empty() {
        return Ok(Arc::clone(original));
    }
    let texts = cast(original, &DataType::Utf8View)?;
    let rows = texts.as_string_view().iter().zip(ids);
    let url = |(shown, id): (_, &Option<EventId>)| match id.and_then(|id| found.get(&id)) {
        Some(url) => Some(&**url),
        None => shown,
    };
    let urls: StringViewArray = rows.map(url).collect();
    Ok(cast(&urls, original.data_type())?)
}

impl fmt::Debug for ScreenshotLookup {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("ScreenshotLookup")
            .field("project", &self.project)
            .finish_non_exhaustive()
    }
}
