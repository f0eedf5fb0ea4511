//! A file has one reason to be opened: few have more than 300 lines, none has more than 500.

use crate::sources::{Source, with_endings};

/// More lines than this want a reason, which is being in [`LARGE`].
const MAX_LINES: usize = 300;
/// More lines than this are never right.
const NEVER_ABOVE: usize = 500;

/// The files above [`MAX_LINES`], with the size they may have. This list may only shrink.
const LARGE: [(&str, usize); 0] = [];

#[test]
fn files_stay_small() {
    let mut diagnostics = Vec::new();
    for source in with_endings(&[".rs", ".ts", ".tsx", ".css"]) {
        let lines = lines_without_tests(&source);
        let allowed = LARGE
            .iter()
            .find(|(path, _)| *path == source.path)
            .map_or_else(|| usual(&source.path), |(_, lines)| *lines);
        if lines > allowed.min(NEVER_ABOVE) {
            diagnostics.push(format!("{}: {lines} lines, {allowed} allowed", source.path));
        }
    }
    assert!(diagnostics.is_empty(), "split these by responsibility:\n{}", diagnostics.join("\n"));
}

#[test]
fn the_list_of_large_files_has_no_room_to_grow() {
    let sources = with_endings(&[".rs", ".ts", ".tsx", ".css"]);
    for (path, allowed) in LARGE {
        let lines =
            sources.iter().find(|source| source.path == path).map_or(0, lines_without_tests);
        assert_eq!(
            lines, allowed,
            "{path} has shrunk: lower its number, or take it out of the list"
        );
    }
}

/// What a file may have without a reason; tests may take the room they need.
fn usual(path: &str) -> usize {
    let is_test = [".test.ts", ".test.tsx"].iter().any(|ending| path.ends_with(ending));
    if is_test || path.contains("/tests/") { NEVER_ABOVE } else { MAX_LINES }
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
