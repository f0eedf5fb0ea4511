//! The live feed and what it checks: sessions, roles and keys.

use std::net::SocketAddr;
use std::sync::Arc;

use api::{App, Peer};
use axum::Extension;
use catalog::Catalog;
use domain::project_creation::CreationRule;
use engine::auth::{Auth, AuthorityChanges};
use engine::live::{LiveHub, LiveLimits, Pace, Parts};
use engine::ports::journal::Journal as _;
use engine::questions::Analytics;
use engine::secret_keys::SecretKeyring;
use journal::sqlite::SqliteJournal;
use testkit::fakes::lake::UnreachableLake;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use super::{Machine, TestServer, accounts};

/// Who may do what, and where changes of it are announced.
pub(super) struct Authority {
    pub(super) auth: Arc<Auth>,
    pub(super) secret_keys: Arc<SecretKeyring>,
    pub(super) changes: AuthorityChanges,
}

impl Authority {
    pub(super) fn over(catalog: &Arc<Catalog>, machine: &Machine) -> Self {
        let Machine { clock, ids, chance } = machine.clone();
        let changes = AuthorityChanges::default();
        let auth = accounts::auth(catalog, machine, CreationRule::default(), &changes);
        let announced = changes.clone();
        let secret_keys = SecretKeyring::new(catalog.clone(), clock, ids, chance, announced);
        Self { auth, secret_keys: Arc::new(secret_keys), changes }
    }

    /// A feed of this journal that says at once what is visible.
    pub(super) fn feed(
        &self,
        journal: &Arc<SqliteJournal>,
        machine: &Machine,
        (limits, pace): (LiveLimits, Pace),
        stop: CancellationToken,
    ) -> Arc<LiveHub> {
        let hub = Arc::new(LiveHub::new(Parts {
            journal: journal.clone(),
            analytics: Arc::new(Analytics::new(Arc::new(UnreachableLake), 1)),
            auth: self.auth.clone(),
            secret_keys: self.secret_keys.clone(),
            changes: self.changes.clone(),
            clock: machine.clock.clone(),
            limits,
            pace,
        }));
        let (running, visible) = (hub.clone(), journal.tail());
        tokio::spawn(async move { running.run(visible, stop).await });
        hub
    }
}

impl TestServer {
    /// Begins to feed within other limits and at another pace.
    pub(crate) fn feed_at(&mut self, limits: LiveLimits, pace: Pace) {
        let stop = CancellationToken::new();
        let live = self.authority.feed(&self.journal, &self.machine, (limits, pace), stop);
        self.app = App::new(api::Parts { live, ..api::Parts::clone(&self.app) });
        self.router = api::router(self.app.clone());
    }

    /// Answers on a port of this machine, for what needs a connection.
    pub(crate) async fn listen(&self) -> SocketAddr {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let router = self.router.clone().layer(Extension(Peer(address)));
        tokio::spawn(axum::serve(listener, router).into_future());
        address
    }
}
