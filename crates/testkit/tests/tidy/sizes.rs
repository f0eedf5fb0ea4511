//! A file has one reason to be opened: none has more than 300 lines, but for style sheets and tests.

use crate::sources::{Source, with_endings};

/// Lines of a file, without its tests.
const MAX_LINES: usize = 300;
/// Lines of a style sheet, in which every declaration has one.
const MAX_STYLE_LINES: usize = 500;
/// Lines of a file of tests.
const MAX_TEST_LINES: usize = 500;

#[test]
fn files_stay_small() {
    let mut diagnostics = Vec::new();
    for source in with_endings(&[".rs", ".ts", ".tsx", ".css"]) {
        let lines = lines_without_tests(&source);
        let allowed = allowed(&source.path);
        if lines > allowed {
            diagnostics.push(format!("{}: {lines} lines, {allowed} allowed", source.path));
        }
    }
    assert!(diagnostics.is_empty(), "split these by responsibility:\n{}", diagnostics.join("\n"));
}

/// Lines a file may have; tests may take the room they need.
fn allowed(path: &str) -> usize {
    let is_test = [".test.ts", ".test.tsx"].iter().any(|ending| path.ends_with(ending));
    // A conformance suite is tests that several crates run.
    let is_suite = path.contains("/tests/") || path.contains("/src/conformance/");
    if is_test || is_suite {
        MAX_TEST_LINES
    } else if path.ends_with(".css") {
        MAX_STYLE_LINES
    } else {
        MAX_LINES
    }
}

/// Lines before a Rust file's test module.
fn lines_without_tests(source: &Source) -> usize {
    let is_test_file = source.path.contains("/tests/") || source.path.contains(".test.");
    let code = if source.path.ends_with(".rs") && !is_test_file {
        source.text.split("#[cfg(test)]\nmod ").next().unwrap_or_default()
    } else {
        &source.text
    };
    code.lines().count()
}
