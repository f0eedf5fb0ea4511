//! Sign-ins.

use domain::role::Role;
use engine::ports::catalog::SignIn;

use super::CatalogHarness;
use super::fixtures::{NOON, join, member_id, sign_in, taken_field, two_projects};

/// Found by its digest and by no other, until the instant it expires.
pub async fn a_sign_in_is_valid_until_it_expires<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    let end = NOON.plus_seconds(60);
    let stored = sign_in(0xa5, NOON, end);
    ports.sign_ins.add(stored.clone()).await.unwrap();

    let digest = stored.token_digest;
    let found = ports.sign_ins.find(&digest, end.plus_micros(-1)).await.unwrap();
    assert_eq!(found, Some(stored));
    assert_eq!(ports.sign_ins.find(&digest, end).await.unwrap(), None);

    let mut other = digest;
    other[31] ^= 1;
    assert_eq!(ports.sign_ins.find(&other, NOON).await.unwrap(), None);
}

/// Those that have expired by the new one's `created_at`, and no others.
pub async fn adding_removes_those_that_have_expired<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    let now = NOON.plus_seconds(60);
    let expired = sign_in(1, NOON, now);
    let valid = sign_in(2, NOON, now.plus_micros(1));
    ports.sign_ins.add(expired.clone()).await.unwrap();
    ports.sign_ins.add(valid.clone()).await.unwrap();
    // Asked as of noon, both are there until the third is added.
    assert_eq!(ports.sign_ins.find(&[1; 32], NOON).await.unwrap(), Some(expired));
    ports.sign_ins.add(sign_in(3, now, now.plus_seconds(60))).await.unwrap();
    assert_eq!(ports.sign_ins.find(&[1; 32], NOON).await.unwrap(), None);
    assert_eq!(ports.sign_ins.find(&[2; 32], NOON).await.unwrap(), Some(valid));
}

/// One ends, the others go on; ending what is unknown changes nothing.
pub async fn a_removed_sign_in_is_not_found<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    let end = NOON.plus_seconds(60);
    ports.sign_ins.add(sign_in(1, NOON, end)).await.unwrap();
    ports.sign_ins.add(sign_in(2, NOON, end)).await.unwrap();
    ports.sign_ins.remove(&[9; 32]).await.unwrap();
    ports.sign_ins.remove(&[1; 32]).await.unwrap();
    ports.sign_ins.remove(&[1; 32]).await.unwrap();
    assert_eq!(ports.sign_ins.find(&[1; 32], NOON).await.unwrap(), None);
    assert!(ports.sign_ins.find(&[2; 32], NOON).await.unwrap().is_some());
}

/// A second sign-in with a digest is refused by the field's name.
pub async fn a_taken_digest_is_named_and_changes_nothing<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    let first = sign_in(1, NOON, NOON.plus_seconds(60));
    ports.sign_ins.add(first.clone()).await.unwrap();
    let second = SignIn { expires_at: NOON.plus_seconds(600), ..first.clone() };
    assert_eq!(taken_field(ports.sign_ins.add(second).await), "token_digest");
    assert_eq!(ports.sign_ins.find(&[1; 32], NOON).await.unwrap(), Some(first));
}

/// A restart signs nobody out, and nobody in again.
pub async fn sign_ins_outlast_a_restart<S: CatalogHarness>() {
    let (mut store, ports) = two_projects::<S>().await;
    let kept = sign_in(1, NOON, NOON.plus_seconds(60));
    ports.sign_ins.add(kept.clone()).await.unwrap();
    ports.sign_ins.add(sign_in(2, NOON, NOON.plus_seconds(60))).await.unwrap();
    ports.sign_ins.remove(&[2; 32]).await.unwrap();
    store.reopen().await;
    let ports = store.ports();
    assert_eq!(ports.sign_ins.find(&[1; 32], NOON).await.unwrap(), Some(kept));
    assert_eq!(ports.sign_ins.find(&[2; 32], NOON).await.unwrap(), None);
}

/// Of that member, and of nobody else.
pub async fn all_sign_ins_of_a_member_end_at_once<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    join(&ports, 2, 1, Role::Viewer, NOON).await;
    let end = NOON.plus_seconds(60);
    for byte in [1, 2] {
        ports.sign_ins.add(sign_in(byte, NOON, end)).await.unwrap();
    }
    let other = SignIn { member: member_id(2), ..sign_in(3, NOON, end) };
    ports.sign_ins.add(other.clone()).await.unwrap();
    ports.sign_ins.remove_all(member_id(1)).await.unwrap();
    for byte in [1, 2] {
        assert_eq!(ports.sign_ins.find(&[byte; 32], NOON).await.unwrap(), None);
    }
    assert_eq!(ports.sign_ins.find(&[3; 32], NOON).await.unwrap(), Some(other));
}
