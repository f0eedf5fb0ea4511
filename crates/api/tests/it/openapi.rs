//! The document in the repository is the one the code gives.

use serde_json::Value;

/// Where the dashboard's types are generated from; tests run in their crate's folder.
const DOCUMENT: &str = "../../web/openapi.json";

#[test]
fn the_openapi_document_in_the_repository_is_current() {
    let current = api::openapi::document_json();
    if std::env::var_os("FOOTFALL_GEN").is_some() {
        std::fs::write(DOCUMENT, &current).expect("the document can be written");
    }
    let kept = std::fs::read_to_string(DOCUMENT).unwrap_or_default();
    assert!(kept == current, "web/openapi.json is stale: run `make gen`");
}

#[test]
fn every_reference_of_the_document_leads_to_a_schema() {
    let document: Value = serde_json::from_str(&api::openapi::document_json()).expect("JSON");
    let references = references(&document);
    assert!(references.len() > 100, "the document is not read as it is written");
    for reference in references {
        let pointer = reference.strip_prefix('#').expect("a place in the document");
        assert!(document.pointer(pointer).is_some(), "{reference} leads nowhere");
    }
}

fn references(value: &Value) -> Vec<&str> {
    match value {
        Value::Array(items) => items.iter().flat_map(references).collect(),
        Value::Object(members) => {
            let own = members.get("$ref").and_then(Value::as_str);
            own.into_iter().chain(members.values().flat_map(references)).collect()
        }
        _ => Vec::new(),
    }
}
