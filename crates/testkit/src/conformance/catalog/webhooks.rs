//! Webhooks, who may see them, and their secrets.

use std::collections::BTreeSet;

use domain::time::Timestamp;
use domain::webhook::{EventKind, MessageId, Secret, TEST_KIND, Target};
use engine::ports::catalog::{DeliveryQuery, DeliveryStatus, TestMessage, WebhookPatch};
use uuid::Uuid;

use super::CatalogHarness;
use super::fixtures::{NOON, project_id, two_projects};
use super::webhook_fixtures::{
    attempt, first, lease, query, secret, subscribe, webhook, webhook_id,
};

/// Latest first, in their own project.
pub async fn webhooks_are_found_by_their_project<S: CatalogHarness>() {
    let (mut store, ports) = two_projects::<S>().await;
    for (number, project) in [(2, 1), (1, 1), (3, 2)] {
        ports.webhooks.add_webhook(webhook(number, project), secret(1)).await.unwrap();
    }
    store.reopen().await;
    let webhooks = store.ports().webhooks;
    let listed = webhooks.webhooks_of(project_id(1)).await.unwrap();
    assert_eq!(listed, [webhook(2, 1), webhook(1, 1)]);
    assert_eq!(webhooks.webhooks_of(project_id(9)).await.unwrap(), []);
}

/// And every field can be changed.
pub async fn a_webhooks_change_touches_the_named_fields_only<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    ports.webhooks.add_webhook(webhook(1, 1), secret(1)).await.unwrap();
    let change = |changes, minute: i64| {
        let now = NOON.plus_seconds(minute * 60);
        ports.webhooks.change_webhook(project_id(1), webhook_id(1), changes, now)
    };
    let unchanged = change(WebhookPatch::default(), 0).await.unwrap();
    assert_eq!(unchanged, Some(webhook(1, 1)));
    let all = WebhookPatch {
        target: Some(Target::parse("https://other.test/").unwrap()),
        description: Some("Other".to_owned()),
        kinds: Some(BTreeSet::from([EventKind::TaskCompleted])),
        is_active: Some(false),
    };
    let changed = change(all.clone(), 1).await.unwrap().unwrap();
    assert_eq!((Some(changed.target), Some(changed.kinds)), (all.target, all.kinds));
    assert_eq!((changed.is_active, changed.disabled_at), (false, Some(NOON.plus_seconds(60))));
    let again = change(WebhookPatch { is_active: Some(false), ..Default::default() }, 2).await;
    assert_eq!(again.unwrap().unwrap().disabled_at, Some(NOON.plus_seconds(60)));
    let on = change(WebhookPatch { is_active: Some(true), ..Default::default() }, 3).await;
    let on = on.unwrap().unwrap();
    assert_eq!((on.is_active, on.disabled_at, on.disabled_reason), (true, None, None));
    assert_eq!(on.description, "Other");
}

/// The present one first; the one before it until its time is up, one before that no more.
pub async fn messages_are_signed_by_the_secrets_that_are_valid<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    ports.webhooks.add_webhook(webhook(1, 1), secret(1)).await.unwrap();
    let until = NOON.plus_seconds(3_600);
    let secrets = async |at: Timestamp| -> Vec<Secret> {
        let lease = ports.deliveries.lease(webhook_id(1), at, at, 1).await.unwrap();
        lease.unwrap().secrets
    };
    assert_eq!(secrets(NOON).await, [secret(1)]);
    for number in [2, 3] {
        let replaced = ports.webhooks.replace_webhook_secret(
            project_id(1),
            webhook_id(1),
            secret(number),
            until,
        );
        assert_eq!(replaced.await.unwrap().unwrap().previous_secret_until, Some(until));
    }
    assert_eq!(secrets(NOON).await, [secret(3), secret(2)]);
    assert_eq!(secrets(until).await, [secret(3)]);
}

/// By revision, latest first, page by page, of one status or all.
pub async fn messages_are_listed_and_paged<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    subscribe(&ports, 1, 1).await;
    for number in 1..=5 {
        let message = test_message(number);
        let added =
            ports.webhooks.add_test_message(project_id(1), webhook_id(1), message.clone()).await;
        let added = added.unwrap().unwrap();
        assert_eq!((added.id, &*added.kind, added.body), (message.id, TEST_KIND, message.body));
        assert_eq!((added.status, added.attempts), (DeliveryStatus::Waiting, 0));
    }
    let list = async |query: DeliveryQuery| -> Vec<MessageId> {
        let page = ports.webhooks.deliveries(project_id(1), webhook_id(1), query).await;
        page.unwrap().unwrap().into_iter().map(|delivery| delivery.id).collect()
    };
    let all: Vec<MessageId> = (1..=5).rev().map(|number| test_message(number).id).collect();
    assert_eq!(list(query(10)).await, all);
    let page = ports.webhooks.deliveries(project_id(1), webhook_id(1), query(2)).await.unwrap();
    let end = page.unwrap().pop().unwrap();
    let after = Some((end.revision, end.id));
    assert_eq!(list(DeliveryQuery { after, ..query(2) }).await, all[2..4]);
    let sent = lease(&ports, webhook_id(1), NOON, 1).await;
    let noted = attempt(&sent[0], NOON, Some(200));
    ports.deliveries.record_attempt(noted).await.unwrap();
    let delivered = DeliveryQuery { status: Some(DeliveryStatus::Delivered), ..query(10) };
    assert_eq!(list(delivered).await, [sent[0].id]);
}

/// For every method, and nothing is changed.
pub async fn a_foreign_webhook_is_answered_like_an_unknown_one<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    subscribe(&ports, 1, 1).await;
    let mine = ports.webhooks.add_test_message(project_id(1), webhook_id(1), test_message(1)).await;
    let mine = mine.unwrap().unwrap();
    for (project, id) in [(2, 1), (9, 1), (1, 9)] {
        let (project, id) = (project_id(project), webhook_id(id));
        let webhooks = &ports.webhooks;
        let off = WebhookPatch { is_active: Some(false), ..WebhookPatch::default() };
        assert_eq!(webhooks.change_webhook(project, id, off, NOON).await.unwrap(), None);
        let replaced = webhooks.replace_webhook_secret(project, id, secret(2), NOON).await;
        assert_eq!(replaced.unwrap(), None);
        assert!(!webhooks.remove_webhook(project, id).await.unwrap());
        assert_eq!(webhooks.deliveries(project, id, query(9)).await.unwrap(), None);
        let tested = webhooks.add_test_message(project, id, test_message(2)).await;
        assert_eq!(tested.unwrap(), None);
        assert_eq!(webhooks.resend(project, id, mine.id, NOON).await.unwrap(), None);
    }
    let unknown = test_message(9).id;
    let resent = ports.webhooks.resend(project_id(1), webhook_id(1), unknown, NOON).await;
    assert_eq!(resent.unwrap(), None);
    assert_eq!(first(&ports, webhook_id(1)).await, mine);
    assert_eq!(ports.webhooks.webhooks_of(project_id(1)).await.unwrap(), [webhook(1, 1)]);
}

/// With everything that was sent.
pub async fn a_removed_webhook_leaves_nothing_to_send<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    subscribe(&ports, 1, 1).await;
    let added =
        ports.webhooks.add_test_message(project_id(1), webhook_id(1), test_message(1)).await;
    assert!(added.unwrap().is_some());
    assert!(ports.webhooks.remove_webhook(project_id(1), webhook_id(1)).await.unwrap());
    assert!(!ports.webhooks.remove_webhook(project_id(1), webhook_id(1)).await.unwrap());
    assert_eq!(ports.deliveries.webhooks_waiting(NOON, 10).await.unwrap(), []);
    let leased = ports.deliveries.lease(webhook_id(1), NOON, NOON, 10).await.unwrap();
    assert!(leased.is_none());
}

fn test_message(number: u128) -> TestMessage {
    TestMessage {
        id: MessageId(Uuid::from_u128(0xa000 + number)),
        at: NOON,
        body: format!("{{\"test\":{number}}}"),
    }
}
