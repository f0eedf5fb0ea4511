//! From record batches to the rows of an answer.

use datafusion::arrow::array::{Array, AsArray, RecordBatch};
use datafusion::arrow::compute::cast;
use datafusion::arrow::datatypes::{DataType, Field, Float64Type, Int64Type, Schema};
use datafusion::arrow::error::ArrowError;
use datafusion::arrow::util::display::{ArrayFormatter, DurationFormat, FormatOptions};
use engine::ports::sql::{Cell, Column};

use super::column_type;

/// How values are shown that have no JSON type of their own.
const SHOWN: FormatOptions<'_> =
    FormatOptions::new().with_display_error(true).with_duration_format(DurationFormat::ISO8601);

/// An answer's columns.
pub(crate) fn columns(schema: &Schema) -> Vec<Column> {
    let kind = |field: &Field| {
        column_type::of_field(field).map_or_else(|| type_name(field.data_type()), str::to_owned)
    };
    let column = |field: &Field| Column { name: field.name().clone(), kind: kind(field) };
    schema.fields().iter().map(|field| column(field)).collect()
}

/// Adds the rows of a batch, `room` at most.
pub(crate) fn add(
    batch: &RecordBatch,
    room: usize,
    rows: &mut Vec<Vec<Cell>>,
) -> Result<(), ArrowError> {
    let batch = batch.slice(0, room.min(batch.num_rows()));
    let mut columns = batch
        .columns()
        .iter()
        .map(|column| cells(column.as_ref()).map(Vec::into_iter))
        .collect::<Result<Vec<_>, _>>()?;
    let row = |_| columns.iter_mut().map(|column| column.next().unwrap_or(Cell::Null)).collect();
    rows.extend((0..batch.num_rows()).map(row));
    Ok(())
}

fn cells(array: &dyn Array) -> Result<Vec<Cell>, ArrowError> {
    let kind = array.data_type();
    if kind.is_integer() && *kind != DataType::UInt64 {
        let numbers = cast(array, &DataType::Int64)?;
        let numbers = numbers.as_primitive::<Int64Type>();
        return Ok(numbers.iter().map(|it| it.map_or(Cell::Null, Cell::Integer)).collect());
    }
    if kind.is_floating() {
        let numbers = cast(array, &DataType::Float64)?;
        let numbers = numbers.as_primitive::<Float64Type>().iter();
        let finite = numbers.map(|it| it.filter(|number| number.is_finite()));
        return Ok(finite.map(|it| it.map_or(Cell::Null, Cell::Double)).collect());
    }
    if *kind == DataType::Boolean {
        let flags = array.as_boolean().iter();
        return Ok(flags.map(|it| it.map_or(Cell::Null, Cell::Boolean)).collect());
    }
    let is_decimal = kind.is_decimal() || *kind == DataType::UInt64;
    let shown = ArrayFormatter::try_new(array, &SHOWN)?;
    let nulls = array.logical_nulls();
    let cell = |row| {
        if nulls.as_ref().is_some_and(|nulls| nulls.is_null(row)) {
            return Cell::Null;
        }
        let text = shown.value(row).to_string();
        if is_decimal { Cell::Decimal(text) } else { Cell::Text(text) }
    };
    Ok((0..array.len()).map(cell).collect())
}

/// PostgreSQL's name for a type.
fn type_name(kind: &DataType) -> String {
    let name = match kind {
        DataType::Boolean => "boolean",
        DataType::Int8 | DataType::Int16 | DataType::UInt8 => "smallint",
        DataType::Int32 | DataType::UInt16 => "integer",
        DataType::Int64 | DataType::UInt32 => "bigint",
        DataType::UInt64 => "numeric",
        DataType::Float16 | DataType::Float32 => "real",
        DataType::Float64 => "double precision",
        DataType::Timestamp(_, Some(_)) => "timestamptz",
        DataType::Timestamp(_, None) => "timestamp",
        DataType::Date32 | DataType::Date64 => "date",
        DataType::Time32(_) | DataType::Time64(_) => "time",
        DataType::Duration(_) | DataType::Interval(_) => "interval",
        DataType::Binary | DataType::LargeBinary | DataType::BinaryView => "bytea",
        DataType::Decimal128(precision, scale) | DataType::Decimal256(precision, scale) => {
            return format!("numeric({precision},{scale})");
        }
        DataType::List(item) | DataType::LargeList(item) => {
            return format!("{}[]", type_name(item.data_type()));
        }
        DataType::Dictionary(_, value) => return type_name(value),
        DataType::Struct(_) | DataType::Map(..) => "record",
        _ => "text",
    };
    name.to_owned()
}
