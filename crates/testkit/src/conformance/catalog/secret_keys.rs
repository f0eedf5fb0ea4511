//! Keys with which programs read and report.

use domain::key::SecretKeyRole;
use engine::ports::catalog::Invitation;

use super::CatalogHarness;
use super::fixtures::{NOON, invitation, project_id, secret_key, secret_key_id, two_projects};

/// Whole, expired or not, and by no other digest.
pub async fn a_secret_key_is_found_by_its_digest<S: CatalogHarness>() {
    let (mut store, ports) = two_projects::<S>().await;
    let endless = secret_key(1, 1);
    let ending = engine::ports::catalog::SecretKey {
        expires_at: Some(NOON.plus_seconds(-1)),
        last_used_at: Some(NOON),
        role: SecretKeyRole::Writer,
        rate_limit_per_minute: u32::MAX,
        ..secret_key(2, 2)
    };
    for key in [&endless, &ending] {
        ports.secret_keys.add_secret_key(key.clone()).await.unwrap();
    }
    store.reopen().await;
    let ports = store.ports();
    for key in [endless, ending] {
        let found = ports.secret_keys.secret_key(&key.digest).await.unwrap();
        assert_eq!(found, Some(key));
    }
    assert_eq!(ports.secret_keys.secret_key(&[0; 32]).await.unwrap(), None);
}

/// Latest first, and no other project's.
pub async fn the_secret_keys_of_a_project_come_latest_first<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    for (number, project) in [(2, 1), (3, 1), (1, 1), (4, 2)] {
        ports.secret_keys.add_secret_key(secret_key(number, project)).await.unwrap();
    }
    let keys = ports.secret_keys.secret_keys_of(project_id(1)).await.unwrap();
    assert_eq!(keys, [3, 2, 1].map(|number| secret_key(number, 1)));
    assert_eq!(ports.secret_keys.secret_keys_of(project_id(9)).await.unwrap(), []);
}

/// A foreign key is answered like an unknown one; what a revoked one invited is ended.
pub async fn a_secret_key_is_revoked_by_its_own_project<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    let key = secret_key(1, 1);
    ports.secret_keys.add_secret_key(key.clone()).await.unwrap();
    let open = Invitation { invited_by: key.id.0, ..invitation(1, 1) };
    ports.invitations.invite(open.clone()).await.unwrap();
    let revoke =
        |project, id| ports.secret_keys.revoke_secret_key(project_id(project), secret_key_id(id));
    assert!(!revoke(2, 1).await.unwrap());
    assert!(!revoke(1, 9).await.unwrap());
    assert_eq!(ports.secret_keys.secret_key(&key.digest).await.unwrap(), Some(key.clone()));
    assert!(ports.invitations.invitation(&open.token_digest, NOON).await.unwrap().is_some());
    assert!(revoke(1, 1).await.unwrap());
    assert!(!revoke(1, 1).await.unwrap());
    assert_eq!(ports.secret_keys.secret_key(&key.digest).await.unwrap(), None);
    assert_eq!(ports.invitations.invitation(&open.token_digest, NOON).await.unwrap(), None);
}

/// Rounded down to the minute; an earlier time never replaces a later one.
pub async fn use_of_a_secret_key_is_noted_to_the_minute<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    let key = secret_key(1, 1);
    ports.secret_keys.add_secret_key(key.clone()).await.unwrap();
    for (at_seconds, expected_seconds) in [(59, 0), (-60, 0), (61, 60), (30, 60)] {
        let at = NOON.plus_seconds(at_seconds);
        ports.secret_keys.touch_secret_key(key.id, at).await.unwrap();
        let stored = ports.secret_keys.secret_key(&key.digest).await.unwrap().unwrap();
        assert_eq!(stored.last_used_at, Some(NOON.plus_seconds(expected_seconds)), "{at_seconds}");
    }
    ports.secret_keys.touch_secret_key(secret_key_id(9), NOON).await.unwrap();
}
