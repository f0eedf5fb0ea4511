//! A server that is away, comes back, or takes no more; calls given up at any step.

use catalog::Catalog;
use domain::outcome::Outcome;
use engine::ports::catalog::{
    ApiKeyPatch, ApiKeyStore, Error, MemberStore, OutcomeDelta, OutcomeStore, ProjectStore,
};
use testkit::conformance::catalog::CatalogHarness;
use testkit::conformance::catalog::fixtures::{
    key, key_id, member, member_id, project, project_id, two_projects,
};
use testkit::postgres::PostgresServer;

use super::{JOURNAL, Postgres};
use crate::faults::give_up_after;

fn is_unavailable<T>(answer: &Result<T, Error>) -> bool {
    matches!(answer, Err(Error::Unavailable(_)))
}

#[tokio::test]
async fn a_server_that_went_away_is_unavailable_and_comes_back_by_itself() {
    let server = PostgresServer::own();
    let store = Postgres::on(&server).await;
    let catalog = &store.catalog;
    assert!(catalog.set_up(member(1), project(1, member_id(1))).await.unwrap());
    server.stop();
    let (read, wrote) = tokio::join!(catalog.is_set_up(), catalog.apply(&[], &[], 1));
    assert!(is_unavailable(&read), "{read:?}");
    assert!(is_unavailable(&wrote), "{wrote:?}");
    let connected = Catalog::connect(&store.database.url(), JOURNAL).await;
    assert!(is_unavailable(&connected), "{connected:?}");
    server.start();
    assert!(catalog.is_set_up().await.unwrap());
    catalog.apply(&[], &[], 1).await.unwrap();
    assert_eq!(
        catalog.project(project_id(1)).await.unwrap().map(|found| found.id),
        Some(project_id(1))
    );
}

#[tokio::test]
async fn connections_ended_by_an_operator_are_replaced_unseen() {
    let (store, ports) = two_projects::<Postgres>().await;
    for position in 1..10 {
        store.database.run(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
             WHERE datname = current_database() AND pid <> pg_backend_pid()",
        );
        ports.accounts.apply(&[], &[], position).await.unwrap();
        assert!(ports.members.is_set_up().await.unwrap());
    }
}

#[tokio::test]
async fn a_server_that_takes_no_more_connections_is_unavailable() {
    let store = Postgres::fresh().await;
    store.catalog.close().await;
    let database = &store.database;
    database.run_outside(&format!("ALTER DATABASE {} CONNECTION LIMIT 0", database.name()));
    let refused = Catalog::connect(&database.url(), JOURNAL).await;
    assert!(is_unavailable(&refused), "{refused:?}");
    database.run_outside(&format!("ALTER DATABASE {} CONNECTION LIMIT -1", database.name()));
    let admitted = Catalog::connect(&database.url(), JOURNAL).await.unwrap();
    admitted.ping().await.unwrap();
}

#[tokio::test]
async fn a_url_that_is_none_or_names_nothing_says_so() {
    for url in ["postgres://", "nonsense", "mysql://localhost/x"] {
        assert!(Catalog::connect(url, JOURNAL).await.is_err(), "{url}");
    }
    let database = PostgresServer::shared().database();
    let unknown = Catalog::connect(&database.url().replace("/test_", "/no_"), JOURNAL).await;
    assert!(is_unavailable(&unknown), "{unknown:?}");
}

#[tokio::test]
async fn tables_of_a_later_version_are_refused() {
    let store = Postgres::fresh().await;
    store.database.run(
        "INSERT INTO _sqlx_migrations
         SELECT 9999, 'later', installed_on, success, checksum, execution_time
         FROM _sqlx_migrations WHERE version = 1",
    );
    let opened = Catalog::connect(&store.database.url(), JOURNAL).await;
    assert!(matches!(opened, Err(Error::Internal(_))), "{opened:?}");
}

#[tokio::test]
async fn a_closed_catalog_is_unavailable() {
    let store = Postgres::fresh().await;
    store.catalog.close().await;
    let answers = [store.catalog.ping().await, store.catalog.apply(&[], &[], 1).await];
    assert!(answers.iter().all(is_unavailable), "{answers:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn calls_cancelled_at_any_step_leave_the_catalog_usable() {
    let (store, ports) = two_projects::<Postgres>().await;
    ports.api_keys.add(key(1, project_id(1))).await.unwrap();
    let delta =
        OutcomeDelta { project_id: project_id(1), day: 1, outcome: Outcome::Accepted, count: 1 };
    for steps in 0..60_u64 {
        let position = ports.accounts.position().await.unwrap();
        let deltas = [delta; 5];
        let call = ports.accounts.apply(&deltas, &[], position + 1);
        give_up_after(usize::try_from(steps).unwrap(), call).await;
        let changes = ApiKeyPatch { key_name: Some(steps.to_string()), ..<_>::default() };
        let call = store.catalog.change(project_id(1), key_id(1), changes.clone());
        give_up_after(usize::try_from(steps).unwrap(), call).await;
        let call = store.catalog.project(project_id(1));
        give_up_after(usize::try_from(steps).unwrap(), call).await;
        // What was given up holds no lock for long, and is done whole or not at all: a write of the
        // same projection waits until it is known which.
        ports.api_keys.change(project_id(1), key_id(1), changes).await.unwrap();
        let position = ports.accounts.position().await.unwrap();
        ports.accounts.apply(&[delta; 5], &[], position + 1).await.ok();
        let (position, counted) =
            tokio::join!(ports.accounts.position(), ports.accounts.outcomes(project_id(1), 0, 9));
        let count: u64 = counted.unwrap().iter().map(|row| row.count).sum();
        assert_eq!(count, 5 * position.unwrap(), "after {steps} steps");
        assert_eq!(store.catalog.all().await.unwrap().len(), 2, "no project is set any more");
    }
}
