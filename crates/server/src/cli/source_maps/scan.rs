//! Scripts of a folder, and the files of their source maps.

use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};

/// Endings of scripts.
const SCRIPTS: [&str; 3] = ["js", "mjs", "cjs"];
/// Before the address of a script's map; `@` in old scripts.
const COMMENTS: [&str; 2] = ["//# sourceMappingURL=", "//@ sourceMappingURL="];
/// The end of a script, where that comment is, in bytes.
const END_BYTES: u64 = 4_096;
/// Folders below folders that are read.
const MAX_DEPTH: usize = 32;

/// A script.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct FoundScript {
    /// Below the folder, with `/` between its parts.
    pub(super) path: String,
    /// Its map.
    pub(super) map: SourceMapFile,
}

/// The map of a script.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum SourceMapFile {
    /// The file.
    Found(PathBuf),
    /// Why there is none.
    Missing(&'static str),
}

/// The scripts below a folder, by path. Links are not followed.
pub(super) fn scripts(folder: &Path) -> io::Result<Vec<FoundScript>> {
    let folder = folder.canonicalize()?;
    let mut found = Vec::new();
    let mut folders = vec![(folder.clone(), 0)];
    while let Some((current, depth)) = folders.pop() {
        for entry in std::fs::read_dir(&current)? {
            let (entry, path) = entry.map(|entry| (entry.file_type(), entry.path()))?;
            let kind = entry?;
            if kind.is_dir() && depth < MAX_DEPTH {
                folders.push((path, depth + 1));
            } else if kind.is_file() && is_script(&path) {
                found.push(FoundScript {
                    path: below(&folder, &path),
                    map: map_of(&folder, &path)?,
                });
            }
        }
    }
    found.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(found)
}

fn is_script(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str());
    ending.is_some_and(|ending| SCRIPTS.contains(&ending))
}

fn below(folder: &Path, path: &Path) -> String {
    let path = path.strip_prefix(folder).unwrap_or(path);
    let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
    parts.join("/")
}

/// The map that a script names, or else the one with its name; in the folder only, whatever the script names.
fn map_of(folder: &Path, script: &Path) -> io::Result<SourceMapFile> {
    let named = comment(script)?;
    if named.as_deref().is_some_and(|named| named.starts_with("data:")) {
        return Ok(SourceMapFile::Missing(
            "its source map is in the script itself; write it to a file",
        ));
    }
    let file_name = script.file_name().map(|name| format!("{}.map", name.to_string_lossy()));
    for name in [named, file_name].into_iter().flatten() {
        let name = name.split(['?', '#']).next().unwrap_or_default();
        if name.is_empty() || name.contains("://") {
            continue;
        }
        let Ok(file) = script.with_file_name(name).canonicalize() else { continue };
        if file.starts_with(folder) && file.is_file() {
            return Ok(SourceMapFile::Found(file));
        }
    }
    Ok(SourceMapFile::Missing("no source map"))
}

/// The address in the last comment about a source map.
fn comment(script: &Path) -> io::Result<Option<String>> {
    let mut file = File::open(script)?;
    let length = file.metadata()?.len();
    file.seek(SeekFrom::Start(length.saturating_sub(END_BYTES)))?;
    let mut end = Vec::new();
    file.take(END_BYTES).read_to_end(&mut end)?;
    let end = String::from_utf8_lossy(&end);
    let in_line = |line: &str| {
        let named = COMMENTS.iter().find_map(|comment| line.trim().strip_prefix(comment))?;
        Some(named.trim().to_owned())
    };
    Ok(end.lines().rev().find_map(in_line))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, content) in files {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
            std::fs::write(path, content).expect("a file");
        }
        folder
    }

    /// Each script with the path of its map below the folder.
    fn found(folder: &Path) -> Vec<(String, Option<String>)> {
        let root = folder.canonicalize().expect("a folder");
        let scripts = scripts(folder).expect("scripts").into_iter();
        let map = |map| match map {
            SourceMapFile::Found(file) => Some(below(&root, &file)),
            SourceMapFile::Missing(_) => None,
        };
        scripts.map(|script| (script.path, map(script.map))).collect()
    }

    #[test]
    fn maps_are_found_by_their_comment_and_by_their_name() {
        let folder = folder(&[
            ("app.js", "a()\n//# sourceMappingURL=maps/app.map?v=1\n"),
            ("maps/app.map", "{}"),
            ("hidden.mjs", "a()"),
            ("hidden.mjs.map", "{}"),
            ("deep/er/old.cjs", "a()\n//@ sourceMappingURL=old.map"),
            ("deep/er/old.map", "{}"),
            ("none.js", "a()"),
            ("style.css", "/*# sourceMappingURL=style.css.map */"),
            ("style.css.map", "{}"),
        ]);
        let expected = [
            ("app.js", Some("maps/app.map")),
            ("deep/er/old.cjs", Some("deep/er/old.map")),
            ("hidden.mjs", Some("hidden.mjs.map")),
            ("none.js", None),
        ];
        let expected = expected.map(|(path, map)| (path.to_owned(), map.map(str::to_owned)));
        assert_eq!(found(folder.path()), expected);
    }

    #[test]
    fn nothing_outside_the_folder_is_a_map() {
        let outer = folder(&[
            ("secret.map", "{}"),
            ("dist/a.js", "//# sourceMappingURL=../secret.map"),
            ("dist/b.js", "//# sourceMappingURL=/etc/passwd"),
            ("dist/c.js", "//# sourceMappingURL=https://shop.test/c.js.map"),
            ("dist/d.js", "//# sourceMappingURL=data:application/json;base64,e30="),
            ("dist/d.js.map", "{}"),
        ]);
        std::os::unix::fs::symlink(outer.path(), outer.path().join("dist/loop")).expect("a link");
        std::os::unix::fs::symlink(
            outer.path().join("secret.map"),
            outer.path().join("dist/a.js.map"),
        )
        .expect("a link");
        let found = found(&outer.path().join("dist"));
        assert!(found.iter().all(|(_, map)| map.is_none()), "{found:?}");
        assert_eq!(found.len(), 4);
    }
}
