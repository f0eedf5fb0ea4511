//! One process at a time: an operating-system lock on `journal.lock`, freed when the process ends.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::Path;

use super::error::OpenError;

/// Creates the folder and takes its lock, which holds until the returned file is dropped.
pub(super) fn take(folder: &Path) -> Result<File, OpenError> {
    let failed = |source| OpenError::Folder { folder: folder.to_owned(), source };
    std::fs::create_dir_all(folder).map_err(failed)?;
    let file = OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .open(folder.join("journal.lock"))
        .map_err(failed)?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            return Err(OpenError::InUse { folder: folder.to_owned() });
        }
        Err(TryLockError::Error(source)) => return Err(failed(source)),
    }
    // The names of new files must outlive a power loss as surely as their bytes. SQLite syncs the
    // folder for its own files; the folder's name is ours to sync.
    if let Some(parent) = folder.canonicalize().map_err(failed)?.parent() {
        File::open(parent).and_then(|parent| parent.sync_all()).map_err(failed)?;
    }
    Ok(file)
}
