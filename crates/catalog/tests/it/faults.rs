//! Calls given up, many calls at once, a catalog that is closed, and a file that is none.

use std::future::Future;
use std::pin::pin;
use std::task::{Context, Waker};

use catalog::Catalog;
use domain::outcome::Outcome;
use engine::ports::catalog::{
    ApiKeyPatch, ApiKeyStore, Error, OutcomeDelta, OutcomeStore, ProjectStore,
};
use testkit::conformance::catalog::CatalogHarness;
use testkit::conformance::catalog::fixtures::{key, key_id, project, project_id, two_projects};
use tokio::task::JoinSet;

use crate::Sqlite;

/// Lets a call make so many steps and then gives it up, as a server does when a client goes away.
pub(crate) async fn give_up_after<F: Future>(steps: usize, call: F) {
    let mut call = pin!(call);
    for _ in 0..steps {
        if call.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_ready() {
            return;
        }
        tokio::task::yield_now().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn calls_cancelled_at_any_step_leave_the_catalog_usable() {
    let (store, ports) = two_projects::<Sqlite>().await;
    ports.api_keys.add(key(1, project_id(1))).await.unwrap();
    let delta =
        OutcomeDelta { project_id: project_id(1), day: 1, outcome: Outcome::Accepted, count: 1 };
    for steps in 0..300_u64 {
        let position = ports.accounts.position().await.unwrap();
        let deltas = [delta; 5];
        let call = ports.accounts.apply(&deltas, &[], position + 1);
        give_up_after(usize::try_from(steps).unwrap(), call).await;
        // The next write waits until the one given up has been undone or done.
        let changes = ApiKeyPatch { key_name: Some(steps.to_string()), ..<_>::default() };
        ports.api_keys.change(project_id(1), key_id(1), changes).await.unwrap();
        let position = ports.accounts.position().await.unwrap();
        let counted = ports.accounts.outcomes(project_id(1), 0, 9).await.unwrap();
        let count: u64 = counted.iter().map(|row| row.count).sum();
        assert_eq!(count, 5 * position, "after {steps} steps");
    }
    drop(store);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn reads_and_writes_at_the_same_time_all_succeed() {
    let (store, _) = two_projects::<Sqlite>().await;
    let mut calls = JoinSet::new();
    let rule = domain::project_creation::CreationRule::ServerOwner;
    for number in 3..203 {
        let catalog = store.catalog.clone();
        calls.spawn(async move {
            let owner = project(number, testkit::conformance::catalog::fixtures::member_id(1));
            catalog.create(owner, rule).await.unwrap().unwrap();
            // A write that returned is seen by every read after it.
            assert!(catalog.project(project_id(number)).await.unwrap().is_some());
        });
    }
    calls.join_all().await;
    assert_eq!(store.catalog.all().await.unwrap().len(), 202);
}

#[tokio::test]
async fn what_was_committed_is_in_the_files_a_crash_leaves() {
    let (store, ports) = two_projects::<Sqlite>().await;
    ports.api_keys.add(key(1, project_id(1))).await.unwrap();
    // A crash leaves the file and its log, and nothing that was only in memory.
    let left = tempfile::tempdir().unwrap();
    for name in ["catalog.db", "catalog.db-wal"] {
        std::fs::copy(store.path().with_file_name(name), left.path().join(name)).unwrap();
    }
    let after = Catalog::open(&left.path().join("catalog.db")).await.unwrap();
    assert_eq!(after.of_project(project_id(1)).await.unwrap(), [key(1, project_id(1))]);
}

#[tokio::test]
async fn a_closed_catalog_is_unavailable() {
    let store = Sqlite::fresh().await;
    store.catalog.ping().await.unwrap();
    store.catalog.close().await;
    let pinged = store.catalog.ping().await;
    assert!(matches!(pinged, Err(Error::Unavailable(_))), "{pinged:?}");
    let applied = store.catalog.apply(&[], &[], 1).await;
    assert!(matches!(applied, Err(Error::Unavailable(_))), "{applied:?}");
}

#[tokio::test]
async fn a_foreign_file_is_refused_and_unchanged() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("catalog.db");
    let contents = b"This is a text and no database. ".repeat(64);
    std::fs::write(&path, &contents).unwrap();
    let opened = Catalog::open(&path).await;
    assert!(matches!(opened, Err(Error::Internal(_))), "{opened:?}");
    assert_eq!(std::fs::read(&path).unwrap(), contents);

    let below_a_file = Catalog::open(&path.join("catalog.db")).await;
    assert!(matches!(below_a_file, Err(Error::Unavailable(_))), "{below_a_file:?}");
}
