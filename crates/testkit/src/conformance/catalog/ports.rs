//! The traits of a catalog under test.

use std::sync::Arc;

use engine::ports::catalog::{
    Accounts, ApiKeys, AuditLog, Billing, Calls, CleanupRuns, Contacts, CrmFacts, Customers,
    Deliveries, Erasures, Invitations, LeadScores, Members, Memberships, Projects, RecordingDays,
    Recordings, SdkReports, SdkSettingsStore, SecretKeys, Sessions, SignIns, SqlTables, Subjects,
    Suppressions, Tasks, VisitorSalts, Webhooks, Widgets,
};

/// The traits of one open catalog.
#[derive(Clone)]
#[expect(missing_debug_implementations, reason = "the traits do not ask for it")]
pub struct Ports {
    /// Projects and memberships.
    pub projects: Arc<dyn Projects>,
    /// Members.
    pub members: Arc<dyn Members>,
    /// Sign-ins.
    pub sign_ins: Arc<dyn SignIns>,
    /// Ingest keys.
    pub api_keys: Arc<dyn ApiKeys>,
    /// Outcomes and failed events.
    pub accounts: Arc<dyn Accounts>,
    /// Lead scores.
    pub lead_scores: Arc<dyn LeadScores>,
    /// What browsers report.
    pub sdk_reports: Arc<dyn SdkReports>,
    /// What pages let the SDK do.
    pub sdk_settings: Arc<dyn SdkSettingsStore>,
    /// Facts about contacts, and rules.
    pub crm: Arc<dyn CrmFacts>,
    /// Contacts.
    pub contacts: Arc<dyn Contacts>,
    /// Tasks.
    pub tasks: Arc<dyn Tasks>,
    /// Who belongs to a project.
    pub memberships: Arc<dyn Memberships>,
    /// Invitations.
    pub invitations: Arc<dyn Invitations>,
    /// Secret keys.
    pub secret_keys: Arc<dyn SecretKeys>,
    /// The audit log.
    pub audit: Arc<dyn AuditLog>,
    /// Customers' sessions.
    pub sessions: Arc<dyn Sessions>,
    /// Customers and their tokens.
    pub customers: Arc<dyn Customers>,
    /// Call widgets.
    pub widgets: Arc<dyn Widgets>,
    /// Calls.
    pub calls: Arc<dyn Calls>,
    /// Tariffs, closed months and adjustments.
    pub billing: Arc<dyn Billing>,
    /// Runs of session completion.
    pub cleanup_runs: Arc<dyn CleanupRuns>,
    /// Webhooks.
    pub webhooks: Arc<dyn Webhooks>,
    /// Messages to webhooks.
    pub deliveries: Arc<dyn Deliveries>,
    /// The tables as the SQL surface shows them.
    pub tables: Arc<dyn SqlTables>,
    /// The ledger of erasures.
    pub erasures: Arc<dyn Erasures>,
    /// Who is refused.
    pub suppressions: Arc<dyn Suppressions>,
    /// Recordings and pictures.
    pub recordings: Arc<dyn Recordings>,
    /// How much was recorded on each day.
    pub recording_days: Arc<dyn RecordingDays>,
    /// Salts of visitors.
    pub visitor_salts: Arc<dyn VisitorSalts>,
    /// One person over all tables.
    pub subjects: Arc<dyn Subjects>,
}

impl Ports {
    /// All traits of one catalog.
    pub fn of<C>(catalog: C) -> Self
    where
        C: Projects
            + Members
            + SignIns
            + ApiKeys
            + Accounts
            + LeadScores
            + SdkReports
            + SdkSettingsStore
            + CrmFacts
            + Contacts
            + Tasks
            + Memberships
            + Invitations
            + SecretKeys
            + AuditLog
            + Sessions
            + Customers
            + Widgets
            + Calls
            + Billing
            + CleanupRuns
            + SqlTables
            + Webhooks
            + Deliveries
            + Erasures
            + Suppressions
            + Subjects
            + Recordings
            + RecordingDays
            + VisitorSalts
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
            sdk_reports: catalog.clone(),
            sdk_settings: catalog.clone(),
            crm: catalog.clone(),
            contacts: catalog.clone(),
            tasks: catalog.clone(),
            memberships: catalog.clone(),
            invitations: catalog.clone(),
            secret_keys: catalog.clone(),
            audit: catalog.clone(),
            sessions: catalog.clone(),
            customers: catalog.clone(),
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
            tables: catalog,
        }
    }
}
