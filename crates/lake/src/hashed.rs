//! The events as our own questions see them: with hashes of ids beside the ids.
//!
//! A hash is computed only when a statement reads it. Counting distinct numbers takes a fraction of
//! the time and memory of counting distinct texts.

use std::sync::{Arc, LazyLock};

use datafusion::arrow::array::{Array, ArrayRef, AsArray, Int64Array};
use datafusion::arrow::datatypes::DataType;
use datafusion::catalog::TableProvider;
use datafusion::common::Result;
use datafusion::logical_expr::{ColumnarValue, Expr, ScalarUDF, Volatility, create_udf};
use datafusion::prelude::{SessionContext, col};

use crate::provider::EventsTable;
use crate::table::Snapshot;
use crate::{id_hash, schema};

/// The columns that the table does not have.
pub(crate) const COLUMNS: [&str; 2] = ["visitor_hash", "session_hash"];

/// The events of a snapshot as a table.
pub(crate) fn events(
    context: &SessionContext,
    snapshot: Arc<Snapshot>,
) -> Result<Arc<dyn TableProvider>> {
    let stored = context.read_table(Arc::new(EventsTable::new(snapshot)))?;
    Ok(stored.select(EXPRESSIONS.clone())?.into_view())
}

static EXPRESSIONS: LazyLock<Vec<Expr>> = LazyLock::new(|| {
    let hash = |id, hash| HASH.call(vec![col(id)]).alias(hash);
    let hashes = [hash("visitor_id", COLUMNS[0]), hash("session_id", COLUMNS[1])];
    schema::names().chain([schema::MONTH]).map(col).chain(hashes).collect()
});

/// From an id to its hash.
static HASH: LazyLock<ScalarUDF> = LazyLock::new(|| {
    let inputs = vec![DataType::Utf8View];
    let compute = |values: &[ColumnarValue]| {
        let arrays = ColumnarValue::values_to_arrays(values)?;
        Ok(ColumnarValue::Array(hashes(&arrays[0])))
    };
    create_udf("id_hash", inputs, DataType::Int64, Volatility::Immutable, Arc::new(compute))
});

fn hashes(ids: &ArrayRef) -> ArrayRef {
    let ids = ids.as_string_view();
    // Of nulls, too, which spares a look at each.
    let hashes = (0..ids.len()).map(|row| id_hash::hash_id(ids.value(row).as_bytes())).collect();
    Arc::new(Int64Array::new(hashes, ids.nulls().cloned()))
}
