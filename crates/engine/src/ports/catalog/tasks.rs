//! Tasks: looked at, and worked on by members.

use async_trait::async_trait;
use domain::crm::{
    ActivityId, ContactId, Priority, Task, TaskAction, TaskComment, TaskId, TaskSeed, TaskStatus,
};
use domain::id::{EventId, MemberId, ProjectId};
use domain::money::Money;
use domain::time::Timestamp;

use super::Error;

/// A task and whom it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContactTask {
    /// The task.
    pub task: Task,
    /// About whom.
    pub contact: ContactSummary,
}

/// The fields of a contact that a list of tasks shows; nothing but the id where the contact is gone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContactSummary {
    /// Names it.
    pub id: ContactId,
    /// The site's own id for the person.
    pub user_id: Option<String>,
    /// In lower case.
    pub email: Option<String>,
    /// First name.
    pub first_name: Option<String>,
    /// Last name.
    pub last_name: Option<String>,
    /// As the site wrote it.
    pub phone: Option<String>,
    /// The value of the current booking.
    pub estimated_deal_value: Option<Money>,
}

/// Where a task stands within its status: open ones by due time, those without one last; done ones
/// latest first.
pub fn task_sort_key(task: &Task) -> i64 {
    let Task { status, done_at, .. } = task;
    match status {
        TaskStatus::Open => task.due_at().map_or(i64::MAX, Timestamp::micros),
        TaskStatus::Done => done_at.map_or(0, |at| -at.micros()),
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

/// A task to create by hand.
#[derive(Debug, Clone)]
pub struct NewTask {
    /// Names the fact that is stored.
    pub fact: EventId,
    /// When: or the moment after the contact's latest fact, when that is later.
    pub now: Timestamp,
    /// Its creator.
    pub member: MemberId,
    /// About whom.
    pub contact: ContactId,
    /// Title, kind and due time.
    pub seed: TaskSeed,
    /// The assignee.
    pub assigned_to: Option<MemberId>,
}

/// A comment to store.
#[derive(Debug, Clone)]
pub struct NewTaskComment {
    /// Names the fact that is stored.
    pub fact: EventId,
    /// When: or the moment after the contact's latest fact, when that is later.
    pub now: Timestamp,
    /// The author.
    pub member: MemberId,
    /// What.
    pub text: String,
    /// Members it mentions, each once.
    pub mentions: Vec<MemberId>,
}

/// A comment on a task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredComment {
    /// Names it: an entry of the contact's timeline.
    pub id: ActivityId,
    /// When it was written.
    pub at: Timestamp,
    /// Its text and mentions.
    pub comment: TaskComment,
}

/// Tasks. See [`super`] for the contract.
#[async_trait]
pub trait TaskStore: Send + Sync {
    /// Tasks with their contacts, in the order of [`task_sort_key`], ties by id.
    async fn list(&self, project: ProjectId, query: &TaskQuery) -> Result<Vec<ContactTask>, Error>;

    /// Does something with a task and returns it as it is now; none when there is no such task.
    async fn act(
        &self,
        project: ProjectId,
        id: TaskId,
        action: NewTaskAction,
    ) -> Result<Option<ContactTask>, Error>;

    /// A task.
    async fn task(&self, project: ProjectId, id: TaskId) -> Result<Option<ContactTask>, Error>;

    /// Creates a task and returns it; none when there is no such contact.
    async fn create(&self, project: ProjectId, new: NewTask) -> Result<Option<ContactTask>, Error>;

    /// Comments on a task, and keeps for each member it mentions that it does; none when there is no such task.
    async fn comment(
        &self,
        project: ProjectId,
        id: TaskId,
        new: NewTaskComment,
    ) -> Result<Option<StoredComment>, Error>;

    /// The comments on a task that are kept, earliest first; empty when there is no such task.
    async fn comments(&self, project: ProjectId, id: TaskId) -> Result<Vec<StoredComment>, Error>;

    /// Deletes a comment with its mentions; `false` when the task has no such comment of this author.
    async fn remove_comment(
        &self,
        project: ProjectId,
        id: TaskId,
        comment: ActivityId,
        author: MemberId,
    ) -> Result<bool, Error>;
}
