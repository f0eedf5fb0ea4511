//! Contacts, tasks and the rules between them, for the members of a project.

mod abandonment;
mod contacts;
mod revenue;
mod rules;
mod tasks;
mod valid;

use std::sync::Arc;

use domain::clock::Clock;
use domain::id::IdSource;

use crate::ingest::Ingest;
use crate::ports::catalog::{Contacts, CrmFacts, Projects, Tasks};

pub use abandonment::Abandoned;
pub use contacts::{ContactChanges, NewDealValue};
pub use revenue::DayRevenue;

/// The use cases around contacts. The caller has authorised the member.
pub struct Crm {
    parts: Parts,
}

/// What [`Crm`] is made of.
pub struct Parts {
    /// Facts and rules.
    pub facts: Arc<dyn CrmFacts>,
    /// Contacts.
    pub contacts: Arc<dyn Contacts>,
    /// Tasks.
    pub tasks: Arc<dyn Tasks>,
    /// Whose bookings are looked through, and whose members tasks are given to.
    pub projects: Arc<dyn Projects>,
    /// Takes in what the server itself finds out.
    pub ingest: Arc<Ingest>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Ids of what members do.
    pub ids: Arc<dyn IdSource>,
}

impl Crm {
    /// Puts the parts together.
    pub fn new(parts: Parts) -> Self {
        Self { parts }
    }
}

impl std::fmt::Debug for Crm {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Crm").finish_non_exhaustive()
    }
}
