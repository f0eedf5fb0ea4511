//! From events to the columns of [`crate::schema`], in the forms of [`crate::packing`].

use std::sync::Arc;

use datafusion::arrow::array::{
    ArrayRef, BinaryViewArray, BinaryViewBuilder, Float64Array, Int32Array, Int64Array,
    RecordBatch, StringViewArray, StringViewBuilder, TimestampMicrosecondArray,
};
use datafusion::arrow::error::ArrowError;
use domain::event::Event;
use domain::time::Timestamp;
use uuid::Uuid;

use crate::{packing, schema};

/// The events as one batch, in their order.
pub(crate) fn batch(events: &[&Event]) -> Result<RecordBatch, ArrowError> {
    let columns = Columns(events);
    // The order is that of `schema::COLUMNS`.
    let arrays = vec![
        columns.event_id(),
        columns.project_id(),
        columns.text(|event| Some(event.category.as_str())),
        columns.text(|event| Some(&event.name)),
        columns.instant(|event| Some(event.occurred_at)),
        columns.instant(|event| event.client_at.filter(|at| *at != event.occurred_at)),
        columns.long(|event| Some(packing::millis_between(event.sent_at?, event.received_at))),
        columns.long(|event| Some(packing::millis_between(event.occurred_at, event.received_at))),
        columns.long(|event| event.seq.map(i64::from)),
        columns.id(|event| event.visitor_id.as_deref()),
        columns.id(|event| event.session_id.as_deref()),
        columns.text(|event| event.user_id.as_deref()),
        columns.text(|event| event.page.url.as_deref()),
        columns.text(|event| event.page.path.as_deref()),
        columns.text(|event| event.page.title.as_deref()),
        columns.text(|event| event.page.referrer.as_deref()),
        columns.text(|event| event.page.utm.source.as_deref()),
        columns.text(|event| event.page.utm.medium.as_deref()),
        columns.text(|event| event.page.utm.campaign.as_deref()),
        columns.text(|event| event.page.utm.term.as_deref()),
        columns.text(|event| event.page.utm.content.as_deref()),
        columns.text(|event| event.element.selector.as_deref()),
        columns.text(|event| event.element.text.as_deref()),
        columns.int(|event| event.element.x),
        columns.int(|event| event.element.y),
        columns.ten_thousandths(|event| event.element.element_x),
        columns.other_fraction(|event| event.element.element_x),
        columns.ten_thousandths(|event| event.element.element_y),
        columns.other_fraction(|event| event.element.element_y),
        columns.int(|event| event.element.viewport_width),
        columns.int(|event| event.element.viewport_height),
        columns.int(|event| event.element.document_width),
        columns.int(|event| event.element.document_height),
        columns.text(|event| event.friction.as_ref()?.error_message.as_deref()),
        columns.text(|event| event.friction.as_ref()?.stack.as_deref()),
        columns.text(|event| event.friction.as_ref()?.severity.as_deref()),
        columns.text(|event| event.friction.as_ref()?.screenshot_url.as_deref()),
        columns.text(|event| event.friction.as_ref()?.error_group.as_deref()),
        columns.double(|event| event.vitals?.load_time),
        columns.double(|event| event.vitals?.first_contentful_paint),
        columns.double(|event| event.vitals?.time_to_interactive),
        columns.double(|event| event.vitals?.largest_contentful_paint),
        columns.double(|event| event.vitals?.interaction_to_next_paint),
        columns.ten_thousandths(|event| event.vitals?.cumulative_layout_shift),
        columns.other_fraction(|event| event.vitals?.cumulative_layout_shift),
        columns.double(|event| event.vitals?.time_to_first_byte),
        columns.double(|event| event.value),
        columns.text(|event| event.currency.as_deref()),
        columns.text(|event| event.device.kind.as_deref()),
        columns.text(|event| event.device.browser.as_deref()),
        columns.text(|event| event.device.browser_version.as_deref()),
        columns.text(|event| event.device.os.as_deref()),
        columns.text(|event| event.device.os_version.as_deref()),
        columns.text(|event| event.place.country.as_deref()),
        columns.text(|event| event.place.region.as_deref()),
        columns.text(|event| event.place.city.as_deref()),
        columns.text(|event| event.place.masked_ip.as_deref()),
        columns.text(|event| event.properties.as_deref()),
        columns.text(|event| event.bot.as_deref()),
    ];
    RecordBatch::try_new(schema::file_schema(), arrays)
}

/// One method for each type of column: a value for every event, in order.
struct Columns<'a>(&'a [&'a Event]);

impl<'a> Columns<'a> {
    fn text(&self, value: impl Fn(&'a Event) -> Option<&'a str>) -> ArrayRef {
        let values = self.0.iter().map(|event| value(event));
        Arc::new(values.collect::<StringViewArray>())
    }

    fn event_id(&self) -> ArrayRef {
        let values = self.0.iter().map(|event| {
            packing::event_id(&event.id.0, event.client_at.unwrap_or(event.occurred_at))
        });
        Arc::new(BinaryViewArray::from_iter_values(values))
    }

    fn project_id(&self) -> ArrayRef {
        let mut builder = StringViewBuilder::with_capacity(self.0.len());
        let mut buffer = Uuid::encode_buffer();
        for event in self.0 {
            builder.append_value(event.project_id.0.hyphenated().encode_lower(&mut buffer));
        }
        Arc::new(builder.finish())
    }

    fn id(&self, value: impl Fn(&'a Event) -> Option<&'a str>) -> ArrayRef {
        let mut builder = BinaryViewBuilder::with_capacity(self.0.len());
        for event in self.0 {
            builder.append_option(value(event).map(packing::id));
        }
        Arc::new(builder.finish())
    }

    fn instant(&self, value: impl Fn(&'a Event) -> Option<Timestamp>) -> ArrayRef {
        let values = self.0.iter().map(|event| value(event).map(Timestamp::micros));
        Arc::new(values.collect::<TimestampMicrosecondArray>().with_timezone("UTC"))
    }

    fn long(&self, value: impl Fn(&'a Event) -> Option<i64>) -> ArrayRef {
        Arc::new(self.0.iter().map(|event| value(event)).collect::<Int64Array>())
    }

    fn int(&self, value: impl Fn(&'a Event) -> Option<i32>) -> ArrayRef {
        Arc::new(self.0.iter().map(|event| value(event)).collect::<Int32Array>())
    }

    fn double(&self, value: impl Fn(&'a Event) -> Option<f64>) -> ArrayRef {
        Arc::new(self.0.iter().map(|event| value(event)).collect::<Float64Array>())
    }

    /// The fractions that are whole numbers of ten-thousandths.
    fn ten_thousandths(&self, value: impl Fn(&'a Event) -> Option<f64>) -> ArrayRef {
        self.int(|event| packing::ten_thousandths(value(event)?))
    }

    /// The fractions that are not.
    fn other_fraction(&self, value: impl Fn(&'a Event) -> Option<f64>) -> ArrayRef {
        self.double(|event| value(event).filter(|value| packing::ten_thousandths(*value).is_none()))
    }
}
