//! The use cases, each on its ports.

use std::sync::Arc;

use domain::clock::Clock;
use domain::id::IdSource;

use super::{Ports, Settings};
use crate::Error;
use crate::api_keys::ApiKeyService;
use crate::audit::AuditService;
use crate::auth::{self, AuthService, AuthorizationChangeBus};
use crate::billing::BillingService;
use crate::crm::{self, CrmService};
use crate::customers::CustomerService;
use crate::failed_events::FailedEventService;
use crate::ingest::{Ingest, KeyDirectory, WidgetDirectory};
use crate::lead_scores::LeadScoreService;
use crate::live::{self, LiveHub};
use crate::privacy::PrivacyService;
use crate::project_settings::ProjectSettingsService;
use crate::questions::AnalyticsService;
use crate::recordings::RecordingService;
use crate::sdk_reports::SdkReportService;
use crate::sdk_settings::SdkSettingsService;
use crate::secret_keys::SecretKeyService;
use crate::session_completion::{self, SessionCompletionService};
use crate::sessions::SessionService;
use crate::sql::SqlService;
use crate::webhooks::{self, WebhookService};
use crate::widgets::WidgetService;

/// The use cases.
#[derive(Clone)]
pub struct Services {
    /// Taking events in.
    pub ingest: Arc<Ingest>,
    /// Members and their sign-ins.
    pub auth: Arc<AuthService>,
    /// Ingest keys.
    pub keys: Arc<ApiKeyService>,
    /// Lead scores.
    pub leads: Arc<LeadScoreService>,
    /// Counts that browsers report of their own events.
    pub sdk_reports: Arc<SdkReportService>,
    /// Settings of projects.
    pub project_settings: Arc<ProjectSettingsService>,
    /// Settings of the SDK.
    pub sdk_settings: Arc<SdkSettingsService>,
    /// Call widgets.
    pub widgets: Arc<WidgetService>,
    /// Usage and the cost of calls.
    pub billing: Arc<BillingService>,
    /// The ends of calls that nobody ended.
    pub completion: Arc<SessionCompletionService>,
    /// Outcomes and failed events.
    pub failed_events: Arc<FailedEventService>,
    /// Contacts and tasks.
    pub crm: Arc<CrmService>,
    /// Questions to the lake.
    pub analytics: Arc<AnalyticsService>,
    /// Secret keys.
    pub secret_keys: Arc<SecretKeyService>,
    /// The audit log.
    pub audit: Arc<AuditService>,
    /// Customers' sessions.
    pub sessions: Arc<SessionService>,
    /// Customers and their figures.
    pub customers: Arc<CustomerService>,
    /// Recordings of visits, and pictures of pages.
    pub recordings: Arc<RecordingService>,
    /// Webhooks.
    pub webhooks: Arc<WebhookService>,
    /// Statements over the named tables.
    pub sql: Arc<SqlService>,
    /// Exports and erasures.
    pub privacy: Arc<PrivacyService>,
    /// The live feed.
    pub live: Arc<LiveHub>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Ids for requests.
    pub ids: Arc<dyn IdSource>,
}

/// Shared by several use cases and the jobs.
pub(super) struct Foundations {
    pub(super) ingest: Arc<Ingest>,
    pub(super) keys: Arc<KeyDirectory>,
    pub(super) recordings: Arc<RecordingService>,
    pub(super) privacy: Arc<PrivacyService>,
}

impl Services {
    /// The use cases on what they share.
    pub(super) fn new(
        ports: &Ports,
        settings: &Settings,
        shared: Foundations,
    ) -> Result<Self, Error> {
        let Ports { journal, catalog, clock, ids, random, .. } = ports.clone();
        let Foundations { ingest, keys, recordings, privacy } = shared;
        let changes = AuthorizationChangeBus::default();
        let auth = Arc::new(
            AuthService::new(auth::Dependencies {
                store: catalog.clone(),
                clock: clock.clone(),
                ids: ids.clone(),
                random: random.clone(),
                creation: settings.creation,
                changes: changes.clone(),
            })
            .map_err(Error::internal)?,
        );
        let secret_keys = Arc::new(SecretKeyService::new(
            catalog.clone(),
            clock.clone(),
            ids.clone(),
            random.clone(),
            changes.clone(),
        ));
        let questions = settings.concurrent_questions;
        let analytics = Arc::new(AnalyticsService::new(ports.questions.clone(), questions));
        let live = Arc::new(LiveHub::new(live::Dependencies {
            journal: journal.clone(),
            analytics: analytics.clone(),
            auth: auth.clone(),
            secret_keys: secret_keys.clone(),
            changes,
            clock: clock.clone(),
            limits: settings.live_limits,
            pace: settings.live_intervals,
        }));
        let crm = Arc::new(CrmService::new(crm::Dependencies {
            facts: catalog.clone(),
            contacts: catalog.clone(),
            tasks: catalog.clone(),
            projects: catalog.clone(),
            ingest: ingest.clone(),
            clock: clock.clone(),
            ids: ids.clone(),
        }));
        let completion =
            Arc::new(SessionCompletionService::new(session_completion::Dependencies {
                calls: catalog.clone(),
                runs: catalog.clone(),
                ingest: ingest.clone(),
                journal: journal.clone(),
                clock: clock.clone(),
                ids: ids.clone(),
            }));
        let sessions = Arc::new(SessionService::new(
            catalog.clone(),
            journal,
            ingest.clone(),
            clock.clone(),
            settings.session_keep_days,
        ));
        let webhooks = Arc::new(WebhookService::new(webhooks::Dependencies {
            store: catalog.clone(),
            outbound: ports.outbound.clone(),
            clock: clock.clone(),
            ids: ids.clone(),
            random: random.clone(),
        }));
        let keys =
            ApiKeyService::new(catalog.clone(), keys, clock.clone(), ids.clone(), random.clone());
        let directory = Arc::new(WidgetDirectory::new(catalog.clone()));
        let widgets = WidgetService::new(catalog.clone(), directory, clock.clone(), ids.clone());
        let statements = SqlService::new(ports.sql.clone(), settings.concurrent_statements);
        Ok(Self {
            ingest,
            auth,
            keys: Arc::new(keys),
            leads: Arc::new(LeadScoreService::new(catalog.clone(), clock.clone())),
            sdk_reports: Arc::new(SdkReportService::new(catalog.clone(), clock.clone())),
            project_settings: Arc::new(ProjectSettingsService::new(catalog.clone(), clock.clone())),
            sdk_settings: Arc::new(SdkSettingsService::new(catalog.clone(), clock.clone())),
            widgets: Arc::new(widgets),
            billing: Arc::new(BillingService::new(catalog.clone(), catalog.clone(), clock.clone())),
            completion,
            failed_events: Arc::new(FailedEventService::new(catalog.clone(), clock.clone())),
            crm,
            analytics,
            secret_keys,
            audit: Arc::new(AuditService::new(ports.audit.clone(), clock.clone())),
            sessions,
            customers: Arc::new(CustomerService::new(catalog, clock.clone(), random)),
            recordings,
            webhooks,
            sql: Arc::new(statements),
            privacy,
            live,
            clock,
            ids,
        })
    }
}
