//! Contacts, tasks and the rules between them, for the members of a project.

mod abandonment;
mod comments;
mod contacts;
mod dry_run;
mod revenue;
mod rules;
mod tasks;
mod validate;

use std::sync::Arc;

use domain::clock::Clock;
use domain::id::IdSource;
use tokio::sync::Semaphore;

use crate::ingest::Ingest;
use crate::ports::catalog::{
    ContactFactStore, ContactStore, MentionStore, ProjectStore, TaskStore,
};

pub use abandonment::AbandonmentRun;
pub use contacts::{ContactPatch, DealValueEdit};
pub use dry_run::{DryRunExample, MAX_DRY_RUN_DAYS, RulesDryRun};
pub use revenue::DayRevenue;
pub use tasks::TaskDraft;

/// The use cases around contacts. The caller has authorised the member.
pub struct CrmService {
    parts: Dependencies,
    /// One at a time: it folds many contacts.
    dry_runs: Semaphore,
}

/// What [`CrmService`] is made of.
pub struct Dependencies {
    /// Facts and rules.
    pub facts: Arc<dyn ContactFactStore>,
    /// Contacts.
    pub contacts: Arc<dyn ContactStore>,
    /// Tasks.
    pub tasks: Arc<dyn TaskStore>,
    /// Comments that mention members.
    pub mentions: Arc<dyn MentionStore>,
    /// Whose bookings are looked through, and whose members tasks are given to.
    pub projects: Arc<dyn ProjectStore>,
    /// Takes in what the server itself finds out.
    pub ingest: Arc<Ingest>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Ids of what members do.
    pub ids: Arc<dyn IdSource>,
}

impl CrmService {
    /// Puts the parts together.
    pub fn new(parts: Dependencies) -> Self {
        Self { parts, dry_runs: Semaphore::new(1) }
    }
}

impl std::fmt::Debug for CrmService {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("CrmService").finish_non_exhaustive()
    }
}
