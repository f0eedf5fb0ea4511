//! The traits of a catalog under test.

use std::sync::Arc;

use engine::ports::catalog::{
    AnnotationStore, ApiKeyStore, AuditStore, BillingStore, BoardStore, CallStore, CleanupRunStore,
    ContactFactStore, ContactStore, CustomerStore, ErasureStore, ErrorTriageStore,
    ExpiredMediaStore, ExpiredRowStore, GoalStore, InvitationStore, LeadScoreStore, LogoStore,
    MemberStore, MembershipStore, MentionStore, OutcomeStore, PersonStore, ProjectSettingsStore,
    ProjectStore, QuestionRunStore, RateLimitStore, RecordingStore, RecordingUsageStore,
    RetentionStore, SavedQuestionStore, SdkReportStore, SdkSettingsStore, SecretKeyStore,
    SegmentStore, SessionStore, ShareLinkStore, SignInStore, SourceMapStore, SqlTableStore,
    SubjectStore, SuppressionStore, TaskStore, VisitorSaltStore, WebhookDeliveryStore,
    WebhookStore, WidgetStore,
};

/// The traits of one open catalog.
#[derive(Clone)]
#[expect(missing_debug_implementations, reason = "the traits do not ask for it")]
pub struct Ports {
    /// Projects and memberships.
    pub projects: Arc<dyn ProjectStore>,
    /// Members.
    pub members: Arc<dyn MemberStore>,
    /// Sign-ins.
    pub sign_ins: Arc<dyn SignInStore>,
    /// Ingest keys.
    pub api_keys: Arc<dyn ApiKeyStore>,
    /// Outcomes and failed events.
    pub accounts: Arc<dyn OutcomeStore>,
    /// Lead scores.
    pub lead_scores: Arc<dyn LeadScoreStore>,
    /// Requests of keys.
    pub rate_limits: Arc<dyn RateLimitStore>,
    /// What browsers report.
    pub sdk_reports: Arc<dyn SdkReportStore>,
    /// Settings of projects.
    pub project_settings: Arc<dyn ProjectSettingsStore>,
    /// What pages let the SDK do.
    pub sdk_settings: Arc<dyn SdkSettingsStore>,
    /// Facts about contacts, and rules.
    pub crm: Arc<dyn ContactFactStore>,
    /// Contacts.
    pub contacts: Arc<dyn ContactStore>,
    /// Tasks.
    pub tasks: Arc<dyn TaskStore>,
    /// Who belongs to a project.
    pub memberships: Arc<dyn MembershipStore>,
    /// Invitations.
    pub invitations: Arc<dyn InvitationStore>,
    /// Secret keys.
    pub secret_keys: Arc<dyn SecretKeyStore>,
    /// Links that share pages.
    pub share_links: Arc<dyn ShareLinkStore>,
    /// The audit log.
    pub audit: Arc<dyn AuditStore>,
    /// Customers' sessions.
    pub sessions: Arc<dyn SessionStore>,
    /// Customers and their tokens.
    pub customers: Arc<dyn CustomerStore>,
    /// Comments that mention members.
    pub mentions: Arc<dyn MentionStore>,
    /// People.
    pub people: Arc<dyn PersonStore>,
    /// Notes on time lines.
    pub annotations: Arc<dyn AnnotationStore>,
    /// Boards.
    pub boards: Arc<dyn BoardStore>,
    /// Decisions about errors.
    pub error_triage: Arc<dyn ErrorTriageStore>,
    /// Goals.
    pub goals: Arc<dyn GoalStore>,
    /// Logos of projects.
    pub logos: Arc<dyn LogoStore>,
    /// Statements that members keep.
    pub saved_questions: Arc<dyn SavedQuestionStore>,
    /// Their answers.
    pub question_runs: Arc<dyn QuestionRunStore>,
    /// Saved segments.
    pub segments: Arc<dyn SegmentStore>,
    /// Call widgets.
    pub widgets: Arc<dyn WidgetStore>,
    /// Calls.
    pub calls: Arc<dyn CallStore>,
    /// Tariffs, closed months and adjustments.
    pub billing: Arc<dyn BillingStore>,
    /// Runs of session completion.
    pub cleanup_runs: Arc<dyn CleanupRunStore>,
    /// Webhooks.
    pub webhooks: Arc<dyn WebhookStore>,
    /// Messages to webhooks.
    pub deliveries: Arc<dyn WebhookDeliveryStore>,
    /// Source maps.
    pub source_maps: Arc<dyn SourceMapStore>,
    /// The tables as the SQL surface shows them.
    pub tables: Arc<dyn SqlTableStore>,
    /// The ledger of erasures.
    pub erasures: Arc<dyn ErasureStore>,
    /// Who is refused.
    pub suppressions: Arc<dyn SuppressionStore>,
    /// Recordings and pictures.
    pub recordings: Arc<dyn RecordingStore>,
    /// How much was recorded on each day.
    pub recording_days: Arc<dyn RecordingUsageStore>,
    /// Salts of visitors.
    pub visitor_salts: Arc<dyn VisitorSaltStore>,
    /// Runs that remove old rows, and floors.
    pub retention: Arc<dyn RetentionStore>,
    /// Old rows.
    pub expired_rows: Arc<dyn ExpiredRowStore>,
    /// Old recordings and screenshots.
    pub expired_media: Arc<dyn ExpiredMediaStore>,
    /// One person over all tables.
    pub subjects: Arc<dyn SubjectStore>,
}

impl Ports {
    /// All traits of one catalog.
    pub fn of<C>(catalog: C) -> Self
    where
        C: ProjectStore
            + MemberStore
            + SignInStore
            + ApiKeyStore
            + OutcomeStore
            + LeadScoreStore
            + ProjectSettingsStore
            + RateLimitStore
            + SdkReportStore
            + SdkSettingsStore
            + ContactFactStore
            + ContactStore
            + TaskStore
            + MembershipStore
            + InvitationStore
            + SecretKeyStore
            + AuditStore
            + SessionStore
            + ShareLinkStore
            + CustomerStore
            + WidgetStore
            + AnnotationStore
            + BoardStore
            + ErrorTriageStore
            + MentionStore
            + PersonStore
            + GoalStore
            + LogoStore
            + SavedQuestionStore
            + QuestionRunStore
            + SegmentStore
            + CallStore
            + BillingStore
            + CleanupRunStore
            + SourceMapStore
            + SqlTableStore
            + WebhookStore
            + WebhookDeliveryStore
            + ErasureStore
            + SuppressionStore
            + SubjectStore
            + RecordingStore
            + RecordingUsageStore
            + VisitorSaltStore
            + RetentionStore
            + ExpiredRowStore
            + ExpiredMediaStore
            + 'static,
    {
        let catalog = Arc::new(catalog);
        Self {
            projects: catalog.clone(),
            members: catalog.clone(),
            sign_ins: catalog.clone(),
            api_keys: catalog.clone(),
            accounts: catalog.clone(),
            lead_scores: catalog.clone(),
            rate_limits: catalog.clone(),
            sdk_reports: catalog.clone(),
            project_settings: catalog.clone(),
            sdk_settings: catalog.clone(),
            crm: catalog.clone(),
            contacts: catalog.clone(),
            tasks: catalog.clone(),
            memberships: catalog.clone(),
            invitations: catalog.clone(),
            secret_keys: catalog.clone(),
            share_links: catalog.clone(),
            audit: catalog.clone(),
            sessions: catalog.clone(),
            customers: catalog.clone(),
            mentions: catalog.clone(),
            people: catalog.clone(),
            annotations: catalog.clone(),
            boards: catalog.clone(),
            error_triage: catalog.clone(),
            goals: catalog.clone(),
            logos: catalog.clone(),
            saved_questions: catalog.clone(),
            question_runs: catalog.clone(),
            segments: catalog.clone(),
            widgets: catalog.clone(),
            calls: catalog.clone(),
            billing: catalog.clone(),
            cleanup_runs: catalog.clone(),
            webhooks: catalog.clone(),
            deliveries: catalog.clone(),
            erasures: catalog.clone(),
            suppressions: catalog.clone(),
            subjects: catalog.clone(),
            recordings: catalog.clone(),
            recording_days: catalog.clone(),
            visitor_salts: catalog.clone(),
            retention: catalog.clone(),
            expired_rows: catalog.clone(),
            expired_media: catalog.clone(),
            source_maps: catalog.clone(),
            tables: catalog,
        }
    }
}
