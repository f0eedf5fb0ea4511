//! Files that are on disk, name and all, when the call returns.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

/// Creates the file with these bytes, at once and for good: after a crash it is there whole or not
/// at all. Fails with [`io::ErrorKind::AlreadyExists`] when there is such a file.
///
/// `mark` tells apart writers that create the same file at the same time.
pub(crate) fn create(path: &Path, temp_suffix: &str, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().ok_or(io::ErrorKind::InvalidInput)?;
    create_folder(folder)?;
    let name = path.file_name().ok_or(io::ErrorKind::InvalidInput)?;
    let unfinished = folder.join(format!(".{}.{temp_suffix}.tmp", name.to_string_lossy()));
    let written = write_and_link(&unfinished, path, bytes);
    // Whether linked or not, the unfinished name has served; a failure here leaves a stray file.
    let _ = fs::remove_file(&unfinished);
    written?;
    sync_folder(folder)
}

fn write_and_link(unfinished: &Path, path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create(true).truncate(true).open(unfinished)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    // Unlike a rename, a link never replaces.
    fs::hard_link(unfinished, path)
}

/// Creates the folder if it is missing, so that it survives a crash.
pub(crate) fn create_folder(folder: &Path) -> io::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    fs::create_dir_all(folder)?;
    folder.parent().map_or(Ok(()), sync_folder)
}

/// Makes the names in the folder survive a crash.
pub(crate) fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_created_once() {
        let folder = tempfile::tempdir().expect("folder");
        let path = folder.path().join("a/b");
        create(&path, "1", b"first").expect("created");
        let again = create(&path, "2", b"second").expect_err("exists");
        assert_eq!(again.kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(fs::read(&path).expect("read"), b"first");
        assert_eq!(fs::read_dir(folder.path().join("a")).expect("list").count(), 1);
    }
}
