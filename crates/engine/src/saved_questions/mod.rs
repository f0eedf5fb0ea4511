//! Saved questions: statements of SQL that members keep for themselves or share in the project.

mod binding;
mod check;
mod runs;

use std::sync::Arc;

use domain::clock::Clock;
use domain::id::{IdSource, MemberId, ProjectId, SavedQuestionId};
use domain::role::Role;
use domain::time::Timestamp;

use crate::Error;
use crate::ports::catalog::{
    NewSavedQuestion, QuestionContent, SavedQuestion, SavedQuestionStore, SavedQuestionSummary,
};
use crate::project_zones::ProjectZones;
use check::checked;

pub use binding::bind;
pub(crate) use runs::Dependencies;
pub use runs::{QuestionRunService, RunAnswer};

/// Questions of a project, at most; a list shows them all.
pub const MAX_SAVED_QUESTIONS: u32 = 500;
/// Of these, the ones that are asked by themselves.
const MAX_SCHEDULED: usize = 50;

/// The use cases around saved questions. The caller has authorised the member or the program to run SQL.
pub struct SavedQuestionService {
    store: Arc<dyn SavedQuestionStore>,
    zones: ProjectZones,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn IdSource>,
}

impl SavedQuestionService {
    /// Puts the parts together.
    pub fn new(
        store: Arc<dyn SavedQuestionStore>,
        zones: ProjectZones,
        clock: Arc<dyn Clock>,
        ids: Arc<dyn IdSource>,
    ) -> Self {
        Self { store, zones, clock, ids }
    }

    /// The project's questions and the reader's own, by name. A program reads what is shared.
    pub async fn list(
        &self,
        project: ProjectId,
        reader: Option<MemberId>,
    ) -> Result<Vec<SavedQuestionSummary>, Error> {
        Ok(self.store.saved_questions(project, reader).await?)
    }

    /// A question. One that the reader may not see is answered like none.
    pub async fn get(
        &self,
        project: ProjectId,
        id: SavedQuestionId,
        reader: Option<MemberId>,
    ) -> Result<SavedQuestion, Error> {
        let found = self.store.saved_question(project, id).await?;
        let shown =
            found.filter(|found| found.summary.visibility.shows(found.summary.author, reader));
        shown.ok_or(Error::NotFound("saved question"))
    }

    /// Saves a new question.
    ///
    /// # Errors
    ///
    /// When a part of it cannot be taken, and when the project holds [`MAX_SAVED_QUESTIONS`].
    pub async fn create(
        &self,
        project: ProjectId,
        author: MemberId,
        content: QuestionContent,
    ) -> Result<SavedQuestion, Error> {
        let content = checked(content)?;
        let created_at = self.clock.now();
        let id = SavedQuestionId(self.ids.next(created_at));
        let next_run_at = self.next_run(project, None, &content, created_at).await?;
        let new =
            NewSavedQuestion { id, project_id: project, author, content, created_at, next_run_at };
        if !self.store.add_saved_question(&new, MAX_SAVED_QUESTIONS).await? {
            let detail =
                format!("the project has {MAX_SAVED_QUESTIONS} saved questions; delete some");
            return Err(Error::invalid("name", detail));
        }
        self.get(project, id, Some(author)).await
    }

    /// Replaces version `expected` of a question. [`Error::Conflict`] when somebody else has changed it since.
    pub async fn replace(
        &self,
        project: ProjectId,
        id: SavedQuestionId,
        member: (MemberId, Role),
        content: QuestionContent,
        expected: u64,
    ) -> Result<SavedQuestion, Error> {
        let found = self.changeable(project, id, member).await?;
        let content = checked(content)?;
        // An administrator who makes another's question an own one would hide it from themselves.
        if found.summary.author != member.0 && content.visibility != found.summary.visibility {
            return Err(Error::Forbidden("only its author changes who sees a question"));
        }
        let now = self.clock.now();
        let times = (now, self.next_run(project, Some(&found.summary), &content, now).await?);
        if !self.store.replace_saved_question(project, id, &content, expected, times).await? {
            let detail = "the question has changed since; load it again".to_owned();
            return Err(Error::Conflict(detail));
        }
        self.get(project, id, Some(member.0)).await
    }

    /// Deletes a question.
    pub async fn delete(
        &self,
        project: ProjectId,
        id: SavedQuestionId,
        member: (MemberId, Role),
    ) -> Result<(), Error> {
        self.changeable(project, id, member).await?;
        let removed = self.store.remove_saved_question(project, id).await?;
        removed.then_some(()).ok_or(Error::NotFound("saved question"))
    }

    /// When a question is asked by itself next; none without a schedule. One that had none so far is asked at once, so that
    /// there is an answer to look at.
    ///
    /// # Errors
    ///
    /// When the project has [`MAX_SCHEDULED`] others.
    async fn next_run(
        &self,
        project: ProjectId,
        replaced: Option<&SavedQuestionSummary>,
        content: &QuestionContent,
        now: Timestamp,
    ) -> Result<Option<Timestamp>, Error> {
        let Some(schedule) = content.details.schedule else { return Ok(None) };
        let others = self.store.scheduled_questions(project).await?;
        let id = replaced.map(|replaced| replaced.id);
        if others.iter().filter(|other| Some(**other) != id).count() >= MAX_SCHEDULED {
            let detail = format!("the project has {MAX_SCHEDULED} scheduled questions; end some");
            return Err(Error::invalid("schedule", detail));
        }
        if replaced.and_then(|replaced| replaced.schedule).is_none() {
            return Ok(Some(now));
        }
        Ok(Some(schedule.next_after(now, self.zones.of(project).await?)))
    }

    async fn changeable(
        &self,
        project: ProjectId,
        id: SavedQuestionId,
        (member, role): (MemberId, Role),
    ) -> Result<SavedQuestion, Error> {
        let found = self.get(project, id, Some(member)).await?;
        let SavedQuestionSummary { visibility, author, .. } = &found.summary;
        if visibility.may_change(*author, member, role) {
            return Ok(found);
        }
        Err(Error::Forbidden("only its author or an administrator changes a shared question"))
    }
}

impl std::fmt::Debug for SavedQuestionService {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("SavedQuestionService").finish_non_exhaustive()
    }
}
