//! Blobs in a folder keep the contract of `engine::ports::blobs`.
#![expect(clippy::expect_used, reason = "a failed expectation must end the test")]

use blobs::FolderBlobs;
use tempfile::TempDir;
use testkit::conformance::blobs as contract;

fn fresh() -> (TempDir, FolderBlobs) {
    let folder = TempDir::new().expect("a folder");
    let blobs = FolderBlobs::open(&folder.path().join("blobs")).expect("blobs");
    (folder, blobs)
}

#[tokio::test]
async fn what_is_put_is_there_until_it_is_deleted() {
    let (_folder, blobs) = fresh();
    contract::what_is_put_is_there_until_it_is_deleted(&blobs).await;
}

#[tokio::test]
async fn a_name_put_again_is_replaced() {
    let (_folder, blobs) = fresh();
    contract::a_name_put_again_is_replaced(&blobs).await;
}

#[tokio::test]
async fn blobs_outlast_a_restart_and_leave_no_file_behind() {
    let (folder, blobs) = fresh();
    let group = contract::fill(&blobs).await;
    drop(blobs);
    let blobs = FolderBlobs::open(&folder.path().join("blobs")).expect("blobs");
    contract::check_filled(&blobs).await;
    for group in group {
        engine::ports::blobs::BlobStore::delete(&blobs, group).await.expect("deletes");
    }
    let left: Vec<_> = std::fs::read_dir(folder.path().join("blobs")).expect("a folder").collect();
    assert!(left.is_empty(), "{left:?}");
}
