//! A task about a contact.

use domain::crm;
use domain::id::MemberId;
use domain::time::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::stored::document::Unreadable;

/// A task as it stands.
#[derive(Serialize, Deserialize)]
pub(in crate::stored) struct Task {
    #[serde(flatten)]
    subject: TaskSubject,
    status: Status,
    #[serde(skip_serializing_if = "Option::is_none")]
    assigned_to: Option<Uuid>,
    #[serde(skip_serializing_if = "Option::is_none")]
    snooze: Option<Snooze>,
    #[serde(default, skip_serializing_if = "is_none")]
    comments: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    done_at: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    done_by: Option<Uuid>,
}

/// A member put it off.
#[derive(Serialize, Deserialize)]
struct Snooze {
    until: i64,
    by: Uuid,
    at: i64,
}

/// What a task is about.
#[derive(Serialize, Deserialize)]
pub(super) struct TaskSubject {
    id: String,
    kind: String,
    title: String,
    priority: Priority,
    created_at: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    due_at: Option<i64>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Priority {
    Low,
    Normal,
    High,
    Urgent,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Status {
    Open,
    Done,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes references")]
fn is_none(count: &u32) -> bool {
    *count == 0
}

impl From<&crm::Task> for Task {
    fn from(task: &crm::Task) -> Self {
        let crm::Task { seed, status, assigned_to, snooze, comments, done_at, done_by } = task;
        Self {
            subject: seed.into(),
            status: match status {
                crm::TaskStatus::Open => Status::Open,
                crm::TaskStatus::Done => Status::Done,
            },
            assigned_to: assigned_to.map(|member| member.0),
            snooze: snooze.map(|crm::Snooze { until, by, at }| Snooze {
                until: until.micros(),
                by: by.0,
                at: at.micros(),
            }),
            comments: *comments,
            done_at: done_at.map(Timestamp::micros),
            done_by: done_by.map(|member| member.0),
        }
    }
}

impl TryFrom<Task> for crm::Task {
    type Error = Unreadable;

    fn try_from(stored: Task) -> Result<Self, Unreadable> {
        let Task { subject, status, assigned_to, snooze, comments, done_at, done_by } = stored;
        Ok(Self {
            seed: subject.try_into()?,
            status: match status {
                Status::Open => crm::TaskStatus::Open,
                Status::Done => crm::TaskStatus::Done,
            },
            assigned_to: assigned_to.map(MemberId),
            snooze: snooze.map(|Snooze { until, by, at }| crm::Snooze {
                until: Timestamp::from_micros(until),
                by: MemberId(by),
                at: Timestamp::from_micros(at),
            }),
            comments,
            done_at: done_at.map(Timestamp::from_micros),
            done_by: done_by.map(MemberId),
        })
    }
}

impl From<&crm::TaskSeed> for TaskSubject {
    fn from(seed: &crm::TaskSeed) -> Self {
        let crm::TaskSeed { id, kind, title, priority, created_at, due_at } = seed;
        Self {
            id: id.to_string(),
            kind: kind.clone(),
            title: title.clone(),
            priority: match priority {
                crm::Priority::Low => Priority::Low,
                crm::Priority::Normal => Priority::Normal,
                crm::Priority::High => Priority::High,
                crm::Priority::Urgent => Priority::Urgent,
            },
            created_at: created_at.micros(),
            due_at: due_at.map(Timestamp::micros),
        }
    }
}

impl TryFrom<TaskSubject> for crm::TaskSeed {
    type Error = Unreadable;

    fn try_from(stored: TaskSubject) -> Result<Self, Unreadable> {
        let TaskSubject { id, kind, title, priority, created_at, due_at } = stored;
        Ok(Self {
            id: id.parse().map_err(|_| Unreadable::Member("id"))?,
            kind,
            title,
            priority: match priority {
                Priority::Low => crm::Priority::Low,
                Priority::Normal => crm::Priority::Normal,
                Priority::High => crm::Priority::High,
                Priority::Urgent => crm::Priority::Urgent,
            },
            created_at: Timestamp::from_micros(created_at),
            due_at: due_at.map(Timestamp::from_micros),
        })
    }
}
