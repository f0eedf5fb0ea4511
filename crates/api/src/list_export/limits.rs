//! How much of exports goes on at once: pages that are read, and files that are written.
//!
//! A page holds its permit while its operation runs and not while its rows are sent, so that a client that
//! reads slowly keeps nobody else waiting. Files are counted by who takes them, after the first page has shown
//! that they may.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{Semaphore, SemaphorePermit};
use uuid::Uuid;

use crate::error::Error;

/// Pages of all lists that are read at a time.
const PAGES_AT_ONCE: usize = 8;
/// How long a page waits for others.
const MAX_WAIT: Duration = Duration::from_secs(10);
/// Files that one member or key takes at a time.
const FILES_EACH: usize = 3;
/// Files that are written at a time: each remembers up to a million rows by eight bytes.
const FILES_AT_ONCE: usize = 32;
/// Seconds after which to try again.
const TRY_AGAIN_SECONDS: u32 = 10;

/// The limits of one server.
#[derive(Debug)]
pub(super) struct ExportLimits {
    pages: Semaphore,
    /// By who takes them; nobody we know is the nil id.
    files: Mutex<HashMap<Uuid, usize>>,
}

/// A file that is counted until this is dropped.
#[derive(Debug)]
pub(super) struct CountedFile {
    limits: Arc<ExportLimits>,
    taken_by: Uuid,
}

impl Default for ExportLimits {
    fn default() -> Self {
        Self { pages: Semaphore::new(PAGES_AT_ONCE), files: Mutex::default() }
    }
}

impl ExportLimits {
    /// Waits until a page may be read.
    pub(super) async fn page(&self) -> Result<SemaphorePermit<'_>, Error> {
        let permit = tokio::time::timeout(MAX_WAIT, self.pages.acquire()).await;
        permit
            .map_err(|_| Error::limited("too many lists are being read", TRY_AGAIN_SECONDS))?
            .map_err(|closed| engine::Error::internal(closed).into())
    }

    /// Counts a file.
    pub(super) fn file(self: &Arc<Self>, taken_by: Option<Uuid>) -> Result<CountedFile, Error> {
        let taken_by = taken_by.unwrap_or_default();
        let mut files = self.files();
        let own = files.get(&taken_by).copied().unwrap_or_default();
        if own >= FILES_EACH {
            let detail = format!("you are downloading {FILES_EACH} lists already");
            return Err(Error::limited(detail, TRY_AGAIN_SECONDS));
        }
        if files.values().sum::<usize>() >= FILES_AT_ONCE {
            return Err(Error::limited("too many lists are being downloaded", TRY_AGAIN_SECONDS));
        }
        files.insert(taken_by, own + 1);
        Ok(CountedFile { limits: Arc::clone(self), taken_by })
    }

    fn files(&self) -> MutexGuard<'_, HashMap<Uuid, usize>> {
        self.files.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for CountedFile {
    fn drop(&mut self) {
        let mut files = self.limits.files();
        match files.get_mut(&self.taken_by) {
            Some(own) if *own > 1 => *own -= 1,
            _ => drop(files.remove(&self.taken_by)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_caller_leaves_room_for_others() {
        let limits = Arc::new(ExportLimits::default());
        let take = |by: u128| limits.file(Some(Uuid::from_u128(by)));
        let mut own: Vec<CountedFile> = (0..FILES_EACH).filter_map(|_| take(1).ok()).collect();
        assert_eq!(own.len(), FILES_EACH);
        assert!(take(1).is_err());
        let others: Vec<CountedFile> = (2..100).filter_map(|by| take(by).ok()).collect();
        assert_eq!(others.len(), FILES_AT_ONCE - FILES_EACH);
        own.pop();
        assert!(take(1).is_ok());
        drop((own, others));
        assert!(limits.files().is_empty());
    }
}
