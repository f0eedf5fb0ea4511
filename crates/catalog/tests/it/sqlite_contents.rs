//! Behaviour that depends on file contents no port can produce.

use domain::project_creation::{CreationRule, ProjectCreationContext};
use domain::role::Role;
use engine::ports::catalog::{
    ApiKeyPatch, ApiKeyStore, ContactFactStore, Error, MemberStore, NewProject, ProjectStore,
};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, SqliteConnection};
use testkit::conformance::catalog::CatalogHarness;
use testkit::conformance::catalog::crm_fixtures::{by_user, contact_of, facts};
use testkit::conformance::catalog::fixtures::{
    NOON, join, key, key_id, member, member_id, project, project_id, two_projects,
};
use testkit::conformance::catalog::webhook_fixtures::{kinds, messages, subscribe, webhook_id};

use crate::Sqlite;

/// Runs statements on the file beside the open catalog.
async fn meddle(store: &Sqlite, statements: &'static str) {
    let options = SqliteConnectOptions::new().filename(store.path());
    let mut connection: SqliteConnection = options.connect().await.unwrap();
    sqlx::raw_sql(statements).execute(&mut connection).await.unwrap();
}

#[tokio::test]
async fn removing_all_members_does_not_reopen_set_up() {
    let (store, ports) = two_projects::<Sqlite>().await;
    meddle(&store, "DELETE FROM members; DELETE FROM projects;").await;
    assert_eq!(ports.members.member(member_id(1)).await.unwrap(), None);
    assert!(ports.members.is_set_up().await.unwrap());
    assert!(!ports.members.set_up(member(2), project(2, member_id(2))).await.unwrap());
    assert_eq!(ports.members.member(member_id(2)).await.unwrap(), None);
}

/// What the migration of project creation made, undone.
const BEFORE_PROJECT_CREATION: &str = "
    DROP INDEX projects_by_creator;
    ALTER TABLE projects DROP COLUMN created_by;
    ALTER TABLE setup DROP COLUMN owner_id;
    DELETE FROM _sqlx_migrations WHERE version = 24;";

#[tokio::test]
async fn the_first_account_of_an_older_folder_owns_the_server_and_what_members_created_counts() {
    let (mut store, ports) = two_projects::<Sqlite>().await;
    join(&ports, 2, 1, Role::Admin, NOON.plus_seconds(9)).await;
    let rule = CreationRule::Members { projects_per_member: 1 };
    let own = NewProject { created_at: NOON.plus_seconds(60), ..project(3, member_id(2)) };
    ports.projects.create(own, rule).await.unwrap().unwrap();
    meddle(&store, BEFORE_PROJECT_CREATION).await;
    store.reopen().await;
    let projects = store.ports().projects;
    let first =
        ProjectCreationContext { is_server_owner: true, manages_a_project: true, created: 2 };
    assert_eq!(projects.standing(member_id(1)).await.unwrap(), first);
    let second =
        ProjectCreationContext { is_server_owner: false, manages_a_project: true, created: 1 };
    assert_eq!(projects.standing(member_id(2)).await.unwrap(), second);
}

#[tokio::test]
async fn a_set_up_that_fails_half_way_leaves_nothing() {
    let store = Sqlite::fresh().await;
    let nobody = member_id(9);
    let failed = store.catalog.set_up(member(1), project(1, nobody)).await;
    assert!(matches!(failed, Err(Error::Internal(_))), "{failed:?}");
    assert!(!store.catalog.is_set_up().await.unwrap());
    assert_eq!(store.catalog.member(member_id(1)).await.unwrap(), None);
    assert_eq!(store.catalog.project(project_id(1)).await.unwrap(), None);
    assert!(store.catalog.set_up(member(1), project(1, member_id(1))).await.unwrap());
}

#[tokio::test]
async fn an_allowlist_that_cannot_be_read_admits_nobody_until_it_is_replaced() {
    let (store, ports) = two_projects::<Sqlite>().await;
    let text = key(1, project_id(1)).key;
    ports.api_keys.add(key(1, project_id(1))).await.unwrap();
    for stored in [
        "UPDATE api_keys SET allowed_domains = ''",
        "UPDATE api_keys SET allowed_domains = 'null'",
        "UPDATE api_keys SET allowed_domains = '[\"not a domain\"]'",
        "UPDATE api_keys SET allowed_domains = '{}'",
    ] {
        meddle(&store, stored).await;
        let found = store.catalog.by_text(&text).await;
        assert!(matches!(found, Err(Error::Internal(_))), "{stored}: {found:?}");
    }
    let changes = ApiKeyPatch { allowed_domains: Some(Vec::new()), ..ApiKeyPatch::default() };
    assert!(ports.api_keys.change(project_id(1), key_id(1), changes).await.unwrap().is_some());
    assert!(store.catalog.by_text(&text).await.unwrap().is_some());
}

#[tokio::test]
async fn a_file_of_a_later_version_is_refused() {
    let mut store = Sqlite::fresh().await;
    meddle(
        &store,
        "INSERT INTO _sqlx_migrations
         SELECT 9999, 'later', installed_on, success, checksum, execution_time
         FROM _sqlx_migrations WHERE version = 1",
    )
    .await;
    store.catalog.close().await;
    let opened = catalog::Catalog::open(&store.path()).await;
    assert!(matches!(opened, Err(Error::Internal(_))), "{opened:?}");
    // Mended, it opens.
    meddle(&store, "DELETE FROM _sqlx_migrations WHERE version = 9999").await;
    store.reopen().await;
    store.catalog.ping().await.unwrap();
}

#[tokio::test]
async fn rebuilt_contacts_send_no_message_again() {
    let (store, ports) = two_projects::<Sqlite>().await;
    subscribe(&ports, 1, 1).await;
    let all = [
        by_user(1, 0, "customer.created"),
        by_user(2, 1, "booking.started"),
        by_user(3, 2, "booking.completed"),
    ];
    ports.crm.apply(&facts(&all[..1]), 1).await.unwrap();
    ports.crm.apply(&facts(&all[1..2]), 2).await.unwrap();
    let before = messages(&ports, webhook_id(1)).await;
    assert_eq!(kinds(&ports, webhook_id(1)).await, ["contact.created", "contact.updated"]);
    // Somebody who came later, and would hear of everything.
    subscribe(&ports, 2, 1).await;
    meddle(
        &store,
        "DELETE FROM crm_contacts; DELETE FROM crm_activities; DELETE FROM crm_tasks;
         DELETE FROM crm_aliases; UPDATE projection_positions SET position = 0 WHERE name = 'crm';",
    )
    .await;
    store.catalog.apply(&facts(&all[..2]), 2).await.unwrap();
    assert!(contact_of(&ports, "u").await.is_some());
    assert_eq!(messages(&ports, webhook_id(1)).await, before);
    assert_eq!(messages(&ports, webhook_id(2)).await, []);
    // A batch with announced and new facts: each message keeps its id.
    meddle(
        &store,
        "DELETE FROM crm_contacts; DELETE FROM crm_activities; DELETE FROM crm_tasks;
         DELETE FROM crm_aliases; UPDATE projection_positions SET position = 0 WHERE name = 'crm';",
    )
    .await;
    store.catalog.apply(&facts(&all), 3).await.unwrap();
    let mut again = kinds(&ports, webhook_id(1)).await;
    again.sort_unstable();
    assert_eq!(again, ["contact.created", "contact.updated", "contact.updated", "task.created"]);
}
