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
            let Some(rest) = marks.iter().find_map(|kind| line.split_once(kind.as_str())) else {
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
fn comma_separated_values_have_one_writer_in_the_server_and_one_in_the_dashboard() {
    let signs = [
        (
            ".rs",
            "crates/api/src/csv.rs",
            &["push(',')", "replace('\"', ", "csv_core::", "csv::Writer"][..],
        ),
        (".ts", "web/src/lib/csv.ts", &["'\"\"'"]),
        (".tsx", "web/src/lib/csv.ts", &["'\"\"'"]),
    ];
    for (ending, only, signs) in signs {
        for source in with_endings(&[ending]) {
            let is_shipped = ["crates/", "web/src/"].iter().any(|it| source.path.starts_with(it));
            if !is_shipped || source.path.contains("/tests/") || source.path == only {
                continue;
            }
            for sign in signs {
                assert!(
                    !source.text.contains(sign),
                    "{}: cells are guarded in {only}",
                    source.path
                );
            }
        }
    }
    for (path, sign) in [("crates/api/src/csv.rs", "csv_core::"), ("web/src/lib/csv.ts", "'\"\"'")]
    {
        let found = with_endings(&[".rs", ".ts"]).into_iter().find(|source| source.path == path);
        assert!(found.is_some_and(|source| source.text.contains(sign)), "{path} writes them");
    }
}

#[test]
fn tests_do_not_sleep() {
    // A condition is waited for in one place.
    let waits = "crates/server/tests/it/harness/wait.rs";
    let sleeping: Vec<String> = with_endings(&[".rs"])
        .into_iter()
        .filter(|source| source.path.contains("/tests/") && sleeps(&source.text))
        .map(|source| source.path)
        .collect();
    assert_eq!(sleeping, [waits]);
}

/// Whether a call of a function that sleeps stands in the text.
fn sleeps(text: &str) -> bool {
    let call = concat!("sl", "eep(");
    text.match_indices(call)
        .any(|(at, _)| !text[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_'))
}
