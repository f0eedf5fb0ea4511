//! All of the catalog.

use super::{
    AnnotationStore, AuditStore, BillingStore, BoardStore, CallStore, CleanupRunStore,
    ContactFactStore, ContactStore, CustomerStore, ErasureStore, ErrorTriageStore,
    ExpiredMediaStore, ExpiredRowStore, GoalStore, LeadScoreStore, LogoStore, MentionStore,
    OutcomeStore, PersonStore, QuestionRunStore, RecordingStore, RecordingUsageStore,
    RetentionStore, SavedQuestionStore, SdkReportStore, SecretKeyStore, SegmentStore, SessionStore,
    ShareLinkStore, SourceMapStore, SqlTableStore, SubjectStore, SuppressionStore, TaskStore,
    VisitorSaltStore, WebhookDeliveryStore, WebhookStore,
};
use crate::auth::AuthStore;
use crate::ingest::{KeyDirectoryStore, PolicyStore, WidgetDirectoryStore};

/// A catalog as one database keeps it: every trait of this module.
pub trait CatalogStore:
    AnnotationStore
    + AuditStore
    + AuthStore
    + BillingStore
    + BoardStore
    + CallStore
    + CleanupRunStore
    + ContactFactStore
    + ContactStore
    + CustomerStore
    + ErasureStore
    + ErrorTriageStore
    + ExpiredMediaStore
    + ExpiredRowStore
    + GoalStore
    + KeyDirectoryStore
    + LeadScoreStore
    + MentionStore
    + LogoStore
    + OutcomeStore
    + PersonStore
    + PolicyStore
    + QuestionRunStore
    + RecordingStore
    + RecordingUsageStore
    + RetentionStore
    + SavedQuestionStore
    + SdkReportStore
    + SecretKeyStore
    + SegmentStore
    + SessionStore
    + ShareLinkStore
    + SourceMapStore
    + SqlTableStore
    + SubjectStore
    + SuppressionStore
    + TaskStore
    + VisitorSaltStore
    + WebhookDeliveryStore
    + WebhookStore
    + WidgetDirectoryStore
{
}
