//! Nothing crosses projects: a foreign row is answered exactly like one that does not exist.

use domain::outcome::{Contract, Outcome, RejectionReason};
use engine::ports::catalog::{ApiKeyPatch, NewFailedEvent, OutcomeCount, OutcomeDelta};

use super::CatalogHarness;
use super::fixtures::{NOON, failed_id, key, key_id, project_id, two_projects};

/// Project 1 owns the key; project 2 asks for it, and for one that nobody has.
pub async fn a_foreign_key_is_answered_like_an_unknown_one<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    let own = key(1, project_id(1));
    ports.api_keys.add(own.clone()).await.unwrap();
    for caller_project in [project_id(2), project_id(9)] {
        assert_eq!(ports.api_keys.of_project(caller_project).await.unwrap(), []);
        for id in [key_id(1), key_id(9)] {
            let changes = ApiKeyPatch {
                key_name: Some("Taken over".into()),
                allowed_domains: Some(Vec::new()),
                rate_limit_per_minute: Some(1),
                is_active: Some(false),
            };
            assert_eq!(ports.api_keys.change(caller_project, id, changes).await.unwrap(), None);
            assert_eq!(ports.api_keys.remove(caller_project, id).await.unwrap(), None);
        }
    }
    assert_eq!(ports.api_keys.of_project(project_id(1)).await.unwrap(), [own]);
}

/// Project 1 owns the event; project 2 asks for it, and for one that nobody has.
pub async fn a_foreign_failed_event_is_answered_like_an_unknown_one<S: CatalogHarness>() {
    let (store, ports) = two_projects::<S>().await;
    let own = NewFailedEvent {
        position: 5,
        project_id: project_id(1),
        received_at: NOON,
        contract: Contract::Friction,
        reason: RejectionReason::TooLarge,
        detail: String::new(),
        bytes: b"private".to_vec(),
    };
    ports.accounts.apply(&[], &[own], 6).await.unwrap();
    let before = ports.accounts.failed_event(project_id(1), failed_id(&store, 5)).await.unwrap();
    assert!(before.is_some());
    for caller_project in [project_id(2), project_id(9)] {
        assert_eq!(ports.accounts.failed(caller_project, None, 10).await.unwrap(), []);
        for id in [5, 4].map(|position| failed_id(&store, position)) {
            assert_eq!(ports.accounts.failed_event(caller_project, id).await.unwrap(), None);
            ports.accounts.mark_resent(caller_project, id, NOON).await.unwrap();
        }
    }
    let after = ports.accounts.failed_event(project_id(1), failed_id(&store, 5)).await.unwrap();
    assert_eq!(after, before);
}

/// Counts of the same day and outcome stay apart.
pub async fn an_account_shows_its_own_project_only<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    let delta = |number, count| OutcomeDelta {
        project_id: project_id(number),
        day: 1,
        outcome: Outcome::Duplicate,
        count,
    };
    ports.accounts.apply(&[delta(1, 1), delta(2, 20), delta(1, 300)], &[], 1).await.unwrap();
    for (number, count) in [(1, 301), (2, 20)] {
        let expected =
            OutcomeCount { day: 1, outcome: "duplicate".into(), reason: String::new(), count };
        let shown = ports.accounts.outcomes(project_id(number), 0, 9).await.unwrap();
        assert_eq!(shown, [expected]);
    }
    assert_eq!(ports.accounts.outcomes(project_id(9), 0, 9).await.unwrap(), []);
}
