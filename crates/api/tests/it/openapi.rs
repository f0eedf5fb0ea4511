//! The document in the repository is the one the code gives.

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
