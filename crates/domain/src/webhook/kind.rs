//! Kinds of webhook messages.

/// A kind of change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EventKind {
    /// Somebody is known for the first time.
    ContactCreated,
    /// What is known of somebody has changed; looking around is no change.
    ContactUpdated,
    /// Two contacts turned out to be one.
    ContactMerged,
    /// Something is to be done.
    TaskCreated,
    /// A task was assigned, reopened, taken back, or is about something else.
    TaskUpdated,
    /// A task is done.
    TaskCompleted,
}

impl EventKind {
    /// Every kind.
    pub const ALL: [Self; 6] = [
        Self::ContactCreated,
        Self::ContactUpdated,
        Self::ContactMerged,
        Self::TaskCreated,
        Self::TaskUpdated,
        Self::TaskCompleted,
    ];

    /// The word in tables, JSON and messages.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ContactCreated => "contact.created",
            Self::ContactUpdated => "contact.updated",
            Self::ContactMerged => "contact.merged",
            Self::TaskCreated => "task.created",
            Self::TaskUpdated => "task.updated",
            Self::TaskCompleted => "task.completed",
        }
    }

    /// The kind of that name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}
