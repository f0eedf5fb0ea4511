//! Contacts without their old activities: they stay as they are, and later facts change them.

use std::collections::BTreeSet;

use domain::crm::{CUSTOMER, ContactFact, FactPayload, Identity, RuleHistory, fold};
use domain::erasure::Identifiers;
use domain::retention::RetentionKind;
use engine::ports::catalog::TimelineEntry;

use super::CatalogHarness;
use super::crm_fixtures::{both, by_email, by_user, contact_of, facts, open_tasks};
use super::fixtures::{project_id, two_projects};
use super::retention::remove;
use super::sessions::at;

/// Status, counters, amounts and tasks stay; the timeline is shorter; later facts are added to them.
pub async fn old_activities_are_removed_and_contacts_stay<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    let old = [
        by_email(1, -30, "customer.login"),
        by_user(2, -20, "booking.started"),
        both(3, -10),
        by_user(4, -5, "booking.completed"),
    ];
    let kept = [by_user(5, 0, "payment.failed"), by_user(6, 10, "customer.login")];
    let all = [&old[..], &kept].concat();
    ports.crm.apply(&facts(&all), 1).await.unwrap();
    let before = contact_of(&ports, "u").await.unwrap();
    let tasks = open_tasks(&ports).await;
    // Four facts and the merge.
    assert_eq!(remove(&ports, RetentionKind::Activities, at(0)).await, 5);
    let timeline = async || {
        let entries = ports.contacts.timeline(project_id(1), before.id, None, 99).await.unwrap();
        entries.into_iter().map(|entry| entry.occurred_at).collect::<Vec<_>>()
    };
    assert_eq!(timeline().await, [at(10), at(0)]);
    assert_eq!(contact_of(&ports, "u").await.unwrap(), before);
    assert_eq!(open_tasks(&ports).await, tasks);
    // The journal once more, from its beginning.
    ports.crm.apply(&facts(&all), 2).await.unwrap();
    assert_eq!(contact_of(&ports, "u").await.unwrap(), before);
    assert_eq!((timeline().await, open_tasks(&ports).await), (vec![at(10), at(0)], tasks));
    // A late fact above the floor has the effect it would have had in time.
    let late = by_user(7, 5, "booking.completed");
    ports.crm.apply(&facts(std::slice::from_ref(&late)), 3).await.unwrap();
    let expected = fold(project_id(1), [&all[..], &[late]].concat(), &RuleHistory::default());
    let contact = contact_of(&ports, "u").await.unwrap();
    assert_eq!(contact.state, expected);
    assert_eq!((contact.state.total_bookings, contact.state.website_visits), (2, 2));
    assert_eq!(timeline().await, [at(10), at(5), at(0)]);
    // A fact below the floor creates an unknown contact, and no entry.
    let unknown = super::crm_fixtures::event(8, -3, "booking.completed", Some("new"), None);
    ports.crm.apply(&facts(&[unknown]), 4).await.unwrap();
    let new = contact_of(&ports, "new").await.unwrap();
    assert_eq!((&*new.state.lead_status, new.state.total_bookings), (CUSTOMER, 1));
    assert_eq!(ports.contacts.timeline(project_id(1), new.id, None, 9).await.unwrap(), []);
    let again = by_user(9, 20, "customer.login");
    let again =
        ContactFact { identities: Identity::all(project_id(1), Some("new"), None), ..again };
    ports.crm.apply(&facts(&[again]), 5).await.unwrap();
    let new = contact_of(&ports, "new").await.unwrap();
    assert_eq!((new.state.total_bookings, new.state.website_visits), (1, 1));
}

/// Two contacts without their old facts become one with the counters of both.
pub async fn contacts_without_old_activities_merge<S: CatalogHarness>() {
    for is_kept in [false, true] {
        let (_store, ports) = two_projects::<S>().await;
        let mut all = vec![
            by_user(1, -30, "booking.completed"),
            by_email(2, -20, "customer.login"),
            by_email(3, -10, "booking.started"),
        ];
        if is_kept {
            all.push(by_email(4, 5, "customer.login"));
            all.push(by_user(5, 6, "customer.login"));
        }
        ports.crm.apply(&facts(&all), 1).await.unwrap();
        assert_eq!(remove(&ports, RetentionKind::Activities, at(0)).await, 3);
        ports.crm.apply(&facts(&[both(6, 9)]), 2).await.unwrap();
        let contact = contact_of(&ports, "u").await.unwrap();
        let state = &contact.state;
        let visits = if is_kept { 3 } else { 1 };
        assert_eq!((state.total_bookings, state.website_visits), (1, visits), "{is_kept}");
        assert_eq!(state.lead_status, CUSTOMER);
        assert_eq!(state.main_revenue().map(|money| money.minor), Some(200));
        let absorbed = Identity::email(project_id(1), "u@shop.test").contact_id;
        let entries = ports.contacts.timeline(project_id(1), absorbed, None, 9).await.unwrap();
        assert!(entries.iter().any(|entry| entry.entry == TimelineEntry::Merged(absorbed)));
        // The next removal finds one contact, and changes nothing of it.
        remove(&ports, RetentionKind::Activities, at(60)).await;
        assert_eq!(contact_of(&ports, "u").await.unwrap(), contact);
        assert_eq!(ports.contacts.timeline(project_id(1), absorbed, None, 9).await.unwrap(), []);
        ports.crm.apply(&facts(&[by_email(7, 70, "booking.completed")]), 3).await.unwrap();
        assert_eq!(contact_of(&ports, "u").await.unwrap().state.total_bookings, 2);
    }
}

/// An erasure finds the identifiers of removed activities, and removes their checkpoints.
pub async fn a_person_is_found_and_erased_without_their_old_activities<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    let mut login = by_user(1, -30, "customer.login");
    let FactPayload::Event(payload) = &mut login.payload else { panic!("an event") };
    payload.session_id = Some("visit".to_owned());
    ports.crm.apply(&facts(&[login.clone(), both(2, -20)]), 1).await.unwrap();
    remove(&ports, RetentionKind::Activities, at(0)).await;
    let named = Identifiers::of_subject("u");
    let known = ports.subjects.resolve_identifiers(project_id(1), &named).await.unwrap();
    assert_eq!(known.session_ids, BTreeSet::from(["visit".to_owned()]));
    assert_eq!(known.emails, BTreeSet::from(["u@shop.test".to_owned()]));
    let shown = ports.subjects.tables_of(project_id(1), &known).await.unwrap();
    assert!(shown.iter().any(|table| table.name == "crm_checkpoints"));
    let none = std::collections::BTreeMap::new();
    ports.subjects.remove_subject(project_id(1), &known, &none).await.unwrap();
    assert_eq!(ports.subjects.tables_of(project_id(1), &known).await.unwrap(), []);
    // A customer who comes back is a new contact.
    ports.crm.apply(&facts(&[by_user(3, 5, "customer.login")]), 2).await.unwrap();
    assert_eq!(contact_of(&ports, "u").await.unwrap().state.website_visits, 1);
    assert_eq!(contact_of(&ports, "u").await.unwrap().state.email, None);
}
