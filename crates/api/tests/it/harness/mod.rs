//! The whole API in this process, on a real catalog and journal in a folder of its own, with a clock
//! that is set by hand. Of the lake there is only what erasures and exports see: what asks it is tested
//! with the whole program.

mod accounts;
mod listen;
mod projections;
mod requests;
mod response;
mod running;

use std::sync::Arc;

use api::{App, Settings};
use axum::Router;
use catalog::Catalog;
use domain::id::ProjectId;
use domain::project_creation::CreationRule;
use engine::live::{LiveIntervals, LiveLimits};
use engine::ports::catalog::AuditStore;
use engine::privacy::PrivacyService;
use engine::projections::Projection;
use engine::session_completion::SessionCompletionService;
use engine::webhooks::sender::WebhookSender;
use engine::{Engine, Ports};
use journal::sqlite::SqliteJournal;
use tempfile::TempDir;
use testkit::clock::ManualClock;
use testkit::fakes::lake::UnreachableLake;
use testkit::fakes::memory_lake::MemoryLake;
use testkit::fakes::subjects_with_reader::SubjectsWithReader;
use testkit::ids::CountingIds;
use testkit::random::CountingRandom;
use tokio_util::sync::DropGuard;

pub(crate) use response::Answer;
pub(crate) use running::RECORDED_BYTES_PER_DAY;
use running::Running;

/// A server with one project, whose owner is signed in, and one key.
pub(crate) struct TestServer {
    pub(crate) app: App,
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) project: ProjectId,
    /// The project's key; it admits pages of `https://shop.test` and programs' requests to none.
    pub(crate) key: String,
    router: Router,
    pub(crate) journal: Arc<SqliteJournal>,
    pub(crate) catalog: Arc<Catalog>,
    /// The lake, as far as erasures and exports see it.
    pub(crate) lake: Arc<MemoryLake>,
    /// The lake, as questions see it.
    pub(crate) questions: Arc<UnreachableLake>,
    /// The catalog, as erasures and exports see it.
    pub(crate) subjects: Arc<SubjectsWithReader>,
    /// Those that [`TestServer::project`] applies.
    projections: Vec<Arc<dyn Projection>>,
    /// The owner's.
    pub(crate) session: String,
    /// Sends what webhooks wait for.
    pub(crate) deliveries: Arc<WebhookSender>,
    machine: Machine,
    ports: Ports,
    settings: engine::Settings,
    /// Ends what runs by itself when it is dropped.
    stop: DropGuard,
    pub(crate) folder: TempDir,
}

/// Time and chance, the same for servers that stand beside each other.
#[derive(Clone, Default)]
struct Machine {
    clock: Arc<ManualClock>,
    ids: Arc<CountingIds>,
    random: Arc<CountingRandom>,
}

/// Who uses a server.
struct Account {
    project: ProjectId,
    key: String,
    session: String,
}

impl TestServer {
    pub(crate) async fn start() -> Self {
        let folder = TempDir::new().expect("a folder");
        let catalog = Catalog::open(&folder.path().join("catalog.db")).await.expect("a catalog");
        Self::assemble(folder, catalog, Machine::default(), None).await
    }

    /// A server on this catalog, with a journal of its own.
    pub(crate) async fn on(catalog: Catalog) -> Self {
        let folder = TempDir::new().expect("a folder");
        Self::assemble(folder, catalog, Machine::default(), None).await
    }

    /// Another server on the same catalog, with a journal of its own and the same clock.
    pub(crate) async fn second_server(&self, catalog: Catalog) -> Self {
        let folder = TempDir::new().expect("a folder");
        let account =
            Account { project: self.project, key: self.key.clone(), session: self.session.clone() };
        Self::assemble(folder, catalog, self.machine.clone(), Some(account)).await
    }

    async fn assemble(
        folder: TempDir,
        catalog: Catalog,
        machine: Machine,
        account: Option<Account>,
    ) -> Self {
        let options = journal::sqlite::Options::in_folder(folder.path().join("journal"));
        let journal = SqliteJournal::open(&options, machine.clock.clone()).expect("a journal");
        let stores = running::Stores {
            journal: Arc::new(journal),
            subjects: Arc::new(SubjectsWithReader::of(Arc::new(catalog.clone()))),
            catalog: Arc::new(catalog),
            lake: Arc::default(),
            questions: Arc::default(),
        };
        let ports = stores.ports(&machine, folder.path());
        let settings = running::settings();
        let running = Running::start(&ports, &settings, running::host()).await;
        let Running { app, projections, deliveries, stop } = running;
        let Account { project, key, session } = match account {
            Some(account) => account,
            None => accounts::set_up(&app).await,
        };
        let running::Stores { journal, catalog, subjects, lake, questions } = stores;
        Self {
            router: api::router(app.clone()),
            app,
            clock: machine.clock.clone(),
            project,
            key,
            journal,
            catalog,
            lake,
            questions,
            subjects,
            projections,
            session,
            deliveries,
            machine,
            ports,
            settings,
            stop,
            folder,
        }
    }

    /// Starts again on the same stores, with other ports or settings.
    pub(crate) async fn restart(&mut self, change: impl FnOnce(&mut Ports, &mut engine::Settings)) {
        change(&mut self.ports, &mut self.settings);
        let host = self.app.host().clone();
        let running = Running::start(&self.ports, &self.settings, host).await;
        self.router = api::router(running.app.clone());
        self.app = running.app;
        self.projections = running.projections;
        self.deliveries = running.deliveries;
        self.stop = running.stop;
    }

    /// The same server, with another place for its audit log.
    pub(crate) async fn with_audit_log(mut self, store: Arc<dyn AuditStore>) -> Self {
        self.restart(|ports, _| ports.audit = store).await;
        self
    }

    /// The same server, whose operator lets others create projects, too.
    pub(crate) async fn with_creation_rule(mut self, creation: CreationRule) -> Self {
        self.restart(|_, settings| settings.creation = creation).await;
        self
    }

    /// Begins to feed within other limits and at another pace.
    pub(crate) async fn feed_at(&mut self, limits: LiveLimits, intervals: LiveIntervals) {
        self.restart(|_, settings| {
            (settings.live_limits, settings.live_intervals) = (limits, intervals);
        })
        .await;
    }

    /// Another server's session completion, over the same catalog and journal.
    pub(crate) async fn second_completion(&self) -> Arc<SessionCompletionService> {
        self.second_engine().await.services.completion
    }

    /// The erasures as another process, or this one after a restart, goes on with them.
    pub(crate) async fn privacy_after_restart(&self) -> Arc<PrivacyService> {
        self.second_engine().await.services.privacy
    }

    async fn second_engine(&self) -> Engine {
        Engine::new(self.ports.clone(), self.settings.clone()).await.expect("an engine")
    }

    /// Begins to answer by other settings.
    pub(crate) fn set(&mut self, change: impl FnOnce(&mut Settings)) {
        let mut host = self.app.host().clone();
        change(&mut host.settings);
        self.app = App::new(self.app.services().clone(), host);
        self.router = api::router(self.app.clone());
    }
}
