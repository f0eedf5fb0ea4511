//! Batches of facts: what many at once give is what they give one by one.

use std::collections::{BTreeMap, BTreeSet};

use domain::crm::{ContactFact, Identity, RuleHistory, fold};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;

use super::crm_fixtures::{both, by_email, by_user, contact_of, event, facts, open_tasks};
use super::fixtures::{project_id, two_projects};
use super::webhook_fixtures::{messages, subscribe, webhook_id};
use super::{CatalogHarness, Ports};

const NAMES: [&str; 5] =
    ["customer.login", "booking.started", "booking.completed", "payment.failed", "chat.message"];

/// A fact twice in a batch, and batches twice: as if each were there once.
pub async fn a_fact_twice_in_a_batch_counts_once<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    subscribe(&ports, 1, 1).await;
    let login = by_user(1, 0, "customer.login");
    let failed = by_user(2, 1, "payment.failed");
    let batch = facts(&[login.clone(), failed.clone(), login.clone(), failed.clone()]);
    ports.crm.apply(&batch, 1).await.unwrap();
    let message_count = messages(&ports, webhook_id(1)).await.len();
    let once = contact_of(&ports, "u").await.unwrap();
    assert_eq!(once.state.website_visits, 1);
    assert_eq!(once.state, fold(project_id(1), vec![login, failed], &RuleHistory::default()));
    ports.crm.apply(&batch, 2).await.unwrap();
    assert_eq!(contact_of(&ports, "u").await.unwrap(), once);
    assert_eq!(messages(&ports, webhook_id(1)).await.len(), message_count);
    assert_eq!(open_tasks(&ports).await.len(), 1);
}

/// Whether what belongs to them is stored already, comes with the merge, or both.
pub async fn contacts_merge_within_a_batch<S: CatalogHarness>() {
    let all = [
        by_user(1, 0, "customer.login"),
        by_email(2, 1, "payment.failed"),
        by_user(3, 2, "booking.started"),
        by_email(4, 3, "customer.login"),
        both(5, 4),
        by_email(6, 5, "booking.completed"),
    ];
    let expected = fold(project_id(1), all.to_vec(), &RuleHistory::default());
    for stored in 0..4 {
        let store = S::fresh().await;
        let ports = store.ports();
        ports.crm.apply(&facts(&all[..stored]), 1).await.unwrap();
        ports.crm.apply(&facts(&all[stored..]), 2).await.unwrap();
        let contact = contact_of(&ports, "u").await.unwrap();
        assert_eq!(contact.state, expected, "{stored} were stored");
        let old = Identity::email(project_id(1), "u@shop.test").contact_id;
        let found = ports.contacts.contact(project_id(1), old).await.unwrap().unwrap();
        assert_eq!(found, contact);
        let entries = ports.contacts.timeline(project_id(1), old, None, 100).await.unwrap();
        assert_eq!(entries.len(), 7, "the merge, too");
    }
}

/// Checks generated facts of a few customers, who turn out to be fewer: in batches of any size they give
/// the contacts that the fold of each one's facts gives.
pub fn any_batches_yield_the_contacts_of_the_fold<S: CatalogHarness>() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let config =
        ProptestConfig { cases: S::cases(48), failure_persistence: None, ..<_>::default() };
    let checked = TestRunner::new(config)
        .run(&arrivals(), |(all, batches)| runtime.block_on(check::<S>(&all, &batches)));
    if let Err(failure) = checked {
        panic!("{failure}");
    }
}

async fn check<S: CatalogHarness>(
    all: &[ContactFact],
    batches: &[Vec<ContactFact>],
) -> Result<(), TestCaseError> {
    let store = S::fresh().await;
    let ports = store.ports();
    for (position, batch) in (1..).zip(batches) {
        ports.crm.apply(&facts(batch), position).await.unwrap();
    }
    let mut tasks = 0;
    for (names, of_contact) in contacts(all) {
        let expected = fold(project_id(1), of_contact.clone(), &RuleHistory::default());
        tasks += expected.tasks.iter().filter(|task| task.done_at.is_none()).count();
        let head = names.first().unwrap().contact_id;
        for name in &names {
            let found = ports.contacts.contact(project_id(1), name.contact_id).await.unwrap();
            let found = found.unwrap();
            prop_assert_eq!(found.id, head);
            prop_assert_eq!(&found.state, &expected);
        }
        let entries = ports.contacts.timeline(project_id(1), head, None, 100).await.unwrap();
        prop_assert_eq!(entries.len(), of_contact.len() + expected.merges.len());
    }
    prop_assert_eq!(open_tasks(&ports).await.len(), tasks);
    prop_assert_eq!(known(&ports).await, contacts(all).len());
    Ok(())
}

async fn known(ports: &Ports) -> usize {
    let query = engine::ports::catalog::ContactQuery { limit: 100, ..<_>::default() };
    ports.contacts.list(project_id(1), &query).await.unwrap().len()
}

/// The facts of each contact, by all it is known by.
fn contacts(all: &[ContactFact]) -> BTreeMap<BTreeSet<Identity>, Vec<ContactFact>> {
    let mut contacts: Vec<(BTreeSet<Identity>, Vec<ContactFact>)> = Vec::new();
    for fact in all {
        let mut names: BTreeSet<_> = fact.identities.iter().copied().collect();
        let (same, apart): (Vec<_>, Vec<_>) =
            contacts.into_iter().partition(|(known, _)| !known.is_disjoint(&names));
        contacts = apart;
        let mut facts = vec![fact.clone()];
        for (known, of_contact) in same {
            names.extend(known);
            facts.extend(of_contact);
        }
        contacts.push((names, facts));
    }
    contacts.into_iter().collect()
}

/// Facts of up to four users and four addresses, in any order, each twice.
fn arrivals() -> impl Strategy<Value = (Vec<ContactFact>, Vec<Vec<ContactFact>>)> {
    let drawn = (0..30_i64, prop::sample::select(NAMES.to_vec()), 0..5_usize, 0..5_usize);
    let all = prop::collection::vec(drawn, 1..16).prop_map(|drawn| {
        let numbered = drawn.into_iter().zip(1..);
        let fact = |((minute, name, user, address), number): ((_, &str, usize, usize), _)| {
            let email = format!("{address}@shop.test");
            let user = ["", "u", "v", "w", "x"][user];
            let (user, email) =
                ((!user.is_empty()).then_some(user), (address > 0).then_some(&*email));
            let is_named = user.is_some() || email.is_some();
            event(number, minute, name, user.or((!is_named).then_some("u")), email)
        };
        numbered.map(fact).collect::<Vec<ContactFact>>()
    });
    all.prop_flat_map(|all| {
        let twice: Vec<ContactFact> = all.iter().chain(&all).cloned().collect();
        let batches = (Just(twice).prop_shuffle(), 1..33_usize)
            .prop_map(|(twice, size)| twice.chunks(size).map(<[ContactFact]>::to_vec).collect());
        (Just(all), batches)
    })
}
