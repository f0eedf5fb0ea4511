//! Functions of SQL over what a question has found out about sessions before its statements run.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::Arc;

use datafusion::arrow::array::{
    Array, ArrayRef, AsArray, BooleanArray, Int64Array, StringViewArray,
};
use datafusion::arrow::compute;
use datafusion::arrow::datatypes::{DataType, Int64Type};
use datafusion::common::Result;
use datafusion::logical_expr::{ColumnarValue, ScalarUDF, Volatility, create_udf};
use domain::question::{TrafficChannel, TrafficSource};

/// The kinds of conversions of a session in a period: 1 for an order, 2 for a booking, 3 for both, 0 for none.
pub(super) const CONVERSIONS_OF: &str = "conversions_of";
/// The first session of a visitor, where it may lie in the periods.
pub(super) const FIRST_SESSION_OF: &str = "first_session_of";
/// Whether a session has a recording.
pub(super) const IS_RECORDED: &str = "is_recorded_session";
/// The channel by the hosts of referrer and page, source, medium and campaign.
pub(super) const TRAFFIC_CHANNEL: &str = "traffic_channel";

/// Numbers that are hashes already.
#[derive(Debug, Default)]
pub(super) struct NoHasher(u64);

impl Hasher for NoHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }

    fn write_i64(&mut self, number: i64) {
        self.0 = number.cast_unsigned();
    }
}

/// Hashes of ids.
pub(super) type IdHashes = HashSet<i64, BuildHasherDefault<NoHasher>>;
/// By hashes of ids.
pub(super) type ByIdHash<T> = HashMap<i64, T, BuildHasherDefault<NoHasher>>;

/// A function of arrays, all of one length.
fn function(
    name: &str,
    inputs: Vec<DataType>,
    output: DataType,
    compute: impl Fn(&[ArrayRef]) -> Result<ArrayRef> + Send + Sync + 'static,
) -> ScalarUDF {
    let compute = move |values: &[ColumnarValue]| {
        let arrays = ColumnarValue::values_to_arrays(values)?;
        Ok(ColumnarValue::Array(compute(&arrays)?))
    };
    create_udf(name, inputs, output, Volatility::Immutable, Arc::new(compute))
}

/// Whether a session is in the set of the period, or of the one before: by a session's hash, and whether the row is of the
/// period. Never null.
pub(super) fn is_in(name: &str, [previous, current]: [IdHashes; 2]) -> ScalarUDF {
    let inputs = vec![DataType::Int64, DataType::Boolean];
    function(name, inputs, DataType::Boolean, move |arrays| {
        let rows = sessions_of(arrays).map(|(session, is_current)| {
            let set = if is_current { &current } else { &previous };
            Some(session.is_some_and(|session| set.contains(&session)))
        });
        Ok(Arc::new(rows.collect::<BooleanArray>()))
    })
}

/// [`CONVERSIONS_OF`].
pub(super) fn conversions_of([previous, current]: [ByIdHash<i64>; 2]) -> ScalarUDF {
    let inputs = vec![DataType::Int64, DataType::Boolean];
    function(CONVERSIONS_OF, inputs, DataType::Int64, move |arrays| {
        let rows = sessions_of(arrays).map(|(session, is_current)| {
            let found = if is_current { &current } else { &previous };
            Some(session.and_then(|session| found.get(&session).copied()).unwrap_or_default())
        });
        Ok(Arc::new(rows.collect::<Int64Array>()))
    })
}

/// The session and whether the row is of the period.
fn sessions_of(arrays: &[ArrayRef]) -> impl Iterator<Item = (Option<i64>, bool)> {
    let sessions = arrays[0].as_primitive::<Int64Type>().iter();
    let current = arrays[1].as_boolean().iter();
    sessions.zip(current.map(Option::unwrap_or_default))
}

/// [`IS_RECORDED`].
pub(super) fn is_recorded(recorded: IdHashes) -> ScalarUDF {
    function(IS_RECORDED, vec![DataType::Int64], DataType::Boolean, move |arrays| {
        let sessions = arrays[0].as_primitive::<Int64Type>().iter();
        let rows = sessions.map(|it| Some(it.is_some_and(|it| recorded.contains(&it))));
        Ok(Arc::new(rows.collect::<BooleanArray>()))
    })
}

/// [`FIRST_SESSION_OF`].
pub(super) fn first_session_of(first: ByIdHash<i64>) -> ScalarUDF {
    function(FIRST_SESSION_OF, vec![DataType::Int64], DataType::Int64, move |arrays| {
        let visitors = arrays[0].as_primitive::<Int64Type>().iter();
        let rows = visitors.map(|visitor| first.get(&visitor?).copied());
        Ok(Arc::new(rows.collect::<Int64Array>()))
    })
}

/// [`TRAFFIC_CHANNEL`].
pub(super) fn traffic_channel() -> ScalarUDF {
    let inputs = vec![DataType::Utf8View; 5];
    function(TRAFFIC_CHANNEL, inputs, DataType::Utf8View, |arrays| {
        let columns = arrays.iter().map(|array| compute::cast(array, &DataType::Utf8View));
        let columns = columns.collect::<Result<Vec<_>, _>>()?;
        let channel = |row: usize| {
            let text = |column: usize| {
                let texts: &StringViewArray = columns[column].as_string_view();
                texts.is_valid(row).then(|| texts.value(row))
            };
            let source = TrafficSource {
                referrer_host: text(0),
                page_host: text(1),
                utm_source: text(2),
                utm_medium: text(3),
                utm_campaign: text(4),
            };
            Some(TrafficChannel::of(&source).as_str())
        };
        let rows = arrays.first().map_or(0, Array::len);
        Ok(Arc::new((0..rows).map(channel).collect::<StringViewArray>()))
    })
}
