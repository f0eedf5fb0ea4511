//! Notes on a project's time line.

use async_trait::async_trait;
use domain::annotation::AnnotationKind;
use domain::id::{AnnotationId, ProjectId};
use domain::time::Timestamp;

use super::Error;

/// A note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Annotation {
    /// Names it.
    pub id: AnnotationId,
    /// The project.
    pub project_id: ProjectId,
    /// Its kind.
    pub kind: AnnotationKind,
    /// For people.
    pub text: String,
    /// Where on the time line.
    pub occurred_at: Timestamp,
    /// When it was made.
    pub created_at: Timestamp,
}

/// Notes. See [`super`] for the contract.
#[async_trait]
pub trait AnnotationStore: Send + Sync {
    /// Stores a note unless the project has `most` already; `false` when it has.
    async fn annotate(&self, new: &Annotation, most: u32) -> Result<bool, Error>;

    /// Notes from `from` to before `to`, the latest first, at most `limit`.
    async fn annotations(
        &self,
        project: ProjectId,
        from: Timestamp,
        to: Timestamp,
        limit: u32,
    ) -> Result<Vec<Annotation>, Error>;

    /// Releases, the latest first, at most `limit`.
    async fn releases(&self, project: ProjectId, limit: u32) -> Result<Vec<Annotation>, Error>;

    /// Deletes a note; `false` when the project has no such note.
    async fn remove_annotation(&self, project: ProjectId, id: AnnotationId) -> Result<bool, Error>;
}
