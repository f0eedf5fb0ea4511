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
mod audit;
mod billing;
mod calls;
mod cleanup_runs;
mod contacts;
mod crm;
mod customers;
mod erasures;
mod invitations;
mod lead_scores;
mod members;
mod memberships;
mod projects;
mod record_id;
mod recording_days;
mod recordings;
mod sdk_reports;
mod sdk_settings;
mod secret_keys;
mod sessions;
mod sign_ins;
mod subjects;
mod tables;
mod tasks;
mod visitor_salts;
mod webhooks;
mod widgets;

pub use accounts::{
    Accounts, FailedEvent, MAX_LISTED_BYTES, NewFailedEvent, OutcomeCount, OutcomeDelta,
};
pub use api_keys::{ApiKey, ApiKeyChanges, ApiKeys};
pub use audit::{Actor, ActorKind, AuditCursor, AuditEntry, AuditLog};
pub use billing::{Adjustment, Billing, BillingPeriod};
pub use calls::{
    CallCursor, CallFilter, CallTotals, Calls, Claim, Orphan, OrphanCursor, ProjectFact, StoredCall,
};
pub use cleanup_runs::{CleanupCount, CleanupRun, CleanupRuns};
pub use contacts::{
    Activity, AmountRow, Contact, ContactQuery, ContactSort, Contacts, Entry, Preference, Stage,
};
pub use crm::{CrmFacts, NewFact};
pub use customers::{
    After, CustomerQuery, CustomerRow, CustomerToken, Customers, SessionRow, SortBy,
};
pub use erasures::{
    Erasure, ErasureCounts, Erasures, IdentifierDigest, SuppressionRows, Suppressions,
};
pub use invitations::{Guest, Invitation, Invitations};
pub use lead_scores::{LeadScore, LeadScores, NewSignal, VersionedWeights};
pub use members::{Member, Members, NewMember, PasswordHash};
pub use memberships::{Memberships, ProjectMember};
pub use projects::{Membership, NewProject, Project, Projects};
pub use record_id::{AdjustmentCursor, FailedCursor, NotAnId, RecordId};
pub use recording_days::RecordingDays;
pub use recordings::{Chunk, NewChunk, Noted, Recording, RecordingQuery, Recordings, Screenshot};
pub use sdk_reports::{SdkCount, SdkReports};
pub use sdk_settings::{SdkSettingsStore, VersionedSdkSettings};
pub use secret_keys::{SecretKey, SecretKeys};
pub use sessions::{OpenSession, Sessions};
pub use sign_ins::{SignIn, SignIns};
pub use subjects::{RemovedRows, SubjectTable, Subjects};
pub use tables::{SqlColumn, SqlPeriod, SqlTable, SqlTables, SqlType, SqlValue};
pub use tasks::{ContactTask, NewAction, TaskQuery, Tasks};
pub use visitor_salts::{Salt, VisitorSalts};
pub use webhooks::{
    Attempt, Deliveries, Delivery, DeliveryQuery, DeliveryStatus, Lease, LeasedMessage, Recorded,
    TestMessage, Webhook, WebhookChanges, Webhooks,
};
pub use widgets::{Widget, WidgetChanges, Widgets};

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
