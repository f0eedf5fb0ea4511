//! Puts the use cases together: the one place that knows which needs which.

mod followers;
mod services;
mod settings;
mod use_cases;

use std::sync::Arc;

use domain::clock::Clock;
use domain::id::IdSource;
use domain::random::RandomSource;
use tokio::sync::watch;

use crate::Error;
use crate::ingest::{
    self, DailyVisitors, FailedEventBudget, Ingest, KeyDirectory, SuppressionRegistry,
};
use crate::ports::blobs::BlobStore;
use crate::ports::catalog::{AuditStore, CatalogStore, SubjectStore};
use crate::ports::geo::Geo;
use crate::ports::journal::{Journal, Position};
use crate::ports::lake::{LakeQuestions, LakeRetention, LakeSubjects, LakeWriter};
use crate::ports::outbound::Outbound;
use crate::ports::resources::Resources;
use crate::ports::sql::SqlSurface;
use crate::privacy::{self, PrivacyService};
use crate::project_zones::ProjectZones;
use crate::projections::Projection;
use crate::recordings::{self, RecordingService};
use crate::retention::RetentionFloors;
use crate::webhooks::sender::{self, WebhookSender};

use followers::Followers;
use services::Foundations;
pub use services::Services;
pub use settings::Settings;

/// The adapters an [`Engine`] works on.
#[derive(Clone)]
pub struct Ports {
    /// Where events arrive.
    pub journal: Arc<dyn Journal>,
    /// Relational state.
    pub catalog: Arc<dyn CatalogStore>,
    /// The part of the catalog that exports and erases persons.
    pub subjects: Arc<dyn SubjectStore>,
    /// The part of the catalog that keeps the audit log.
    pub audit: Arc<dyn AuditStore>,
    /// Where the lake is written and maintained.
    pub lake: Arc<dyn LakeWriter>,
    /// Questions about events.
    pub questions: Arc<dyn LakeQuestions>,
    /// The part of the lake that exports and erases persons.
    pub lake_subjects: Arc<dyn LakeSubjects>,
    /// The part of the lake that removes old events.
    pub lake_retention: Arc<dyn LakeRetention>,
    /// Recordings and screenshots.
    pub blobs: Arc<dyn BlobStore>,
    /// Countries and cities of addresses.
    pub geo: Arc<dyn Geo>,
    /// Requests to webhooks.
    pub outbound: Arc<dyn Outbound>,
    /// Statements of SQL.
    pub sql: Arc<dyn SqlSurface>,
    /// Memory and disk of the machine.
    pub resources: Arc<dyn Resources>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Ids.
    pub ids: Arc<dyn IdSource>,
    /// Secrets.
    pub random: Arc<dyn RandomSource>,
}

/// Everything that runs in one process, put together and not yet running.
pub struct Engine {
    /// The use cases.
    pub services: Services,
    /// The projections, each with the channel that announces how far it has come.
    pub projections: Vec<(Arc<dyn Projection>, watch::Sender<Position>)>,
    /// How far the lake has come.
    pub visible: watch::Receiver<Position>,
}

impl Engine {
    /// Puts the use cases together, and reads who is suppressed and the salts of the day.
    ///
    /// # Errors
    ///
    /// When the catalog does not answer, the user-agent rules do not compile, or the threads that hash
    /// passwords do not start.
    pub async fn new(ports: Ports, settings: Settings) -> Result<Self, Error> {
        let Ports { journal, catalog, clock, ids, random, .. } = ports.clone();
        let keys = Arc::new(KeyDirectory::new(catalog.clone()));
        let suppressions = Arc::new(SuppressionRegistry::new(catalog.clone()));
        suppressions.refresh().await?;
        let visitors = Arc::new(DailyVisitors::new(catalog.clone(), random.clone(), clock.clone()));
        visitors.refresh().await?;
        let floors = Arc::new(RetentionFloors::new(catalog.clone()));
        floors.refresh().await?;
        let ingest = Arc::new(Ingest::new(ingest::Dependencies {
            journal: journal.clone(),
            keys: keys.clone(),
            geo: ports.geo.clone(),
            address_limit_per_minute: settings.address_limit_per_minute,
            budget: FailedEventBudget::new(settings.failed_bytes_per_day),
            suppressions: suppressions.clone(),
            visitors: visitors.clone(),
            policies: catalog.clone(),
            floors: floors.clone(),
            clock: clock.clone(),
            ids: ids.clone(),
        })?);
        let sender = Arc::new(WebhookSender::new(sender::Dependencies {
            store: catalog.clone(),
            outbound: ports.outbound.clone(),
            clock: clock.clone(),
            random: random.clone(),
        }));
        let zones = ProjectZones::new(catalog.clone());
        let followers = Followers::over(&ports, &floors, &zones);
        let recordings = Arc::new(RecordingService::new(recordings::Dependencies {
            blobs: ports.blobs.clone(),
            rows: catalog.clone(),
            settings: catalog.clone(),
            days: catalog.clone(),
            bytes_per_day: settings.recorded_bytes_per_day,
            suppressions: suppressions.clone(),
            clock: clock.clone(),
            ids: ids.clone(),
        }));
        let privacy = Arc::new(PrivacyService::new(privacy::Dependencies {
            ledger: catalog.clone(),
            digests: catalog.clone(),
            catalog: ports.subjects.clone(),
            recordings: recordings.clone(),
            lake: ports.lake_subjects.clone(),
            journal: journal.clone(),
            projections: followers.readers(),
            suppressions: suppressions.clone(),
            clock: clock.clone(),
            ids: ids.clone(),
            random: random.clone(),
            second_sweep_seconds: settings.second_sweep_seconds,
        }));
        let services = Services::new(
            &ports,
            &settings,
            Foundations {
                ingest,
                keys,
                recordings,
                privacy,
                sender,
                suppressions,
                visitors,
                floors,
                zones,
                positions: followers.positions,
            },
        )?;
        Ok(Self { services, projections: followers.running, visible: followers.visible })
    }
}
