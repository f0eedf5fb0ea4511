//! A catalog's subjects, in files that somebody reads.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use async_trait::async_trait;
use domain::erasure::Identifiers;
use domain::id::ProjectId;
use engine::ports::catalog::{Error, RemovedRows, SubjectStore, SubjectTable};

/// The subjects of a real catalog, whose files cannot be scrubbed while somebody [reads](Self::set_reader).
pub struct SubjectsWithReader {
    catalog: Arc<dyn SubjectStore>,
    is_read: AtomicBool,
}

impl SubjectsWithReader {
    /// Those of this catalog; nobody reads.
    pub fn of(catalog: Arc<dyn SubjectStore>) -> Self {
        Self { catalog, is_read: AtomicBool::new(false) }
    }

    /// From now on somebody reads the files, or nobody does.
    pub fn set_reader(&self, is_read: bool) {
        self.is_read.store(is_read, Ordering::Relaxed);
    }
}

#[async_trait]
impl SubjectStore for SubjectsWithReader {
    async fn resolve_identifiers(
        &self,
        project: ProjectId,
        named: &Identifiers,
    ) -> Result<Identifiers, Error> {
        self.catalog.resolve_identifiers(project, named).await
    }

    async fn shared_devices(
        &self,
        project: ProjectId,
        person: &Identifiers,
    ) -> Result<Identifiers, Error> {
        self.catalog.shared_devices(project, person).await
    }

    async fn tables_of(
        &self,
        project: ProjectId,
        person: &Identifiers,
    ) -> Result<Vec<SubjectTable>, Error> {
        self.catalog.tables_of(project, person).await
    }

    async fn remove_subject(
        &self,
        project: ProjectId,
        person: &Identifiers,
        sessions: &BTreeMap<String, String>,
    ) -> Result<RemovedRows, Error> {
        self.catalog.remove_subject(project, person, sessions).await
    }

    async fn scrub(&self) -> Result<bool, Error> {
        if self.is_read.load(Ordering::Relaxed) {
            return Ok(false);
        }
        self.catalog.scrub().await
    }
}

impl std::fmt::Debug for SubjectsWithReader {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("SubjectsWithReader").finish_non_exhaustive()
    }
}
