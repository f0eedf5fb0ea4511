//! `EXTRACT(EPOCH FROM …)` as PostgreSQL has it: with the fraction of a second, of differences too.

use std::sync::Arc;

use datafusion::arrow::array::{Array, ArrayRef, AsArray, Float64Array};
use datafusion::arrow::compute::cast;
use datafusion::arrow::datatypes::{DataType, Field, Int64Type, TimeUnit};
use datafusion::common::{Result, ScalarValue, plan_err};
use datafusion::functions::datetime::date_part;
use datafusion::logical_expr::{
    ColumnarValue, Expr, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature, Volatility,
};

/// The function `EXTRACT(EPOCH FROM …)` becomes.
pub(super) fn function() -> Arc<ScalarUDF> {
    let signature = Signature::any(1, Volatility::Immutable);
    Arc::new(Epoch { signature }.into())
}

/// Whether the arguments of an `EXTRACT` ask for the epoch.
pub(super) fn is_epoch(arguments: &[Expr]) -> bool {
    let part = arguments.first().and_then(|part| match part {
        Expr::Literal(value, _) => value.try_as_str().flatten(),
        _ => None,
    });
    part.is_some_and(|part| part.eq_ignore_ascii_case("epoch"))
}

/// Seconds as a number with a fraction. `DataFusion`'s own loses the fraction of differences of
/// instants, which are not its intervals.
#[derive(Debug, PartialEq, Eq, Hash)]
struct Epoch {
    signature: Signature,
}

impl ScalarUDFImpl for Epoch {
    fn name(&self) -> &'static str {
        "extract_epoch"
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Ok(DataType::Float64)
    }

    fn invoke_with_args(&self, arguments: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let ([value], [field]) = (&*arguments.args, &*arguments.arg_fields) else {
            return plan_err!("EXTRACT takes one value");
        };
        if let DataType::Duration(unit) = field.data_type() {
            let durations = value.to_array(arguments.number_rows)?;
            return Ok(ColumnarValue::Array(seconds(&durations, *unit)?));
        }
        let part = Field::new("part", DataType::Utf8, false);
        date_part().invoke_with_args(ScalarFunctionArgs {
            args: vec![ColumnarValue::Scalar(ScalarValue::from("epoch")), value.clone()],
            arg_fields: vec![Arc::new(part), Arc::clone(field)],
            ..arguments
        })
    }
}

fn seconds(durations: &ArrayRef, unit: TimeUnit) -> Result<ArrayRef> {
    let per_second = match unit {
        TimeUnit::Second => 1.0,
        TimeUnit::Millisecond => 1e3,
        TimeUnit::Microsecond => 1e6,
        TimeUnit::Nanosecond => 1e9,
    };
    let counts = cast(durations, &DataType::Int64)?;
    #[expect(clippy::cast_precision_loss, reason = "exact to the microsecond for 285 years")]
    let seconds = |count: i64| count as f64 / per_second;
    let seconds: Float64Array = counts.as_primitive::<Int64Type>().unary(seconds);
    debug_assert_eq!(seconds.len(), durations.len());
    Ok(Arc::new(seconds))
}
