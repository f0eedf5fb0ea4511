//! Notes on a project's time line: by hand, or by whatever releases the site.

use std::sync::Arc;

use domain::annotation::AnnotationKind;
use domain::clock::Clock;
use domain::id::{AnnotationId, IdSource, ProjectId};
use domain::time::Timestamp;

use crate::ports::catalog::{Annotation, AnnotationStore};
use crate::{Error, validate};

/// Notes of a project, at most: five a day for more than five years.
pub const MAX_ANNOTATIONS: u32 = 10_000;
/// Notes of an answer, at most.
const MAX_LISTED: u32 = 500;
const MAX_TEXT_CHARACTERS: usize = 200;
/// Notes lie between the beginning of the lake's time and so many seconds ahead: what is planned counts too.
const MAX_AHEAD_SECONDS: i64 = 366 * 86_400;

/// The use cases around notes. The caller has authorised the member.
pub struct AnnotationService {
    store: Arc<dyn AnnotationStore>,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn IdSource>,
}

impl AnnotationService {
    /// Puts the parts together.
    pub fn new(
        store: Arc<dyn AnnotationStore>,
        clock: Arc<dyn Clock>,
        ids: Arc<dyn IdSource>,
    ) -> Self {
        Self { store, clock, ids }
    }

    /// Notes from `from` to before `to`, the latest first.
    pub async fn list(
        &self,
        project: ProjectId,
        from: Timestamp,
        to: Timestamp,
    ) -> Result<Vec<Annotation>, Error> {
        Ok(self.store.annotations(project, from, to, MAX_LISTED).await?)
    }

    /// Makes a note, of now unless an instant is given.
    ///
    /// # Errors
    ///
    /// When the text or the instant cannot be taken, and when the project holds [`MAX_ANNOTATIONS`].
    pub async fn create(
        &self,
        project: ProjectId,
        kind: AnnotationKind,
        text: &str,
        at: Option<Timestamp>,
    ) -> Result<Annotation, Error> {
        let now = self.clock.now();
        let text = validate::line("text", text, MAX_TEXT_CHARACTERS)?;
        if text.is_empty() {
            return Err(Error::invalid("text", "text must not be empty"));
        }
        let occurred_at = at.unwrap_or(now);
        if occurred_at < Timestamp::EPOCH || occurred_at > now.plus_seconds(MAX_AHEAD_SECONDS) {
            return Err(Error::invalid("at", "at must lie between 1970 and a year from now"));
        }
        let id = AnnotationId(self.ids.next(now));
        let new = Annotation { id, project_id: project, kind, text, occurred_at, created_at: now };
        if !self.store.annotate(&new, MAX_ANNOTATIONS).await? {
            let detail = format!("the project has {MAX_ANNOTATIONS} annotations; delete some");
            return Err(Error::invalid("text", detail));
        }
        Ok(new)
    }

    /// Deletes a note.
    pub async fn delete(&self, project: ProjectId, id: AnnotationId) -> Result<(), Error> {
        let removed = self.store.remove_annotation(project, id).await?;
        removed.then_some(()).ok_or(Error::NotFound("annotation"))
    }
}

impl std::fmt::Debug for AnnotationService {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("AnnotationService").finish_non_exhaustive()
    }
}
