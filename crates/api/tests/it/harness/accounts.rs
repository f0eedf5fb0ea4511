//! The server's accounts, and the one it begins with.

use std::sync::Arc;

use api::App;
use catalog::Catalog;
use domain::project_creation::CreationRule;
use engine::auth::{self, Auth, AuthorityChanges, SetUp};
use engine::keys::NewKey;
use secrecy::ExposeSecret as _;

use super::{Account, Machine, TestServer};

/// The use cases around members.
pub(super) fn auth(
    catalog: &Arc<Catalog>,
    machine: &Machine,
    creation: CreationRule,
    changes: &AuthorityChanges,
) -> Arc<Auth> {
    let Machine { clock, ids, chance } = machine.clone();
    let (store, changes) = (catalog.clone(), changes.clone());
    let parts = auth::Parts { store, clock, ids, chance, creation, changes };
    Arc::new(Auth::new(parts).expect("threads"))
}

impl TestServer {
    /// The same server, whose operator lets others create projects, too.
    pub(crate) fn with_creation_rule(mut self, creation: CreationRule) -> Self {
        let auth = auth(&self.catalog, &self.machine, creation, &self.authority.changes);
        self.app = App::new(api::Parts { auth, ..api::Parts::clone(&self.app) });
        self.router = api::router(self.app.clone());
        self
    }
}

/// The owner, their project and its key.
pub(super) async fn set_up(app: &App) -> Account {
    let owner = SetUp {
        token: "".into(),
        email: "owner@shop.test".to_owned(),
        name: "Olive Owner".to_owned(),
        password: "correct horse battery".into(),
        project_name: "Shop".to_owned(),
    };
    let done = app.auth.set_up_trusted(owner).await.expect("set up");
    let projects = app.auth.projects(done.member.id).await.expect("projects");
    let project = projects.first().expect("one project").project.id;
    let key = NewKey {
        key_name: "Web site".to_owned(),
        allowed_domains: vec!["shop.test".to_owned()],
        ..NewKey::default()
    };
    let key = app.keys.create(project, key).await.expect("a key").key;
    Account { project, key, session: done.token.expose_secret().to_owned() }
}
