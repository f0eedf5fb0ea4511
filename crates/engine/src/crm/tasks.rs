//! Tasks, and what members do with them.

use domain::crm::{BY_HAND, ContactId, Priority, TaskAction, TaskId, TaskSeed};
use domain::id::{EventId, MemberId, ProjectId};
use domain::time::Timestamp;

use super::{CrmService, validate};
use crate::Error;
use crate::ports::catalog::{ContactTask, NewTask, NewTaskAction, TaskQuery};

/// Longest title of a task.
const MAX_TITLE_CHARACTERS: usize = 200;
/// Tasks are due within so many seconds from now.
const MAX_AHEAD_SECONDS: i64 = 366 * 86_400;

/// A task as a member creates it.
#[derive(Debug, Clone)]
pub struct TaskDraft {
    /// 1 to 200 characters.
    pub title: String,
    /// About whom.
    pub contact: ContactId,
    /// How soon it matters.
    pub priority: Priority,
    /// When it is due: in the future, a year ahead at most.
    pub due_at: Option<Timestamp>,
    /// A member of the project.
    pub assigned_to: Option<MemberId>,
}

impl CrmService {
    /// Tasks: open ones by due time, done ones latest first.
    pub async fn tasks(
        &self,
        project: ProjectId,
        query: TaskQuery,
    ) -> Result<Vec<ContactTask>, Error> {
        let query = TaskQuery { limit: query.limit.clamp(1, 1_000), ..query };
        Ok(self.parts.tasks.list(project, &query).await?)
    }

    /// Creates a task by hand.
    pub async fn create_task(
        &self,
        project: ProjectId,
        member: MemberId,
        draft: TaskDraft,
    ) -> Result<ContactTask, Error> {
        let title = validate::required("title", &draft.title, MAX_TITLE_CHARACTERS)?;
        let now = self.parts.clock.now();
        if let Some(due_at) = draft.due_at {
            check_ahead("due_at", due_at, now)?;
        }
        self.check_assignee(project, draft.assigned_to).await?;
        let fact = EventId(self.parts.ids.next(now));
        let seed = TaskSeed {
            id: TaskId::of_event(project, BY_HAND, fact),
            kind: BY_HAND.to_owned(),
            title,
            priority: draft.priority,
            created_at: now,
            due_at: draft.due_at,
        };
        let TaskDraft { contact, assigned_to, .. } = draft;
        let new = NewTask { fact, now, member, contact, seed, assigned_to };
        let task = self.parts.tasks.create(project, new).await?;
        task.ok_or_else(|| Error::invalid("contact_id", "contact_id must be a contact's id"))
    }

    /// Assigns, completes, reopens or snoozes a task and returns it as it is now.
    pub async fn act_on_task(
        &self,
        project: ProjectId,
        id: TaskId,
        member: MemberId,
        action: TaskAction,
    ) -> Result<ContactTask, Error> {
        let now = self.parts.clock.now();
        match action {
            TaskAction::Assign(to) => self.check_assignee(project, to).await?,
            TaskAction::Snooze(until) => check_ahead("snooze_until", until, now)?,
            TaskAction::Create(_) | TaskAction::Complete | TaskAction::Reopen => {}
        }
        let fact = EventId(self.parts.ids.next(now));
        let action = NewTaskAction { fact, now, member, action };
        let task = self.parts.tasks.act(project, id, action).await?;
        task.ok_or(Error::NotFound("task"))
    }

    async fn check_assignee(
        &self,
        project: ProjectId,
        assignee: Option<MemberId>,
    ) -> Result<(), Error> {
        let Some(assignee) = assignee else { return Ok(()) };
        if self.parts.projects.role(assignee, project).await?.is_some() {
            return Ok(());
        }
        Err(Error::invalid("assigned_to", "assigned_to must be a member of the project"))
    }
}

fn check_ahead(field: &'static str, at: Timestamp, now: Timestamp) -> Result<(), Error> {
    if at > now && at <= now.plus_seconds(MAX_AHEAD_SECONDS) {
        return Ok(());
    }
    Err(Error::invalid(field, format!("{field} must lie in the future, a year ahead at most")))
}
