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
    question.register_function(function(Arc::clone(buckets)));
}

fn function(buckets: Arc<SeriesBuckets>) -> ScalarUDF {
    let inputs = vec![schema::instant_type()];
    let compute = move |values: &[ColumnarValue]| {
        let arrays = ColumnarValue::values_to_arrays(values)?;
        Ok(ColumnarValue::Array(numbers(&buckets, &arrays[0])))
    };
    create_udf("bucket_of", inputs, DataType::Int64, Volatility::Immutable, Arc::new(compute))
}

/// Events lie nearly in the order of time, so most are in the bucket of the one before.
fn numbers(buckets: &SeriesBuckets, instants: &ArrayRef) -> ArrayRef {
    let instants = instants.as_primitive::<TimestampMicrosecondType>();
    let mut last = (0, Timestamp::from_micros(i64::MAX), Timestamp::from_micros(i64::MIN));
    let number = |micros: &i64| {
        let at = Timestamp::from_micros(*micros);
        if at < last.1 || at >= last.2 {
            last = buckets.range(at);
        }
        last.0
    };
    // Nulls are computed, too: that costs less than checking each.
    let numbers = instants.values().iter().map(number).collect();
    Arc::new(Int64Array::new(numbers, instants.nulls().cloned()))
}
