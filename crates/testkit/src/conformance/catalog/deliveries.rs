//! Messages: leased, noted, tried again, and forgotten.

use domain::webhook::FAILING_DAYS;
use engine::ports::catalog::{AttemptOutcome, DeliveryStatus, WebhookPatch};

use super::crm_fixtures::{by_user, facts};
use super::fixtures::{NOON, project_id, two_projects};
use super::webhook_fixtures::{attempt, first, lease, messages, subscribe, webhook_id};
use super::{CatalogHarness, Ports};

/// A store in which a contact was made and webhook 1 heard of it: one message waits.
async fn one_message<S: CatalogHarness>() -> (S, Ports) {
    let (store, ports) = two_projects::<S>().await;
    subscribe(&ports, 1, 1).await;
    ports.crm.apply(&facts(&[by_user(1, 0, "customer.created")]), 1).await.unwrap();
    (store, ports)
}

/// Nobody else has what is leased, until the lease ends; then the attempt is another one.
pub async fn a_leased_message_is_nobody_elses<S: CatalogHarness>() {
    let (_store, ports) = one_message::<S>().await;
    let waiting = async |at| ports.deliveries.webhooks_waiting(at, 10).await.unwrap();
    assert_eq!(waiting(NOON).await, [webhook_id(1)]);
    let leased = lease(&ports, webhook_id(1), NOON, 10).await;
    assert_eq!((leased.len(), leased[0].attempt, leased[0].attempt_of_round), (1, 1, 1));
    assert_eq!(lease(&ports, webhook_id(1), NOON.plus_seconds(59), 10).await, []);
    assert_eq!(waiting(NOON.plus_seconds(59)).await, []);
    let later = NOON.plus_seconds(60);
    assert_eq!(waiting(later).await, [webhook_id(1)]);
    let again = lease(&ports, webhook_id(1), later, 10).await;
    assert_eq!((again[0].id, again[0].attempt), (leased[0].id, 2));
    // Who was too slow notes nothing.
    let late = attempt(&leased[0], later, Some(200));
    assert_eq!(ports.deliveries.record_attempt(late).await.unwrap(), AttemptOutcome::Superseded);
    let noted = attempt(&again[0], later, Some(204));
    assert_eq!(
        ports.deliveries.record_attempt(noted.clone()).await.unwrap(),
        AttemptOutcome::Stored
    );
    assert_eq!(ports.deliveries.record_attempt(noted).await.unwrap(), AttemptOutcome::Superseded);
    let delivery = first(&ports, webhook_id(1)).await;
    assert_eq!((delivery.status, delivery.attempts), (DeliveryStatus::Delivered, 2));
}

/// Many lease at once: together they have every message, and none twice.
pub async fn concurrent_leases_share_no_message<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    subscribe(&ports, 1, 1).await;
    let events: Vec<_> = (0..20).map(|number| by_user(number, 0, "booking.completed")).collect();
    ports.crm.apply(&facts(&events), 1).await.unwrap();
    let all = messages(&ports, webhook_id(1)).await.len();
    let mut workers = tokio::task::JoinSet::new();
    for _ in 0..16 {
        let ports = ports.clone();
        workers.spawn(async move { lease(&ports, webhook_id(1), NOON, 3).await });
    }
    let mut leased = workers.join_all().await.concat();
    // One that came too late for a message may have left it to nobody.
    leased.extend(lease(&ports, webhook_id(1), NOON, 100).await);
    let mut ids: Vec<_> = leased.iter().map(|message| message.id).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!((leased.len(), ids.len()), (all, all));
    assert!(all > 20, "{all}");
}

/// With what the receiver said, and when it is tried next; a failure without a next try is the end.
pub async fn an_attempt_is_noted_with_its_answer<S: CatalogHarness>() {
    let (_store, ports) = one_message::<S>().await;
    let leased = lease(&ports, webhook_id(1), NOON, 10).await;
    let failed = attempt(&leased[0], NOON, Some(503));
    ports.deliveries.record_attempt(failed.clone()).await.unwrap();
    let delivery = first(&ports, webhook_id(1)).await;
    assert_eq!(delivery.status, DeliveryStatus::Waiting);
    assert_eq!(delivery.next_attempt_at, failed.retry_at);
    assert_eq!((delivery.answered_status, delivery.duration_ms), (Some(503), Some(1_000)));
    assert_eq!((delivery.answer.as_deref(), delivery.trouble), (Some("said\n"), None));
    assert_eq!(lease(&ports, webhook_id(1), NOON.plus_seconds(3_600), 10).await, []);
    let next = failed.retry_at.unwrap();
    let leased = lease(&ports, webhook_id(1), next, 10).await;
    assert_eq!((leased.len(), leased[0].attempt), (1, 2));
    let last = attempt(&leased[0], next, None);
    let last = engine::ports::catalog::DeliveryAttempt { retry_at: None, ..last };
    ports.deliveries.record_attempt(last).await.unwrap();
    let delivery = first(&ports, webhook_id(1)).await;
    assert_eq!((delivery.status, delivery.next_attempt_at), (DeliveryStatus::Failed, None));
    assert_eq!(delivery.trouble.as_deref(), Some("no answer in time"));
    assert_eq!(delivery.last_attempt_at, Some(next));
    assert_eq!(ports.deliveries.webhooks_waiting(next.plus_seconds(1 << 30), 9).await.unwrap(), []);
}

/// Under the id it has, by a round of attempts that is counted anew.
pub async fn a_message_is_sent_again_by_a_new_round<S: CatalogHarness>() {
    let (_store, ports) = one_message::<S>().await;
    let leased = lease(&ports, webhook_id(1), NOON, 10).await;
    ports.deliveries.record_attempt(attempt(&leased[0], NOON, Some(200))).await.unwrap();
    let later = NOON.plus_seconds(86_400);
    let resent = ports.webhooks.resend(project_id(1), webhook_id(1), leased[0].id, later).await;
    let resent = resent.unwrap().unwrap();
    assert_eq!((resent.status, resent.attempts), (DeliveryStatus::Waiting, 1));
    assert_eq!(lease(&ports, webhook_id(1), later.plus_seconds(-1), 10).await, []);
    let again = lease(&ports, webhook_id(1), later, 10).await;
    assert_eq!((again[0].attempt, again[0].attempt_of_round), (2, 1));
    assert_eq!((again[0].id, &again[0].body), (leased[0].id, &leased[0].body));
}

/// By 410 at once, else after days of failures; what waits then waits until it is switched on.
pub async fn a_webhook_that_fails_is_switched_off<S: CatalogHarness>() {
    let (_store, ports) = one_message::<S>().await;
    let webhook = async || ports.webhooks.webhooks_of(project_id(1)).await.unwrap().remove(0);
    let on = async |at| {
        let on = WebhookPatch { is_active: Some(true), ..WebhookPatch::default() };
        let changed = ports.webhooks.change_webhook(project_id(1), webhook_id(1), on, at).await;
        assert!(changed.unwrap().unwrap().is_active);
    };
    let leased = lease(&ports, webhook_id(1), NOON, 10).await;
    let gone = ports.deliveries.record_attempt(attempt(&leased[0], NOON, Some(410))).await;
    assert!(matches!(gone.unwrap(), AttemptOutcome::SwitchedOff(_)));
    let off = webhook().await;
    assert_eq!((off.is_active, off.disabled_at), (false, Some(NOON.plus_seconds(1))));
    assert!(off.disabled_reason.is_some_and(|reason| reason.contains("410")));
    let day = |day: i64| NOON.plus_seconds(day * 86_400);
    assert_eq!(ports.deliveries.webhooks_waiting(day(1), 10).await.unwrap(), []);
    assert_eq!(lease(&ports, webhook_id(1), day(1), 10).await, []);
    on(day(1)).await;
    for number in 1..=FAILING_DAYS {
        let leased = lease(&ports, webhook_id(1), day(number), 10).await;
        let failed = attempt(&leased[0], day(number), Some(500));
        assert_eq!(ports.deliveries.record_attempt(failed).await.unwrap(), AttemptOutcome::Stored);
    }
    assert_eq!(webhook().await.failing_since, Some(day(1).plus_seconds(1)));
    let end = day(FAILING_DAYS + 1);
    let leased = lease(&ports, webhook_id(1), end, 10).await;
    let failed = ports.deliveries.record_attempt(attempt(&leased[0], end, None)).await;
    assert!(matches!(failed.unwrap(), AttemptOutcome::SwitchedOff(_)));
    on(end).await;
    let leased = lease(&ports, webhook_id(1), end.plus_seconds(7_200), 10).await;
    let delivered = attempt(&leased[0], end, Some(200));
    ports.deliveries.record_attempt(delivered).await.unwrap();
    assert_eq!(webhook().await.failing_since, None);
}

/// What was done with long ago, and what nobody will ever hear of.
pub async fn old_messages_are_forgotten<S: CatalogHarness>() {
    let (_store, ports) = one_message::<S>().await;
    let prune = async |at| ports.deliveries.prune_deliveries(at).await.unwrap();
    let leased = lease(&ports, webhook_id(1), NOON, 10).await;
    assert_eq!(prune(NOON.plus_seconds(1 << 30)).await, 0, "what waits is kept");
    ports.deliveries.record_attempt(attempt(&leased[0], NOON, Some(200))).await.unwrap();
    assert_eq!(prune(NOON.plus_seconds(1)).await, 0);
    assert_eq!(prune(NOON.plus_seconds(2)).await, 1);
    ports.crm.apply(&facts(&[by_user(2, 1, "booking.completed")]), 2).await.unwrap();
    let off = WebhookPatch { is_active: Some(false), ..WebhookPatch::default() };
    ports.webhooks.change_webhook(project_id(1), webhook_id(1), off, NOON).await.unwrap();
    assert_eq!(prune(NOON).await, 0);
    assert!(prune(NOON.plus_seconds(1)).await > 0);
    assert_eq!(messages(&ports, webhook_id(1)).await, []);
}
