//! `json_get` and `json_get_text`: one piece of a JSON text, as `->` and `->>` take it.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use datafusion::arrow::array::{Array, ArrayRef, AsArray, StringViewBuilder};
use datafusion::arrow::compute::cast;
use datafusion::arrow::datatypes::{DataType, Int64Type};
use datafusion::common::{Result, plan_err};
use datafusion::logical_expr::{
    ColumnarValue, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature, Volatility,
};
use serde_json::value::RawValue;

/// The functions.
pub(super) fn functions() -> [ScalarUDF; 2] {
    [false, true].map(|is_text| JsonGet::new(is_text).into())
}

/// The piece as JSON, or as text: a JSON string without its quotes, null for null.
pub(super) fn function(is_text: bool) -> Arc<ScalarUDF> {
    Arc::new(JsonGet::new(is_text).into())
}

/// Takes (json, key) or (json, index); null where there is no such piece, or no JSON. Never fails on
/// a row.
#[derive(Debug, PartialEq, Eq, Hash)]
struct JsonGet {
    is_text: bool,
    signature: Signature,
}

impl JsonGet {
    fn new(is_text: bool) -> Self {
        Self { is_text, signature: Signature::user_defined(Volatility::Immutable) }
    }
}

impl ScalarUDFImpl for JsonGet {
    fn name(&self) -> &'static str {
        if self.is_text { "json_get_text" } else { "json_get" }
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn coerce_types(&self, types: &[DataType]) -> Result<Vec<DataType>> {
        match types {
            [json, key] if is_text(json) && is_text(key) => {
                Ok(vec![DataType::Utf8View, DataType::Utf8View])
            }
            [json, index] if is_text(json) && index.is_integer() => {
                Ok(vec![DataType::Utf8View, DataType::Int64])
            }
            _ => plan_err!("{} takes a JSON text and a key or an index", self.name()),
        }
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Ok(DataType::Utf8View)
    }

    fn invoke_with_args(&self, arguments: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let arrays = ColumnarValue::values_to_arrays(&arguments.args)?;
        let [json, key] = &*arrays else { return plan_err!("{} takes two", self.name()) };
        let texts = cast(json, &DataType::Utf8View)?;
        let texts = texts.as_string_view();
        let keys = JsonPath::of(key)?;
        let mut found = StringViewBuilder::with_capacity(texts.len());
        for row in 0..texts.len() {
            let json = (!texts.is_null(row)).then(|| texts.value(row));
            found.append_option(json.and_then(|json| self.shown(keys.find(json, row)?)));
        }
        Ok(ColumnarValue::Array(Arc::new(found.finish())))
    }
}

impl JsonGet {
    fn shown<'a>(&self, found: &'a RawValue) -> Option<Cow<'a, str>> {
        let json = found.get();
        if !self.is_text {
            return Some(Cow::Borrowed(json));
        }
        match json.as_bytes().first() {
            Some(b'"') => serde_json::from_str::<Text<'_>>(json).ok().map(|Text(text)| text),
            Some(b'n') => None,
            _ => Some(Cow::Borrowed(json)),
        }
    }
}

/// A text that is borrowed where nothing in it is escaped.
#[derive(serde::Deserialize, PartialEq, Eq, Hash)]
struct Text<'a>(#[serde(borrow)] Cow<'a, str>);

fn is_text(kind: &DataType) -> bool {
    kind.is_string() || kind.is_null()
}

/// What to take of each row.
enum JsonPath {
    Names(ArrayRef),
    Indexes(ArrayRef),
}

impl JsonPath {
    fn of(array: &ArrayRef) -> Result<Self> {
        Ok(match array.data_type() {
            DataType::Int64 => Self::Indexes(Arc::clone(array)),
            _ => Self::Names(cast(array, &DataType::Utf8View)?),
        })
    }

    fn find<'a>(&self, json: &'a str, row: usize) -> Option<&'a RawValue> {
        match self {
            Self::Names(names) => {
                let names = names.as_string_view();
                let name = (!names.is_null(row)).then(|| names.value(row))?;
                let object: HashMap<Text<'a>, &'a RawValue> = serde_json::from_str(json).ok()?;
                object.get(&Text(Cow::Borrowed(name))).copied()
            }
            Self::Indexes(indexes) => {
                let indexes = indexes.as_primitive::<Int64Type>();
                let index = (!indexes.is_null(row)).then(|| indexes.value(row))?;
                let list: Vec<&'a RawValue> = serde_json::from_str(json).ok()?;
                let length = i64::try_from(list.len()).ok()?;
                let index = if index < 0 { index + length } else { index };
                list.get(usize::try_from(index).ok()?).copied()
            }
        }
    }
}
