//! Tasks: looked at, and worked on by members.

use async_trait::async_trait;
use domain::crm::{ContactId, Priority, Task, TaskAction, TaskId, TaskStatus};
use domain::id::{EventId, MemberId, ProjectId};
use domain::time::Timestamp;

use super::Error;

/// A task and whom it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContactTask {
    /// The task.
    pub task: Task,
    /// About whom.
    pub contact_id: ContactId,
}

impl ContactTask {
    /// Where it stands among the tasks of its status: open ones by due time, those without one last;
    /// done ones latest first.
    pub fn sort_key(&self) -> i64 {
        let Task { seed, status, done_at, .. } = &self.task;
        match status {
            TaskStatus::Open => seed.due_at.map_or(i64::MAX, Timestamp::micros),
            TaskStatus::Done => done_at.map_or(0, |at| -at.micros()),
        }
    }
}

/// Which tasks.
#[derive(Debug, Clone)]
pub struct TaskQuery {
    /// To be done, or done.
    pub status: TaskStatus,
    /// Of this priority.
    pub priority: Option<Priority>,
    /// Of this member.
    pub assigned_to: Option<MemberId>,
    /// About this contact.
    pub contact_id: Option<ContactId>,
    /// After this task, by its sort key and id.
    pub after: Option<(i64, TaskId)>,
    /// So many at most.
    pub limit: u32,
}

/// What a member does with a task, and when.
#[derive(Debug, Clone, Copy)]
pub struct NewTaskAction {
    /// Names the fact that is stored.
    pub fact: EventId,
    /// When: or the moment after the contact's latest fact, when that is later.
    pub now: Timestamp,
    /// Who.
    pub member: MemberId,
    /// What.
    pub action: TaskAction,
}

/// Tasks. See [`super`] for the contract.
#[async_trait]
pub trait TaskStore: Send + Sync {
    /// Tasks in the order of [`ContactTask::sort_key`], ties by id.
    async fn list(&self, project: ProjectId, query: &TaskQuery) -> Result<Vec<ContactTask>, Error>;

    /// Does something with a task and returns it as it is now; none when there is no such task.
    async fn act(
        &self,
        project: ProjectId,
        id: TaskId,
        action: NewTaskAction,
    ) -> Result<Option<ContactTask>, Error>;
}
