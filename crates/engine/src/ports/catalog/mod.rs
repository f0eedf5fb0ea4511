//! The catalog: relational state, one trait per aggregate.
//!
//! # Contract
//!
//! - Every method is one transaction: it happens whole or not at all, and what it returns is stored.
//! - Reads see every write that returned before.
//! - Methods that take a `ProjectId` touch rows of that project only; a row of another project is
//!   answered exactly like a row that does not exist.
//! - Times and ids come from the caller; the catalog reads no clock and draws no chance.

mod annotations;
mod api_keys;
mod audit;
mod billing;
mod boards;
mod calls;
mod cleanup_runs;
mod contacts;
mod crm;
mod customers;
mod erasures;
mod error_triage;
mod goals;
mod invitations;
mod lead_scores;
mod logos;
mod members;
mod memberships;
mod mentions;
mod outcomes;
mod people;
mod project_settings;
mod projects;
mod question_runs;
mod rate_limits;
mod record_id;
mod recording_usage;
mod recordings;
mod retention;
mod saved_questions;
mod sdk_reports;
mod sdk_settings;
mod secret_keys;
mod segments;
mod session_figures;
mod sessions;
mod share_links;
mod sign_ins;
mod source_maps;
mod sql_tables;
mod store;
mod subjects;
mod tasks;
mod visitor_salts;
mod webhooks;
mod widgets;

pub use annotations::{Annotation, AnnotationStore};
pub use api_keys::{ApiKey, ApiKeyPatch, ApiKeyStore};
pub use audit::{Actor, ActorKind, AuditCursor, AuditEntry, AuditStore};
pub use billing::{Adjustment, BillingPeriod, BillingStore};
pub use boards::{Board, BoardContent, BoardStore, BoardSummary, NewBoard};
pub use calls::{
    CallCursor, CallFilter, CallStore, CallTotals, Orphan, OrphanClaim, OrphanCursor,
    ProjectCallFact, StoredCall,
};
pub use cleanup_runs::{CleanupCount, CleanupRun, CleanupRunStore};
pub use contacts::{
    AmountRow, Contact, ContactActivity, ContactQuery, ContactSort, ContactStore, PipelineStage,
    Preference, TimelineEntry,
};
pub use crm::{ContactFactStore, ContactHistory, NewContactFact};
pub use customers::{
    CustomerCursor, CustomerQuery, CustomerRow, CustomerStore, CustomerToken, SessionCursor,
    SessionRow, SortBy,
};
pub use erasures::{
    Erasure, ErasureCounts, ErasureStore, IdentifierDigest, SuppressionRows, SuppressionStore,
};
pub use error_triage::{ErrorTriageChange, ErrorTriageStore, NewErrorDecision};
pub use goals::{Goal, GoalStore};
pub use invitations::{Invitation, InvitationAccepter, InvitationStore};
pub use lead_scores::{LeadScore, LeadScoreStore, NewSignal, VersionedWeights};
pub use logos::{Logo, LogoStore};
pub use members::{Member, MemberStore, NewMember, PasswordHash};
pub use memberships::{MembershipStore, ProjectMember};
pub use mentions::{Mention, MentionQuery, MentionStore};
pub use outcomes::{
    FailedEvent, MAX_LISTED_BYTES, NewFailedEvent, OutcomeCount, OutcomeDelta, OutcomeStore,
};
pub use people::{
    Moment, Note, PersonFigures, PersonKeys, PersonStore, PurchaseRow, PurchaseTotal, SessionShare,
};
pub use project_settings::{ProjectSettingsStore, VersionedProjectSettings};
pub use projects::{Membership, NewProject, Project, ProjectStore};
pub use question_runs::{
    DueQuestion, NewQuestionRun, QuestionRun, QuestionRunStore, RunEnd, RunLease, RunState,
};
pub use rate_limits::{RATE_COUNTS_KEPT_SECONDS, RateCount, RateLimitStore, RequestClass};
pub use record_id::{AdjustmentCursor, FailedEventCursor, InvalidRecordId, RecordId};
pub use recording_usage::RecordingUsageStore;
pub use recordings::{
    Chunk, ChunkWriteOutcome, NewChunk, Recording, RecordingQuery, RecordingStore, Screenshot,
};
pub use retention::{
    ExpiredMediaStore, ExpiredRowStore, RemovalCursor, RemovedPage, RetentionLease, RetentionRun,
    RetentionRunKey, RetentionStore, RowsAndBytes,
};
pub use saved_questions::{
    NewSavedQuestion, QuestionContent, SavedQuestion, SavedQuestionStore, SavedQuestionSummary,
};
pub use sdk_reports::{SdkCount, SdkReportStore};
pub use sdk_settings::{SdkSettingsStore, VersionedSdkSettings};
pub use secret_keys::{SecretKey, SecretKeyStore};
pub use segments::{Segment, SegmentPatch, SegmentStore};
pub use session_figures::{SessionFigures, SessionGroup, SessionTotals};
pub use sessions::{OpenSession, SessionStore};
pub use share_links::{ShareLink, ShareLinkStore};
pub use sign_ins::{SignIn, SignInStore};
pub use source_maps::{
    SourceMap, SourceMapBounds, SourceMapCursor, SourceMapStore, SourceMapWriteOutcome,
};
pub use sql_tables::{
    SqlColumn, SqlPeriod, SqlRows, SqlScan, SqlTable, SqlTableStore, SqlType, SqlValue,
};
pub use store::CatalogStore;
pub use subjects::{RemovedRows, SubjectStore, SubjectTable};
pub use tasks::{
    ContactSummary, ContactTask, NewTask, NewTaskAction, NewTaskComment, StoredComment, TaskQuery,
    TaskStore, task_sort_key,
};
pub use visitor_salts::{VisitorSalt, VisitorSaltStore};
pub use webhooks::{
    AttemptOutcome, DeliveryAttempt, DeliveryQuery, DeliveryStatus, Lease, LeasedMessage,
    TestMessage, Webhook, WebhookDelivery, WebhookDeliveryStore, WebhookPatch, WebhookStore,
};
pub use widgets::{Widget, WidgetPatch, WidgetStore};

/// Why the catalog could not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// It cannot be reached or is locked; trying again later can succeed.
    #[error("the catalog cannot be reached")]
    Unavailable(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// A value that must be unique exists already.
    #[error("{what} already exists")]
    AlreadyExists {
        /// Which value, by its field's name.
        what: &'static str,
    },
    /// A fault of ours.
    #[error("the catalog failed")]
    Internal(#[source] Box<dyn std::error::Error + Send + Sync>),
}
