//! Contacts, tasks and the rules between them, for the members of a project.

mod abandonment;
mod contacts;
mod revenue;
mod rules;
mod tasks;
mod validate;

use std::sync::Arc;

use domain::clock::Clock;
use domain::id::IdSource;

use crate::ingest::Ingest;
use crate::ports::catalog::{ContactFactStore, ContactStore, ProjectStore, TaskStore};

pub use abandonment::AbandonmentRun;
pub use contacts::{ContactPatch, DealValueEdit};
pub use revenue::DayRevenue;

/// The use cases around contacts. The caller has authorised the member.
pub struct CrmService {
    parts: Dependencies,
}

/// What [`CrmService`] is made of.
pub struct Dependencies {
    /// Facts and rules.
    pub facts: Arc<dyn ContactFactStore>,
    /// Contacts.
    pub contacts: Arc<dyn ContactStore>,
    /// Tasks.
    pub tasks: Arc<dyn TaskStore>,
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
        Self { parts }
    }
}

impl std::fmt::Debug for CrmService {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("CrmService").finish_non_exhaustive()
    }
}
