//! Deleting files that no snapshot needs any more.

use std::collections::{HashMap, HashSet};
use std::io;
use std::path::Path;
use std::sync::Arc;

use domain::time::Timestamp;
use engine::ports::lake::Error;

use crate::rollup;
use crate::table::{Snapshot, Table, on_disk};

/// Files found without an owner, and since when. A file that a merge replaced, that a crash left
/// behind, or that a write is about to commit looks the same: it is deleted when nobody has claimed
/// it for the whole grace period.
#[derive(Debug, Default)]
pub(super) struct VacuumCandidates(HashMap<String, Timestamp>);

impl VacuumCandidates {
    /// Deletes what has been without an owner for the grace period. Returns how many files.
    pub(super) async fn delete(
        &mut self,
        table: &Arc<Table>,
        grace_seconds: i64,
        now: Timestamp,
    ) -> Result<u64, Error> {
        let root = table.root.clone();
        let present = on_disk(move || data_files(&root)).await?;
        let snapshot = table.snapshot();
        let live = needed(&snapshot);
        let orphans = present.into_iter().filter(|path| !live.contains(path));
        self.0 = orphans
            .map(|path| {
                let since = self.0.get(&path).copied().unwrap_or(now);
                (path, since)
            })
            .collect();

        let expired: Vec<String> = self
            .0
            .iter()
            .filter(|(_, since)| now >= since.plus_seconds(grace_seconds))
            .map(|(path, _)| path.clone())
            .collect();
        for path in &expired {
            self.0.remove(path);
        }
        let count = expired.len() as u64;
        let root = table.root.clone();
        on_disk(move || expired.iter().try_for_each(|path| remove(&root.join(path)))).await?;
        Ok(count)
    }
}

/// The paths of what a snapshot consists of: its data files and their rollups.
pub(crate) fn needed(snapshot: &Snapshot) -> HashSet<String> {
    let files = snapshot.files.iter();
    files.flat_map(|file| [file.path.clone(), rollup::path_of(&file.path)]).collect()
}

/// Every data file and rollup on disk and every unfinished file, by its path below `root`.
pub(crate) fn data_files(root: &Path) -> io::Result<Vec<String>> {
    let mut found = Vec::new();
    for folder in std::fs::read_dir(root)? {
        let folder = folder?;
        let name = folder.file_name().to_string_lossy().into_owned();
        if !folder.file_type()?.is_dir() {
            continue;
        }
        for file in std::fs::read_dir(folder.path())? {
            let file = file?.file_name().to_string_lossy().into_owned();
            // Unfinished log entries begin like this; finished ones never do.
            if name.starts_with("month=") || name == rollup::FOLDER || file.starts_with('.') {
                found.push(format!("{name}/{file}"));
            }
        }
    }
    Ok(found)
}

/// Deletes a file that may be gone already.
pub(crate) fn remove(path: &Path) -> io::Result<()> {
    match std::fs::remove_file(path) {
        Err(gone) if gone.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}
