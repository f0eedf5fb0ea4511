//! All of the catalog.

use super::{
    AuditStore, BillingStore, CallStore, CleanupRunStore, ContactFactStore, ContactStore,
    CustomerStore, ErasureStore, LeadScoreStore, OutcomeStore, RecordingStore, RecordingUsageStore,
    SdkReportStore, SdkSettingsStore, SecretKeyStore, SessionStore, SqlTableStore, SubjectStore,
    SuppressionStore, TaskStore, VisitorSaltStore, WebhookDeliveryStore, WebhookStore,
};
use crate::auth::AuthStore;
use crate::ingest::{KeyDirectoryStore, WidgetDirectoryStore};

/// A catalog as one database keeps it: every trait of this module.
pub trait CatalogStore:
    AuditStore
    + AuthStore
    + BillingStore
    + CallStore
    + CleanupRunStore
    + ContactFactStore
    + ContactStore
    + CustomerStore
    + ErasureStore
    + KeyDirectoryStore
    + LeadScoreStore
    + OutcomeStore
    + RecordingStore
    + RecordingUsageStore
    + SdkReportStore
    + SdkSettingsStore
    + SecretKeyStore
    + SessionStore
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
