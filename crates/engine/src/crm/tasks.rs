//! Tasks, and what members do with them.

use domain::crm::{TaskAction, TaskId};
use domain::id::{EventId, MemberId, ProjectId};

use super::CrmService;
use crate::Error;
use crate::ports::catalog::{ContactTask, NewTaskAction, TaskQuery};

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

    /// Assigns, completes or reopens a task and returns it as it is now.
    pub async fn act_on_task(
        &self,
        project: ProjectId,
        id: TaskId,
        member: MemberId,
        action: TaskAction,
    ) -> Result<ContactTask, Error> {
        if let TaskAction::Assign(Some(assignee)) = action
            && self.parts.projects.role(assignee, project).await?.is_none()
        {
            return Err(Error::invalid(
                "assigned_to",
                "assigned_to must be a member of the project",
            ));
        }
        let now = self.parts.clock.now();
        let fact = EventId(self.parts.ids.next(now));
        let action = NewTaskAction { fact, now, member, action };
        let task = self.parts.tasks.act(project, id, action).await?;
        task.ok_or(Error::NotFound("task"))
    }
}
