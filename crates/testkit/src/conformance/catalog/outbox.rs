//! Messages are there exactly when the changes are that they tell of.

use domain::crm::{ContactEdit, TaskAction};
use domain::id::EventId;
use engine::ports::catalog::{Error, NewTaskAction, WebhookPatch};
use serde_json::Value;
use uuid::Uuid;

use super::CatalogHarness;
use super::crm_fixtures::{both, by_email, by_user, contact_of, event, facts, open_tasks};
use super::fixtures::{NOON, member_id, project_id, taken_field, two_projects};
use super::webhook_fixtures::{first, kinds, messages, subscribe, webhook_id};

/// One by one, however many facts come at once: the same batches or others, the same messages.
pub async fn each_change_makes_one_message<S: CatalogHarness>() {
    let all = [
        by_user(1, 0, "customer.created"),
        by_user(2, 1, "page.viewed"),
        by_user(3, 2, "booking.started"),
        by_user(4, 3, "booking.completed"),
        by_user(5, 4, "booking.completed"),
    ];
    let mut by_size = Vec::new();
    for size in [1, 2, 5] {
        let (_store, ports) = two_projects::<S>().await;
        subscribe(&ports, 1, 1).await;
        for (position, batch) in (1..).zip(all.chunks(size)) {
            ports.crm.apply(&facts(batch), position).await.unwrap();
            ports.crm.apply(&facts(batch), position).await.unwrap();
        }
        let mut ids: Vec<_> =
            messages(&ports, webhook_id(1)).await.into_iter().map(|message| message.id).collect();
        ids.sort_unstable();
        by_size.push(ids);
    }
    assert_eq!(by_size[0].len(), 5, "created, started, completed twice, one task");
    assert!(by_size.iter().all(|ids| *ids == by_size[0]), "{by_size:?}");
}

/// Of what was applied before, nothing; of what is new since, everything.
pub async fn a_webhook_gets_no_earlier_changes<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    let first_facts = facts(&[by_user(1, 0, "customer.created")]);
    ports.crm.apply(&first_facts, 7).await.unwrap();
    // Somebody who hears of changes since then, not of those before.
    subscribe(&ports, 1, 1).await;
    ports.crm.apply(&first_facts, 7).await.unwrap();
    assert_eq!(kinds(&ports, webhook_id(1)).await, [""; 0]);
    ports.crm.apply(&facts(&[by_user(2, 1, "booking.started")]), 8).await.unwrap();
    assert_eq!(kinds(&ports, webhook_id(1)).await, ["contact.updated"]);
}

/// Late facts make one message for what they change together; a merge makes a merge message.
pub async fn late_facts_and_merges_make_messages<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    subscribe(&ports, 1, 1).await;
    ports.crm.apply(&facts(&[by_email(1, 9, "payment.failed")]), 1).await.unwrap();
    ports.crm.apply(&facts(&[by_user(2, 9, "customer.login")]), 2).await.unwrap();
    assert_eq!(
        {
            let mut kinds = kinds(&ports, webhook_id(1)).await;
            kinds.sort_unstable();
            kinds
        },
        ["contact.created", "contact.created", "task.created"]
    );
    ports.crm.apply(&facts(&[both(3, 10)]), 3).await.unwrap();
    let merged = first(&ports, webhook_id(1)).await;
    assert_eq!(merged.kind, "contact.merged");
    let body: Value = serde_json::from_str(&merged.body).unwrap();
    let contact = contact_of(&ports, "u").await.unwrap();
    assert_eq!(body["data"]["contact"]["id"], contact.id.to_string());
    assert_ne!(body["data"]["absorbed_id"], contact.id.to_string());
    assert_eq!(messages(&ports, webhook_id(1)).await.len(), 4, "its task is not told of again");
    ports.crm.apply(&facts(&[by_user(4, 0, "booking.completed")]), 4).await.unwrap();
    let late = messages(&ports, webhook_id(1)).await;
    let mut late: Vec<&str> = late[..late.len() - 4].iter().map(|late| &*late.kind).collect();
    late.sort_unstable();
    assert_eq!(late, ["contact.updated", "task.created"]);
}

/// In the same transaction, or not at all.
pub async fn changes_by_members_make_messages<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    subscribe(&ports, 1, 1).await;
    let others = event(9, 0, "customer.created", Some("v"), Some("v@shop.test"));
    let all = facts(&[by_user(1, 0, "payment.failed"), others]);
    ports.crm.apply(&all, 1).await.unwrap();
    let before = messages(&ports, webhook_id(1)).await.len();
    let contact = contact_of(&ports, "u").await.unwrap().id;
    let edit = |number: u128, edit| {
        let fact = EventId(Uuid::from_u128(0xb000 + number));
        ports.contacts.edit(project_id(1), contact, fact, NOON, member_id(1), edit)
    };
    let phone = ContactEdit { phone: Some("+255".to_owned()), ..ContactEdit::default() };
    edit(1, phone.clone()).await.unwrap();
    assert_eq!(first(&ports, webhook_id(1)).await.kind, "contact.updated");
    edit(2, phone).await.unwrap();
    assert_eq!(messages(&ports, webhook_id(1)).await.len(), before + 1, "nothing changed");
    let foreign = ContactEdit { email: Some("v@shop.test".to_owned()), ..ContactEdit::default() };
    assert_eq!(taken_field(edit(3, foreign).await), "email");
    assert_eq!(messages(&ports, webhook_id(1)).await.len(), before + 1);
    let task = open_tasks(&ports).await[0].task.seed.id;
    let act = |number: u128, action| {
        let fact = EventId(Uuid::from_u128(0xc000 + number));
        let action = NewTaskAction { fact, now: NOON, member: member_id(1), action };
        ports.tasks.act(project_id(1), task, action)
    };
    for (number, action, kind) in [
        (1, TaskAction::Assign(Some(member_id(1))), "task.updated"),
        (2, TaskAction::Complete, "task.completed"),
        (3, TaskAction::Reopen, "task.updated"),
    ] {
        act(number, action).await.unwrap();
        let message = first(&ports, webhook_id(1)).await;
        let body: Value = serde_json::from_str(&message.body).unwrap();
        assert_eq!((&*message.kind, &body["data"]["task"]["id"]), (kind, &task.to_string().into()));
        assert_eq!(body["data"]["revision"], message.revision);
    }
}

/// Of the kinds it asks for, of its own project, and only while it is switched on.
pub async fn a_webhook_gets_the_kinds_it_subscribed_to<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    for (number, project) in [(1, 1), (2, 1), (3, 2), (4, 1)] {
        subscribe(&ports, number, project).await;
    }
    let change = async |number, changes| -> Result<(), Error> {
        let id = webhook_id(number);
        ports.webhooks.change_webhook(project_id(1), id, changes, NOON).await.map(|_| ())
    };
    let tasks = [domain::webhook::EventKind::TaskCreated].into();
    let tasks = WebhookPatch { kinds: Some(tasks), ..WebhookPatch::default() };
    change(2, tasks).await.unwrap();
    let off = WebhookPatch { is_active: Some(false), ..WebhookPatch::default() };
    change(4, off).await.unwrap();
    ports.crm.apply(&facts(&[by_user(1, 0, "payment.failed")]), 1).await.unwrap();
    let mut all = kinds(&ports, webhook_id(1)).await;
    all.sort_unstable();
    assert_eq!(all, ["contact.created", "task.created"]);
    assert_eq!(kinds(&ports, webhook_id(2)).await, ["task.created"]);
    assert_eq!(messages(&ports, webhook_id(4)).await, []);
    let foreign =
        ports.webhooks.deliveries(project_id(2), webhook_id(3), super::webhook_fixtures::query(9));
    assert_eq!(foreign.await.unwrap(), Some(Vec::new()));
}
