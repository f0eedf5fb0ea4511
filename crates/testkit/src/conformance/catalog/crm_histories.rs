//! Contacts with the facts that their state is folded of.

use domain::crm::{ContactFact, ContactId, Identity, RuleHistory, fold};
use domain::time::Timestamp;
use engine::ports::catalog::ContactHistory;

use super::crm_fixtures::{at, contact_of, event, facts};
use super::fixtures::{project_id, two_projects};
use super::{CatalogHarness, Ports};

fn of_user(number: u128, minute: i64, user: &str) -> ContactFact {
    event(number, minute, "booking.started", Some(user), None)
}

async fn histories(
    ports: &Ports,
    since: Timestamp,
    after: Option<(Timestamp, ContactId)>,
    limit: u32,
) -> Vec<ContactHistory> {
    ports.crm.contact_facts(project_id(1), since, after, limit).await.unwrap()
}

fn ids(found: &[ContactHistory]) -> Vec<ContactId> {
    found.iter().map(|contact| contact.id).collect()
}

/// Those active since then, latest first, page by page; the facts are all there are, and fold to the state.
pub async fn contacts_come_with_what_their_fold_is_made_of<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    let all = [of_user(1, 0, "a"), of_user(2, 5, "b"), of_user(3, 7, "a"), of_user(4, 1, "c")];
    ports.crm.apply(&facts(&all), 1).await.unwrap();
    let id = |user: &str| Identity::user(project_id(1), user).contact_id;
    let found = histories(&ports, at(2), None, 10).await;
    assert_eq!(ids(&found), [id("a"), id("b")]);
    for contact in &found {
        let state = fold(project_id(1), contact.facts.clone(), &RuleHistory::default());
        assert_eq!((&state, &contact.checkpoint), (&contact.state, &None));
    }
    let mut kept = found[0].facts.clone();
    kept.sort_by_key(|fact| fact.id);
    assert_eq!(kept, [all[0].clone(), all[2].clone()], "those before are needed too");
    let first = histories(&ports, at(0), None, 2).await;
    assert_eq!(ids(&first), [id("a"), id("b")]);
    let last = contact_of(&ports, "b").await.unwrap();
    let rest = histories(&ports, at(0), last.state.last_activity.map(|at| (at, last.id)), 2).await;
    assert_eq!(ids(&rest), [id("c")]);
}

/// Another project's contacts are none of this one's.
pub async fn histories_stay_in_their_project<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    ports.crm.apply(&facts(&[of_user(1, 0, "a")]), 1).await.unwrap();
    let found = ports.crm.contact_facts(project_id(2), at(-10), None, 10).await.unwrap();
    assert_eq!(found, []);
}
