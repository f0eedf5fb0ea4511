//! Rollups on disk.

use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt as _;
use std::path::Path;

use domain::id::ProjectId;

use super::file::{HEAD_BYTES, Index};
use super::{Rolled, Section};
use crate::table::create_file;

/// The folder of rollups below the table's. Readers and tidying tools of Delta pass over names that begin so.
pub(crate) const FOLDER: &str = "_rollups";
/// Bytes read at first: enough for the index of some hundred projects.
const FIRST_READ: usize = 16 * 1_024;

/// The path of a data file's rollup below the table's folder.
pub(crate) fn path_of(data_file: &str) -> String {
    let name = data_file.rsplit('/').next().unwrap_or(data_file);
    format!("{FOLDER}/{}.rollup", name.strip_suffix(".parquet").unwrap_or(name))
}

/// Writes a data file's rollup; returns after it is on disk. `mark` makes the name of the unfinished file.
pub(crate) fn write(root: &Path, data_file: &str, mark: &str, bytes: &[u8]) -> io::Result<()> {
    create_file(&root.join(path_of(data_file)), mark, bytes)
}

/// Removes a data file's rollup, if there is one.
pub(crate) fn remove(root: &Path, data_file: &str) -> io::Result<()> {
    match std::fs::remove_file(root.join(path_of(data_file))) {
        Err(missing) if missing.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

/// There is no rollup that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Unreadable;

/// What a data file's rollup says about a project; none when the data file holds nothing of it.
pub(crate) fn read(
    root: &Path,
    data_file: &str,
    project: ProjectId,
    section: Section,
) -> Result<Option<Rolled>, Unreadable> {
    let path = root.join(path_of(data_file));
    let read = File::open(&path).and_then(|file| section_of(&file, project, section));
    read.map_err(|error| {
        if error.kind() != io::ErrorKind::NotFound {
            tracing::warn!(path = %path.display(), %error, "a rollup cannot be read, so queries read the events; `footfall rollups` rebuilds it");
        }
        Unreadable
    })
}

fn section_of(file: &File, project: ProjectId, section: Section) -> io::Result<Option<Rolled>> {
    let damaged = || io::Error::from(io::ErrorKind::InvalidData);
    let mut start = vec![0; FIRST_READ];
    let mut filled = 0;
    while filled < start.len() {
        match file.read_at(&mut start[filled..], filled as u64)? {
            0 => break,
            count => filled += count,
        }
    }
    let (head, rest) = start[..filled].split_first_chunk::<HEAD_BYTES>().ok_or_else(damaged)?;
    let (length, crc) = Index::length(*head).ok_or_else(damaged)?;
    let size = file.metadata()?.len();
    let index = match rest.get(..length) {
        Some(index) => Index::checked(index, crc),
        None if length as u64 > size => None,
        None => {
            let mut index = vec![0; length];
            file.read_exact_at(&mut index, HEAD_BYTES as u64)?;
            Index::checked(&index, crc)
        }
    };
    let Some(range) = index.ok_or_else(damaged)?.range(project.0, section) else { return Ok(None) };
    let from = (HEAD_BYTES + length) as u64 + range.offset;
    let length = usize::try_from(range.length).map_err(|_| damaged())?;
    // The index is what was written, so its ranges lie in the file, unless that is cut.
    if from.saturating_add(range.length) > size {
        return Err(damaged());
    }
    let mut bytes = vec![0; length];
    file.read_exact_at(&mut bytes, from)?;
    Rolled::checked(bytes, range).map(Some).ok_or_else(damaged)
}
