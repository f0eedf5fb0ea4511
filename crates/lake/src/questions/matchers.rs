//! Shared SQL of funnels and goals: which events match.

use std::fmt::Write as _;
use std::sync::Arc;

use datafusion::arrow::array::{ArrayRef, AsArray, BooleanArray};
use datafusion::arrow::compute::cast;
use datafusion::arrow::datatypes::DataType;
use datafusion::common::ScalarValue;
use datafusion::logical_expr::{ColumnarValue, ScalarUDF, Volatility, create_udf};
use domain::crm::RuleSet;
use domain::goal::gives_stage;
use domain::question::funnel::{PathPattern, StepMatcher};

use super::scope::PAGE_VIEW;
use crate::query::{Params, Question};

/// The condition that an event meets. Texts become values of these names: of the name or selector, of the path, of the
/// category. A stage's condition calls a function, which [`register`] makes known by the first of them.
pub(super) fn condition(
    matcher: &StepMatcher,
    names: [&'static str; 3],
    values: &mut Params,
) -> String {
    let [text_name, path_name, category_name] = names;
    let (mut sql, path) = match matcher {
        StepMatcher::Page(path) => (PAGE_VIEW.to_owned(), Some(path)),
        StepMatcher::Event { name, path, category } => {
            values.insert(text_name, ScalarValue::from(name.as_str()));
            let mut sql = format!("name = ${text_name}");
            if let Some(category) = category {
                values.insert(category_name, ScalarValue::from(category.as_str()));
                let _ = write!(sql, " AND category = ${category_name}");
            }
            (sql, path.as_ref())
        }
        StepMatcher::Click { selector, path } => {
            values.insert(text_name, ScalarValue::from(selector.as_str()));
            let click = "category = 'heatmap' AND name = 'click'";
            (format!("{click} AND element_selector = ${text_name}"), path.as_ref())
        }
        StepMatcher::Purchase(kind) => {
            values.insert(text_name, ScalarValue::from(kind.event_name()));
            (format!("category = 'customer' AND name = ${text_name}"), None)
        }
        StepMatcher::Stage { .. } => {
            (format!("category = 'customer' AND {}(name)", function_name(text_name)), None)
        }
    };
    let path = match path {
        Some(PathPattern::Exact(path)) => Some((format!(" AND path = ${path_name}"), path)),
        Some(PathPattern::Prefix(prefix)) if !prefix.is_empty() => {
            Some((format!(" AND starts_with(path, ${path_name})"), prefix))
        }
        Some(PathPattern::Prefix(_)) | None => None,
    };
    if let Some((condition, text)) = path {
        sql.push_str(&condition);
        values.insert(path_name, ScalarValue::from(text.as_str()));
    }
    sql
}

/// Makes the function known that the condition of a stage calls; other matchers have none.
pub(super) fn register(question: &Question, matcher: &StepMatcher, text_name: &str) {
    if let StepMatcher::Stage { stage, rules } = matcher {
        let name = function_name(text_name);
        question.register_function(stage_function(&name, Arc::clone(rules), stage.clone()));
    }
}

fn function_name(text_name: &str) -> String {
    format!("reaches_{text_name}")
}

fn stage_function(name: &str, rules: Arc<RuleSet>, stage: String) -> ScalarUDF {
    let compute = move |values: &[ColumnarValue]| {
        let arrays = ColumnarValue::values_to_arrays(values)?;
        let names = cast(&arrays[0], &DataType::Utf8View)?;
        // Events lie in the order of their names, so most have the name of the one before.
        let mut last: Option<(String, bool)> = None;
        let mut gives = |name: &str| match &last {
            Some((known, gives)) if known == name => *gives,
            _ => {
                let gives = gives_stage(&rules, name, &stage);
                last = Some((name.to_owned(), gives));
                gives
            }
        };
        let flags: BooleanArray =
            names.as_string_view().iter().map(|name| name.map(&mut gives)).collect();
        Ok(ColumnarValue::Array(Arc::new(flags) as ArrayRef))
    };
    let inputs = vec![DataType::Utf8View];
    create_udf(name, inputs, DataType::Boolean, Volatility::Immutable, Arc::new(compute))
}
