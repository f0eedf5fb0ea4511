//! The files the rules speak of.

use std::path::{Path, PathBuf};

/// A source file of ours.
pub(crate) struct Source {
    /// From the root of the repository, with `/`.
    pub(crate) path: String,
    pub(crate) text: String,
}

/// The root of the repository: tests run in their crate's folder.
pub(crate) fn root() -> PathBuf {
    Path::new("../..").canonicalize().expect("the root exists")
}

/// Every file with one of these endings that people write: nothing built, fetched or generated.
pub(crate) fn with_endings(endings: &[&str]) -> Vec<Source> {
    let root = root();
    let mut found = Vec::new();
    for folder in ["crates", "bench", "fuzz", "sdk", "web", "e2e"] {
        collect(&root, &root.join(folder), endings, &mut found);
    }
    found.sort_by(|one, other| one.path.cmp(&other.path));
    found
}

fn collect(root: &Path, folder: &Path, endings: &[&str], found: &mut Vec<Source>) {
    const NOT_WRITTEN: [&str; 8] = [
        "node_modules",
        "dist",
        "built",
        "target",
        "snapshots",
        "assets",
        "output",
        "test-results",
    ];
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        let name = entry.file_name().to_string_lossy().into_owned();
        if path.is_dir() {
            if !NOT_WRITTEN.contains(&name.as_str()) && !name.starts_with('.') {
                collect(root, &path, endings, found);
            }
            continue;
        }
        let is_wanted = endings.iter().any(|ending| name.ends_with(ending));
        if is_wanted && !name.contains(".gen.") {
            let text = std::fs::read_to_string(&path).expect("a source file is UTF-8");
            let path =
                path.strip_prefix(root).expect("below the root").to_string_lossy().into_owned();
            found.push(Source { path, text });
        }
    }
}
