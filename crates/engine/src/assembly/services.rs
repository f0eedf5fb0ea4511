//! The use cases, each on its ports.

use std::sync::Arc;

use domain::clock::Clock;
use domain::id::IdSource;
use tokio::sync::watch;

use super::{Ports, Settings, use_cases};
use crate::Error;
use crate::annotations::AnnotationService;
use crate::api_keys::ApiKeyService;
use crate::audit::AuditService;
use crate::auth::{AuthService, AuthorizationChangeBus};
use crate::billing::BillingService;
use crate::boards::BoardService;
use crate::crm::CrmService;
use crate::customers::CustomerService;
use crate::error_groups::ErrorGroupService;
use crate::event_delivery::EventDeliveryMeter;
use crate::failed_events::FailedEventService;
use crate::goals::GoalService;
use crate::ingest::{DailyVisitors, Ingest, KeyDirectory, SuppressionRegistry};
use crate::jobs::{self, BackgroundJobs};
use crate::lead_scores::LeadScoreService;
use crate::live::{self, LiveHub};
use crate::logos::LogoService;
use crate::operations::{OperationsService, StorageMeter};
use crate::people::PeopleService;
use crate::ports::journal::Position;
use crate::privacy::PrivacyService;
use crate::project_settings::ProjectSettingsService;
use crate::project_zones::ProjectZones;
use crate::questions::AnalyticsService;
use crate::recordings::RecordingService;
use crate::retention::{self, RetentionFloors, RetentionService};
use crate::saved_questions::{QuestionRunService, SavedQuestionService};
use crate::sdk_reports::SdkReportService;
use crate::sdk_settings::SdkSettingsService;
use crate::secret_keys::SecretKeyService;
use crate::segments::SegmentService;
use crate::session_completion::SessionCompletionService;
use crate::sessions::SessionService;
use crate::share_links::ShareLinkService;
use crate::source_maps::SourceMapService;
use crate::sql::SqlService;
use crate::webhooks::WebhookService;
use crate::webhooks::sender::WebhookSender;
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
    /// Notes on time lines.
    pub annotations: Arc<AnnotationService>,
    /// Groups of errors.
    pub error_groups: Arc<ErrorGroupService>,
    /// Source maps of scripts.
    pub source_maps: Arc<SourceMapService>,
    /// Goals.
    pub goals: Arc<GoalService>,
    /// Logos of projects.
    pub logos: Arc<LogoService>,
    /// Links that share pages.
    pub share_links: Arc<ShareLinkService>,
    /// Saved segments.
    pub segments: Arc<SegmentService>,
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
    /// People, whatever they are known by.
    pub people: Arc<PeopleService>,
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
    /// Removes old data.
    pub retention: Arc<RetentionService>,
    /// Webhooks.
    pub webhooks: Arc<WebhookService>,
    /// Statements over the named tables.
    pub sql: Arc<SqlService>,
    /// Boards.
    pub boards: Arc<BoardService>,
    /// Statements that members keep.
    pub saved_questions: Arc<SavedQuestionService>,
    /// Their answers, when they are asked by themselves.
    pub question_runs: Arc<QuestionRunService>,
    /// Exports and erasures.
    pub privacy: Arc<PrivacyService>,
    /// The live feed.
    pub live: Arc<LiveHub>,
    /// The jobs that run at intervals.
    pub jobs: Arc<BackgroundJobs>,
    /// How this server does.
    pub operations: Arc<OperationsService>,
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
    pub(super) sender: Arc<WebhookSender>,
    pub(super) suppressions: Arc<SuppressionRegistry>,
    pub(super) visitors: Arc<DailyVisitors>,
    pub(super) floors: Arc<RetentionFloors>,
    pub(super) zones: ProjectZones,
    pub(super) positions: Vec<(&'static str, watch::Receiver<Position>)>,
}

impl Services {
    /// The use cases on what they share.
    pub(super) fn new(
        ports: &Ports,
        settings: &Settings,
        shared: Foundations,
    ) -> Result<Self, Error> {
        let Ports { journal, catalog, clock, ids, random, .. } = ports.clone();
        let Foundations { ingest, recordings, privacy, .. } = shared;
        let changes = AuthorizationChangeBus::default();
        let auth = use_cases::auth(ports, settings, &changes)?;
        let secret_keys = secret_keys(ports, &changes);
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
        let crm = use_cases::crm(ports, &ingest);
        let completion = use_cases::completion(ports, &ingest);
        let sessions = Arc::new(SessionService::new(
            catalog.clone(),
            journal.clone(),
            ingest.clone(),
            clock.clone(),
        ));
        let webhooks = use_cases::webhooks(ports);
        let retention = retention(ports, settings, &recordings, &analytics, shared.floors.clone());
        let sql = Arc::new(SqlService::new(ports.sql.clone(), settings.concurrent_statements));
        let api_keys = use_cases::api_keys(ports, shared.keys.clone());
        let question_runs = use_cases::question_runs(ports, &sql, shared.zones.clone());
        let sdk_reports = Arc::new(SdkReportService::new(catalog.clone(), clock.clone()));
        let audit = Arc::new(AuditService::new(ports.audit.clone(), clock.clone()));
        let storage = Arc::new(StorageMeter::new(ports.resources.clone(), clock.clone()));
        let operations = use_cases::operations(ports, &shared.positions, &storage);
        let jobs = Arc::new(BackgroundJobs::new(jobs::Dependencies {
            journal,
            lake: ports.lake.clone(),
            accounts: catalog.clone(),
            keys: shared.keys,
            sdk_reports: sdk_reports.clone(),
            delivery: event_delivery(ports, &analytics, shared.floors),
            crm: crm.clone(),
            audit: audit.clone(),
            sessions: sessions.clone(),
            completion: completion.clone(),
            recordings: recordings.clone(),
            retention: retention.clone(),
            webhooks: shared.sender,
            question_runs: question_runs.clone(),
            privacy: privacy.clone(),
            suppressions: shared.suppressions,
            visitors: shared.visitors,
            clock: clock.clone(),
            journal_keep_seconds: settings.journal_keep_seconds,
            failed_keep_seconds: settings.failed_keep_seconds,
            positions: shared.positions,
            storage,
        }));
        Ok(Self {
            ingest,
            keys: api_keys,
            leads: Arc::new(LeadScoreService::new(catalog.clone(), clock.clone())),
            sdk_reports,
            project_settings: use_cases::project_settings(ports, &retention, shared.zones.clone()),
            retention,
            sdk_settings: Arc::new(SdkSettingsService::new(catalog.clone(), clock.clone())),
            annotations: use_cases::annotations(ports),
            error_groups: use_cases::error_groups(ports, &analytics),
            source_maps: use_cases::source_maps(ports),
            goals: use_cases::goals(ports),
            logos: Arc::new(LogoService::new(catalog.clone(), clock.clone())),
            boards: use_cases::boards(ports),
            saved_questions: use_cases::saved_questions(ports, shared.zones),
            question_runs,
            segments: use_cases::segments(ports),
            share_links: use_cases::share_links(ports, &auth),
            widgets: use_cases::widgets(ports),
            billing: Arc::new(BillingService::new(catalog.clone(), catalog.clone(), clock.clone())),
            completion,
            failed_events: Arc::new(FailedEventService::new(catalog.clone(), clock.clone())),
            crm,
            people: use_cases::people(ports, &analytics),
            analytics,
            secret_keys,
            audit,
            sessions,
            customers: Arc::new(CustomerService::new(catalog, clock.clone(), random)),
            recordings,
            webhooks,
            sql,
            privacy,
            live,
            auth,
            jobs,
            operations,
            clock,
            ids,
        })
    }
}

fn secret_keys(ports: &Ports, changes: &AuthorizationChangeBus) -> Arc<SecretKeyService> {
    let Ports { catalog, clock, ids, random, .. } = ports.clone();
    Arc::new(SecretKeyService::new(catalog, clock, ids, random, changes.clone()))
}

fn retention(
    ports: &Ports,
    settings: &Settings,
    recordings: &Arc<RecordingService>,
    questions: &Arc<AnalyticsService>,
    floors: Arc<RetentionFloors>,
) -> Arc<RetentionService> {
    Arc::new(RetentionService::new(retention::Dependencies {
        runs: ports.catalog.clone(),
        rows: ports.catalog.clone(),
        media: ports.catalog.clone(),
        recordings: recordings.clone(),
        lake: ports.lake_retention.clone(),
        questions: questions.clone(),
        projects: ports.catalog.clone(),
        settings: ports.catalog.clone(),
        floors,
        clock: ports.clock.clone(),
        session_days: settings.session_keep_days,
        recording_days: settings.recording_keep_days,
    }))
}

fn event_delivery(
    ports: &Ports,
    analytics: &Arc<AnalyticsService>,
    floors: Arc<RetentionFloors>,
) -> Arc<EventDeliveryMeter> {
    let Ports { catalog, clock, .. } = ports.clone();
    Arc::new(EventDeliveryMeter::new(catalog, analytics.clone(), floors, clock))
}
