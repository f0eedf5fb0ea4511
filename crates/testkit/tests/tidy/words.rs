//! Words that stand where they should not.

use crate::sources::with_endings;

#[test]
fn every_rust_file_says_what_it_is_for() {
    for source in with_endings(&[".rs"]) {
        assert!(source.text.starts_with("//!"), "{} must begin with its purpose", source.path);
    }
}

#[test]
fn nothing_is_left_undone_without_a_reason() {
    let marks =
        ["TO", "FIX"].map(|start| format!("{start}{}", if start == "TO" { "DO" } else { "ME" }));
    for source in with_endings(&[".rs", ".ts", ".tsx"]) {
        for (number, line) in source.text.lines().enumerate() {
            let Some(rest) = marks.iter().find_map(|mark| line.split_once(mark.as_str())) else {
                continue;
            };
            let reason = rest.1.trim_start_matches([':', ' ', '(']);
            assert!(reason.len() > 20, "{}:{}: say what and why", source.path, number + 1);
        }
        for forbidden in [concat!("un", "implemented!("), concat!("to", "do!(")] {
            assert!(!source.text.contains(forbidden), "{}: {forbidden}", source.path);
        }
    }
}

#[test]
fn sql_stands_in_lake_catalog_and_journal_only() {
    for source in with_endings(&[".rs"]) {
        let may =
            ["crates/lake/", "crates/catalog/", "crates/journal/", "/tests/", "bench/", "fuzz/"];
        if may.iter().any(|folder| source.path.contains(folder)) {
            continue;
        }
        for statement in ["\"SELECT ", "\"INSERT ", "\"UPDATE ", "\"DELETE FROM "] {
            assert!(!source.text.contains(statement), "{} holds SQL", source.path);
        }
    }
}

#[test]
fn tests_do_not_sleep() {
    for source in with_endings(&[".rs"]) {
        let is_test = source.path.contains("/tests/") && !source.path.contains("/tidy/");
        let is_harness = source.path.contains("/harness");
        if is_test && !is_harness {
            assert!(!source.text.contains("thread::sleep("), "{} sleeps", source.path);
        }
    }
}
