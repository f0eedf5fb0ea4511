//! Shared SQL of funnels and goals: which events match.

use std::fmt::Write as _;

use datafusion::common::ScalarValue;
use domain::question::funnel::{PathPattern, StepMatcher};

use super::scope::PAGE_VIEW;
use crate::query::Params;

/// The condition that an event meets. Texts become values of these names: of the name or selector, of the path, of the
/// category.
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
