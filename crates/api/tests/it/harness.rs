//! The whole API in this process, on a real catalog and journal in a folder of its own, with a clock
//! that is set by hand. The lake alone is missing: what asks it is tested with the whole program.

use std::sync::Arc;

use api::{App, Peer, Readiness, Settings, TrustedProxies};
use async_trait::async_trait;
use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode};
use catalog::Catalog;
use domain::id::ProjectId;
use engine::auth::{Auth, SetUp};
use engine::failed_events::FailedEvents;
use engine::ingest::{self, FailedBudget, Ingest, KeyDirectory};
use engine::keys::{Keys, NewKey};
use engine::live::LiveHub;
use engine::ports::geo::Nowhere;
use engine::ports::journal::Journal;
use engine::projections::{AccountsProjection, Projection};
use engine::questions::Analytics;
use engine::sql::Sql;
use journal::sqlite::SqliteJournal;
use serde_json::Value;
use tempfile::TempDir;
use testkit::chance::CountingChance;
use testkit::clock::ManualClock;
use testkit::fakes::lake::UnreachableLake;
use testkit::fakes::sql::CannedSql;
use testkit::ids::CountingIds;
use tower::ServiceExt;

/// What a page's browser says of itself.
const BROWSER: &str = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36";

/// A server with one project, whose owner is signed in, and one key.
pub(crate) struct TestServer {
    pub(crate) app: App,
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) project: ProjectId,
    /// The project's key; it admits pages of `https://shop.test` and programs' requests to none.
    pub(crate) key: String,
    router: Router,
    journal: Arc<SqliteJournal>,
    projections: Vec<Arc<dyn Projection>>,
    session: String,
    _folder: TempDir,
}

/// An answer, read.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Answer {
    /// The body as JSON; null when it is none.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_default()
    }
}

struct AlwaysReady;

#[async_trait]
impl Readiness for AlwaysReady {
    async fn failing(&self) -> Vec<&'static str> {
        Vec::new()
    }
}

impl TestServer {
    pub(crate) async fn start() -> Self {
        let folder = TempDir::new().expect("a folder");
        let clock = Arc::new(ManualClock::default());
        let ids = Arc::new(CountingIds::default());
        let chance = Arc::new(CountingChance::default());
        let options = journal::sqlite::Options::in_folder(folder.path().join("journal"));
        let journal = Arc::new(SqliteJournal::open(&options, clock.clone()).expect("a journal"));
        let catalog = Catalog::open(&folder.path().join("catalog.db")).await.expect("a catalog");
        let catalog = Arc::new(catalog);
        let directory = Arc::new(KeyDirectory::new(catalog.clone()));
        let ingest = Ingest::new(ingest::Parts {
            journal: journal.clone(),
            keys: directory.clone(),
            geo: Arc::new(Nowhere),
            address_limit_per_minute: 0,
            budget: FailedBudget::new(1 << 20),
            clock: clock.clone(),
            ids: ids.clone(),
        })
        .expect("an ingest");
        let auth = Auth::new(catalog.clone(), clock.clone(), ids.clone(), chance.clone());
        let app = App {
            ingest: Arc::new(ingest),
            auth: Arc::new(auth),
            keys: Arc::new(Keys::new(
                catalog.clone(),
                directory,
                clock.clone(),
                ids.clone(),
                chance,
            )),
            failed_events: Arc::new(FailedEvents::new(catalog.clone(), clock.clone())),
            analytics: Arc::new(Analytics::new(Arc::new(UnreachableLake), 1)),
            sql: Arc::new(Sql::new(Arc::new(CannedSql), 1)),
            live: Arc::new(LiveHub::new(journal.clone())),
            readiness: Arc::new(AlwaysReady),
            metrics: Arc::new(String::new),
            clock: clock.clone(),
            ids,
            settings: Arc::new(Settings {
                max_body_bytes: 4 << 20,
                trusted_proxies: TrustedProxies::new(Vec::new()),
                public_url: None,
            }),
        };
        let (project, session) = set_up(&app).await;
        let key = NewKey {
            key_name: "Web site".to_owned(),
            allowed_domains: vec!["shop.test".to_owned()],
            ..NewKey::default()
        };
        let key = app.keys.create(project, key).await.expect("a key").key;
        let projections: Vec<Arc<dyn Projection>> =
            vec![Arc::new(AccountsProjection::new(catalog.clone()))];
        let router = api::router(app.clone());
        Self { app, clock, project, key, router, journal, projections, session, _folder: folder }
    }

    /// Applies everything journaled so far.
    pub(crate) async fn project(&self) {
        for projection in &self.projections {
            let mut at = projection.position().await.expect("a position");
            loop {
                let blocks = self.journal.read(at, 1 << 20).await.expect("blocks");
                let Some(last) = blocks.last() else { break };
                let to = last.end();
                projection.apply(&blocks, at, to).await.expect("applied");
                at = to;
            }
        }
    }

    /// Sends JSON as a page of the shop with the project's key would.
    pub(crate) async fn ingest(&self, path: &str, body: &Value) -> Answer {
        let request = Request::post(path)
            .header("origin", "https://shop.test")
            .header("x-api-key", &self.key)
            .header("user-agent", BROWSER)
            .body(Body::from(body.to_string()));
        self.send(request.expect("a request")).await
    }

    /// Sends JSON as a page of the shop without a key would.
    pub(crate) async fn beacon(&self, path: &str, body: &Value) -> Answer {
        let request = Request::post(path)
            .header("origin", "https://shop.test")
            .header("user-agent", BROWSER)
            .header("content-type", "text/plain;charset=UTF-8")
            .body(Body::from(body.to_string()));
        self.send(request.expect("a request")).await
    }

    /// Reads as the signed-in owner. `{project}` in the path stands for the project's id.
    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.manage("GET", path, &Value::Null).await
    }

    /// Sends a request as the signed-in owner; null stands for no body.
    pub(crate) async fn manage(&self, method: &str, path: &str, body: &Value) -> Answer {
        let path = path.replace("{project}", &self.project.to_string());
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header("cookie", format!("footfall={}", self.session))
            .header("content-type", "application/json");
        let body = if body.is_null() { Body::empty() } else { Body::from(body.to_string()) };
        self.send(request.body(body).expect("a request")).await
    }

    /// Sends a request as it is.
    pub(crate) async fn send(&self, mut request: Request<Body>) -> Answer {
        request.extensions_mut().insert(Peer(([196, 249, 12, 34], 5_000).into()));
        let response = self.router.clone().oneshot(request).await.expect("infallible");
        let (parts, body) = response.into_parts();
        let bytes = axum::body::to_bytes(body, usize::MAX).await.expect("a body");
        Answer {
            status: parts.status,
            headers: parts.headers,
            text: String::from_utf8_lossy(&bytes).into_owned(),
        }
    }
}

async fn set_up(app: &App) -> (ProjectId, String) {
    let owner = SetUp {
        token: String::new(),
        email: "owner@shop.test".to_owned(),
        name: "Olive Owner".to_owned(),
        password: "correct horse battery".to_owned(),
        project_name: "Shop".to_owned(),
    };
    let done = app.auth.set_up_trusted(owner).await.expect("set up");
    let projects = app.auth.projects(done.member.id).await.expect("projects");
    (projects.first().expect("one project").project.id, done.token)
}
