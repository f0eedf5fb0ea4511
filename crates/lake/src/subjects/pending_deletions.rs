//! Files replaced by an erasure, deleted once no question reads them.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use crate::rollup;
use crate::table::DataFile;

/// Files that no new question reads. Questions that began before hold their snapshot, and with it the
/// file's description. What lay there without an owner when the lake was opened nobody reads: it was
/// left by a process that has ended.
#[derive(Debug)]
pub(crate) struct PendingDeletions(Mutex<HashMap<String, Weak<DataFile>>>);

impl PendingDeletions {
    /// Notes files found without an owner when the lake was opened.
    pub(crate) fn from_orphans(paths: Vec<String>) -> Self {
        Self(Mutex::new(paths.into_iter().map(|path| (path, Weak::new())).collect()))
    }

    /// Notes a file that was replaced, and with it its rollup.
    pub(super) fn add(&self, file: &Arc<DataFile>) {
        let mut files = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        files.insert(file.path.clone(), Arc::downgrade(file));
        files.insert(rollup::path_of(&file.path), Arc::downgrade(file));
    }

    /// Returns the files no question reads any more. The others are deleted when their grace period is
    /// over.
    pub(super) fn take_unread(&self, paths: &[String]) -> Vec<String> {
        let mut files = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_unread =
            |path: &&String| files.get(path.as_str()).is_some_and(|file| file.strong_count() == 0);
        let unread: Vec<String> = paths.iter().filter(is_unread).cloned().collect();
        for path in &unread {
            files.remove(path);
        }
        unread
    }
}
