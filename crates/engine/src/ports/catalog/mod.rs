//! The catalog: relational state, one trait per aggregate.
//!
//! # Contract
//!
//! - Every method is one transaction: it happens whole or not at all, and what it returns is stored.
//! - Reads see every write that returned before.
//! - Methods that take a `ProjectId` touch rows of that project only; a row of another project is
//!   answered exactly like a row that does not exist.
//! - Times and ids come from the caller; the catalog reads no clock and draws no chance.

mod accounts;
mod api_keys;
mod failed_event_id;
mod members;
mod projects;
mod sign_ins;

pub use accounts::{Accounts, FailedEvent, NewFailedEvent, OutcomeCount, OutcomeDelta};
pub use api_keys::{ApiKey, ApiKeyChanges, ApiKeys};
pub use failed_event_id::{FailedCursor, FailedEventId, NotAnId};
pub use members::{Member, Members, NewMember};
pub use projects::{Membership, NewProject, Project, Projects};
pub use sign_ins::{SignIn, SignIns};

/// Why the catalog could not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// It cannot be reached or is locked; trying again later can succeed.
    #[error("the catalog cannot be reached")]
    Unavailable(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// A value that must be unique exists already.
    #[error("{what} exists already")]
    Taken {
        /// Which value, by its field's name.
        what: &'static str,
    },
    /// A fault of ours.
    #[error("the catalog failed")]
    Internal(#[source] Box<dyn std::error::Error + Send + Sync>),
}
