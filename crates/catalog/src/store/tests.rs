//! Tests with access to the connections: durability settings, locks, a full disk.

use std::time::Duration;

use domain::id::{KeyId, MemberId, ProjectId};
use domain::origin::{AllowedDomain, PageOrigin};
use domain::outcome::Contract;
use domain::time::Timestamp;
use engine::ports::catalog::{
    ApiKey, ApiKeyStore, Member, MemberStore, NewFailedEvent, NewProject, OutcomeStore,
};
use sqlx::Row;
use tempfile::TempDir;
use uuid::Uuid;

use super::*;

async fn opened(folder: &TempDir) -> Catalog {
    let path = folder.path().join("catalog.db");
    Catalog::of_sqlite(sqlite::open(&path, Duration::from_millis(50)).await.unwrap())
}

async fn pragma(pool: &AnyPool, statement: &'static str) -> String {
    let row = sqlx::query(statement).fetch_one(pool).await.unwrap();
    row.try_get(0).or_else(|_| row.try_get::<i64, _>(0).map(|number| number.to_string())).unwrap()
}

/// A failed event too large for a file that may not grow.
fn large(position: u64) -> NewFailedEvent {
    NewFailedEvent {
        position,
        project_id: ProjectId(Uuid::nil()),
        received_at: Timestamp::EPOCH,
        contract: Contract::Friction,
        reason: domain::outcome::RejectionReason::TooLarge,
        detail: String::new(),
        bytes: vec![7; 1 << 20],
    }
}

async fn set_up(catalog: &Catalog) -> Result<bool, Error> {
    let id = MemberId(Uuid::from_u128(1));
    let member = Member {
        id,
        email: "person@shop.test".into(),
        name: "Person".into(),
        password_hash: "".into(),
        created_at: Timestamp::EPOCH,
    };
    let project = NewProject {
        id: ProjectId(Uuid::from_u128(2)),
        name: "Shop".into(),
        retention_days: 365,
        time_zone: domain::zone::Zone::UTC,
        owner: id,
        created_at: Timestamp::EPOCH,
    };
    catalog.set_up(member, project).await
}

#[tokio::test]
async fn a_commit_reaches_the_disk_and_reads_cannot_write() {
    let folder = tempfile::tempdir().unwrap();
    let catalog = opened(&folder).await;
    assert_eq!(pragma(&catalog.writes, "PRAGMA journal_mode").await, "wal");
    assert_eq!(pragma(&catalog.writes, "PRAGMA synchronous").await, "2", "2 is FULL");
    assert_eq!(pragma(&catalog.writes, "PRAGMA foreign_keys").await, "1");
    assert_eq!(pragma(&catalog.writes, "PRAGMA busy_timeout").await, "50");
    assert_eq!(pragma(&catalog.reads, "PRAGMA query_only").await, "1");
}

#[tokio::test]
async fn a_lock_of_another_process_is_unavailable_and_passes() {
    let folder = tempfile::tempdir().unwrap();
    let catalog = opened(&folder).await;
    let other = opened(&folder).await;
    let lock = other.write().await.unwrap();
    let refused = set_up(&catalog).await;
    assert!(matches!(refused, Err(Error::Unavailable(_))), "{refused:?}");
    assert!(!catalog.is_set_up().await.unwrap(), "reads go on");
    drop(lock);
    other.close().await;
    assert!(set_up(&catalog).await.unwrap());
}

#[tokio::test]
async fn a_full_disk_is_unavailable_changes_nothing_and_passes() {
    let folder = tempfile::tempdir().unwrap();
    let catalog = opened(&folder).await;
    catalog.apply(&[], &[], 1).await.unwrap();
    pragma(&catalog.writes, "PRAGMA max_page_count = 1").await;
    let refused = catalog.apply(&[], &[large(1)], 2).await;
    assert!(matches!(refused, Err(Error::Unavailable(_))), "{refused:?}");
    assert_eq!(catalog.position().await.unwrap(), 1);
    pragma(&catalog.writes, "PRAGMA max_page_count = 1000000").await;
    catalog.apply(&[], &[large(1)], 2).await.unwrap();
    assert_eq!(catalog.position().await.unwrap(), 2);
}

#[tokio::test]
async fn a_connection_whose_transaction_sqlite_ended_itself_is_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let catalog = opened(&folder).await;
    let mut transaction = catalog.write().await.unwrap();
    // What SQLite does by itself after some I/O errors, unknown to sqlx.
    sqlx::query("ROLLBACK").execute(&mut *transaction).await.unwrap();
    assert!(transaction.commit().await.is_err(), "there is nothing to commit");
    for position in 1..4 {
        catalog.apply(&[], &[], position).await.unwrap();
    }
    assert_eq!(pragma(&catalog.writes, "PRAGMA synchronous").await, "2", "2 is FULL");
}

#[tokio::test]
async fn keys_of_an_earlier_version_are_found_by_their_origins() {
    let folder = tempfile::tempdir().unwrap();
    let catalog = opened(&folder).await;
    assert!(set_up(&catalog).await.unwrap());
    for number in 0..1_001 {
        let key = ApiKey {
            id: KeyId(Uuid::from_u128(number)),
            project_id: ProjectId(Uuid::from_u128(2)),
            key_name: String::new(),
            key: number.to_string(),
            allowed_domains: vec![AllowedDomain::parse(&format!("shop{number}.test")).unwrap()],
            rate_limit_per_minute: 1,
            is_active: true,
            created_at: Timestamp::EPOCH,
            last_used_at: None,
        };
        ApiKeyStore::add(&catalog, key).await.unwrap();
    }
    for statement in ["DELETE FROM api_key_hosts", "UPDATE api_keys SET has_hosts = 0"] {
        sqlx::query(statement).execute(&catalog.writes).await.unwrap();
    }
    let origin = PageOrigin::parse("https://shop1000.test").unwrap();
    assert_eq!(catalog.by_origin(&origin).await.unwrap(), None);
    catalog.close().await;
    let catalog = Catalog::open(&folder.path().join("catalog.db")).await.unwrap();
    let found = catalog.by_origin(&origin).await.unwrap().unwrap();
    assert_eq!(found.id, KeyId(Uuid::from_u128(1_000)));
    let plan = sqlx::query(
        "EXPLAIN QUERY PLAN SELECT 1 FROM api_key_hosts WHERE host_pattern IN ('a', 'b')",
    );
    let plan = plan.fetch_one(&catalog.reads).await.unwrap();
    let detail: String = plan.try_get("detail").unwrap();
    assert!(detail.contains("api_key_hosts_by_pattern"), "{detail}");
}
