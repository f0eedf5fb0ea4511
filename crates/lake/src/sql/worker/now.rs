//! The functions that tell the time, by the injected clock.

use datafusion::arrow::datatypes::DataType;
use datafusion::common::{Result, ScalarValue};
use datafusion::logical_expr::{
    ColumnarValue, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature, Volatility,
};
use domain::time::Timestamp;

use crate::query;

/// `now()` and `current_date`, with their other names, as of this instant.
pub(super) fn functions(now: Timestamp) -> [ScalarUDF; 2] {
    let day = ScalarValue::Date32(Some(now.day()));
    [
        ConstantFunction::function("now", "current_timestamp", query::instant(now)),
        ConstantFunction::function("current_date", "today", day),
    ]
}

/// A function without arguments that always returns the same value.
#[derive(Debug, PartialEq, Eq, Hash)]
struct ConstantFunction {
    name: &'static str,
    aliases: Vec<String>,
    value: ScalarValue,
    signature: Signature,
}

impl ConstantFunction {
    fn function(name: &'static str, alias: &str, value: ScalarValue) -> ScalarUDF {
        // Immutable within the statement it is made for: so it is folded, and chooses files.
        let signature = Signature::nullary(Volatility::Immutable);
        Self { name, aliases: vec![alias.to_owned()], value, signature }.into()
    }
}

impl ScalarUDFImpl for ConstantFunction {
    fn name(&self) -> &str {
        self.name
    }

    fn aliases(&self) -> &[String] {
        &self.aliases
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Ok(self.value.data_type())
    }

    fn invoke_with_args(&self, _: ScalarFunctionArgs) -> Result<ColumnarValue> {
        Ok(ColumnarValue::Scalar(self.value.clone()))
    }
}
