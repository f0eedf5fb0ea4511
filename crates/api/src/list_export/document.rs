//! The lists in the OpenAPI document: found there, and completed by what all of them have in common.

use std::collections::HashMap;

use utoipa::PartialSchema as _;
use utoipa::openapi::path::{Operation, Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::{Content, OpenApi, Ref, RefOr, Required, Response, Schema};

use super::format::ListFormat;
use super::lists::{LISTS, ListSpec};
use super::{ExportedList, columns};

/// The media type of a count.
pub(super) const COUNT: &str = "application/vnd.footfall.count+json";
const JSON: &str = "application/json";
const CSV: &str = "text/csv";
const FORMAT: &str = "`csv` answers all rows, as `Accept: text/csv` does: `limit` is then the most rows of \
    the file, 1,000,000 by default and at most, and one that is cut says so in its last line. `count` \
    answers how many rows there are. `json` is the default.";

/// Adds to every list that it answers CSV and a count.
pub(crate) fn complete(document: &mut OpenApi) {
    let operations = document.paths.paths.values_mut().filter_map(|item| item.get.as_mut());
    for operation in operations.filter(|operation| spec(operation).is_some()) {
        let parameters = operation.parameters.get_or_insert_default();
        parameters.push(RefOr::T(format_parameter()));
        if let Some(RefOr::T(response)) = operation.responses.responses.get_mut("200") {
            response.content.insert(CSV.to_owned(), RefOr::T(Content::new(Some(String::schema()))));
            let count = Ref::from_schema_name("RowCount");
            response.content.insert(COUNT.to_owned(), RefOr::T(Content::new(Some(count))));
        }
    }
}

/// The lists of a document, by path.
pub(super) fn lists(document: &OpenApi) -> HashMap<String, ExportedList> {
    let list = |operation: &Operation| {
        let spec = spec(operation)?;
        let answer = answer(operation)?;
        Some(ExportedList {
            spec,
            columns: columns::of_rows(document, answer, spec.rows, spec.without),
            has_period: has_parameter(operation, "to"),
        })
    };
    let paths = document.paths.paths.iter();
    paths.filter_map(|(path, item)| Some((path.clone(), list(item.get.as_ref()?)?))).collect()
}

fn spec(operation: &Operation) -> Option<&'static ListSpec> {
    let id = operation.operation_id.as_deref()?;
    LISTS.iter().find(|spec| spec.operation_id == id)
}

/// The schema of a page.
fn answer(operation: &Operation) -> Option<&RefOr<Schema>> {
    let RefOr::T(Response { content, .. }) = operation.responses.responses.get("200")? else {
        return None;
    };
    let RefOr::T(content) = content.get(JSON)? else { return None };
    content.schema.as_ref()
}

fn has_parameter(operation: &Operation, name: &str) -> bool {
    let is_it = |parameter: &RefOr<Parameter>| matches!(parameter, RefOr::T(parameter) if parameter.name == name);
    operation.parameters.iter().flatten().any(is_it)
}

fn format_parameter() -> Parameter {
    let schema =
        ObjectBuilder::new().schema_type(Type::String).enum_values(Some(ListFormat::NAMES));
    ParameterBuilder::new()
        .name("format")
        .parameter_in(ParameterIn::Query)
        .required(Required::False)
        .description(Some(FORMAT))
        .schema(Some(schema.build()))
        .build()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every operation that answers a cursor is a list and needs a line in `lists.rs`.
    #[test]
    fn every_list_with_a_cursor_is_exported_whole() {
        let (_, document) = crate::router::documented();
        let lists = lists(&document);
        let mut count = 0;
        for (path, item) in &document.paths.paths {
            let Some(schema) = item.get.as_ref().and_then(answer) else { continue };
            if !columns::has_member(&document, schema, "next_cursor") {
                continue;
            }
            count += 1;
            let list = lists.get(path);
            let list = list.unwrap_or_else(|| panic!("{path} is missing in list_export/lists.rs"));
            let names: Vec<&str> = list.columns.iter().map(|column| column.name.as_str()).collect();
            assert!(!names.is_empty(), "{path} has no rows named {}", list.spec.rows);
            for key in list.spec.key {
                assert!(names.contains(key), "{path} has no {key}: {names:?}");
            }
        }
        assert_eq!(count, LISTS.len());
    }
}
