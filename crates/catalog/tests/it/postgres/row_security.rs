//! Row-level security: isolation of projects in the database.

use engine::ports::catalog::ProjectStore;
use testkit::conformance::catalog::CatalogHarness;
use testkit::conformance::catalog::fixtures::{key, member_id, project, project_id, two_projects};

use super::Postgres;

/// Tables whose rows belong to a project, without a policy that binds their owner too.
const UNPROTECTED_TABLES: &str = "
    SELECT columns.table_name FROM information_schema.columns AS columns
    WHERE columns.table_schema = 'public'
      AND (columns.column_name = 'project_id' OR columns.table_name = 'projects')
      AND NOT EXISTS (
          SELECT 1 FROM pg_policies JOIN pg_class ON pg_class.oid = quote_ident(columns.table_name)::regclass
          WHERE pg_policies.tablename = columns.table_name AND pg_class.relrowsecurity
            AND pg_class.relforcerowsecurity)";

/// What the role of the program sees of the keys' projects under this setting.
fn seen(store: &Postgres, setting: &str) -> String {
    let statements = format!("SET ROLE footfall; {setting} SELECT project_id FROM api_keys");
    store.database.run(&statements)
}

#[tokio::test]
async fn every_table_of_projects_has_row_level_security() {
    let store = Postgres::fresh().await;
    assert_eq!(store.database.run(UNPROTECTED_TABLES), "");
    let covered = store.database.run("SELECT count(*) FROM pg_policies");
    assert!(covered.trim().parse::<u32>().unwrap() >= 5, "{covered}");
}

#[tokio::test]
async fn a_table_added_later_gets_its_policy_when_the_catalog_opens() {
    let mut store = Postgres::fresh().await;
    store.database.run(
        "SET ROLE footfall;
         CREATE TABLE \"Odd name\" (project_id TEXT NOT NULL);
         ALTER TABLE outcomes NO FORCE ROW LEVEL SECURITY;
         DROP POLICY footfall_project ON api_keys",
    );
    let open: Vec<_> = store.database.run(UNPROTECTED_TABLES).lines().map(str::to_owned).collect();
    assert_eq!(open.len(), 3, "{open:?}");
    store.reopen().await;
    assert_eq!(store.database.run(UNPROTECTED_TABLES), "");
}

#[tokio::test]
async fn the_owner_sees_the_project_that_is_set_and_no_other() {
    let (store, ports) = two_projects::<Postgres>().await;
    for number in [1, 2] {
        ports.api_keys.add(key(number, project_id(number))).await.unwrap();
    }
    let (one, two) = (project_id(1).to_string(), project_id(2).to_string());
    assert_eq!(seen(&store, ""), "", "nothing where nothing is set");
    assert_eq!(seen(&store, "SET footfall.project = '';"), "");
    assert_eq!(seen(&store, &format!("SET footfall.project = '{one}';")), format!("{one}\n"));
    assert_eq!(seen(&store, &format!("SET footfall.project = '{two}';")), format!("{two}\n"));
    assert_eq!(seen(&store, "SET footfall.project = '*';").lines().count(), 2);
    // Nor can another project's rows be changed, removed or made.
    let meddled = store.database.run(&format!(
        "SET ROLE footfall; SET footfall.project = '{one}';
         WITH changed AS (UPDATE api_keys SET key_name = 'x' WHERE project_id = '{two}' RETURNING 1),
              removed AS (DELETE FROM memberships WHERE project_id = '{two}' RETURNING 1)
         SELECT (SELECT count(*) FROM changed) + (SELECT count(*) FROM removed)"
    ));
    assert_eq!(meddled, "0\n");
}

#[tokio::test]
async fn row_level_security_is_reported_unless_the_role_bypasses_it() {
    let store = Postgres::fresh().await;
    assert!(store.catalog.has_row_security().await.unwrap());
    let url = store.database.url().replace("footfall@", "postgres@");
    let superuser = catalog::Catalog::connect(&url, super::JOURNAL).await.unwrap();
    assert!(!superuser.has_row_security().await.unwrap());
    superuser.close().await;
}

#[tokio::test]
async fn what_a_project_narrowed_is_wide_again_afterwards() {
    let (store, ports) = two_projects::<Postgres>().await;
    let rule = domain::project_creation::CreationRule::ServerOwner;
    for _ in 0..20 {
        assert!(ports.projects.project(project_id(1)).await.unwrap().is_some());
        assert!(
            ports.projects.create(project(1, member_id(1)), rule).await.is_err(),
            "it is taken"
        );
        assert_eq!(store.catalog.all().await.unwrap().len(), 2);
    }
}
