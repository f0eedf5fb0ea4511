//! The bucket of an event's time, as a function of SQL. Days and hours of a zone are no multiples of anything.

use std::sync::Arc;

use datafusion::arrow::array::{Array, ArrayRef, AsArray, Int64Array};
use datafusion::arrow::datatypes::{DataType, TimestampMicrosecondType};
use datafusion::logical_expr::{ColumnarValue, ScalarUDF, Volatility, create_udf};
use domain::question::SeriesBuckets;
use domain::time::Timestamp;

use crate::query::Question;
use crate::schema;

/// SQL for the number of an event's bucket: [`SeriesBuckets::number`].
pub(super) const BUCKET: &str = "bucket_of(occurred_at)";

/// Makes [`BUCKET`] known to the statements of a question.
pub(super) fn register(question: &Question, buckets: &Arc<SeriesBuckets>) {
    let buckets = Arc::clone(buckets);
    question.register_function(numbering("bucket_of", move |at| buckets.range(at)));
}

/// A function of an instant: a number, by what yields it with a range of instants that have the same.
pub(super) fn numbering(
    name: &str,
    range: impl Fn(Timestamp) -> (i64, Timestamp, Timestamp) + Send + Sync + 'static,
) -> ScalarUDF {
    let inputs = vec![schema::instant_type()];
    let compute = move |values: &[ColumnarValue]| {
        let arrays = ColumnarValue::values_to_arrays(values)?;
        Ok(ColumnarValue::Array(numbers(&range, &arrays[0])))
    };
    create_udf(name, inputs, DataType::Int64, Volatility::Immutable, Arc::new(compute))
}

/// Events lie nearly in the order of time, so most have the number of the one before.
fn numbers(
    range: &impl Fn(Timestamp) -> (i64, Timestamp, Timestamp),
    instants: &ArrayRef,
) -> ArrayRef {
    let instants = instants.as_primitive::<TimestampMicrosecondType>();
    let mut last = (0, Timestamp::from_micros(i64::MAX), Timestamp::from_micros(i64::MIN));
    let number = |micros: &i64| {
        let at = Timestamp::from_micros(*micros);
        if at < last.1 || at >= last.2 {
            last = range(at);
        }
        last.0
    };
    // Nulls are computed, too: that costs less than checking each.
    let numbers = instants.values().iter().map(number).collect();
    Arc::new(Int64Array::new(numbers, instants.nulls().cloned()))
}
