//! Use cases by themselves, each from its ports.

use std::sync::Arc;

use tokio::sync::watch;

use super::{Ports, Settings};
use crate::Error;
use crate::annotations::AnnotationService;
use crate::api_keys::ApiKeyService;
use crate::auth::{self, AuthService, AuthorizationChangeBus};
use crate::boards::BoardService;
use crate::crm::{self, CrmService};
use crate::error_groups::{self, ErrorGroupService};
use crate::goals::GoalService;
use crate::ingest::{Ingest, KeyDirectory, WidgetDirectory};
use crate::operations::{self, OperationsService, StorageMeter};
use crate::people::{self, PeopleService};
use crate::ports::journal::Position;
use crate::project_settings::ProjectSettingsService;
use crate::project_zones::ProjectZones;
use crate::questions::AnalyticsService;
use crate::retention::RetentionService;
use crate::saved_questions::{self, QuestionRunService, SavedQuestionService};
use crate::segments::SegmentService;
use crate::session_completion::{self, SessionCompletionService};
use crate::share_links::ShareLinkService;
use crate::source_maps::{self, SourceMapService};
use crate::sql::SqlService;
use crate::webhooks::{self, WebhookService};
use crate::widgets::WidgetService;

pub(super) fn auth(
    ports: &Ports,
    settings: &Settings,
    changes: &AuthorizationChangeBus,
) -> Result<Arc<AuthService>, Error> {
    let service = AuthService::new(auth::Dependencies {
        store: ports.catalog.clone(),
        clock: ports.clock.clone(),
        ids: ports.ids.clone(),
        random: ports.random.clone(),
        creation: settings.creation,
        changes: changes.clone(),
    });
    Ok(Arc::new(service.map_err(Error::internal)?))
}

pub(super) fn crm(ports: &Ports, ingest: &Arc<Ingest>) -> Arc<CrmService> {
    Arc::new(CrmService::new(crm::Dependencies {
        facts: ports.catalog.clone(),
        contacts: ports.catalog.clone(),
        tasks: ports.catalog.clone(),
        mentions: ports.catalog.clone(),
        projects: ports.catalog.clone(),
        ingest: ingest.clone(),
        clock: ports.clock.clone(),
        ids: ports.ids.clone(),
    }))
}

pub(super) fn people(ports: &Ports, questions: &Arc<AnalyticsService>) -> Arc<PeopleService> {
    Arc::new(PeopleService::new(people::Dependencies {
        people: ports.catalog.clone(),
        contacts: ports.catalog.clone(),
        customers: ports.catalog.clone(),
        subjects: ports.subjects.clone(),
        questions: questions.clone(),
        clock: ports.clock.clone(),
        ids: ports.ids.clone(),
    }))
}

pub(super) fn completion(ports: &Ports, ingest: &Arc<Ingest>) -> Arc<SessionCompletionService> {
    Arc::new(SessionCompletionService::new(session_completion::Dependencies {
        calls: ports.catalog.clone(),
        runs: ports.catalog.clone(),
        ingest: ingest.clone(),
        journal: ports.journal.clone(),
        clock: ports.clock.clone(),
        ids: ports.ids.clone(),
    }))
}

pub(super) fn annotations(ports: &Ports) -> Arc<AnnotationService> {
    let Ports { catalog, clock, ids, .. } = ports;
    Arc::new(AnnotationService::new(catalog.clone(), clock.clone(), ids.clone()))
}

pub(super) fn error_groups(
    ports: &Ports,
    analytics: &Arc<AnalyticsService>,
) -> Arc<ErrorGroupService> {
    Arc::new(ErrorGroupService::new(error_groups::Dependencies {
        triage: ports.catalog.clone(),
        annotations: ports.catalog.clone(),
        projects: ports.catalog.clone(),
        analytics: analytics.clone(),
        clock: ports.clock.clone(),
    }))
}

pub(super) fn source_maps(ports: &Ports) -> Arc<SourceMapService> {
    Arc::new(SourceMapService::new(source_maps::Dependencies {
        rows: ports.catalog.clone(),
        blobs: ports.blobs.clone(),
        annotations: ports.catalog.clone(),
        clock: ports.clock.clone(),
        ids: ports.ids.clone(),
    }))
}

pub(super) fn share_links(ports: &Ports, auth: &Arc<AuthService>) -> Arc<ShareLinkService> {
    let Ports { catalog, clock, ids, random, .. } = ports.clone();
    let boards = catalog.clone();
    Arc::new(ShareLinkService::new(catalog, boards, auth.clone(), clock, ids, random))
}

pub(super) fn widgets(ports: &Ports) -> Arc<WidgetService> {
    let Ports { catalog, clock, ids, .. } = ports.clone();
    let directory = Arc::new(WidgetDirectory::new(catalog.clone()));
    Arc::new(WidgetService::new(catalog, directory, clock, ids))
}

pub(super) fn goals(ports: &Ports) -> Arc<GoalService> {
    let Ports { catalog, clock, ids, .. } = ports;
    Arc::new(GoalService::new(catalog.clone(), catalog.clone(), clock.clone(), ids.clone()))
}

pub(super) fn project_settings(
    ports: &Ports,
    retention: &Arc<RetentionService>,
    zones: ProjectZones,
) -> Arc<ProjectSettingsService> {
    let Ports { catalog, clock, .. } = ports;
    let service =
        ProjectSettingsService::new(catalog.clone(), retention.clone(), zones, clock.clone());
    Arc::new(service)
}

pub(super) fn saved_questions(ports: &Ports, zones: ProjectZones) -> Arc<SavedQuestionService> {
    let Ports { catalog, clock, ids, .. } = ports.clone();
    Arc::new(SavedQuestionService::new(catalog, zones, clock, ids))
}

pub(super) fn question_runs(
    ports: &Ports,
    sql: &Arc<SqlService>,
    zones: ProjectZones,
) -> Arc<QuestionRunService> {
    let Ports { catalog, clock, ids, .. } = ports.clone();
    Arc::new(QuestionRunService::new(saved_questions::Dependencies {
        store: catalog.clone(),
        questions: catalog,
        sql: sql.clone(),
        zones,
        clock,
        ids,
    }))
}

pub(super) fn api_keys(ports: &Ports, directory: Arc<KeyDirectory>) -> Arc<ApiKeyService> {
    let Ports { catalog, clock, ids, random, .. } = ports.clone();
    Arc::new(ApiKeyService::new(catalog, directory, clock, ids, random))
}

pub(super) fn boards(ports: &Ports) -> Arc<BoardService> {
    let Ports { catalog, clock, ids, .. } = ports;
    Arc::new(BoardService::new(catalog.clone(), clock.clone(), ids.clone()))
}

pub(super) fn segments(ports: &Ports) -> Arc<SegmentService> {
    let Ports { catalog, clock, ids, .. } = ports;
    Arc::new(SegmentService::new(catalog.clone(), clock.clone(), ids.clone()))
}

pub(super) fn webhooks(ports: &Ports) -> Arc<WebhookService> {
    Arc::new(WebhookService::new(webhooks::Dependencies {
        store: ports.catalog.clone(),
        outbound: ports.outbound.clone(),
        clock: ports.clock.clone(),
        ids: ports.ids.clone(),
        random: ports.random.clone(),
    }))
}

pub(super) fn operations(
    ports: &Ports,
    positions: &[(&'static str, watch::Receiver<Position>)],
    storage: &Arc<StorageMeter>,
) -> Arc<OperationsService> {
    Arc::new(OperationsService::new(operations::Dependencies {
        journal: ports.journal.clone(),
        positions: positions.to_vec(),
        resources: ports.resources.clone(),
        storage: storage.clone(),
        clock: ports.clock.clone(),
    }))
}
