//! The events as questions and views see them: what [`crate::packing`] made smaller, given back.
//!
//! A column keeps its name, or gets the one of the event's field, and is computed only when a
//! statement reads it. Filters on columns that are stored as they are told still choose files and
//! pages.

use std::sync::{Arc, LazyLock};

use datafusion::arrow::array::{
    Array, ArrayRef, AsArray, Int64Array, StringViewBuilder, TimestampMicrosecondArray,
};
use datafusion::arrow::datatypes::{DataType, Int64Type, TimestampMicrosecondType};
use datafusion::catalog::TableProvider;
use datafusion::common::Result;
use datafusion::logical_expr::{ColumnarValue, Expr, ScalarUDF, Volatility, cast, create_udf};
use datafusion::prelude::{SessionContext, coalesce, col, lit};
use domain::time::Timestamp;
use uuid::Uuid;

use crate::provider::EventsTable;
use crate::table::Snapshot;
use crate::{hash, packing, schema};

/// The events of a snapshot as a table.
pub(crate) fn events(
    context: &SessionContext,
    snapshot: Arc<Snapshot>,
) -> Result<Arc<dyn TableProvider>> {
    let stored = context.read_table(Arc::new(EventsTable::new(snapshot)))?;
    Ok(stored.select(COLUMNS.clone())?.into_view())
}

/// Every column as it is told.
static COLUMNS: LazyLock<Vec<Expr>> = LazyLock::new(|| {
    let columns = schema::names().chain([schema::DAY]);
    columns.flat_map(told).collect()
});

/// What a stored column tells; nothing when another tells it, too.
fn told(column: &str) -> Vec<Expr> {
    let occurred_at = || col("occurred_at");
    let received_after_ms = || col("received_after_ms");
    match column {
        "id" => {
            let at = coalesce(vec![col("client_at"), occurred_at()]);
            vec![EVENT_ID.call(vec![col("id"), at]).alias("id")]
        }
        "received_after_ms" => {
            vec![AFTER.call(vec![occurred_at(), received_after_ms()]).alias("received_at")]
        }
        "sent_before_ms" => {
            let sent_after_ms = received_after_ms() - col("sent_before_ms");
            vec![AFTER.call(vec![occurred_at(), sent_after_ms]).alias("sent_at")]
        }
        "visitor_id" => id(column, "visitor_hash"),
        "session_id" => id(column, "session_hash"),
        _ => plain_or_fraction(column),
    }
}

/// A visitor's or session's id, and its hash for counting distinct ones.
fn id(column: &str, hash: &str) -> Vec<Expr> {
    vec![ID.call(vec![col(column)]).alias(column), HASH.call(vec![col(column)]).alias(hash)]
}

fn plain_or_fraction(column: &str) -> Vec<Expr> {
    for (ten_thousandths, fraction) in schema::FRACTIONS {
        if column == ten_thousandths {
            return Vec::new();
        }
        if column == fraction {
            let whole = cast(col(ten_thousandths), DataType::Float64) / lit(10_000.0);
            return vec![coalesce(vec![whole, col(fraction)]).alias(fraction)];
        }
    }
    vec![col(column)]
}

/// From an event's stored id and its time to its text.
static EVENT_ID: LazyLock<ScalarUDF> = LazyLock::new(|| {
    let inputs = vec![DataType::BinaryView, schema::instant_type()];
    function("event_id", inputs, DataType::Utf8View, |arrays| {
        let (ids, times) = (arrays[0].as_binary_view(), instants(&arrays[1]));
        let mut buffer = Uuid::encode_buffer();
        let mut texts = StringViewBuilder::with_capacity(ids.len());
        for (id, at) in ids.iter().zip(times) {
            let id = id
                .zip(at)
                .and_then(|(id, at)| packing::event_id_told(id, Timestamp::from_micros(at)));
            texts.append_option(id.map(|id| id.hyphenated().encode_lower(&mut buffer)));
        }
        Arc::new(texts.finish())
    })
});

/// From a visitor's or session's stored id to its text.
static ID: LazyLock<ScalarUDF> = LazyLock::new(|| {
    function("id_text", vec![DataType::BinaryView], DataType::Utf8View, |arrays| {
        let ids = arrays[0].as_binary_view();
        let mut buffer = Uuid::encode_buffer();
        let mut texts = StringViewBuilder::with_capacity(ids.len());
        for id in ids {
            texts.append_option(id.and_then(|id| packing::id_told(id, &mut buffer)));
        }
        Arc::new(texts.finish())
    })
});

/// From a visitor's or session's stored id to its hash.
static HASH: LazyLock<ScalarUDF> = LazyLock::new(|| {
    function("id_hash", vec![DataType::BinaryView], DataType::Int64, |arrays| {
        let ids = arrays[0].as_binary_view();
        // Of nulls, too, which spares a look at each.
        let hashes = (0..ids.len()).map(|row| hash::of(ids.value(row))).collect();
        Arc::new(Int64Array::new(hashes, ids.nulls().cloned()))
    })
});

/// From an instant and milliseconds to the instant so much later.
static AFTER: LazyLock<ScalarUDF> = LazyLock::new(|| {
    let inputs = vec![schema::instant_type(), DataType::Int64];
    function("after", inputs, schema::instant_type(), |arrays| {
        let delays = arrays[1].as_primitive::<Int64Type>();
        let later = instants(&arrays[0]).iter().zip(delays).map(|(from, millis)| {
            Some(packing::after(Timestamp::from_micros(from?), millis?).micros())
        });
        Arc::new(later.collect::<TimestampMicrosecondArray>().with_timezone("UTC"))
    })
});

fn instants(array: &ArrayRef) -> &TimestampMicrosecondArray {
    array.as_primitive::<TimestampMicrosecondType>()
}

/// A function of whole columns, whose types the planner checks.
fn function(
    name: &str,
    inputs: Vec<DataType>,
    output: DataType,
    compute: impl Fn(&[ArrayRef]) -> ArrayRef + Send + Sync + 'static,
) -> ScalarUDF {
    let compute = move |values: &[ColumnarValue]| {
        Ok(ColumnarValue::Array(compute(&ColumnarValue::values_to_arrays(values)?)))
    };
    create_udf(name, inputs, output, Volatility::Immutable, Arc::new(compute))
}

#[cfg(test)]
mod tests {
    use domain::event::{Category, Event, Vitals};
    use domain::id::{EventId, ProjectId};
    use engine::ports::lake::LakeWriter;
    use testkit::clock::ManualClock;
    use testkit::ids::CountingIds;

    use super::*;
    use crate::query::{Answer, Params};
    use crate::{Lake, Options};

    const AT: Timestamp = Timestamp::from_micros(1_795_132_800_123_456);

    fn event(id: Uuid) -> Event {
        let project = ProjectId(Uuid::nil());
        Event {
            client_at: Some(AT),
            ..Event::new(EventId(id), project, Category::Performance, "page_performance", AT)
        }
    }

    /// Events that take every turn of [`packing`].
    fn events() -> Vec<Event> {
        let made_at = |at: Timestamp| {
            let millis = u64::try_from(at.millis()).expect("after 1970");
            uuid::Builder::from_unix_timestamp_millis(millis, &[0xab; 10]).into_uuid()
        };
        let client_at = AT.plus_seconds(-7_200);
        let mut usual = event(made_at(AT));
        usual.sent_at = Some(AT.plus_micros(4_000_000));
        usual.received_at = AT.plus_micros(4_050_700);
        usual.visitor_id = Some("018f3f3e-7d1c-7cc2-9d4e-1f2a3b4c5d6e".into());
        usual.session_id = Some("0190e0a4-a1b2-7c3d-8e4f-a5b6c7d8e9f0".into());
        usual.element.element_x = Some(0.1234);
        usual.vitals = Some(Vitals { cumulative_layout_shift: Some(0.0), ..Vitals::default() });
        let mut corrected = event(made_at(client_at));
        corrected.client_at = Some(client_at);
        corrected.sent_at = Some(client_at.plus_seconds(-1));
        corrected.received_at = AT.plus_seconds(-86_400);
        corrected.visitor_id = Some("sixteen letters!".into());
        corrected.session_id = Some(String::new());
        corrected.element.element_y = Some(2.0 / 3.0);
        let mut foreign = event(Uuid::from_u128(1));
        foreign.client_at = None;
        foreign.session_id = Some("018F3F3E-7D1C-7CC2-9D4E-1F2A3B4C5D6E".into());
        foreign.vitals = Some(Vitals { cumulative_layout_shift: Some(1e-5), ..Vitals::default() });
        vec![usual, corrected, foreign]
    }

    fn check(answer: &Answer, row: usize, event: &Event) {
        let millis = |column| answer.integer(column, row).map(|micros| micros / 1_000);
        assert_eq!(answer.text("id", row), Some(event.id.to_string()));
        assert_eq!(answer.instant("occurred_at", row), event.occurred_at);
        assert_eq!(millis("received_at"), Some(event.received_at.millis()));
        assert_eq!(millis("sent_at"), event.sent_at.map(Timestamp::millis));
        assert_eq!(answer.text("visitor_id", row), event.visitor_id);
        assert_eq!(answer.text("session_id", row), event.session_id);
        let hash = event
            .session_id
            .as_deref()
            .map(|text| hash::of(packing::id(text, &mut [0; packing::UUID_BYTES + 1])));
        assert_eq!(answer.integer("session_hash", row), hash);
        assert_eq!(answer.double("element_x", row), event.element.element_x);
        assert_eq!(answer.double("element_y", row), event.element.element_y);
        let shift = event.vitals.and_then(|vitals| vitals.cumulative_layout_shift);
        assert_eq!(answer.double("cumulative_layout_shift", row), shift);
    }

    #[tokio::test]
    async fn what_is_stored_in_a_smaller_form_is_told_as_it_was() {
        let folder = tempfile::tempdir().expect("folder");
        let clock = Arc::new(ManualClock::default());
        let ids = Arc::new(CountingIds::default());
        let lake = Lake::open(Options::new(folder.path()), clock, ids).await.expect("open");
        let events = events();
        for (event, position) in events.iter().zip(1..) {
            lake.write(vec![event.clone()], position).await.expect("write");
        }
        let later = AT.plus_seconds(10 * 86_400);
        for files_merged in [3, 0] {
            let sql = "SELECT * FROM events ORDER BY id DESC";
            let answer = lake.question("test").ask(sql, Params::new()).await.expect("rows");
            assert_eq!(answer.rows().len(), events.len());
            answer.rows().zip(&events).for_each(|(row, event)| check(&answer, row, event));
            let done = lake.maintain(later).await.expect("maintain");
            assert_eq!(done.files_merged, files_merged);
        }
    }
}
