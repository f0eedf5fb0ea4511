//! From events to the columns of [`crate::schema`].

use std::sync::Arc;

use datafusion::arrow::array::{
    ArrayRef, Float64Array, Int32Array, Int64Array, RecordBatch, StringViewArray,
    StringViewBuilder, TimestampMicrosecondArray,
};
use datafusion::arrow::error::ArrowError;
use domain::event::EventRef;
use domain::time::Timestamp;
use uuid::Uuid;

use crate::schema;

/// The events as one batch, in their order.
pub(crate) fn batch(events: &[EventRef<'_>]) -> Result<RecordBatch, ArrowError> {
    let columns = ColumnBuilder(events);
    // The order is that of `schema::COLUMNS`.
    let arrays = vec![
        columns.uuid(|event| event.id.0),
        columns.uuid(|event| event.project_id.0),
        columns.text(|event| Some(event.category.as_str())),
        columns.text(|event| Some(event.name)),
        columns.instant(|event| Some(event.occurred_at)),
        columns.instant(|event| event.client_at),
        columns.instant(|event| event.sent_at),
        columns.instant(|event| Some(event.received_at)),
        columns.long(|event| event.seq.map(i64::from)),
        columns.text(|event| event.visitor_id),
        columns.text(|event| event.session_id),
        columns.text(|event| event.user_id),
        columns.text(|event| event.page.url),
        columns.text(|event| event.page.path),
        columns.text(|event| event.page.title),
        columns.text(|event| event.page.referrer),
        columns.text(|event| event.page.utm.source),
        columns.text(|event| event.page.utm.medium),
        columns.text(|event| event.page.utm.campaign),
        columns.text(|event| event.page.utm.term),
        columns.text(|event| event.page.utm.content),
        columns.text(|event| event.element.selector),
        columns.text(|event| event.element.text),
        columns.int(|event| event.element.x),
        columns.int(|event| event.element.y),
        columns.double(|event| event.element.element_x),
        columns.double(|event| event.element.element_y),
        columns.int(|event| event.element.viewport_width),
        columns.int(|event| event.element.viewport_height),
        columns.int(|event| event.element.document_width),
        columns.int(|event| event.element.document_height),
        columns.text(|event| event.friction.as_ref()?.error_message),
        columns.text(|event| event.friction.as_ref()?.stack),
        columns.text(|event| event.friction.as_ref()?.severity),
        columns.text(|event| event.friction.as_ref()?.screenshot_url),
        columns.text(|event| event.friction.as_ref()?.error_group),
        columns.double(|event| event.vitals?.load_time),
        columns.double(|event| event.vitals?.first_contentful_paint),
        columns.double(|event| event.vitals?.time_to_interactive),
        columns.double(|event| event.vitals?.largest_contentful_paint),
        columns.double(|event| event.vitals?.interaction_to_next_paint),
        columns.double(|event| event.vitals?.cumulative_layout_shift),
        columns.double(|event| event.vitals?.time_to_first_byte),
        columns.double(|event| event.value),
        columns.text(|event| event.currency),
        columns.text(|event| event.device.kind),
        columns.text(|event| event.device.browser),
        columns.text(|event| event.device.browser_version),
        columns.text(|event| event.device.os),
        columns.text(|event| event.device.os_version),
        columns.text(|event| event.place.country),
        columns.text(|event| event.place.region),
        columns.text(|event| event.place.city),
        columns.text(|event| event.place.masked_ip),
        columns.text(|event| event.properties),
        columns.text(|event| event.bot),
    ];
    RecordBatch::try_new(schema::file_schema(), arrays)
}

/// One method for each type of column: a value for every event, in order.
struct ColumnBuilder<'a>(&'a [EventRef<'a>]);

impl<'a> ColumnBuilder<'a> {
    fn text(&self, value: impl Fn(&EventRef<'a>) -> Option<&'a str>) -> ArrayRef {
        Arc::new(self.0.iter().map(value).collect::<StringViewArray>())
    }

    fn uuid(&self, value: impl Fn(&EventRef<'a>) -> Uuid) -> ArrayRef {
        let mut builder = StringViewBuilder::with_capacity(self.0.len());
        let mut buffer = Uuid::encode_buffer();
        for event in self.0 {
            builder.append_value(value(event).hyphenated().encode_lower(&mut buffer));
        }
        Arc::new(builder.finish())
    }

    fn instant(&self, value: impl Fn(&EventRef<'a>) -> Option<Timestamp>) -> ArrayRef {
        let values = self.0.iter().map(|event| value(event).map(Timestamp::micros));
        Arc::new(values.collect::<TimestampMicrosecondArray>().with_timezone("UTC"))
    }

    fn long(&self, value: impl Fn(&EventRef<'a>) -> Option<i64>) -> ArrayRef {
        Arc::new(self.0.iter().map(value).collect::<Int64Array>())
    }

    fn int(&self, value: impl Fn(&EventRef<'a>) -> Option<i32>) -> ArrayRef {
        Arc::new(self.0.iter().map(value).collect::<Int32Array>())
    }

    fn double(&self, value: impl Fn(&EventRef<'a>) -> Option<f64>) -> ArrayRef {
        Arc::new(self.0.iter().map(value).collect::<Float64Array>())
    }
}
