//! CRM tasks: rules open and close them, members create them by hand and work on them.

use serde::{Deserialize, Serialize};

use super::identity::TaskId;
use crate::id::MemberId;
use crate::time::Timestamp;

/// How soon a task matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Priority {
    /// Some day.
    Low,
    /// In its turn.
    Normal,
    /// Today.
    High,
    /// Now.
    Urgent,
}

impl Priority {
    /// Every priority.
    pub const ALL: [Self; 4] = [Self::Low, Self::Normal, Self::High, Self::Urgent];

    /// The word in tables and JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Normal => "normal",
            Self::High => "high",
            Self::Urgent => "urgent",
        }
    }

    /// The priority of that name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|priority| priority.as_str() == text)
    }
}

/// Whether a task is still to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TaskStatus {
    /// To be done.
    Open,
    /// Done, by a member or by an event.
    Done,
}

impl TaskStatus {
    /// Every status.
    pub const ALL: [Self; 2] = [Self::Open, Self::Done];

    /// The word in tables and JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Done => "done",
        }
    }

    /// The status of that name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.as_str() == text)
    }
}

/// The kind of every task that a member creates: a contact may have any number of them open, and no rule opens one.
pub const BY_HAND: &str = "by_hand";

/// What a task is about: what stays the same whatever is done with it. Kept with everything members
/// do, so that late events cannot take away a task that somebody works on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskSeed {
    /// Names it.
    pub id: TaskId,
    /// Of a contact's open tasks there is one of a kind, but for [`BY_HAND`].
    pub kind: String,
    /// For people.
    pub title: String,
    /// How soon it matters.
    pub priority: Priority,
    /// When the event that opened it occurred, or a member created it.
    pub created_at: Timestamp,
    /// When it is due, unless it is snoozed.
    pub due_at: Option<Timestamp>,
}

/// A member put a task off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Snooze {
    /// When it is due instead.
    pub until: Timestamp,
    /// Who.
    pub by: MemberId,
    /// When they did.
    pub at: Timestamp,
}

/// A task as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// Title, kind and due time.
    pub seed: TaskSeed,
    /// Whether it is to be done.
    pub status: TaskStatus,
    /// Whose it is.
    pub assigned_to: Option<MemberId>,
    /// The latest snooze.
    pub snooze: Option<Snooze>,
    /// How many comments members have written.
    pub comments: u32,
    /// When it was done.
    pub done_at: Option<Timestamp>,
    /// Who did it; none when an event closed it.
    pub done_by: Option<MemberId>,
}

/// What a member does with a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TaskAction {
    /// Creates it, and gives it to somebody, or to nobody.
    Create(Option<MemberId>),
    /// Gives it to somebody, or to nobody.
    Assign(Option<MemberId>),
    /// Has done it.
    Complete,
    /// It is to be done after all.
    Reopen,
    /// Puts it off until then.
    Snooze(Timestamp),
}

impl Task {
    /// A task nobody has touched.
    pub fn open(seed: TaskSeed) -> Self {
        Self {
            seed,
            status: TaskStatus::Open,
            assigned_to: None,
            snooze: None,
            comments: 0,
            done_at: None,
            done_by: None,
        }
    }

    /// When it is due: when it is snoozed until, else as it was opened.
    pub fn due_at(&self) -> Option<Timestamp> {
        self.snooze.map(|snooze| snooze.until).or(self.seed.due_at)
    }

    /// Done at `at`; what is done already stays as it is.
    pub fn complete(&mut self, at: Timestamp, by: Option<MemberId>) {
        if self.status == TaskStatus::Open {
            (self.status, self.done_at, self.done_by) = (TaskStatus::Done, Some(at), by);
        }
    }

    /// Does what a member does.
    pub fn act(&mut self, action: TaskAction, at: Timestamp, by: MemberId) {
        match action {
            TaskAction::Create(to) | TaskAction::Assign(to) => self.assigned_to = to,
            TaskAction::Complete => self.complete(at, Some(by)),
            TaskAction::Reopen => {
                (self.status, self.done_at, self.done_by) = (TaskStatus::Open, None, None);
            }
            TaskAction::Snooze(until) => self.snooze = Some(Snooze { until, by, at }),
        }
    }
}
