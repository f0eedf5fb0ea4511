//! The manifest is the architecture: which crate may know which.

use std::collections::{BTreeMap, BTreeSet};

use crate::sources::root;

/// What each crate may name of ours, and what it must never name of others'.
const RULES: [(&str, &[&str], &[&str]); 10] = [
    (
        "domain",
        &[],
        &["tokio", "axum", "sqlx", "rusqlite", "datafusion", "deltalake", "async-trait"],
    ),
    ("engine", &["domain"], &["axum", "hyper", "sqlx", "rusqlite", "datafusion", "deltalake"]),
    ("journal", &["domain", "engine"], &["axum", "hyper", "sqlx", "datafusion", "deltalake"]),
    ("lake", &["domain", "engine"], &["axum", "hyper", "sqlx", "rusqlite"]),
    ("catalog", &["domain", "engine"], &["axum", "hyper", "datafusion", "deltalake"]),
    ("blobs", &["domain", "engine"], &["axum", "hyper", "sqlx", "rusqlite", "datafusion"]),
    ("outbound", &["domain", "engine"], &["axum", "sqlx", "rusqlite", "datafusion", "deltalake"]),
    ("api", &["domain", "engine"], &["sqlx", "rusqlite", "datafusion", "deltalake"]),
    (
        "server",
        &["api", "blobs", "catalog", "domain", "engine", "journal", "lake", "outbound"],
        &[],
    ),
    ("testkit", &["domain", "engine"], &["axum", "sqlx", "rusqlite", "datafusion", "deltalake"]),
];

fn dependencies(name: &str, section: &str) -> BTreeSet<String> {
    let path = root().join("crates").join(name).join("Cargo.toml");
    let text = std::fs::read_to_string(&path).expect("every crate has a manifest");
    let manifest: BTreeMap<String, toml::Value> = toml::from_str(&text).expect("valid TOML");
    let table = manifest.get(section).and_then(toml::Value::as_table);
    table.map(|table| table.keys().cloned().collect()).unwrap_or_default()
}

#[test]
fn every_crate_has_a_rule() {
    let crates: BTreeSet<String> = std::fs::read_dir(root().join("crates"))
        .expect("the folder exists")
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    let ruled: BTreeSet<String> = RULES.iter().map(|(name, ..)| (*name).to_owned()).collect();
    assert_eq!(crates, ruled);
}

#[test]
fn crates_know_only_those_they_may() {
    let ours: BTreeSet<&str> = RULES.iter().map(|(name, ..)| *name).collect();
    for (name, may, never) in RULES {
        let uses = dependencies(name, "dependencies");
        for dependency in uses.iter().filter(|dependency| ours.contains(dependency.as_str())) {
            assert!(may.contains(&dependency.as_str()), "{name} must not depend on {dependency}");
        }
        for forbidden in never {
            assert!(!uses.contains(*forbidden), "{name} must not name {forbidden}");
        }
    }
}

#[test]
fn testkit_is_for_tests_only() {
    for (name, ..) in RULES {
        assert!(!dependencies(name, "dependencies").contains("testkit"), "{name}");
    }
}
