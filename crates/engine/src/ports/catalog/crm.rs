//! Contact facts, and the rules that fold them into contacts.
//!
//! A projection of the journal, and beside it what members do by hand. Contacts and tasks are always
//! the fold ([`domain::crm::fold`]) of all facts stored, whatever order they were applied in.

use async_trait::async_trait;
use domain::crm::{
    Checkpoint, ContactFact, ContactId, ContactState, RuleHistory, RuleSet, RuleVersion,
};
use domain::id::ProjectId;
use domain::time::Timestamp;

use super::Error;
use crate::ports::journal::Position;

/// A fact to store.
#[derive(Debug, Clone, PartialEq)]
pub struct NewContactFact {
    /// The tenant.
    pub project_id: ProjectId,
    /// The fact. It names at least one identity.
    pub fact: ContactFact,
}

/// A contact, and what its fold is made of.
#[derive(Debug, Clone, PartialEq)]
pub struct ContactHistory {
    /// Names it.
    pub id: ContactId,
    /// As it is.
    pub state: ContactState,
    /// The fold of facts that are no longer stored.
    pub checkpoint: Option<Checkpoint>,
    /// The facts that are, in no order.
    pub facts: Vec<ContactFact>,
}

/// Facts and rules. See [`super`] for the contract.
#[async_trait]
pub trait ContactFactStore: Send + Sync {
    /// The position after the last journal record applied; 0 at first.
    async fn position(&self) -> Result<Position, Error>;

    /// Stores facts, brings their contacts and tasks up to date, and moves the position, in one
    /// transaction. When `position` is not after the stored one nothing changes. A fact whose id is
    /// stored already changes nothing. The project need not exist.
    ///
    /// The same transaction stores a message for each change and each active webhook subscribed to
    /// such changes, unless a position as late as this one was applied before: contacts that are built
    /// anew make no message twice. Transactions of members' changes make messages, too.
    async fn apply(&self, facts: &[NewContactFact], position: Position) -> Result<(), Error>;

    /// All rules a project has had.
    async fn rules(&self, project: ProjectId) -> Result<RuleHistory, Error>;

    /// Replaces rules whose version is `based_on` by the next version, in force from `at` on; contacts
    /// of whom something later is known are folded again. None, and nothing changed, when the current
    /// version is another.
    async fn replace_rules(
        &self,
        project: ProjectId,
        based_on: u64,
        rules: RuleSet,
        at: Timestamp,
    ) -> Result<Option<RuleVersion>, Error>;

    /// Contacts that were active since `since`, latest first, those after `after` only, each with what its fold is
    /// made of.
    async fn contact_facts(
        &self,
        project: ProjectId,
        since: Timestamp,
        after: Option<(Timestamp, ContactId)>,
        limit: u32,
    ) -> Result<Vec<ContactHistory>, Error>;

    /// Contacts with a booking under way of which nothing has happened since `since`, those waiting
    /// longest first.
    async fn idle_bookings(
        &self,
        project: ProjectId,
        since: Timestamp,
        limit: u32,
    ) -> Result<Vec<ContactState>, Error>;
}
