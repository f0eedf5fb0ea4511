//! A catalog's subjects, in files that somebody reads.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use async_trait::async_trait;
use domain::erasure::Identifiers;
use domain::id::ProjectId;
use engine::ports::catalog::{Error, RemovedRows, SubjectTable, Subjects};

/// The subjects of a real catalog, whose files cannot be scrubbed while somebody [reads](Self::hold).
pub struct HeldSubjects {
    catalog: Arc<dyn Subjects>,
    is_read: AtomicBool,
}

impl HeldSubjects {
    /// Those of this catalog; nobody reads.
    pub fn of(catalog: Arc<dyn Subjects>) -> Self {
        Self { catalog, is_read: AtomicBool::new(false) }
    }

    /// From now on somebody reads the files, or nobody does.
    pub fn hold(&self, is_read: bool) {
        self.is_read.store(is_read, Ordering::Relaxed);
    }
}

#[async_trait]
impl Subjects for HeldSubjects {
    async fn known_as(
        &self,
        project: ProjectId,
        named: &Identifiers,
    ) -> Result<Identifiers, Error> {
        self.catalog.known_as(project, named).await
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

impl std::fmt::Debug for HeldSubjects {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("HeldSubjects").finish_non_exhaustive()
    }
}
