//! Facts, the contacts and tasks they make, and rules.

use domain::crm::{
    CUSTOMER, ContactEdit, ContactFact, Identity, RuleHistory, RuleSet, TaskAction, TaskStatus,
    fold,
};
use domain::id::EventId;
use engine::ports::catalog::{
    ContactQuery, ContactSort, ContactSummary, Error, NewContactFact, NewTaskAction, TaskQuery,
    TimelineEntry,
};
use uuid::Uuid;

use super::crm_fixtures::{at, both, by_email, by_user, contact_of, facts, open_tasks, task_query};
use super::fixtures::{NOON, member_id, project_id};
use super::{CatalogHarness, Ports};

/// Rows and position are one.
pub async fn facts_and_their_position_are_one<S: CatalogHarness>() {
    let store = S::fresh().await;
    let ports = store.ports();
    assert_eq!(ports.crm.position().await.unwrap(), 0);
    ports.crm.apply(&facts(&[by_user(1, 0, "customer.login")]), 5).await.unwrap();
    ports.crm.apply(&facts(&[by_user(2, 1, "customer.login")]), 5).await.unwrap();
    ports.crm.apply(&facts(&[by_user(3, 1, "customer.login")]), 4).await.unwrap();
    assert_eq!(ports.crm.position().await.unwrap(), 5);
    assert_eq!(contact_of(&ports, "u").await.unwrap().state.website_visits, 1);
}

/// A fact stored already changes nothing, and a late one changes what it would have changed in time.
pub async fn repeated_and_late_facts_give_the_fold<S: CatalogHarness>() {
    let store = S::fresh().await;
    let ports = store.ports();
    let all = [
        by_user(1, 0, "booking.started"),
        by_user(2, 40, "booking.abandoned"),
        by_user(3, 50, "booking.completed"),
        by_user(4, 60, "customer.login"),
    ];
    let order = [3, 1, 0, 2, 1, 3];
    for (position, index) in (1..).zip(order) {
        ports.crm.apply(&facts(&[all[index].clone()]), position).await.unwrap();
    }
    let expected = fold(project_id(1), all.to_vec(), &RuleHistory::default());
    let contact = contact_of(&ports, "u").await.unwrap();
    assert_eq!(contact.state, expected);
    assert_eq!((&*contact.state.lead_status, contact.state.total_bookings), (CUSTOMER, 1));
    let open = open_tasks(&ports).await;
    assert_eq!(open.len(), 1, "the abandoned booking was completed");
    assert_eq!(open[0].task.seed.kind, "booking_confirmation");
    let done = TaskQuery { status: TaskStatus::Done, ..task_query() };
    assert_eq!(ports.tasks.list(project_id(1), &done).await.unwrap().len(), 1);
}

/// Whoever comes first, the user's id survives, both ids find it, and the timeline says so.
pub async fn contacts_merge_when_a_fact_names_both<S: CatalogHarness>() {
    let all = [by_email(1, 0, "chat.message"), by_user(2, 1, "customer.login"), both(3, 2)];
    for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0]] {
        let store = S::fresh().await;
        let ports = store.ports();
        for (position, index) in (1..).zip(order) {
            ports.crm.apply(&facts(&[all[index].clone()]), position).await.unwrap();
        }
        let survivor = Identity::user(project_id(1), "u").contact_id;
        let absorbed = Identity::email(project_id(1), "u@shop.test").contact_id;
        for id in [survivor, absorbed] {
            let found = ports.contacts.contact(project_id(1), id).await.unwrap().unwrap();
            assert_eq!((found.id, found.state.website_visits), (survivor, 1));
        }
        let entries = ports.contacts.timeline(project_id(1), absorbed, None, 10).await.unwrap();
        let merged = entries.iter().find(|entry| entry.entry == TimelineEntry::Merged(absorbed));
        assert_eq!((entries.len(), merged.map(|entry| entry.occurred_at)), (4, Some(at(2))));
        let list = ports.contacts.list(project_id(1), &query(10)).await.unwrap();
        assert_eq!(list.len(), 1);
    }
}

/// Also within one call.
pub async fn a_batch_gives_what_its_facts_one_by_one_give<S: CatalogHarness>() {
    let store = S::fresh().await;
    let ports = store.ports();
    let all = [both(3, 2), by_user(2, 1, "customer.login"), by_email(1, 0, "payment.failed")];
    ports.crm.apply(&facts(&all), 1).await.unwrap();
    let expected = fold(project_id(1), all.to_vec(), &RuleHistory::default());
    assert_eq!(contact_of(&ports, "u").await.unwrap().state, expected);
    assert_eq!(open_tasks(&ports).await.len(), 1);
}

/// By the number asked for, largest first, ties by id, page by page; searched whatever the case.
pub async fn contacts_are_searched_sorted_and_paged<S: CatalogHarness>() {
    let store = S::fresh().await;
    let ports = store.ports();
    let mut all = Vec::new();
    for number in 0..5_u128 {
        let user = format!("100%_{number}");
        let visits = (0..=number % 3).map(|visit| ContactFact {
            identities: Identity::all(project_id(1), Some(&user), None),
            ..named(by_user(10 * number + visit, 0, "customer.login"), &user)
        });
        all.extend(visits);
    }
    ports.crm.apply(&facts(&all), 1).await.unwrap();
    let sort = ContactSort::WebsiteVisits;
    let mut seen = Vec::new();
    let mut page = ContactQuery { sort, ..query(2) };
    loop {
        let contacts = ports.contacts.list(project_id(1), &page).await.unwrap();
        let Some(last) = contacts.last() else { break };
        page.after = Some((sort.key(&last.state), last.id));
        seen.extend(contacts.iter().map(|contact| contact.state.website_visits));
    }
    assert_eq!(seen, [3, 2, 2, 1, 1]);
    for (search, found) in [("100%_3", 1), ("%", 5), ("U%", 0), ("_", 5), ("!", 0)] {
        let query = ContactQuery { search: Some(search.to_owned()), ..query(10) };
        let contacts = ports.contacts.list(project_id(1), &query).await.unwrap();
        assert_eq!(contacts.len(), found, "{search}");
    }
}

/// A change by hand is a fact: at once, in the timeline, and superseded by what occurs later only.
pub async fn a_change_by_hand_is_a_fact_with_its_time<S: CatalogHarness>() {
    let store = S::fresh().await;
    let ports = store.ports();
    ports.crm.apply(&facts(&[by_user(1, 0, "customer.login")]), 1).await.unwrap();
    let id = Identity::user(project_id(1), "u").contact_id;
    let status = ContactEdit { lead_status: Some("Lost".into()), ..ContactEdit::default() };
    let changed = edit(&ports, id, 100, status).await.unwrap().unwrap();
    assert_eq!(changed.state.lead_status, "Lost");
    ports.crm.apply(&facts(&[by_user(2, -5, "booking.started")]), 2).await.unwrap();
    assert_eq!(contact_of(&ports, "u").await.unwrap().state.lead_status, "Lost");
    ports.crm.apply(&facts(&[by_user(3, 600, "booking.completed")]), 3).await.unwrap();
    assert_eq!(contact_of(&ports, "u").await.unwrap().state.lead_status, CUSTOMER);
    let entries = ports.contacts.timeline(project_id(1), id, None, 10).await.unwrap();
    assert_eq!(entries.len(), 4);
    // Another contact's address is taken; one's own old one is not.
    ports.crm.apply(&facts(&[by_email(4, 0, "chat.message")]), 4).await.unwrap();
    let email = |text: &str| ContactEdit { email: Some(text.into()), ..ContactEdit::default() };
    let taken = edit(&ports, id, 101, email("u@shop.test")).await;
    assert!(matches!(taken, Err(Error::AlreadyExists { what: "email" })), "{taken:?}");
    for (number, text) in (200..).zip(["new@shop.test", "newer@shop.test", "new@shop.test"]) {
        let changed = edit(&ports, id, number, email(text)).await.unwrap().unwrap();
        assert_eq!(changed.state.email.as_deref(), Some(text));
    }
    let found = Identity::email(project_id(1), "new@shop.test").contact_id;
    assert_eq!(ports.contacts.contact(project_id(1), found).await.unwrap().unwrap().id, id);
}

/// Assigned, done, reopened; and never lost when facts come late.
pub async fn a_task_in_hand_outlives_late_facts<S: CatalogHarness>() {
    let store = S::fresh().await;
    let ports = store.ports();
    ports.crm.apply(&facts(&[by_user(2, 10, "payment.failed")]), 1).await.unwrap();
    let task = open_tasks(&ports).await.remove(0).task.seed.id;
    let act = |number, action| NewTaskAction {
        fact: EventId(Uuid::from_u128(number)),
        now: at(20),
        member: member_id(1),
        action,
    };
    let assign = act(100, TaskAction::Assign(Some(member_id(1))));
    let assigned = ports.tasks.act(project_id(1), task, assign).await.unwrap().unwrap();
    assert_eq!(assigned.task.assigned_to, Some(member_id(1)));
    ports.crm.apply(&facts(&[by_user(1, 0, "payment.failed")]), 2).await.unwrap();
    let open = open_tasks(&ports).await;
    assert_eq!(open.iter().map(|task| task.task.seed.id).collect::<Vec<_>>(), [task]);
    assert_eq!(open[0].task.assigned_to, Some(member_id(1)));
    let complete = act(101, TaskAction::Complete);
    let done = ports.tasks.act(project_id(1), task, complete).await.unwrap().unwrap();
    assert_eq!((done.task.status, done.task.done_by), (TaskStatus::Done, Some(member_id(1))));
    assert_eq!(open_tasks(&ports).await, []);
    let reopen = act(102, TaskAction::Reopen);
    ports.tasks.act(project_id(1), task, reopen).await.unwrap().unwrap();
    assert_eq!(open_tasks(&ports).await.len(), 1);
}

/// Its name, address and deal come with it, also in another list's page and after a change.
pub async fn a_task_brings_what_is_shown_of_its_contact<S: CatalogHarness>() {
    let store = S::fresh().await;
    let ports = store.ports();
    let all = [by_user(1, 0, "booking.started"), both(2, 1), by_user(3, 10, "payment.failed")];
    ports.crm.apply(&facts(&all), 1).await.unwrap();
    let id = contact_of(&ports, "u").await.unwrap().id;
    let name = ContactEdit { first_name: Some("Asha".into()), ..ContactEdit::default() };
    edit(&ports, id, 100, name).await.unwrap().unwrap();
    let state = contact_of(&ports, "u").await.unwrap().state;
    assert_eq!(state.estimated_deal_value.as_ref().map(|deal| deal.minor), Some(200));
    let expected = ContactSummary {
        id,
        user_id: Some("u".into()),
        email: Some("u@shop.test".into()),
        first_name: Some("Asha".into()),
        last_name: None,
        phone: None,
        estimated_deal_value: state.estimated_deal_value,
    };
    let task = open_tasks(&ports).await.remove(0);
    assert_eq!(task.contact, expected);
    let only = TaskQuery { contact_id: Some(id), limit: 1, ..task_query() };
    assert_eq!(ports.tasks.list(project_id(1), &only).await.unwrap()[0].contact, expected);
    let action = NewTaskAction {
        fact: EventId(Uuid::from_u128(101)),
        now: at(20),
        member: member_id(1),
        action: TaskAction::Complete,
    };
    let done = ports.tasks.act(project_id(1), task.task.seed.id, action).await.unwrap().unwrap();
    assert_eq!(done.contact, expected);
}

/// Rules change one version at a time, and for what occurs from then on.
pub async fn rules_are_replaced_by_version<S: CatalogHarness>() {
    let store = S::fresh().await;
    let ports = store.ports();
    ports.crm.apply(&facts(&[by_user(1, 0, "payment.failed")]), 1).await.unwrap();
    ports.crm.apply(&facts(&[by_user(2, 90, "customer.login")]), 2).await.unwrap();
    let none = RuleSet { rules: Vec::new(), ..RuleSet::default() };
    let put = async |based_on| {
        ports.crm.replace_rules(project_id(1), based_on, none.clone(), at(60)).await.unwrap()
    };
    assert_eq!(put(1).await, None);
    assert_eq!(put(0).await.unwrap().version, 1);
    assert_eq!(put(0).await, None);
    assert_eq!(ports.crm.rules(project_id(1)).await.unwrap().current().rules, none);
    let contact = contact_of(&ports, "u").await.unwrap();
    assert_eq!(contact.state.website_visits, 0, "occurred after the change");
    assert_eq!(open_tasks(&ports).await.len(), 1, "occurred before it");
    assert_eq!(ports.crm.rules(project_id(2)).await.unwrap(), RuleHistory::default());
}

/// Those waiting longest first, until something happens.
pub async fn idle_bookings_are_found<S: CatalogHarness>() {
    let store = S::fresh().await;
    let ports = store.ports();
    ports.crm.apply(&facts(&[by_user(1, 0, "booking.started")]), 1).await.unwrap();
    let idle =
        async |since| ports.crm.idle_bookings(project_id(1), at(since), 10).await.unwrap().len();
    assert_eq!((idle(-1).await, idle(0).await), (0, 1));
    ports.crm.apply(&facts(&[by_user(2, 5, "booking.step_completed")]), 2).await.unwrap();
    assert_eq!((idle(4).await, idle(5).await), (0, 1));
    ports.crm.apply(&facts(&[by_user(3, 6, "booking.completed")]), 3).await.unwrap();
    assert_eq!(idle(900).await, 0);
}

/// Contacts, timelines and tasks of one project are unknown in another; the same person in two
/// projects is two contacts.
pub async fn a_foreign_contact_or_task_is_answered_like_an_unknown_one<S: CatalogHarness>() {
    let store = S::fresh().await;
    let ports = store.ports();
    ports.crm.apply(&facts(&[by_user(1, 0, "payment.failed")]), 1).await.unwrap();
    let id = Identity::user(project_id(1), "u").contact_id;
    let task = open_tasks(&ports).await.remove(0).task.seed.id;
    let caller_project = project_id(2);
    assert_eq!(ports.contacts.contact(caller_project, id).await.unwrap(), None);
    assert_eq!(ports.contacts.timeline(caller_project, id, None, 10).await.unwrap(), []);
    assert_eq!(ports.contacts.list(caller_project, &query(10)).await.unwrap(), []);
    assert_eq!(ports.contacts.pipeline(caller_project).await.unwrap(), []);
    assert_eq!(ports.contacts.amounts(caller_project, at(-9), at(9)).await.unwrap(), []);
    let viewed =
        ports.contacts.preferences(caller_project, Some(id), at(-9), at(9), 9).await.unwrap();
    assert_eq!(viewed, []);
    assert_eq!(ports.crm.idle_bookings(caller_project, at(900), 10).await.unwrap(), []);
    assert_eq!(ports.tasks.list(caller_project, &task_query()).await.unwrap(), []);
    let action = NewTaskAction {
        fact: EventId(Uuid::from_u128(100)),
        now: NOON,
        member: member_id(1),
        action: TaskAction::Complete,
    };
    assert_eq!(ports.tasks.act(caller_project, task, action).await.unwrap(), None);
    let edit = ContactEdit { phone: Some("1".into()), ..ContactEdit::default() };
    let fact = EventId(Uuid::from_u128(101));
    let changed =
        ports.contacts.edit(caller_project, id, fact, NOON, member_id(1), edit).await.unwrap();
    assert_eq!(changed, None);
    assert_eq!(open_tasks(&ports).await.len(), 1);
    let foreign = ContactFact {
        identities: Identity::all(caller_project, Some("u"), None),
        ..by_user(1, 0, "customer.login")
    };
    let foreign = NewContactFact { project_id: caller_project, fact: foreign };
    ports.crm.apply(&[foreign], 2).await.unwrap();
    assert_eq!(ports.contacts.list(caller_project, &query(10)).await.unwrap().len(), 1);
    assert_eq!(contact_of(&ports, "u").await.unwrap().state.website_visits, 0);
}

/// With everything they hold.
pub async fn contacts_outlast_a_restart<S: CatalogHarness>() {
    let mut store = S::fresh().await;
    store.ports().crm.apply(&facts(&[both(1, 0)]), 7).await.unwrap();
    let before = contact_of(&store.ports(), "u").await;
    store.reopen().await;
    assert_eq!(store.ports().crm.position().await.unwrap(), 7);
    assert_eq!(contact_of(&store.ports(), "u").await, before);
}

fn query(limit: u32) -> ContactQuery {
    ContactQuery { limit, ..ContactQuery::default() }
}

/// The fact of somebody else.
fn named(mut fact: ContactFact, user: &str) -> ContactFact {
    if let domain::crm::FactPayload::Event(payload) = &mut fact.payload {
        payload.fields.user_id = Some(user.to_owned());
    }
    fact
}

async fn edit(
    ports: &Ports,
    id: domain::crm::ContactId,
    number: u128,
    edit: ContactEdit,
) -> Result<Option<engine::ports::catalog::Contact>, Error> {
    let fact = EventId(Uuid::from_u128(number));
    ports.contacts.edit(project_id(1), id, fact, at(30), member_id(1), edit).await
}
