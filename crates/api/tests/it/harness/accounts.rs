//! The account a server begins with.

use api::App;
use engine::api_keys::NewApiKey;
use engine::auth::SetUp;
use secrecy::ExposeSecret as _;

use super::Account;

/// The owner, their project and its key.
pub(super) async fn set_up(app: &App) -> Account {
    let owner = SetUp {
        token: "".into(),
        email: "owner@shop.test".to_owned(),
        name: "Olive Owner".to_owned(),
        password: "correct horse battery".into(),
        project_name: "Shop".to_owned(),
        time_zone: domain::zone::Zone::UTC,
    };
    let done = app.auth.set_up_trusted(owner).await.expect("set up");
    let projects = app.auth.projects(done.member.id).await.expect("projects");
    let project = projects.first().expect("one project").project.id;
    let key = NewApiKey {
        key_name: "Web site".to_owned(),
        allowed_domains: vec!["shop.test".to_owned()],
        ..NewApiKey::default()
    };
    let key = app.keys.create(project, key).await.expect("a key").key;
    Account { project, key, session: done.token.expose_secret().to_owned() }
}
