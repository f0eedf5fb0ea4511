//! Completes most of the history's tasks within hours, as staff would.

use std::sync::Arc;

use domain::crm::{TaskAction, TaskStatus};
use domain::id::{EventId, IdSource, MemberId, ProjectId};
use domain::time::Timestamp;
use engine::ports::catalog::{ContactTask, NewTaskAction, TaskQuery, TaskStore, task_sort_key};

/// Tasks that are younger are still to be done.
const FRESH_SECONDS: i64 = 2 * 86_400;
/// Of so many older ones, one was forgotten.
const FORGOTTEN_ONE_IN: u128 = 20;
/// A task is done after an hour at least, and within so many.
const DONE_WITHIN_HOURS: u128 = 9;
/// Tasks looked at together.
const PAGE: u32 = 500;

/// Somebody who does tasks.
pub(super) struct TaskCompleter {
    pub(super) tasks: Arc<dyn TaskStore>,
    pub(super) ids: Arc<dyn IdSource>,
    pub(super) member: MemberId,
    pub(super) projects: Vec<ProjectId>,
    /// The end of the history.
    pub(super) now: Timestamp,
}

impl TaskCompleter {
    /// Does what has been waiting for long, once.
    pub(super) async fn complete_tasks(&self) -> Result<(), engine::Error> {
        for project in &self.projects {
            for task in self.open(*project).await? {
                let seed = &task.task.seed;
                let number = seed.id.0.as_u128();
                let is_fresh = seed.created_at > self.now.plus_seconds(-FRESH_SECONDS);
                if is_fresh || number.is_multiple_of(FORGOTTEN_ONE_IN) {
                    continue;
                }
                let hours = 1 + i64::try_from(number % DONE_WITHIN_HOURS).unwrap_or(0);
                let now = seed.created_at.plus_seconds(hours * 3_600);
                let fact = EventId(self.ids.next(now));
                let (member, action) = (self.member, TaskAction::Complete);
                let done = NewTaskAction { fact, now, member, action };
                self.tasks.act(*project, seed.id, done).await?;
            }
        }
        Ok(())
    }

    async fn open(&self, project: ProjectId) -> Result<Vec<ContactTask>, engine::Error> {
        let mut open: Vec<ContactTask> = Vec::new();
        loop {
            let query = TaskQuery {
                status: TaskStatus::Open,
                priority: None,
                assigned_to: None,
                contact_id: None,
                after: open.last().map(|task| (task_sort_key(&task.task), task.task.seed.id)),
                limit: PAGE,
            };
            let page = self.tasks.list(project, &query).await?;
            let is_last = page.len() < PAGE as usize;
            open.extend(page);
            if is_last {
                return Ok(open);
            }
        }
    }
}
